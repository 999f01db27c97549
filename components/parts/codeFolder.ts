import { createHash, randomUUID } from "node:crypto";
import {
    copyFile,
    link,
    mkdir,
    mkdtemp,
    readdir,
    readFile,
    rename,
    rm,
    stat,
    utimes,
    writeFile,
} from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";

/** A file of a function's code: its text, or the file of the project, of a name that says what is in it, which it is. */
export type CodeFile = { readonly name: string } & ({ readonly text: string } | { readonly file: string });

/** The code of one callback. */
export interface BuiltCode {
    readonly files: readonly CodeFile[];
    /** Files of the project that it is made of, and folders whose names of files matter. */
    readonly inputs: readonly string[];
}

export interface CodeFoldersArgs {
    readonly project: string;
    /** Of code: `orderIntake/receive`, `orderIntake/receive.lean` */
    readonly names: readonly string[];
    /** Further files that every build depends on, beside the installed packages. */
    readonly builder: readonly string[];
    readonly build: (names: readonly string[]) => Promise<ReadonlyMap<string, BuiltCode>>;
}

/** What stands beside the folders of a callback: which one its code is in, and what that was made of. */
interface Kept {
    /** Below the project. */
    readonly path: string;
    /** Of the files with a text. */
    readonly names: readonly string[];
    readonly others: readonly Extract<CodeFile, { readonly file: string }>[];
    readonly inputs: readonly string[];
    /** Hash of the inputs and of the builder. */
    readonly madeOf: string;
}

/** The folders of callbacks' code below `project`. Code of which no input has changed since an evaluation is not built again. */
export async function codeFolders(args: CodeFoldersArgs): Promise<ReadonlyMap<string, string>> {
    const { project, names, builder, build } = args;
    const tools = [...builder, join(project, "node_modules/.package-lock.json")];
    // Callbacks share most of their files.
    const hashes = new Map<string, Promise<string>>();
    const madeOf = async (inputs: readonly string[]) => {
        const files = [...tools, ...inputs.map((file) => join(project, file))];
        return sha256((await Promise.all(files.map((file) => hashOf(file, hashes)))).join());
    };
    const paths = new Map<string, string>();
    for (const name of names) {
        const kept = await keptOf(name, project);
        if (kept === undefined || kept.madeOf !== (await madeOf(kept.inputs))) continue;
        if (await isUnchanged(kept, project)) paths.set(name, kept.path);
    }
    const missing = names.filter((name) => !paths.has(name));
    if (missing.length === 0) return paths;
    hashes.clear();
    const startedAt = await fileSystemTime(project);
    for (const [name, { files, inputs }] of await build(missing)) {
        const path = await folderOf(name, files, project);
        paths.set(name, path);
        // Whether the build saw the file before or after a change is unknown: the next evaluation builds it again.
        if (await isAnyChangedSince(startedAt, [...tools, ...inputs.map((file) => join(project, file))])) continue;
        const names = files.flatMap((file) => ("text" in file ? [file.name] : []));
        const others = files.filter((file) => "file" in file);
        const kept: Kept = { path, names, others, inputs, madeOf: await madeOf(inputs) };
        await replaceFile(join(project, folder, `${name}.json`), JSON.stringify(kept));
    }
    return paths;
}

/** The names of the code that is made of one of these files, or that is not kept yet. */
export async function namesMadeOf(
    files: readonly string[],
    { project, names }: Pick<CodeFoldersArgs, "project" | "names">,
): Promise<readonly string[]> {
    const changed = new Set(files.map((file) => relative(project, file).replaceAll(sep, "/")));
    const kept = await Promise.all(names.map((name) => keptOf(name, project)));
    return names.filter((_, index) => kept[index]?.inputs.some((input) => changed.has(input)) ?? true);
}

/** Another evaluation reads the old text or the new one, never a part. */
async function replaceFile(file: string, text: string): Promise<void> {
    const draft = `${file}-${randomUUID()}`;
    await writeFile(draft, text);
    await rename(draft, file);
}

/** Undefined when there is none. */
async function keptOf(name: string, project: string): Promise<Kept | undefined> {
    try {
        // Written above, and nowhere else.
        return JSON.parse(await readFile(join(project, folder, `${name}.json`), "utf8")) as Kept;
    } catch {
        return undefined;
    }
}

