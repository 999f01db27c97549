import { createHash, randomUUID } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildAll } from "../../../components/parts/bundle.ts";
import type { Ran } from "./host.ts";

const root = join(import.meta.dirname, "../../..");
const kept = join(root, "node_modules/.cache/bundles-under-test");
const mostDaysKept = 1;

let folder: Promise<string> | undefined;

/**
 * The folder with the bundles of all callbacks as they are deployed, `orderIntake/receive.mjs` with its source map, and
 * `runs/` for what the tests have seen of them. It is built once for all processes that run the same tests of the same
 * sources: its name says of which.
 */
export function bundles(): Promise<string> {
    folder ??= build(join(kept, nameOfSources()));
    return folder;
}

/** The bundle of a callback. @param entry its file below `runtime/` without its ending. */
export async function bundleOf(entry: string): Promise<string> {
    const file = join(await bundles(), `${entry}.mjs`);
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

async function build(built: string): Promise<string> {
    if (!existsSync(built)) {
        await mkdir(kept, { recursive: true });
        const draft = await mkdtemp(`${built}-`);
        for (const [entry, files] of await buildAll()) {
            for (const { name, text } of files) {
                const file = join(draft, dirname(entry), name);
                await mkdir(dirname(file), { recursive: true });
                await writeFile(file, text);
            }
        }
        await mkdir(join(draft, "runs"));
        // Another process may have built the same meanwhile.
        await rename(draft, built).catch(() => rm(draft, { recursive: true }));
        await forgetOld();
    }
    await utimes(built, new Date(), new Date());
    return built;
}

function nameOfSources(): string {
    const hash = createHash("sha256").update(process.version);
    const files = globSync(
        ["{runtime,tests/runtime}/**/*.{ts,json}", "{tests,components/parts}/*.ts", "node_modules/.package-lock.json"],
        { cwd: root },
    );
    for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
    return hash.digest("hex").slice(0, 16);
}

async function forgetOld(): Promise<void> {
    for (const name of await readdir(kept)) {
        const { mtimeMs } = await stat(join(kept, name)).catch(() => ({ mtimeMs: Date.now() }));
        if (mtimeMs < Date.now() - mostDaysKept * 86_400_000) await rm(join(kept, name), { recursive: true });
    }
}
