import { execFile } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { expect } from "chai";
import { after, before, describe, it } from "mocha";
import { isProof, proof } from "../proof.ts";

const root = join(import.meta.dirname, "../..");

/** What belongs to this machine or to earlier runs, but for the code that they have built; and what others write of that. */
const left = /^(node_modules|\.git|\.local|\.pulumi-state)(\/|$)|^\.bundles\/.*(-draft\.|time-|\.json-)/;

/** Each builds on the one before. */
const guides = ["setting", "table", "route"].map((name) => `docs/guides/${name}.md`);

interface Edit {
    readonly file: string;
    /** Absent: the block is the whole file. */
    readonly place?: { readonly side: string; readonly anchor: string };
    readonly code: string;
}

/** Blocks that begin with a comment naming their file, such as `// components/region.ts, above checkSizes`. */
const editsOf = (page: string): Edit[] =>
    Array.from(
        readFileSync(join(root, page), "utf8").matchAll(
            /^```\w+\n(?:\/\/|#) ([^\s,]+)(?:, (above|below|in place of) (.+))?\n([\s\S]*?)^```/gm,
        ),
        ([, file = "", side, anchor, code = ""]) => ({
            file,
            code,
            ...(side && anchor && { place: { side, anchor } }),
        }),
    );

function apply({ file, place, code }: Edit, folder: string): void {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    if (place === undefined) {
        writeFileSync(path, code);
        return;
    }
    const lines = readFileSync(path, "utf8").split("\n");
    const at = lines.findIndex((line) => line.trim().startsWith(place.anchor));
    if (at === -1) throw new Error(`${file} has no line ${place.anchor}`);
    const [indentation = ""] = /^ */.exec(lines[at] ?? "") ?? [];
    const indented = code.replace(/^(?=.)/gm, indentation).replace(/\n$/, "");
    // Statements stand apart, imports and members together.
    const isStatement = /^(checkSizes|new )/.test(place.anchor);
    const start = place.side === "below" ? at + 1 : at;
    const removed = place.side === "in place of" ? 1 : 0;
    lines.splice(start, removed, ...(isStatement ? [indented, ""] : [indented]));
    writeFileSync(path, lines.join("\n"));
}

// A project that has the consumer already, as the copy below, has nothing to prove.
if (!existsSync(join(root, "runtime/loyalty"))) {
    describe("the examples of the README and the guides, in a copy of the project", function () {
        this.timeout(600_000);
        let copy: string;

        before(async () => {
            copy = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
            cpSync(root, copy, { recursive: true, filter: (path) => !left.test(relative(root, path)) });
            symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
            for (const edit of editsOf("README.md")) apply(edit, copy);
            if (isProof) await run("tools/docs.ts");
        });

        after(() => rmSync(copy, { recursive: true, force: true }));

        /** Runs a program of the copy; fails with what it printed. */
        const run = (...args: string[]) =>
            new Promise<void>((resolve, reject) => {
                const { PROOF: _, ...env } = process.env;
                execFile(process.execPath, args, { cwd: copy, env, maxBuffer: 2 ** 28 }, (error, stdout) =>
                    error === null ? resolve() : reject(new Error(`${args.join(" ")}:\n${stdout.slice(-20_000)}`)),
                );
            });
        const specs = (...names: readonly string[]) => names.map((name) => `tests/components/${name}.spec.ts`);
        const mocha = (...args: string[]) => run("node_modules/mocha/bin/mocha.js", ...args);

        it("touches two files for a consumer, and two for a setting", () => {
            const filesOf = (page: string) => editsOf(page).map(({ file }) => file);
            expect(filesOf("README.md")).to.deep.equal(["runtime/loyalty/award.ts", "components/region.ts"]);
            expect(filesOf("docs/guides/setting.md")).to.deep.equal([
                "spec/settings.schema.json",
                "components/region.ts",
            ]);
        });

        it("passes the checks of every hop, permission and resource", () =>
            mocha(
                ...specs("hops", "policy"),
                "--grep",
                `every hop (?!from a queue that is left)|has nothing against ${isProof ? "(dev|prod)" : "dev"}$`,
            ));

        proof("is in the docs that npm run docs writes", async () => {
            expect(readFileSync(join(copy, "docs/permissions.md"), "utf8")).to.match(/^\| orders-loyalty \|/m);
            await mocha(...specs("permissions"));
        });

        proof("passes the checks of types", () => run("tools/typecheck.ts", "-p", "."));

        proof("passes the linter", () =>
            run("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
        );

        proof("passes all unit tests", async function (this: Mocha.Context) {
            this.timeout(3_600_000);
            await mocha(
                "--parallel",
                "--jobs",
                "2",
                "tests/*.spec.ts",
                "tests/{components,tools,runtime}/**/*.spec.ts",
            );
            await mocha("tests/exercised/*.spec.ts");
        } as () => unknown);

        proof(
            "passes with the guides' setting, table and route the checks of types, the linter and what holds for rights",
            async () => {
                for (const edit of guides.flatMap(editsOf)) apply(edit, copy);
                await run("tools/generate.ts");
                await run("tools/docs.ts");
                expect(readFileSync(join(copy, "docs/permissions.md"), "utf8"))
                    .to.match(/^\| orders-ledger \|/m)
                    .and.to.match(/^\| loyalty-read \|/m);
                await run("tools/typecheck.ts", "-p", ".");
                await run("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".");
                await mocha(...specs("hops", "permissions", "policy"));
            },
        );
    });
}
