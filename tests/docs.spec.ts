import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { graphOf, type Recorded } from "./graph.ts";

const pages = ["README.md", ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`)]
    .filter((file) => file.endsWith(".md"))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** What GitHub makes of a heading. */
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
    for (const { file, text } of pages) {
        it(`name commands that package.json has (${file})`, () => {
            const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
            const named = codeIn(text).flatMap((code) =>
                Array.from(code.matchAll(/npm run (?:--silent )?([\w:]+)/g), ([, name = ""]) => name),
            );
            expect(named.filter((name) => !(name in scripts))).to.deep.equal([]);
        });

        it(`link to pages and headings that exist (${file})`, () => {
            const broken = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target)
                .filter((target) => !/^[a-z]+:/.test(target))
                .filter((target) => {
                    const [path = "", anchor] = target.split("#");
                    const page = path === "" ? file : join(dirname(file), path);
                    if (!existsSync(page)) return true;
                    return anchor !== undefined && !anchorsOf(readFileSync(page, "utf8")).includes(anchor);
                });
            expect(broken).to.deep.equal([]);
        });

        it(`name files that exist (${file})`, () => {
            const missing = codeIn(text)
                .flatMap(
                    (code) =>
                        code.match(
                            /(?<![\w./<-])(?:components|runtime|packages|tools|policy|spec|tests|bench|docs)\/[\w./-]*\w/g,
                        ) ?? [],
                )
                // A block that begins with a path is a file that the reader makes.
                .filter((path) => !existsSync(path) && !text.includes(`\n\`\`\`ts\n// ${path}\n`));
            expect(missing).to.deep.equal([]);
        });
    }

    describe("of production", () => {
        let names: Set<string>;

        before(async () => {
            const all = {
                secondaryRegion: "eu-central-1",
                commercetoolsApi: "true",
                waf: "true",
                network: "vpc",
                domainName: "api.example.com",
                hostedZone: "Z0123456789ABCDEFGHIJ",
            };
            const graphs = [await graphOf("prod"), await graphOf("prod", all)];
            names = new Set(
                graphs.flatMap(({ resources }: Recorded) =>
                    resources.flatMap(({ inputs }) => Object.values(inputs)).map(String),
                ),
            );
        });

        for (const { file, text } of pages) {
            it(`name resources that there are (${file})`, () => {
                const named = codeIn(text)
                    .flatMap((code) => code.match(/(?<![\w/.$-])[a-z][a-z-]*-(?:prod|<environment>)\b/g) ?? [])
                    .map((name) => name.replace("<environment>", "prod"));
                expect([...new Set(named)].filter((name) => !names.has(name))).to.deep.equal([]);
            });
        }
    });

    it("tell what prod reserves of the account's executions", async () => {
        const functions = (await graphOf("prod")).of("aws:lambda/function:Function");
        const reserves = functions.map(({ inputs }) => Number(inputs["reservedConcurrentExecutions"] ?? 0));
        const told = pages.flatMap(({ text }) =>
            Array.from(text.matchAll(/`prod` reserves (\d+)/g), ([, sum]) => Number(sum)),
        );
        expect(told).to.deep.equal([reserves.reduce((sum, one) => sum + one, 0)]);
    });

    it("show a key wherever they send an order to prod, which refuses it else", () => {
        const orders = pages
            .flatMap(({ text }) => codeIn(text))
            .filter((code) => /curl.*--stack prod.*\/orders/.test(code));
        expect(orders).not.to.be.empty;
        for (const order of orders) expect(order).to.match(/-H .(x-api-key|authorization): /i);
    });
});
