import type { Graph, Resource } from "../../src/graph/graph.ts";

/** A resource as a program registers it. */
export function resource(type: string, name: string, inputs: Record<string, unknown>): Resource {
    return {
        urn: `urn:pulumi:dev::commerce::${type}::${name}`,
        type,
        name,
        parent: undefined,
        custom: true,
        id: name,
        inputs,
        outputs: inputs,
        secretInputs: [],
        dependencies: [],
        inputDependencies: {},
        aliases: [],
        protect: false,
        ignoreChanges: [],
        provider: "",
    };
}

export function graphOf(...resources: Resource[]): Graph {
    return { project: "commerce", stack: "dev", resources, outputs: {} };
}
