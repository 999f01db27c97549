import { requests } from "../../bench/functions/candidates.ts";
import { sample } from "../../bench/functions/samples.ts";
import { bundleOf } from "../runtime/support/bundles.ts";

describe("the bench", () => {
    for (const { name, entry, call } of Object.values(requests)) {
        it(`gets the answer that it expects to the request of ${name}`, async () => {
            // Rejects for any other answer.
            await sample([{ name, file: await bundleOf(entry), call }], 0, 0);
        });
    }
});
