import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";

/** Code in a form that this cloud does not take. */
export class UnusableArchiveError extends Error {
    override readonly name = "UnusableArchiveError";
}

/** An archive among the inputs of a resource, as the graph has it. */
export interface Code {
    /** Where this cloud has copied it to. */
    readonly directory: string;
    /** The folder that it is a copy of; absent for one that is put together. */
    readonly folder?: string;
}

/** A file of an archive: what it is a copy of, or its text. */
export interface ArchivedFile {
    /** Within the archive: `lib/a.js` */
    readonly path: string;
    readonly content: { readonly file: string } | { readonly text: string };
}

/**
 * Copies the files of an archive into a folder below `codeDirectory`: what the program wrote them to is the program's own.
 * The folder is named after what is in it, so that new code is a new input.
 * @param of the resource's logical name
 * @returns the folder
 */
export function copied(files: readonly ArchivedFile[], of: string, codeDirectory: string): string {
    const directory = join(codeDirectory, `${of.replace(/[^\w.-]/g, "_")}-${hashOf(files)}`);
    for (const { path, content } of files) {
        const target = join(directory, path);
        mkdirSync(dirname(target), { recursive: true });
        if ("file" in content) copyFileSync(content.file, target);
        else writeFileSync(target, content.text);
    }
    return directory;
}

function hashOf(files: readonly ArchivedFile[]): string {
    const hash = createHash("sha256");
    for (const { path, content } of files) {
        const bytes = "file" in content ? readFileSync(content.file) : Buffer.from(content.text);
        hash.update(`${path}\n${bytes.length}\n`).update(bytes);
    }
    return hash.digest("hex").slice(0, 16);
}

/** The files of a folder. @throws UnusableArchiveError */
export function folderFiles(folder: string, of: string): ArchivedFile[] {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) throw new UnusableArchiveError(`${of}: there is no folder ${folder} (FileArchive)`);
    if (!found.isDirectory()) {
        throw new UnusableArchiveError(
            `${of}: ${basename(folder)} is packed; the embedded cloud takes code from a folder (FileArchive) or from texts and files (AssetArchive)`,
        );
    }
    const below = (inside: string): ArchivedFile[] =>
        readdirSync(join(folder, inside)).flatMap((name) => {
            const path = posix.join(inside, name);
            const file = join(folder, path);
            // Links are followed: what they lead to may not be there where the code runs.
            const entry = statSync(file, { throwIfNoEntry: false });
            if (entry?.isDirectory()) return below(path);
            return entry?.isFile() ? [{ path, content: { file } }] : [];
        });
    return below("");
}
