import { globSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { runAlone, runCommand } from "../command.ts";
import { isProof } from "../proof.ts";

const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync("package.json", "utf8"),
);

/** Whose arguments are those of Pulumi, TypeScript or the embedded cloud. */
const others = ["preview", "up", "start", "typecheck"];

/** Every command of package.json that is a file of this project, with that file. */
const commands = Object.entries(scripts).flatMap(([name, line]): [string, string][] => {
    const [, file] = /^node (?:--\S+ )*(\S+\.ts)$/.exec(line) ?? [];
    return file === undefined || others.includes(name) ? [] : [[name, file]];
});

/** A shell that knows nothing of AWS. */
const env = { PATH: process.env["PATH"], AWS_EC2_METADATA_DISABLED: "true", PORT: "1" };

const run = (file: string, ...args: string[]) => runCommand(file, args, env);

describe("every command of package.json", () => {
    it("is covered by this file", () => {
        const known = commands.map(([name]) => name);
        for (const line of Object.values(scripts)) {
            expect(
                line.match(/^node .*\.ts/) === null ||
                    commands.some(([, file]) => line.endsWith(file)) ||
                    others.some((name) => scripts[name] === line),
                line,
            ).to.equal(true);
        }
        expect(known).to.include.members(["dlq", "audit:verify", "receiver", "local:permissions", "docs", "bench"]);
    });

    for (const [name, file] of commands) {
        it(`prints its usage with --help and -h: ${name}`, async () => {
            const isAlone = isProof || name === "dlq";
            const [long, short] = await Promise.all([
                isAlone ? runAlone(file, ["--help"], env) : run(file, "--help"),
                run(file, "-h"),
            ]);
            expect(long).to.include({ code: 0, errors: "" });
            expect(long.output)
                .to.match(new RegExp(`^npm run ${name} `))
                .and.to.include("--json");
            expect(long.output).to.include("exit codes: 0 nothing wrong, 1 something found or failed, 2 wrong usage");
            expect(short).to.deep.equal(long);
        });

        it(`names the invalid argument in one line, does nothing, and exits with 2: ${name}`, async () => {
            const wrong = ["--no-such-option", "--json=no-such-value", "no-such-word"];
            const ends = await Promise.all([
                run(file, "--no-such-option"),
                run(file, "--json=no-such-value"),
                run(file, "no-such-word", "no-such-word", "no-such-word"),
                // As of a variable of the shell that is not set.
                run(file, ""),
            ]);
            for (const [index, { code, output, errors }] of ends.entries()) {
                const [word = ""] = wrong[index]?.split("=") ?? ["a word is empty"];
                expect(errors.trim().split("\n"), errors).to.have.length(1);
                expect(errors).to.include(word).and.to.include(`npm run ${name} -- --help`);
                expect({ code, output }, errors).to.deep.equal({ code: 2, output: "" });
            }
        });
    }

    for (const [name, ...args] of [
        ["dlq"],
        ["dlq", "show"],
        ["dlq", "redrive", "orders"],
        ["webhooks"],
        ["webhooks", "replay", "ep_1"],
        ["keys"],
        ["keys", "add", "shop", "--scopes", "checkout"],
        ["products", "export"],
        ["journey", "12345"],
        ["audit:verify"],
        ["orders:index"],
        ["smoke", "http://127.0.0.1:1"],
        ["local:permissions"],
        ["release"],
    ] as const) {
        it(`exits with 2 and one line where no endpoint answers: ${[name, ...args].join(" ")}`, async () => {
            const [, file = ""] = commands.find(([one]) => one === name) ?? [];
            const isTold = /--endpoint/.test((await run(file, "--help")).output);
            const { code, output, errors } = await run(
                file,
                ...args,
                ...(isTold ? ["--endpoint", "http://127.0.0.1:1"] : []),
            );
            expect(errors.trim().split("\n"), errors).to.have.length(1);
            expect({ code, output }, errors).to.deep.equal({ code: 2, output: "" });
        });
    }
});

describe("the tests", () => {
    let found: readonly (readonly [pattern: string, files: readonly string[]])[];
    /** The files that mocha runs, by pattern, without the pattern of excluded files. */
    const patterns = Object.values(scripts).flatMap((line) =>
        line.split("&&").flatMap((command) => {
            const words = command.replace(/--(ignore|require|jobs) \S+/g, "").split(/\s+/);
            return words.includes("mocha") ? words.filter((word) => /\.ts"?$/.test(word)) : [];
        }),
    );
    before(async () => {
        // Not in its types.
        const ofMocha = "mocha/lib/cli/lookup-files.js";
        const { lookupFiles }: { lookupFiles: (pattern: string) => string | string[] } = await import(ofMocha);
        found = patterns.map((pattern) => {
            try {
                return [pattern, [lookupFiles(pattern.replaceAll('"', ""))].flat()];
            } catch {
                return [pattern, []];
            }
        });
    });

    it("are found by each pattern of package.json, of which mocha leaves out one that finds none", () => {
        expect(patterns).to.have.length.above(5);
        expect(found.filter(([, files]) => files.length === 0).map(([pattern]) => pattern)).to.deep.equal([]);
    });

    it("are all run by a command of package.json", () => {
        const run = new Set(found.flatMap(([, files]) => files));
        expect(globSync("tests/**/*.{spec,proof}.ts").filter((file) => !run.has(file))).to.deep.equal([]);
    });
});
