import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Graph, Resource } from "../packages/embedded-aws/src/graph/graph.ts";
import { recordGraph } from "../packages/embedded-aws/src/graph/record.ts";
import { readStackConfig } from "../packages/embedded-aws/src/graph/stackConfig.ts";

const root = join(dirname(import.meta.dirname));

export const place = {
    region: "eu-west-1",
    account: "000000000000",
    awsUrl: "https://sqs.eu-west-1.amazonaws.com",
    apiUrl: "https://api.execute-api.eu-west-1.amazonaws.com",
};

const frames = Error.stackTraceLimit;
let evaluations = 0;

/** The program in index.ts, evaluated anew at every call. */
export const wholeProgram = (): Promise<object> => {
    evaluations += 1;
    return import(`../index.ts?${evaluations}`);
};

const recorded = new Map<string, Promise<Recorded>>();

/**
 * The graph of a program for a stack, with some settings changed; in a preview nothing exists yet. That of the program in
 * index.ts is recorded once in a process: nobody changes it.
 */
export function graphOf(
    stack: string,
    settings: Readonly<Record<string, string>> = {},
    mode: "up" | "preview" = "up",
    run?: () => Promise<object>,
): Promise<Recorded> {
    if (run !== undefined) return record(stack, settings, mode, run);
    const key = JSON.stringify([stack, Object.entries(settings).sort(), mode]);
    const known = recorded.get(key) ?? record(stack, settings, mode, wholeProgram);
    recorded.set(key, known);
    return known;
}

async function record(
    stack: string,
    settings: Readonly<Record<string, string>>,
    mode: "up" | "preview",
    run: () => Promise<object>,
): Promise<Recorded> {
    const { project, values } = readStackConfig(root, stack);
    const changed = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${project}:${key}`, value]));
    // Pulumi keeps the stack trace of every promise that it makes, which takes longer than all the rest. Where a program fails,
    // `npm start` shows.
    Error.stackTraceLimit = 0;
    try {
        const graph = await recordGraph({
            project,
            stack,
            place,
            config: { ...values, ...changed },
            preview: mode === "preview",
            run,
        });
        return new Recorded(graph);
    } finally {
        Error.stackTraceLimit = frames;
    }
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

/** The settings of a stack, its file's and the defaults. */
export function configOf(stack: string): Record<string, string> {
    const { project, values } = readStackConfig(root, stack);
    return Object.fromEntries(
        Object.entries(values).flatMap(([key, value]) =>
            key.startsWith(`${project}:`) ? [[key.slice(project.length + 1), value]] : [],
        ),
    );
}

/** Without the stack's name, and without what is made of it: ids, and the ends of secrets' ARNs. */
export const nameless = (text: string): string =>
    text
        .replace(/\b(dev|staging|prod)\b/g, "ENVIRONMENT")
        .replace(/\b[0-9a-f]{10}\b/g, "ID")
        .replace(/-[0-9a-f]{6,7}\b/g, "");

/** The files of a function's code, by name. */
export async function codeOf({ name, inputs }: Resource): Promise<Readonly<Record<string, string>>> {
    const archive = inputs["code"];
    if (!(archive instanceof pulumi.asset.FileArchive)) throw new Error(`the code of ${name} is in no folder`);
    const folder = resolve(await archive.path);
    const names = await readdir(folder);
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
