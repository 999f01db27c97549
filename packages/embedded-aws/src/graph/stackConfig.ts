import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";

/** A stack's configuration as `pulumi up` would see it. */
interface StackConfig {
    readonly project: string;
    /** The region that its resources are in, but for those that say otherwise. */
    readonly region: string;
    /** `commerce:tags` → text; lists and maps as JSON text, as the engine passes them. */
    readonly values: Readonly<Record<string, string>>;
    /** Values that the stack file encrypts and only Pulumi can read: `commerce:alarms.pagerDuty`. */
    readonly encrypted: readonly string[];
}

/** In the place of each encrypted value. */
const placeholder = "local";

/** A stack that has no file, or a file that is not a stack's. */
export class StackConfigError extends Error {
    override readonly name = "StackConfigError";
}

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` in `directory`, where a stack may have none; throws StackConfigError. */
export function readStackConfig(directory: string, stack: string): StackConfig {
    const stacks = readdirSync(directory).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    // A project that has none for any stack needs none.
    if (stacks.length > 0 && !stacks.includes(stack)) {
        throw new StackConfigError(
            `there is no stack ${stack} (Pulumi.${stack}.yaml); there are: ${stacks.join(", ")}`,
        );
    }
    const program = yamlIn(`${directory}/Pulumi.yaml`);
    const ofStack = stacks.length === 0 ? {} : yamlIn(`${directory}/Pulumi.${stack}.yaml`);
    const project = String(program["name"]);
    const values: Record<string, string> = {};
    const encrypted: string[] = [];
    for (const [key, declaration] of Object.entries(record(program["config"]))) {
        const { default: byDefault, value = byDefault } = declared(declaration);
        if (value !== undefined) values[qualified(project, key)] = textOf(value);
    }
    for (const [key, value] of Object.entries(configOf(ofStack, `Pulumi.${stack}.yaml`))) {
        values[qualified(project, key)] = textOf(decrypted(value, qualified(project, key), encrypted));
    }
    return { project, region: values["aws:region"] ?? "us-east-1", values, encrypted };
}

/** Refuses a file whose settings would be ignored. */
function configOf(file: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
    const outside = Object.keys(file).find((key) => key.includes(":"));
    if (outside !== undefined)
        throw new StackConfigError(`${name} has ${outside} beside config: indent it below config`);
    const config = file["config"] ?? {};
    if (typeof config !== "object" || Array.isArray(config)) {
        throw new StackConfigError(`${name} has a config that is no map: write <package>:<name>: <value> below it`);
    }
    return record(config);
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

/**
 * `{secure: <ciphertext>}` is an encrypted value, also inside of maps and lists (`pulumi config set --secret --path`).
 * @param encrypted gets the path of each
 */
function decrypted(value: unknown, path: string, encrypted: string[]): unknown {
    if (Array.isArray(value)) return value.map((item, index) => decrypted(item, `${path}[${index}]`, encrypted));
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value);
    if (members.length === 1 && typeof record(value)["secure"] === "string") {
        encrypted.push(path);
        return placeholder;
    }
    return Object.fromEntries(members.map(([key, item]) => [key, decrypted(item, `${path}.${key}`, encrypted)]));
}

/** Changes values as a JSON merge patch does (RFC 7396): members of maps one by one, null removes. */
export function changed(
    values: Readonly<Record<string, string>>,
    changes: Readonly<Record<string, unknown>>,
): Record<string, string> {
    const result = { ...values };
    for (const [key, change] of Object.entries(changes)) {
        if (change === null) delete result[key];
        else result[key] = textOf(patched(jsonIn(result[key]), change));
    }
    return result;
}

function patched(value: unknown, change: unknown): unknown {
    if (typeof change !== "object" || change === null || Array.isArray(change)) return change;
    const members = Object.entries(change).map(([key, member]) => [key, patched(record(value)[key], member)]);
    return Object.fromEntries(
        Object.entries({ ...record(value), ...Object.fromEntries(members) }).filter(([, member]) => member !== null),
    );
}

function jsonIn(text: string | undefined): unknown {
    try {
        return JSON.parse(text ?? "");
    } catch {
        return text;
    }
}

const qualified = (project: string, key: string) => (key.includes(":") ? key : `${project}:${key}`);

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** `memory: 512` is short for `memory: {value: 512}`. */
const declared = (declaration: unknown): Record<string, unknown> =>
    typeof declaration === "object" && !Array.isArray(declaration) ? record(declaration) : { value: declaration };

const record = (value: unknown): Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
