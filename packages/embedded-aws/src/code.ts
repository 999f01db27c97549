import { statSync } from "node:fs";
import { posix, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type ArchivedFile, type Code, copied, folderFiles, UnusableArchiveError } from "./codeFiles.ts";
import type { Resource } from "./graph/graph.ts";

const archived = new Set<string>();

/** The files that archives were made of. */
export const archivedFiles = (): readonly string[] => [...archived];

/**
 * The resource with the archives among its inputs copied into folders below `codeDirectory`.
 * @throws UnusableArchiveError
 */
export async function unpacked(resource: Resource, codeDirectory: string): Promise<Resource> {
    const inputs = await Promise.all(
        Object.entries(resource.inputs).map(async ([key, value]) => {
            if (!pulumi.asset.Archive.isInstance(value)) return [key, value];
            const files = await filesIn(value, resource.name);
            for (const { content } of files) if ("file" in content) archived.add(content.file);
            const directory = copied(files, resource.name, codeDirectory);
            const folder = await folderOf(value);
            const code: Code = { directory, ...(folder !== undefined && { folder }) };
            return [key, code];
        }),
    );
    return { ...resource, inputs: Object.fromEntries(inputs) };
}

async function folderOf(archive: pulumi.asset.Archive): Promise<string | undefined> {
    const { path } = archive as Partial<pulumi.asset.FileArchive>;
    return path === undefined ? undefined : resolve(await path);
}

async function filesIn(archive: pulumi.asset.Archive, of: string): Promise<ArchivedFile[]> {
    const folder = await folderOf(archive);
    if (folder !== undefined) return folderFiles(folder, of);
    const { assets } = archive as Partial<pulumi.asset.AssetArchive>;
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
