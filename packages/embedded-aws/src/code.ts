import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, posix, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "./graph/graph.ts";

/** Code in a form that this cloud does not take. */
class UnusableArchiveError extends Error {
    override readonly name = "UnusableArchiveError";
}

/** A file of an archive: what it is a copy of, or its text. */
interface ArchivedFile {
    /** Within the archive: `lib/a.js` */
    readonly path: string;
    readonly content: { readonly file: string } | { readonly text: string };
}

const archived = new Set<string>();

/** The files that archives were made of. */
export const archivedFiles = (): readonly string[] => [...archived];

/**
 * The resource with the archives among its inputs copied into folders below `codeDirectory`: what the program wrote them
 * to is the program's own. A folder is named after what is in it, so that new code is a new input.
 * @throws UnusableArchiveError
 */
export async function unpacked(resource: Resource, codeDirectory: string): Promise<Resource> {
    const inputs = await Promise.all(
        Object.entries(resource.inputs).map(async ([key, value]) => {
            if (!pulumi.asset.Archive.isInstance(value)) return [key, value];
            const files = await filesIn(value, resource.name);
            const directory = join(codeDirectory, `${resource.name.replace(/[^\w.-]/g, "_")}-${hashOf(files)}`);
            for (const { path, content } of files) {
                const target = join(directory, path);
                mkdirSync(dirname(target), { recursive: true });
                if ("file" in content) {
                    archived.add(content.file);
                    copyFileSync(content.file, target);
                } else writeFileSync(target, content.text);
            }
            return [key, { directory }];
        }),
    );
    return { ...resource, inputs: Object.fromEntries(inputs) };
}

function hashOf(files: readonly ArchivedFile[]): string {
    const hash = createHash("sha256");
    for (const { path, content } of files) {
        const bytes = "file" in content ? readFileSync(content.file) : Buffer.from(content.text);
        hash.update(`${path}\n${bytes.length}\n`).update(bytes);
    }
    return hash.digest("hex").slice(0, 16);
}

async function filesIn(archive: pulumi.asset.Archive, of: string): Promise<ArchivedFile[]> {
    const { path, assets } = archive as Partial<pulumi.asset.FileArchive & pulumi.asset.AssetArchive>;
    if (path !== undefined) return folderFiles(resolve(await path), of);
    if (assets === undefined)
        throw new UnusableArchiveError(`${of}: code from the internet is not supported (RemoteArchive)`);
    const parts = await Promise.all(
        Object.entries(await assets).map(async ([name, part]): Promise<ArchivedFile[]> => {
            const normal = posix.normalize(name);
            if (normal.startsWith("..") || posix.isAbsolute(normal)) {
                throw new UnusableArchiveError(`${of}: ${name} is outside of its archive`);
            }
            if (!pulumi.asset.Archive.isInstance(part)) return [{ path: normal, content: await contentOf(part, of) }];
            return (await filesIn(part, of)).map((file) => ({ ...file, path: posix.join(normal, file.path) }));
        }),
    );
    return parts.flat();
}

async function contentOf(asset: pulumi.asset.Asset, of: string): Promise<ArchivedFile["content"]> {
    const { path, text } = asset as Partial<pulumi.asset.FileAsset & pulumi.asset.StringAsset>;
    if (text !== undefined) return { text: await text };
    if (path === undefined)
        throw new UnusableArchiveError(`${of}: code from the internet is not supported (RemoteAsset)`);
    const file = resolve(await path);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
        throw new UnusableArchiveError(`${of}: there is no file ${file} (FileAsset)`);
    }
    return { file };
}

function folderFiles(folder: string, of: string): ArchivedFile[] {
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
