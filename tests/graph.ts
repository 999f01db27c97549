import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { deserialize, serialize } from "node:v8";
import * as pulumi from "@pulumi/pulumi";
import type { Graph, Resource } from "embedded-aws/recorder";
import { readStackConfig } from "embedded-aws/stackConfig";
import { settingsIn } from "../components/settings/read.ts";
import { valuesIn } from "../components/settings/schema.ts";
import { SettingsError } from "../components/settings/settings.ts";
import { type Changes, graphOf as record } from "../tools/graph.ts";
import { alone, keptFolder } from "./kept.ts";
import { bundles } from "./runtime/support/bundles.ts";

const root = dirname(import.meta.dirname);

export { type Changes, place, wholeProgram, withChanges } from "../tools/graph.ts";

const recorded = new Map<string, Promise<Recorded>>();

/**
 * The graph of a program for a stack, with some settings changed, by their paths; in a preview nothing exists yet. That of
 * the program in index.ts is recorded once, and kept on disk until a file of the program changes: no test changes it. What
 * the program says of settings that it refuses is kept, too.
 */
export function graphOf(
    stack: string,
    settings: Changes = {},
    mode: "up" | "preview" = "up",
    run?: () => Promise<object>,
): Promise<Recorded> {
    if (run !== undefined) return record(stack, settings, mode, run).then((graph) => new Recorded(graph));
    const key = JSON.stringify([stack, Object.entries(settings).sort(), mode]);
    const known =
        recorded.get(key) ?? keptGraph(key, () => record(stack, settings, mode)).then((graph) => new Recorded(graph));
    recorded.set(key, known);
    return known;
}

/** What a graph is made of. */
const sources = [
    "index.ts",
    "Pulumi*.yaml",
    "{components,runtime,spec}/**/*.{ts,json,yaml}",
    "packages/*/src/**/*.ts",
    "tests/{graph,kept}.ts",
    "tools/graph.ts",
];
let folder: Promise<string> | undefined;

/** A graph as it was kept, with its folders of code where they were; else as it is recorded, and kept from now on. */
async function keptGraph(key: string, make: () => Promise<Graph>): Promise<Graph> {
    folder ??= keptFolder("graphs-under-test", sources, async () => undefined);
    const file = join(await folder, createHash("sha256").update(key).digest("hex").slice(0, 16));
    const read = () => readFile(file).then(deserialised, () => undefined);
    const graph =
        (await read()) ??
        (await alone(file, async () => {
            const kept = await read();
            if (kept !== undefined) return kept;
            // One process builds the code, for all.
            await bundles();
            const made = await make().catch(refusalIn);
            const draft = `${file}-${randomUUID()}`;
            await writeFile(draft, "refused" in made ? serialize(made) : await serialised(made));
            await rename(draft, file);
            return made;
        }));
    if ("refused" in graph) throw new SettingsError(graph.refused);
    return graph;
}

/** Settings that the program has refused, with what it said. */
interface Refusal {
    readonly refused: string;
}

function refusalIn(error: unknown): Refusal {
    if (error instanceof SettingsError) return { refused: error.message };
    throw error;
}

/** Stands for a folder of code, which is of a class of Pulumi's. */
interface Folder {
    readonly folderOfCode: string;
}

const isFolder = (value: unknown): value is Folder =>
    typeof value === "object" && value !== null && "folderOfCode" in value;

async function serialised(graph: Graph): Promise<Buffer> {
    const resources = graph.resources.map(async (resource): Promise<Resource> => {
        const { code } = resource.inputs;
        if (!(code instanceof pulumi.asset.FileArchive)) return resource;
        return { ...resource, inputs: { ...resource.inputs, code: { folderOfCode: await code.path } } };
    });
    return serialize({ ...graph, resources: await Promise.all(resources) });
}

