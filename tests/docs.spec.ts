import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import { blocks, commandsOf, pages } from "./blocks.ts";
import { graphOf, type Recorded } from "./graph.ts";
import { variants } from "./variants.ts";

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
    heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");

const anchorsOf = (text: string): string[] =>
    Array.from(text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm), ([, heading = ""]) => anchorOf(heading));

/** Texts between backticks, and the lines of blocks. */
const codeIn = (text: string): string[] => [
    ...Array.from(text.matchAll(/^```\w*\n([\s\S]*?)^```/gm), ([, block = ""]) => block).flatMap((block) =>
        block.split("\n"),
    ),
    ...Array.from(text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g), ([, code = ""]) => code),
];

describe("the docs", () => {
    it("name commands that package.json has", () => {
        const scriptsOf = (folder: string) => {
            const file = join(folder, "package.json");
            return JSON.parse(readFileSync(existsSync(file) ? file : "package.json", "utf8")).scripts ?? {};
        };
        const unknown = pages.flatMap(({ file, text }) =>
            codeIn(text)
                .flatMap((code) =>
                    Array.from(code.matchAll(/npm run (?:--silent |-s )?([\w:]+)/g), ([, name = ""]) => name),
                )
                .filter((name) => !(name in scriptsOf(dirname(file))))
                .map((name) => `${file}: ${name}`),
        );
        expect(unknown).to.deep.equal([]);
    });

    it("link to pages and headings that exist", () => {
        const broken = pages.flatMap(({ file, text }) =>
            Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target)
                .filter((target) => !/^[a-z]+:/.test(target))
                .filter((target) => {
                    const [path = "", anchor] = target.split("#");
                    const page = path === "" ? file : join(dirname(file), path);
                    if (!existsSync(page)) return true;
                    return anchor !== undefined && !anchorsOf(readFileSync(page, "utf8")).includes(anchor);
                })
                .map((target) => `${file}: ${target}`),
        );
        expect(broken).to.deep.equal([]);
    });

    it("name files that exist", () => {
        // A block that begins with a path alone is a file that the reader creates.
        const created = new Set(
            pages.flatMap(({ text }) => Array.from(text.matchAll(/^```ts\n\/\/ (\S+)\n/gm), ([, path = ""]) => path)),
        );
        const path = /(?<![\w./<-])(?:components|runtime|packages|tools|policy|spec|tests|bench|docs)\/[\w./-]*\w/g;
        const missing = pages.flatMap(({ file, text }) =>
            codeIn(text)
                .flatMap((code) => code.match(path) ?? [])
                .filter((named) => !existsSync(named) && !existsSync(join(dirname(file), named)) && !created.has(named))
                .map((named) => `${file}: ${named}`),
        );
        expect(missing).to.deep.equal([]);
    });

    describe("of production", () => {
        let names: Set<string>;

        before(async () => {
            const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
            const graphs = [await graphOf("prod"), await graphOf(stack, settings)];
            names = new Set(
                graphs.flatMap(({ resources }: Recorded) =>
                    resources.flatMap(({ inputs }) => Object.values(inputs)).map(String),
                ),
            );
        });

        it("name resources of the program", () => {
            const unknown = pages.flatMap(({ file, text }) =>
                codeIn(text)
                    .flatMap((code) => code.match(/(?<![\w/.$-])[a-z][a-z-]*-(?:prod|<environment>)\b/g) ?? [])
                    .filter((name) => !names.has(name.replace("<environment>", "prod")))
                    .map((name) => `${file}: ${name}`),
            );
            expect(unknown).to.deep.equal([]);
        });
    });

    it("state the executions that prod reserves", async () => {
        const functions = (await graphOf("prod")).of("aws:lambda/function:Function");
        const reserves = functions.map(({ inputs }) => Number(inputs["reservedConcurrentExecutions"] ?? 0));
        const stated = pages.flatMap(({ text }) =>
            Array.from(text.matchAll(/`prod` reserves (\d+)/g), ([, sum]) => Number(sum)),
        );
        expect(stated).to.deep.equal([reserves.reduce((sum, one) => sum + one, 0)]);
    });

    describe("of the domains in runtime", () => {
        const domains = pages.filter(({ file }) => /^runtime\/\w+\/README\.md$/.test(file));

        it("list every function", () => {
            for (const { file, text } of domains) {
                const functions = readdirSync(dirname(file))
                    .filter((name) => name.endsWith(".ts"))
                    .filter((name) => /^export .*\bhandler\b/m.test(readFileSync(join(dirname(file), name), "utf8")))
                    .map((name) => `\`${name.replace(".ts", "")}\``);
                expect(
                    functions.filter((name) => !text.includes(name)),
                    file,
                ).to.deep.equal([]);
            }
        });

        it("list every table with its key", async () => {
            const tables = (await graphOf("dev")).of("aws:dynamodb/table:Table").map(({ inputs }) => {
                const keys = [inputs["hashKey"], inputs["rangeKey"]].filter((key) => typeof key === "string");
                return `| \`${String(inputs["name"]).replace("-dev", "")}\` | ${keys.map((key) => `\`${key}\``).join(", ")} |`;
            });
            const all = domains.map(({ text }) => text).join("\n");
            expect(tables.filter((row) => !all.includes(row))).to.deep.equal([]);
        });
    });

    describe("print commands", () => {
        it("in blocks that a test runs, or with the reason why not", () => {
            const languages = pages.flatMap(({ text }) => Array.from(text.matchAll(/^```(.+)$/gm), ([, info]) => info));
            const shells = languages.filter((info = "") => /sh|shell|console/.test(info));
            expect(shells.filter((info = "") => !/^sh( (terminal|aws|pulumi))?$/.test(info))).to.deep.equal([]);
        });

        it("that occupy a terminal of their own only to start, test or receive", () => {
            const own = blocks.filter(({ mark }) => mark === "terminal").flatMap(commandsOf);
            // The first two start this test; tests/system/shared/docs.spec.ts runs the receiver.
            expect([...new Set(own)]).to.have.members(["npm start", "npm test", "npm run receiver"]);
        });

        it("that a shell takes as they are: no comments, no placeholders, no credentials left behind", () => {
            for (const { file, text } of blocks) {
                expect(text, file).not.to.match(/(^|\s)#(\s|$)/m);
                expect(text, file).not.to.match(/<[a-z][\w ]*>/i);
                expect(text, file).not.to.match(/^\s*(export|set) /m);
            }
        });

        for (const shell of ["dash", "bash", "zsh"]) {
            it(`that ${shell} can parse`, function () {
                const parsed = (input: string) => {
                    const { error, status, stderr } = spawnSync(shell, ["-n"], { input, encoding: "utf8" });
                    return error === undefined ? { status, stderr } : this.skip();
                };
                const faultless = { status: 0, stderr: "" };
                // Each as a group of its own: what one leaves open would not end in the next.
                if (isDeepStrictEqual(parsed(blocks.map(({ text }) => `{\n${text}\n}\n`).join("")), faultless)) return;
                for (const { file, text } of blocks) {
                    expect(parsed(text), `${file}: ${text}`).to.deep.equal(faultless);
                }
                expect.fail("blocks that can be parsed one by one cannot be parsed together");
            });
        }
    });

    it("keep the README short", () => {
        expect(readFileSync("README.md").length).to.be.at.most(7_000);
    });
});
