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

/** What belongs to this machine or to earlier runs. */
const left = /^(node_modules|\.git|\.bundles|\.local|\.pulumi-state)(\/|$)/;

const [ofCallback, ofRegion] =
    readFileSync(join(root, "README.md"), "utf8")
        .split("## Extend it")[1]
        ?.matchAll(/^```ts\n\/\/ ([^\s,]+).*\n([\s\S]*?)^```/gm)
        .map(([, file = "", code = ""]) => ({ file, code }))
        .toArray() ?? [];

// A project that has it already, as the copy below, has nothing to prove.
if (ofCallback !== undefined && !existsSync(join(root, ofCallback.file))) {
    describe("the consumer that the README prints, in a copy of the project", function () {
        this.timeout(600_000);
        let copy: string;

        before(async () => {
            copy = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
            cpSync(root, copy, { recursive: true, filter: (path) => !left.test(relative(root, path)) });
            symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
            mkdirSync(dirname(join(copy, ofCallback.file)), { recursive: true });
            writeFileSync(join(copy, ofCallback.file), ofCallback.code);
            const region = join(copy, ofRegion?.file ?? "");
            const text = readFileSync(region, "utf8");
            const above = /^( *)checkSizes\(/m;
            const indented = ofRegion?.code.replace(/^(?=.)/gm, above.exec(text)?.[1] ?? "");
            writeFileSync(
                region,
                text.replace(above, (place) => `${indented}\n${place}`),
            );
            if (isProof) await run("tools/docs.ts");
        });

        after(() => rmSync(copy, { recursive: true, force: true }));

        /** Runs a program of the copy; fails with what it printed. */
        const run = (...args: string[]) =>
            new Promise<void>((resolve, reject) => {
                // What is compiled of a copy would be kept for nobody.
                const { PROOF: _, NODE_COMPILE_CACHE: __, ...env } = process.env;
                execFile(process.execPath, args, { cwd: copy, env, maxBuffer: 2 ** 28 }, (error, stdout) =>
                    error === null ? resolve() : reject(new Error(`${args.join(" ")}:\n${stdout.slice(-20_000)}`)),
                );
            });
        const mocha = (...args: string[]) => run("node_modules/mocha/bin/mocha.js", ...args);

        it("passes what holds for every hop, right and resource", () =>
            mocha(...["grants", "hops", "program"].map((name) => `tests/components/${name}.spec.ts`)));

        proof("is in the docs that npm run docs writes", async () => {
            expect(readFileSync(join(copy, "docs/permissions.md"), "utf8")).to.match(/^\| orders-loyalty \|/m);
            await mocha("tests/components/permissions.spec.ts");
        });

        proof("passes the checks of types", () => run("node_modules/typescript/bin/tsc", "-p", "."));

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
                "tests/{components,local,operator,runtime}/**/*.spec.ts",
            );
            await mocha("tests/exercised/*.spec.ts");
        } as () => unknown);
    });
}
