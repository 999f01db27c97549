import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { isApart, ProjectError, programOf, provideRuntime } from "../src/project.ts";

let folder: string;

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "project-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (...path: string[]) => join(folder, ...path);

function write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
    }
}

describe("The program of a project", () => {
    for (const [what, files, directory, file] of [
        ["its index", { "Pulumi.yaml": "name: p", "index.ts": "" }, ".", "index.ts"],
        [
            "the entry of its package.json",
            {
                "Pulumi.yaml": "name: p",
                "package.json": '{ "main": "src/start.ts" }',
                "src/start.ts": "",
                "index.ts": "",
            },
            ".",
            "src/start.ts",
        ],
        [
            "its index where that entry is what a compiler would make",
            { "Pulumi.yaml": "name: p", "package.json": '{ "main": "bin/index.js" }', "index.ts": "" },
            ".",
            "index.ts",
        ],
        [
            "the file that Pulumi.yaml names",
            { "Pulumi.yaml": "main: infra/cloud.ts", "infra/cloud.ts": "" },
            "infra",
            "infra/cloud.ts",
        ],
        [
            "the index of the folder that Pulumi.yaml names",
            { "Pulumi.yaml": "main: infra", "infra/index.ts": "" },
            "infra",
            "infra/index.ts",
        ],
    ] as const) {
        it(`is ${what}, and runs in its folder`, () => {
            write(files);
            expect(programOf(folder)).to.deep.equal({ directory: at(directory), file: at(file) });
        });
    }

    it("is missed by name, and so is the project", () => {
        expect(() => programOf(folder)).to.throw(ProjectError, "no Pulumi.yaml");
        write({ "Pulumi.yaml": "name: p" });
        expect(() => programOf(folder)).to.throw(ProjectError, `no program at ${folder}`);
    });
});

describe("What a change of does not evaluate a program again, nor wake --watch", () => {
    it("is what is installed, hidden, at the root of tests, documents or measurements, or the state", () => {
        const apart = ["node_modules", "node_modules/a/index.js", ".git/HEAD", "a/.b", "test/a.ts", "tests/b/c.ts"];
        for (const path of [...apart, "docs/a.json", "bench", "README.md", "a/b.md", "state"]) {
            expect(isApart(at(path), folder, at("state")), path).to.equal(true);
        }
        const below = ["a/docs/b.ts", "a/test/b.ts", "a/tests/b.ts", "a/bench/b.ts"];
        const others = ["", "index.ts", "Pulumi.yaml", "docs.ts", "latest/a.ts", "testing/a.ts", "b.mdx"];
        for (const path of [...others, ...below]) {
            expect(isApart(at(path), folder, at("state")), path).to.equal(false);
        }
    });
});

describe("Code below a project", () => {
    it("is CommonJS as on Lambda, also where the project's own files are modules", async () => {
        write({ "package.json": '{ "type": "module" }', "code/f/index.js": "exports.handler = () => __filename;" });
        provideRuntime(folder, at("code"));
        const { default: code } = await import(pathToFileURL(at("code/f/index.js")).href);
        expect(code.handler()).to.equal(at("code/f/index.js"));
    });
});
