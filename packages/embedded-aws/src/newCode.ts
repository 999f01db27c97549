import { sep } from "node:path";
import { type Code, copied, folderFiles } from "./codeFiles.ts";
import type { EvaluatedProgram } from "./evaluate.ts";
import type { Resource } from "./graph/graph.ts";
import { Properties } from "./provision/properties.ts";

/** Makes the code of functions anew when files that it is made of have changed. */
export interface CodeBuilder {
    /**
     * @param files that have changed
     * @param folders where the code is that the program was evaluated with
     * @returns where the code of each such folder is now, if it was built anew; undefined when the files are, or may be, of
     * more than code
     */
    rebuild(files: readonly string[], folders: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
}

/**
 * What a program is after a change of files that only the code of functions is made of: the files of their folders, or what
 * a builder builds the folders of. Undefined when only an evaluation can tell.
 */
export async function withNewCode(
    program: EvaluatedProgram,
    files: readonly string[],
    { codeDirectory, builder }: { readonly codeDirectory: string; readonly builder: CodeBuilder },
): Promise<EvaluatedProgram | undefined> {
    if (files.length === 0 || files.some((file) => program.sources.includes(file))) return undefined;
    const { resources } = program.graph;
    const folders = new Set(resources.flatMap((resource) => folderOf(resource) ?? []));
    const changed = new Map<string, string>();
    const others: string[] = [];
    for (const file of files) {
        const own = [...folders].filter((folder) => file.startsWith(folder + sep));
        for (const folder of own) changed.set(folder, folder);
        if (own.length === 0) others.push(file);
    }
    const rebuilt = others.length === 0 ? new Map() : await builder.rebuild(others, [...folders]);
    if (rebuilt === undefined) return undefined;
    for (const [before, now] of rebuilt) changed.set(before, now);
    const renewed = resources.map((resource) => {
        const folder = changed.get(folderOf(resource) ?? "");
        if (folder === undefined) return resource;
        const directory = copied(folderFiles(folder, resource.name), resource.name, codeDirectory);
        const code: Code = { directory, folder };
        return { ...resource, inputs: { ...resource.inputs, code } };
    });
    return { ...program, graph: { ...program.graph, resources: renewed } };
}

/** The folder in the project that a function's code is a copy of. */
function folderOf(resource: Resource): string | undefined {
    if (resource.type !== "aws:lambda/function:Function") return undefined;
    return Properties.of(resource).child("code")?.optionalText("folder");
}
