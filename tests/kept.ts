import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const root = join(import.meta.dirname, "..");
const daysKept = 1;

/**
 * A folder below node_modules/.cache with what is made of some files. Its name holds their hash: all processes share it, and
 * it is made once, until a file changes.
 * @param sources patterns of the files' names
 * @param make fills the folder
 */
export async function keptFolder(
    name: string,
    sources: readonly string[],
    make: (folder: string) => Promise<unknown>,
): Promise<string> {
    const parent = join(root, "node_modules/.cache", name);
    const folder = join(parent, hashOf([...sources, "node_modules/.package-lock.json"]));
    await mkdir(parent, { recursive: true });
    await alone(folder, async () => {
        if (existsSync(folder)) return;
        const draft = await mkdtemp(`${folder}-`);
        await make(draft);
        await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
        await forgetOld(parent);
    });
    await utimes(folder, new Date(), new Date());
    return folder;
}

/** Does the work while no other process does any at the same path: it waits for that one. */
export async function alone<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
    const lock = `${path}.lock`;
    while (
        !(await mkdir(lock).then(
            () => true,
            () => false,
        ))
    ) {
        const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
        // Its process was killed, or it would have shown that it goes on.
        if (mtimeMs < Date.now() - 120_000) await rm(lock, { recursive: true, force: true });
        await pause(20);
    }
    const alive = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => undefined), 10_000);
    try {
        return await work();
    } finally {
        clearInterval(alive);
        await rm(lock, { recursive: true, force: true });
    }
}

function hashOf(patterns: readonly string[]): string {
    const hash = createHash("sha256").update(process.version);
    for (const file of globSync(patterns, { cwd: root }).sort()) {
        hash.update(`${file}\n`).update(readFileSync(join(root, file)));
    }
    return hash.digest("hex").slice(0, 16);
}

async function forgetOld(parent: string): Promise<void> {
    for (const name of await readdir(parent)) {
        const { mtimeMs } = await stat(join(parent, name)).catch(() => ({ mtimeMs: Date.now() }));
        if (mtimeMs < Date.now() - daysKept * 86_400_000) await rm(join(parent, name), { recursive: true });
    }
}
