import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EvaluatedProgram } from "../src/evaluate.ts";
import { programFor } from "../src/keptProgram.ts";

const pulumiFolder = dirname(dirname(fileURLToPath(import.meta.resolve("@pulumi/aws/package.json"))));

/** A project with these files, beside the packages of Pulumi. */
export class Project {
    readonly directory: string;

    constructor(files: Readonly<Record<string, string>>) {
        // Without links, as the bin names it.
        this.directory = mkdtempSync(join(realpathSync(tmpdir()), "program-"));
        mkdirSync(join(this.directory, "project/node_modules"), { recursive: true });
        symlinkSync(pulumiFolder, join(this.directory, "project/node_modules/@pulumi"));
        this.write({ "Pulumi.yaml": "name: tested\nruntime: nodejs\nconfig:\n  aws:region: eu-west-1\n", ...files });
    }

    write(files: Readonly<Record<string, string>>): void {
        for (const [path, text] of Object.entries(files)) {
            const file = join(this.directory, "project", path);
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, text);
        }
    }

    evaluate(): Promise<EvaluatedProgram> {
        return programFor({
            projectDirectory: join(this.directory, "project"),
            stack: "dev",
            account: "000000000000",
            awsUrl: "http://127.0.0.1:4566",
            apiUrl: "http://127.0.0.1:8787",
            codeDirectory: join(this.directory, "project/.local/functions"),
        });
    }

    /** Why it cannot be evaluated. */
    async refusal(): Promise<string> {
        return await this.evaluate().then(
            () => "none",
            (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }
}
