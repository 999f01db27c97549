import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readmeWithTable } from "../tools/services.ts";

describe("README", () => {
    it("has the table of services that `npm run services` makes of the code", () => {
        expect(readFileSync(join(import.meta.dirname, "../README.md"), "utf8")).to.equal(readmeWithTable());
    });
});
