import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { unpacked } from "../src/code.ts";
import { resource } from "./provision/resources.ts";

const { AssetArchive, FileArchive, FileAsset, RemoteArchive, RemoteAsset, StringAsset } = pulumi.asset;

describe("The code of a function", () => {
    let folder: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "code-"));
        for (const [path, text] of [
            ["one.js", "one"],
            ["code/lib/two.js", "two"],
            ["code.zip", "PK"],
        ] as const) {
            mkdirSync(dirname(join(folder, path)), { recursive: true });
            writeFileSync(join(folder, path), text);
        }
    });
    after(() => rmSync(folder, { recursive: true }));

    const at = (path: string) => join(folder, path);

    /** Unpacks it. @returns the texts of its files. */
    async function files(code: pulumi.asset.Archive): Promise<Record<string, string>> {
        const { inputs } = await unpacked(resource("aws:lambda/function:Function", "f", { code }), at("unpacked"));
        const { directory } = Object(inputs["code"]);
        return Object.fromEntries(
            readdirSync(directory, { recursive: true, withFileTypes: true })
                .filter((entry) => entry.isFile())
                .map(({ parentPath, name }) => join(parentPath, name))
                .map((file) => [relative(directory, file), readFileSync(file, "utf8")]),
        );
    }

    it("is a folder, or texts, files and folders in the places that its archive names", async () => {
        expect(await files(new FileArchive(at("code")))).to.deep.equal({ "lib/two.js": "two" });
        const parts = {
            "index.js": new StringAsset("exports.handler = 1;"),
            "lib/one.js": new FileAsset(at("one.js")),
            more: new FileArchive(at("code")),
        };
        expect(await files(new AssetArchive(parts))).to.deep.equal({
            "index.js": "exports.handler = 1;",
            "lib/one.js": "one",
            "more/lib/two.js": "two",
        });
    });

    for (const [what, code, fault] of [
        ["a packed file", () => new FileArchive(at("code.zip")), "f: code.zip is packed"],
        ["an archive on the internet", () => new RemoteArchive("https://example.com/a.zip"), "RemoteArchive"],
        [
            "a file on the internet",
            () => new AssetArchive({ a: new RemoteAsset("https://example.com/a") }),
            "RemoteAsset",
        ],
        ["a folder that is not there", () => new FileArchive(at("nowhere")), "there is no folder"],
        ["a file that is not there", () => new AssetArchive({ a: new FileAsset(at("nowhere")) }), "there is no file"],
        ["a place outside of it", () => new AssetArchive({ "../a": new StringAsset("") }), "outside of its archive"],
    ] as const) {
        it(`is refused by name when it is ${what}`, async () => {
            const refusal = await files(code()).catch((error: unknown) => error);
            expect(refusal).to.be.instanceOf(Error).and.to.have.property("name", "UnusableArchiveError");
            expect(refusal).to.have.property("message").that.includes(fault);
        });
    }
});
