import { it } from "mocha";

/** Whether `npm run proof` runs, which has more time than `npm test`. */
export const isProof = process.env["PROOF"] !== undefined;

/** A test for which `npm test` has no time. */
export const proof: (title: string, test: () => unknown) => void = isProof ? it : () => undefined;