/** Whether a folder has the files that its name is the hash of. */
async function isUnchanged({ path, names, others }: Kept, project: string): Promise<boolean> {
    const target = join(project, path);
    try {
        const texts = names.map(async (name) => ({ name, text: await readFile(join(target, name), "utf8") }));
        const files = [...(await Promise.all(texts)), ...others];
        if (!path.endsWith(nameOf(files)) || !(await isWhole(target, files, project))) return false;
        await utimes(target, new Date(), new Date());
        return true;
    } catch {
        return false;
    }
}

function hashOf(file: string, known: Map<string, Promise<string>>): Promise<string> {
    const names = () => readdir(file).then((all) => sha256(all.sort().join("\n")));
    const hash =
        known.get(file) ??
        readFile(file)
            .then(sha256, names)
            .catch(() => "absent");
    known.set(file, hash);
    return hash;
}

/** The time that a file gets which changes now: file systems read a coarser clock, which is behind Date.now(). */
async function fileSystemTime(project: string): Promise<number> {
    await mkdir(join(project, folder), { recursive: true });
    const file = join(project, folder, `time-${randomUUID()}`);
    await writeFile(file, "");
    const { ctimeMs } = await stat(file);
    await rm(file);
    return ctimeMs;
}

async function isAnyChangedSince(time: number, files: readonly string[]): Promise<boolean> {
    // The time of the inode: a file that was moved here may have an old one of its content.
    const changed = files.map((file) =>
        stat(file).then(
            ({ ctimeMs }) => ctimeMs >= time,
            () => false,
        ),
    );
    return (await Promise.all(changed)).includes(true);
}

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

const nameOf = (files: readonly CodeFile[]): string => {
    const contents = files.map((file) => [file.name, "text" in file ? file.text : file.file]);
    return sha256(JSON.stringify(contents)).slice(0, 16);
};

/** Below the project; git ignores it, and it may be deleted when no `pulumi up` is under way. */
const folder = ".bundles";

/** Milliseconds after which code that nothing evaluated is forgotten: an `up` is over by then. */
const keptFor = 24 * 60 * 60 * 1000;

/**
 * Writes a function's code to a folder below `project` and returns the folder's path in there. The folder is named after
 * what is in it: the path in the state of a stack changes with the code alone, and an `up` that is under way elsewhere keeps
 * the code that it began with. It appears whole or not at all, however many evaluations write it at a time.
 *
 * @param name `orderIntake/receive`
 */
export async function folderOf(name: string, files: readonly CodeFile[], project: string): Promise<string> {
    const path = `${folder}/${name}-${nameOf(files)}`;
    const target = join(project, path);
    if (await isWhole(target, files, project)) {
        const now = new Date();
        await utimes(target, now, now);
        return path;
    }
    await mkdir(dirname(target), { recursive: true });
    const draft = await mkdtemp(`${join(project, folder, name)}-draft.`);
    try {
        for (const file of files) await write(file, draft, project);
        await rename(draft, target).catch(async () => {
            // Another evaluation was first.
            if (await isWhole(target, files, project)) return;
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

/** The name of the code in a folder that `folderOf` has named. */
export const codeNameIn = (path: string): string =>
    path
        .replaceAll(sep, "/")
        .replace(`${folder}/`, "")
        .replace(/-[^-]+$/, "");

/** A large file is not copied where the file system can have it in two folders. */
async function write(file: CodeFile, folder: string, project: string): Promise<void> {
    const target = join(folder, file.name);
    if ("text" in file) return await writeFile(target, file.text);
    const source = join(project, file.file);
    await link(source, target).catch(() => copyFile(source, target));
}

/** Whether a folder has these files and no others: each would go to AWS. */
async function isWhole(target: string, files: readonly CodeFile[], project: string): Promise<boolean> {
    const names = await readdir(target).catch(() => []);
    if (names.length !== files.length) return false;
    const sizeOf = (file: string) =>
        stat(file).then(
            ({ size }) => size,
            () => undefined,
        );
    const isSame = files.map(async (file) => {
        const own = join(target, file.name);
        if ("text" in file) return file.text === (await readFile(own, "utf8").catch(() => undefined));
        const size = await sizeOf(own);
        return size !== undefined && size === (await sizeOf(join(project, file.file)));
    });
    return (await Promise.all(isSame)).every(Boolean);
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
