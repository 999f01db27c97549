import type { Grant } from "../src/identity/policy.ts";

export type { ShownEntry } from "../src/inspect/entries.ts";
/* What the views answer with, as the OpenAPI document of `/_local` says. */
export type { GraphEdge, GraphNode, ShownGraph } from "../src/inspect/graph.ts";
export type { Mail } from "../src/mail/outbox.ts";

export interface Depth {
    readonly name: string;
    /** What lies there failed for good. */
    readonly deadLetters: boolean;
    readonly visible: number;
    readonly inFlight: number;
    readonly delayed: number;
}

export interface Rights {
    readonly roleArn: string;
    readonly allowed: readonly Grant[];
    readonly used: readonly Grant[];
    readonly unused: readonly Grant[];
    readonly denied: readonly (Grant & { readonly count: number })[];
}

export interface HeldQueue {
    readonly name: string;
    readonly deadLetters: boolean;
    readonly visible: number;
    readonly inFlight: number;
    readonly delayed: number;
    readonly messages: readonly {
        readonly messageId: string;
        readonly sent: string;
        readonly receives: number;
        readonly body: unknown;
        readonly reason?: string;
        readonly attributes: Readonly<Record<string, string>>;
    }[];
}

export interface TableShape {
    readonly name: string;
    readonly keys: readonly { readonly name: string; readonly type: string }[];
    readonly indexes: readonly { readonly name: string; readonly keys: readonly { readonly name: string }[] }[];
}
