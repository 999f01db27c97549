import { postalCodes } from "../../../spec/generated/postalCodes.ts";

/** Whether a postal code has the form of its country, with or without its spaces and hyphens. True for other countries. */
export function isPostalCode(code: string, country: string): boolean {
    const form = postalCodes[country];
    if (form === undefined) return true;
    const compact = compactCode(code);
    if (form.test(code) || form.test(compact)) return true;
    const spelled = Array.from(compact, (_, index) =>
        ["-", " "].map((separator) => `${compact.slice(0, index)}${separator}${compact.slice(index)}`),
    );
    return [code.trim().toUpperCase(), ...spelled.flat()].some((candidate) => form.test(candidate));
}

/** `SW1A 1AA` is `SW1A1AA`. */
export const compactCode = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();
