import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A file of a function's code. */
export interface CodeFile {
    readonly name: string;
    readonly text: string;
}

/** Below the project; git ignores it, and it may be deleted when no `pulumi up` is under way. */
const folder = ".bundles";

/** Milliseconds after which code that nothing evaluated is forgotten: an `up` is over by then. */
const keptFor = 24 * 60 * 60 * 1000;

/**
 * Writes a function's code to a folder below `project` and returns the folder's path in there. The folder is named after
 * what is in it: the path in the state of a stack changes with the code alone, and an `up` that is under way elsewhere keeps
 * the code that it began with. It appears whole or not at all, however many evaluations write it at a time.
 *
 * @param entry `orderIntake/receive`
 */
export async function folderOf(entry: string, files: readonly CodeFile[], project: string): Promise<string> {
    const hash = createHash("sha256").update(JSON.stringify(files.map(({ name, text }) => [name, text])));
    const path = `${folder}/${entry}-${hash.digest("hex").slice(0, 16)}`;
    const target = join(project, path);
    if (await isWhole(target, files)) {
        const now = new Date();
        await utimes(target, now, now);
        return path;
    }
    await mkdir(dirname(target), { recursive: true });
    const draft = await mkdtemp(`${join(project, folder, entry)}-draft.`);
    try {
        for (const { name, text } of files) await writeFile(join(draft, name), text);
        await rename(draft, target).catch(async () => {
            // Another evaluation was first.
            if (await isWhole(target, files)) return;
            // Changed by hand: no evaluation leaves a folder half written.
            await rm(target, { recursive: true, force: true });
            await rename(draft, target);
        });
    } finally {
        await rm(draft, { recursive: true, force: true });
    }
    await forgetOthers(target);
    return path;
}

/** Whether a folder has these files and no others: each would go to AWS. */
async function isWhole(target: string, files: readonly CodeFile[]): Promise<boolean> {
    const names = await readdir(target).catch(() => []);
    if (names.length !== files.length) return false;
    const texts = await Promise.all(
        files.map(({ name }) => readFile(join(target, name), "utf8").catch(() => undefined)),
    );
    return files.every(({ text }, index) => text === texts[index]);
}

/** Deletes earlier code of the same callback that nothing has used for a day. */
async function forgetOthers(target: string): Promise<void> {
    const siblings = dirname(target);
    const callback = basename(target).replace(/[^-]+$/, "");
    for (const name of await readdir(siblings)) {
        const other = join(siblings, name);
        if (other === target || name.replace(/[^-]+$/, "") !== callback) continue;
        const usedAt = await stat(other).then(
            ({ mtimeMs }) => mtimeMs,
            () => Number.POSITIVE_INFINITY,
        );
        if (usedAt < Date.now() - keptFor) await rm(other, { recursive: true, force: true });
    }
}