/** @returns undefined when a folder of code is gone */
function deserialised(file: Buffer): Graph | Refusal | undefined {
    // Written above, and nowhere else.
    const graph = deserialize(file) as Graph | Refusal;
    if ("refused" in graph) return graph;
    let isWhole = true;
    const resources = graph.resources.map((resource) => {
        const { code } = resource.inputs;
        if (!isFolder(code)) return resource;
        isWhole &&= existsSync(code.folderOfCode);
        return { ...resource, inputs: { ...resource.inputs, code: new pulumi.asset.FileArchive(code.folderOfCode) } };
    });
    return isWhole ? { ...graph, resources } : undefined;
}

/** Questions that tests ask of a graph. */
export class Recorded {
    readonly resources: readonly Resource[];
    readonly outputs: Readonly<Record<string, unknown>>;

    constructor(graph: Graph) {
        this.resources = graph.resources;
        this.outputs = graph.outputs;
    }

    /** All resources of a type: `aws:sqs/queue:Queue`. */
    of(type: string): readonly Resource[] {
        return this.resources.filter((resource) => resource.type === type);
    }

    /** The one resource of a type with this logical name. */
    one(type: string, name: string): Resource {
        const found = this.of(type).filter((resource) => resource.name === name);
        const [resource] = found;
        if (resource === undefined || found.length > 1) {
            throw new Error(
                `${found.length} resources of type ${type} are called ${name}; there are: ${this.of(type)
                    .map((other) => other.name)
                    .join(", ")}`,
            );
        }
        return resource;
    }

    /** The statements of a function's role, by the function's logical name without `-function`. */
    statements(callback: string): Statement[] {
        return statementsOf(this.one("aws:iam/rolePolicy:RolePolicy", `${callback}-policy`).inputs["policy"]);
    }
}

export interface Statement {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: string | string[];
    readonly Condition?: unknown;
    readonly Principal?: unknown;
}

export const statementsOf = (policy: unknown): Statement[] => JSON.parse(String(policy)).Statement;

/** The settings of a stack that have a value, its file's and the defaults, by path. */
export function configOf(stack: string): Record<string, unknown> {
    const { project, values } = readStackConfig(root, stack);
    const { settings } = settingsIn({ project, environment: stack, values });
    return Object.fromEntries(
        valuesIn(settings).flatMap(({ path, value }) => (value === undefined ? [] : [[path, value]])),
    );
}

/** Without the stack's name, and without what is made of it: ids, and the ends of secrets' ARNs. */
export const nameless = (text: string): string =>
    text
        .replace(/\b(dev|staging|prod)\b/g, "ENVIRONMENT")
        .replace(/\b[0-9a-f]{10}\b/g, "ID")
        .replace(/-[0-9a-f]{6,7}\b/g, "");

/** The files of a function's code with a text, by name. */
export async function codeOf({ name, inputs }: Resource): Promise<Readonly<Record<string, string>>> {
    const archive = inputs["code"];
    if (!(archive instanceof pulumi.asset.FileArchive)) throw new Error(`the code of ${name} is in no folder`);
    const folder = resolve(await archive.path);
    const names = (await readdir(folder)).filter((name) => !/\.(bin|wasm)$/.test(name));
    const files = names.map(async (file) => [file, await readFile(join(folder, file), "utf8")] as const);
    return Object.fromEntries(await Promise.all(files));
}

/**
 * What Pulumi keeps of these resources in the state of a stack, which it writes anew, whole, for each one that it makes: their
 * inputs twice, since AWS gives back what it was given.
 */
export async function stateOf(resources: readonly Resource[]): Promise<string> {
    const kept = resources.map(async ({ name, inputs, outputs, ...resource }) => {
        const serialised = await pulumi.runtime.serializeProperties(name, { ...inputs });
        return { ...resource, inputs: serialised, outputs: { ...outputs, ...serialised } };
    });
    return JSON.stringify(await Promise.all(kept), undefined, 4);
}
