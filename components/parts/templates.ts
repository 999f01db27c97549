import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import Mustache from "mustache";
import type { CodeFile } from "./codeFolder.ts";

/** A folder of templates is missing, or a template in it has an error. */
class TemplatesError extends pulumi.RunError {
    override readonly name = "TemplatesError";
}

export interface Templates {
    readonly files: readonly CodeFile[];
    /** What they are made of: the folders, too, which a template may come into. */
    readonly inputs: readonly string[];
}

/** The templates in these folders of the project; those of a later one replace those of the same name. */
export function templatesIn(folders: readonly string[], project: string): Templates {
    const paths = folders.flatMap((folder) => namesIn(folder, project).map((name) => join(folder, name)));
    const texts = new Map(paths.map((path) => [basename(path), checked(path, project)]));
    return { files: [...texts].map(([name, text]) => ({ name, text })), inputs: [...folders, ...paths] };
}

function namesIn(folder: string, project: string): string[] {
    try {
        return readdirSync(join(project, folder)).filter((name) => /\.(txt|html)$/.test(name));
    } catch (cause) {
        throw new TemplatesError(`there is no folder of templates ${folder}`, { cause });
    }
}

function checked(file: string, project: string): string {
    const text = readFileSync(join(project, file), "utf8");
    try {
        Mustache.parse(text);
    } catch (cause) {
        throw new TemplatesError(`${file}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
    return text;
}
