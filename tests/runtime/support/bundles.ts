import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeName, entries, folderFor, usualCode } from "../../../components/parts/bundle.ts";
import { keptFolder } from "../../kept.ts";

/** From one place of the code, in UTF-16 units, to before another. */
export type Span = readonly [from: number, to: number];

/** What has run of a file of the bundle. */
export interface Ran {
    readonly file: string;
    readonly spans: readonly Span[];
}

/** What the bundles are made of, and the tests whose runs are kept beside them. */
const sources = [
    "{runtime,tests/runtime}/**/*.{ts,js,json}",
    "{tests,components/parts}/*.ts",
    "packages/lean-aws/src/**/*.ts",
    "spec/generated/*.js",
];

const root = join(import.meta.dirname, "../../..");
let folder: Promise<string> | undefined;

/** Each callback as it is usually deployed, and all with the AWS SDK. */
const builtNames = (): string[] => [...new Set([...usualCode(), ...entries()])];

/**
 * The folder with the bundles of all callbacks as they are deployed, `orderIntake/receive.lean/receive.mjs` with its source
 * map, `orderIntake/receive/receive.mjs` with the AWS SDK, and `runs/` for what the tests have seen of them. It is made once
 * for all processes that run the same tests of the same sources: its name says of which.
 */
export function bundles(): Promise<string> {
    folder ??= keptFolder("bundles-under-test", sources, build);
    return folder;
}

/**
 * The bundle of a callback; with FUNCTIONS_SDK=full the one with the AWS SDK.
 * @param entry its file below `runtime/` without its ending.
 */
export async function bundleOf(entry: string, sdk = process.env["FUNCTIONS_SDK"]): Promise<string> {
    const usual = usualCode().includes(codeName(entry, "lean")) ? "lean" : "full";
    const name = codeName(entry, sdk === "full" ? "full" : usual);
    const file = join(await bundles(), name, `${basename(entry)}.mjs`);
    if (!existsSync(file)) throw new Error(`there is no callback ${entry}`);
    return file;
}

/** Keeps what a process has run of a callback's bundle, for the test of what no process has. */
export async function keepRun(ran: readonly Ran[]): Promise<void> {
    await writeFile(join(await bundles(), "runs", `${randomUUID()}.json`), JSON.stringify(ran));
}

/** What all processes have run of these bundles in these tests. */
export async function keptRuns(): Promise<Ran[]> {
    const folder = join(await bundles(), "runs");
    const files = await readdir(folder);
    const runs = files.map(async (file): Promise<Ran[]> => JSON.parse(await readFile(join(folder, file), "utf8")));
    return (await Promise.all(runs)).flat();
}

/** Of what evaluations keep, which is built anew where a callback's own files have changed. */
async function build(folder: string): Promise<void> {
    const kept = builtNames().map(async (name) => {
        const from = join(root, await folderFor(name));
        await mkdir(join(folder, name), { recursive: true });
        for (const file of await readdir(from)) {
            const [old, own] = [join(from, file), join(folder, name, file)];
            await link(old, own).catch(() => copyFile(old, own));
        }
    });
    await Promise.all(kept);
    await mkdir(join(folder, "runs"));
}
