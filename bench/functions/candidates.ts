import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { buildAll } from "../../components/parts/bundle.ts";
import { BenchError } from "../benchError.ts";

/** A bundle that takes an order at POST /orders. */
export interface Candidate {
    readonly name: "bare handler" | "receive" | "receive, no pre-warm" | "incumbent";
    readonly file: string;
}

/** Builds what is compared side by side, below `directory`. */
export async function buildCandidates(directory: string): Promise<Candidate[]> {
    const receive = await receiveCode();
    return [
        { name: "bare handler", file: await bundled("bare.ts", join(directory, "bare.cjs")) },
        { name: "receive", file: written(receive, join(directory, "receive", "receive.mjs")) },
        {
            name: "receive, no pre-warm",
            file: written(withoutPreWarm(receive), join(directory, "receive-no-pre-warm", "receive.mjs")),
        },
        { name: "incumbent", file: await buildIncumbent(directory) },
    ];
}

/** As the source system builds: one CommonJS file. */
export async function buildIncumbent(directory: string): Promise<string> {
    installIncumbent();
    return bundled("../incumbent/receive.ts", join(directory, "incumbent", "receive.cjs"));
}

async function receiveCode(): Promise<string> {
    const code = (await buildAll()).get("orderIntake/receive")?.find(({ name }) => name === "receive.mjs")?.text;
    if (code === undefined) throw new BenchError("there is no callback orderIntake/receive");
    return code;
}

/** The same bundle less the call that it makes while it initialises. */
function withoutPreWarm(code: string): string {
    const rest = code.replace(
        /await [\w$]+\.send\((?:(?!await).)*?AbortSignal\.timeout\([^)]*\)\}\)\.catch\([^;]*?\);/s,
        "",
    );
    if (rest === code) throw new BenchError("the pre-warm was not found in the bundle of orderIntake/receive");
    return rest;
}

function written(code: string, file: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
}

/**
 * Minified for Node.js 24 although the source system's document says otherwise (not minified, es2020): that is half
 * the bytes and starts sooner, and the comparison is to be with the incumbent at its best.
 */
async function bundled(entry: string, outfile: string): Promise<string> {
    await esbuild.build({
        entryPoints: [join(import.meta.dirname, entry)],
        outfile,
        bundle: true,
        platform: "node",
        target: "node24",
        format: "cjs",
        mainFields: ["module", "main"],
        minify: true,
        legalComments: "none",
        logLevel: "error",
    });
    return outfile;
}

/** The incumbent's packages are its own, and installed when they are missing: nothing of the project needs them. */
function installIncumbent(): void {
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "../../scripts/install.js")], {
        cwd: join(import.meta.dirname, "../incumbent"),
        // What is printed on standard output may be for a machine.
        stdio: ["ignore", 2, 2],
    });
    if (status !== 0) throw new BenchError("the incumbent's dependencies are missing: see the message above");
}
