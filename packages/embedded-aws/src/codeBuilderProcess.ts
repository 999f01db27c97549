/**
 * Has the project's own builder make code anew, in a process of its own: what the builder loads is not the cloud's, and
 * goes when the builder itself has changed. `node codeBuilderProcess.ts <module that exports rebuild>`
 */
import { pathToFileURL } from "node:url";
import type { CodeBuilder } from "./newCode.ts";

/** What it is asked, and answers: one at a time. */
export interface BuildRequest {
    readonly files: readonly string[];
    readonly folders: readonly string[];
}
export type BuildAnswer = { readonly folders: ReadonlyMap<string, string> | undefined } | { readonly failure: string };

const [file = ""] = process.argv.slice(2);
// What it exports is its author's word.
const builder: Promise<CodeBuilder> = import(pathToFileURL(file).href);
// It is told with the first answer.
builder.catch(() => undefined);

async function answerTo({ files, folders }: BuildRequest): Promise<BuildAnswer> {
    try {
        return { folders: await (await builder).rebuild(files, folders) };
    } catch (error) {
        return { failure: error instanceof Error ? error.message : String(error) };
    }
}

process.on("message", async (request: BuildRequest) => process.send?.(await answerTo(request)));
process.on("disconnect", () => process.exit());
