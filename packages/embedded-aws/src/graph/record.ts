import * as pulumi from "@pulumi/pulumi";
import debuggable from "@pulumi/pulumi/runtime/debuggable.js";
import type { Graph, Resource } from "./graph.ts";
import { callOf, computed, elsewhere, type Place, remoteOutputs, unknownWithin } from "./outputs.ts";

export interface Program {
    readonly project: string;
    readonly stack: string;
    readonly config: Readonly<Record<string, string>>;
    /** Runs the program and returns what it exports: `() => import("./index.ts")`. */
    readonly run: () => Promise<object>;
    readonly place: Place;
    /** As `pulumi preview` does: nothing exists yet, so nothing that AWS computes is known. @default false */
    readonly preview?: boolean;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Evaluates a program through Pulumi's own runtime, with a monitor in this process that records every resource. A process has
 * one such runtime: programs are evaluated one after the other, whether or not anything still waits for the one before.
 */
export function recordGraph(program: Program): Promise<Graph> {
    const graph = last.then(() => evaluate(program));
    last = graph.catch(() => undefined);
    return graph;
}

async function evaluate(program: Program): Promise<Graph> {
    const { project, stack, place, preview = false } = program;
    // By the names of providers. A resource may also name a region of its own.
    const regions = new Map<string, string>();
    const placeOf = (provider = "", own?: unknown): Place => {
        const region = typeof own === "string" ? own : regions.get(providerNameOf(provider));
        return region === undefined || region === place.region ? place : elsewhere(place, region);
    };
    await pulumi.runtime.setMocks(
        {
            newResource: ({ type, name, inputs, custom, provider }) => {
                const known = withoutArchives(unsecret(inputs));
                if (type === "pulumi:providers:aws") regions.set(name, String(known["region"]));
                if (preview) return { id: undefined, state: { ...known, ...unknownWithin(type, known) } };
                if (!custom) return { id: undefined, state: { ...known, ...remoteOutputs(type, name, known) } };
                const { id, outputs } = computed(type, name, known, placeOf(provider, known["region"]));
                return { id, state: { ...known, ...outputs } };
            },
            call: ({ token, inputs, provider }) => callOf(token, inputs, placeOf(provider)),
        },
        project,
        stack,
        preview,
    );
    pulumi.runtime.setAllConfig({ ...program.config });
    const resources = observe();
    let exported: object = {};
    // Where it fails nothing is waited for: what a program has begun may depend on what it would have made later. It goes
    // on with the monitor that it began with, and the next program gets another.
    await pulumi.runtime.runInPulumiStack(async () => {
        exported = await program.run();
    });
    // Waits for every registration that the program started.
    await pulumi.runtime.disconnect();
    return { project, stack, resources, outputs: await resolved(exported) };
}

/** `urn:pulumi:<stack>::<project>::pulumi:providers:aws::<name>::<id>` → `<name>` */
export const providerNameOf = (reference: string): string => reference.split("::")[3] ?? "";

/** Code is no output: AWS never gives it back, and to carry it along would cost a copy of every bundle. */
const withoutArchives = (inputs: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(inputs).filter(([, value]) => !pulumi.asset.Archive.isInstance(value)));

async function resolved(exported: object): Promise<Record<string, unknown>> {
    const values = Object.entries(exported).map(async ([key, value]) => {
        // Outputs in tables and lists, too. Unknown in a preview, where the promise of an output never comes to a value.
        return [key, await promiseOf(pulumi.output<unknown>(value))];
    });
    return Object.fromEntries(await Promise.all(values));
}

/** A resource that the engine would refuse because another one has its URN. */
class DuplicateResourceError extends Error {
    override readonly name = "DuplicateResourceError";
}

/**
 * Everything that reaches into Pulumi's untyped insides is below: what it keeps of promises, the monitor's requests and
 * responses, and an output's promise. The public API tells neither parents nor dependencies of a mocked resource (pulumi/pulumi#14421).
 */

/** Pulumi keeps each promise to tell of those that never settle, which is a fifth of the time that a program takes. */
Object.assign(debuggable, { debuggablePromise: (promise: Promise<unknown>) => promise });

interface Monitor {
    newUrn(parent: string, type: string, name: string): string;
    registerResource(request: RegisterRequest, callback: (error: unknown, response?: RegisterResponse) => void): void;
    /** Older versions of Pulumi have none. */
    getDeploymentInfo?(request: unknown, callback: (error: unknown, features?: Features) => void): void;
}

/** What an engine can do. */
interface Features {
    getSupportedfeaturesList(): number[];
    setSupportedfeaturesList(features: number[]): void;
}

/** The number of the feature by which a resource among inputs stays an object; without it, it is its id, as providers read it. */
const resourceReferences = 1;

type Struct = Parameters<typeof pulumi.runtime.deserializeProperties>[0];

interface RegisterRequest {
    getType(): string;
    getName(): string;
    getParent(): string;
    getCustom(): boolean;
    getProtect(): boolean;
    getIgnorechangesList(): string[];
    getProvider(): string;
    getDependenciesList(): string[];
    getPropertydependenciesMap(): { forEach(visit: (urns: { getUrnsList(): string[] }, key: string) => void): void };
    getAliasesList(): { getUrn(): string; getSpec(): AliasSpec | undefined }[];
    getObject(): Struct;
}

/** An alias in parts; what it leaves open is as the resource has it. */
interface AliasSpec {
    getName(): string;
    getType(): string;
    getParenturn(): string;
    getNoparent(): boolean;
}

interface RegisterResponse {
    getId(): string;
    getObject(): Struct;
}

/** Collects the resources that are registered from now on. */
function observe(): readonly Resource[] {
    const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
    const resources: Resource[] = [];
    const urns = new Set<string>();
    const register = monitor.registerResource.bind(monitor);
    monitor.newUrn = urnOf;
    const getDeploymentInfo = monitor.getDeploymentInfo?.bind(monitor);
    monitor.getDeploymentInfo = (request, callback) =>
        getDeploymentInfo?.(request, (error, features) => {
            const list = features?.getSupportedfeaturesList() ?? [];
            features?.setSupportedfeaturesList(list.filter((feature) => feature !== resourceReferences));
            callback(error, features);
        });
    monitor.registerResource = (request, callback) => {
        const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
        if (urns.has(urn)) {
            callback(new DuplicateResourceError(`two resources are called ${urn}`));
            return;
        }
        urns.add(urn);
        register(request, (error, response) => {
            if (response !== undefined) resources.push(resourceOf(urn, request, response));
            callback(error, response);
        });
    };
    return resources;
}

/** As the engine makes it: with the types of all ancestors but the stack's. */
function urnOf(parent: string, type: string, name: string): string {
    const ancestors = parent.split("::")[2] ?? "pulumi:pulumi:Stack";
    const path = ancestors === "pulumi:pulumi:Stack" ? type : `${ancestors}$${type}`;
    return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${path}::${name}`;
}

function aliasesOf(request: RegisterRequest): string[] {
    return request.getAliasesList().map((alias) => {
        const spec = alias.getSpec();
        if (spec === undefined) return alias.getUrn();
        const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
        return urnOf(parent, spec.getType() || request.getType(), spec.getName() || request.getName());
    });
}

function resourceOf(urn: string, request: RegisterRequest, response: RegisterResponse): Resource {
    const inputs: Record<string, unknown> = pulumi.runtime.deserializeProperties(request.getObject());
    const inputDependencies: Record<string, string[]> = {};
    request.getPropertydependenciesMap().forEach((list, key) => {
        inputDependencies[key] = list.getUrnsList();
    });
    return {
        urn,
        type: request.getType(),
        name: request.getName(),
        parent: request.getParent() || undefined,
        custom: request.getCustom(),
        id: response.getId(),
        inputs: unsecret(inputs),
        outputs: pulumi.runtime.deserializeProperties(response.getObject()),
        secretInputs: Object.keys(inputs).filter((key) => isSecret(inputs[key])),
        dependencies: request.getDependenciesList(),
        inputDependencies,
        aliases: aliasesOf(request),
        protect: request.getProtect(),
        ignoreChanges: request.getIgnorechangesList(),
        provider: request.getProvider(),
    };
}

const promiseOf = (output: pulumi.Output<unknown>): Promise<unknown> =>
    (output as unknown as { promise(withUnknowns?: boolean): Promise<unknown> }).promise();

/** The mark of a secret on the wire (sdk/nodejs/runtime/rpc.ts). */
const secretMark = "4dabf18193072939515e22adb298388d";

const isSecret = (value: unknown): value is { value: unknown } =>
    typeof value === "object" && value !== null && secretMark in value && "value" in value;

function unsecret(inputs: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [key, isSecret(value) ? value.value : value]),
    );
}
