import { signal } from "@preact/signals";
import { get } from "./api.ts";
import type { Components } from "./spans.ts";
import type { ShownGraph } from "./types.ts";

const loaded = signal<ShownGraph | undefined>(undefined);
let isLoading = false;

/** The program's graph, once it is there: it is loaded when the first page needs it. */
export function graphNow(): ShownGraph | undefined {
    if (!isLoading) {
        isLoading = true;
        void get<ShownGraph>("graph").then((graph) => {
            loaded.value = graph;
        });
    }
    return loaded.value;
}

let indexed: { readonly of: ShownGraph; readonly nodes: Components } | undefined;

/** Nodes by URN; none until the graph is there. */
export function nodesNow(): Components {
    const graph = graphNow();
    if (graph === undefined) return new Map();
    if (indexed?.of !== graph) indexed = { of: graph, nodes: new Map(graph.nodes.map((node) => [node.urn, node])) };
    return indexed.nodes;
}

/** Without the name of the environment, which all have, and without what makes a name unique. */
export const shortName = (name: string): string => {
    const stack = graphNow()?.stack ?? "";
    const plain = name.replace(/-[0-9a-f]{7}$/, "");
    return plain.endsWith(`-${stack}`) ? plain.slice(0, -stack.length - 1) : plain;
};
