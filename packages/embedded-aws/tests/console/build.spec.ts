import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "../../src/inspect/console.ts";

describe("The console's files for the browser", () => {
    it("are at most 150 KB compressed, name nothing on the internet, and are built from the sources", async () => {
        const files = await build(undefined);
        expect([...files.keys()]).to.include.members(["app.js", "app.css", "icon.svg"]);
        const sizes = [...files.values()].map((content) => gzipSync(content).length);
        expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(150 * 1024);
        for (const [name, content] of files) {
            const addresses =
                Buffer.from(content)
                    .toString()
                    .match(/https?:\/\/[^\s"'`)]+/g) ?? [];
            // Names of namespaces and of documentation, which nothing loads.
            const loaded = addresses.filter(
                (address) => !/^https?:\/\/(www\.w3\.org|json-schema\.org|127\.0\.0\.1)/.test(address),
            );
            expect(loaded, name).to.deep.equal([]);
        }
    });

    it("know nothing of what a program is about", () => {
        const folder = join(import.meta.dirname, "../../console");
        const words = /\b(orders?Id|session\w*|SessionId|webhooks?|customers?|checkout\w*|shop|api-keys|local-key)\b/;
        const found = readdirSync(folder)
            .filter((file) => /\.(tsx?|css)$/.test(file))
            .flatMap((file) => {
                const [word] = words.exec(readFileSync(join(folder, file), "utf8")) ?? [];
                return word === undefined ? [] : [`${file}: ${word}`];
            });
        expect(found).to.deep.equal([]);
    });
});
