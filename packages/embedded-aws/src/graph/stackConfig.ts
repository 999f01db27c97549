import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/** A stack's configuration as `pulumi up` would see it. */
export interface StackConfig {
    readonly project: string;
    /** The region that its resources are in, but for those that say otherwise. */
    readonly region: string;
    /** `commerce:logLevel` → text; lists and objects as JSON text, as the engine passes them. */
    readonly values: Readonly<Record<string, string>>;
    /** Keys whose values are encrypted in the stack file, so that nobody but Pulumi can read them. */
    readonly encrypted: readonly string[];
}

/** A stack that has no file, or a file that is not a stack's. */
export class StackConfigError extends Error {
    override readonly name = "StackConfigError";
}

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` in `directory`; throws StackConfigError. */
export function readStackConfig(directory: string, stack: string): StackConfig {
    const file = `${directory}/Pulumi.${stack}.yaml`;
    if (!existsSync(file)) {
        const stacks = readdirSync(directory).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
        throw new StackConfigError(
            `there is no stack ${stack} (Pulumi.${stack}.yaml); there are: ${stacks.join(", ")}`,
        );
    }
    const program = yamlIn(`${directory}/Pulumi.yaml`);
    const project = String(program["name"]);
    const values: Record<string, string> = {};
    const encrypted: string[] = [];
    for (const [key, declaration] of Object.entries(record(program["config"]))) {
        const { default: byDefault, value = byDefault } = record(declaration);
        if (value !== undefined) values[qualified(project, key)] = textOf(value);
    }
    for (const [key, value] of Object.entries(record(yamlIn(file)["config"]))) {
        if (typeof record(value)["secure"] === "string") encrypted.push(qualified(project, key));
        else values[qualified(project, key)] = textOf(value);
    }
    return { project, region: values["aws:region"] ?? "us-east-1", values, encrypted };
}

function yamlIn(file: string): Record<string, unknown> {
    try {
        return record(parse(readFileSync(file, "utf8")));
    } catch (error) {
        throw new StackConfigError(
            `${basename(file)} cannot be read: ${error instanceof Error ? error.message : error}`,
        );
    }
}

const qualified = (project: string, key: string) => (key.includes(":") ? key : `${project}:${key}`);

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

const record = (value: unknown): Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
