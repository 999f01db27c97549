import { cpSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const project = join(import.meta.dirname, "../..");

/** Copies the project, with the packages that it has, but without anything that is kept of earlier evaluations. */
export function copyProject(directory: string): void {
    mkdirSync(directory);
    for (const name of readdirSync(project).filter((entry) => !entry.startsWith(".") && entry !== "node_modules")) {
        cpSync(join(project, name), join(directory, name), { recursive: true });
    }
    mkdirSync(join(directory, "node_modules"));
    for (const name of readdirSync(join(project, "node_modules")).filter((entry) => entry !== ".cache")) {
        symlinkSync(join(project, "node_modules", name), join(directory, "node_modules", name));
    }
}
