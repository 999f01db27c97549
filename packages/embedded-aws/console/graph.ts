import { signal } from "@preact/signals";
import { get } from "./api.ts";
import { onEntries } from "./live.ts";
import type { Components } from "./spans.ts";
import type { ShownGraph } from "./types.ts";

const loaded = signal<ShownGraph | undefined>(undefined);
let isFollowed = false;
let isLoading = false;

/** The program's graph, once it is there: it is loaded when the first page needs it, and again from a cloud that restarted. */
export function graphNow(): ShownGraph | undefined {
    if (!isFollowed) {
        isFollowed = true;
        void load();
        onEntries(
            () => undefined,
            () => void load(),
        );
    }
    return loaded.value;
}

async function load(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    try {
        const graph = await get<ShownGraph>("graph");
        // The same graph is not laid out anew.
        if (JSON.stringify(graph) !== JSON.stringify(loaded.value)) loaded.value = graph;
    } catch {
        // A cloud that does not answer is asked again once its stream is there.
    } finally {
        isLoading = false;
    }
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
