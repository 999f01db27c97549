import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import openapiTypes from "openapi-typescript";
import { generate } from "../../tools/generate.ts";

const folder = join(import.meta.dirname, "../../spec/generated");
const documents = globSync(join(folder, "../*.openapi.yaml"));

describe("spec/generated", () => {
    it("is what `npm run generate` makes of the documents", async () => {
        const files = await generate();

        expect(readdirSync(folder)).to.have.members(files.map(({ name }) => name));
        for (const { name, text } of files) expect(readFileSync(join(folder, name), "utf8"), name).to.equal(text);
    });

    it("comes from documents of OpenAPI whose references all lead somewhere", async () => {
        expect(documents).not.to.deep.equal([]);
        for (const document of documents) await openapiTypes(readFileSync(document, "utf8"), { silent: true });
    });
});
