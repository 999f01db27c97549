import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { generate } from "../../scripts/generate.ts";

const folder = join(import.meta.dirname, "../../spec/generated");

describe("spec/generated", () => {
    it("is what `npm run generate` makes of the documents", () => {
        const files = generate();

        expect(readdirSync(folder)).to.have.members(files.map(({ name }) => name));
        for (const { name, text } of files) expect(readFileSync(join(folder, name), "utf8"), name).to.equal(text);
    });
});
