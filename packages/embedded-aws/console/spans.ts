import type { GraphNode, ShownEntry } from "./types.ts";

/** One bar of a waterfall: a request, an invocation, a call, or a moment such as a mail. */
export interface Span {
    readonly id: string;
    readonly kind: "request" | "function" | "call" | "event" | "mail" | "failure";
    readonly title: string;
    /** What it worked with: the resource called, the routes taken. */
    readonly detail: string;
    readonly start: number;
    readonly end: number;
    readonly waitMs: number;
    readonly initMs: number;
    readonly status: "good" | "bad" | "denied";
    /** The outermost component, such as `orders`. */
    readonly component: string;
    readonly entry: ShownEntry;
    readonly children: Span[];
    readonly logs: ShownEntry[];
}

export type Components = ReadonlyMap<string, GraphNode>;

/** The tree of what entries tell of, in their order: requests hold invocations, these hold calls. */
export function spansOf(entries: readonly ShownEntry[], nodes: Components): Span[] {
    const top: Span[] = [];
    const requests = new Map<string, Span>();
    const invocations = new Map<string, Span[]>();
    const begun = new Map(entries.filter(({ what }) => what === "request").map((entry) => [entry.requestId, entry]));
    for (const entry of entries) {
        if (entry.what !== "response" || entry.requestId === undefined) continue;
        begun.delete(entry.requestId);
        const span = { ...spanOf(entry, nodes), kind: "request", title: entry.where, detail: "" } as const;
        requests.set(entry.requestId, span);
        top.push(span);
    }
    // What is not answered yet.
    for (const entry of begun.values())
        top.push({ ...spanOf(entry, nodes), kind: "request", title: entry.where, detail: "not answered yet" });
    for (const entry of entries.filter(({ what }) => what === "invocation")) {
        const span = spanOf(entry, nodes);
        const [, request = ""] = /"requestContext":.*?"requestId":"([^"]+)"/.exec(entry.payload ?? "") ?? [];
        const parent = requests.get(request);
        (parent?.children ?? top).push(span);
        if (entry.requestId === undefined) continue;
        invocations.set(entry.requestId, [...(invocations.get(entry.requestId) ?? []), span]);
    }
    const within = ({ requestId, start }: ShownEntry) => {
        const all = invocations.get(requestId ?? "") ?? [];
        return all.find((span) => start >= span.start - 5 && start <= span.end + 5) ?? all.at(-1);
    };
    for (const entry of entries) {
        if (entry.what === "log") within(entry)?.logs.push(entry);
        else if (entry.what === "call" || entry.what === "denied") {
            const parent = within(entry);
            if (parent !== undefined) parent.children.push(spanOf(entry, nodes));
            else if (entry.what === "denied" || entry.requestId !== undefined) top.push(spanOf(entry, nodes));
        } else if (entry.what === "event" || entry.what === "mail" || entry.what === "dropped") {
            top.push(spanOf(entry, nodes));
        } else if (entry.what === "failure") top.push(spanOf(entry, nodes));
    }
    return inOrder(top);
}

const inOrder = (spans: Span[]): Span[] =>
    spans.sort((one, other) => one.start - one.waitMs - (other.start - other.waitMs));

export function spanOf(entry: ShownEntry, nodes: Components): Span {
    const { what, where, resource = "", start, durationMs = 0, waitMs = 0, initMs = 0, status, sequence } = entry;
    const node = nodes.get(resource);
    const called = (entry.calls ?? []).map((urn) => nodes.get(urn)?.name ?? urn.split(/::|\//).at(-1) ?? "");
    const isDenied = what === "denied";
    return {
        id: String(sequence),
        kind: kindOf(what),
        title: titleOf(entry),
        detail: what === "invocation" ? "" : what === "call" || isDenied ? [...new Set(called)].join(", ") : entry.text,
        start,
        end: start + durationMs,
        waitMs,
        initMs,
        status: isDenied ? "denied" : (status ?? 200) >= 400 || /failure|dropped/.test(what) ? "bad" : "good",
        component: node?.path[0] ?? (what === "request" || what === "response" ? "api" : where),
        entry,
        children: [],
        logs: [],
    };
}

function kindOf(what: ShownEntry["what"]): Span["kind"] {
    switch (what) {
        case "request":
        case "response":
            return "request";
        case "invocation":
            return "function";
        case "event":
        case "delivery":
            return "event";
        case "mail":
            return "mail";
        case "failure":
        case "dropped":
            return "failure";
        case "call":
        case "denied":
        case "log":
            return "call";
    }
}

function titleOf({ what, where, action, text }: ShownEntry): string {
    if (what === "call" || what === "denied") return action ?? text;
    if (what === "mail") return text.split("\n", 1)[0] ?? "";
    return where;
}

/** From the first moment to the last of all bars. */
export function rangeOf(spans: readonly Span[]): { readonly from: number; readonly to: number } {
    const all = spans.flatMap((span) => [span, ...span.children]);
    const from = Math.min(...all.map(({ start, waitMs }) => start - waitMs));
    const to = Math.max(...all.map(({ end }) => end));
    return { from, to: Math.max(to, from + 1) };
}

/** Steps of a scale that are round numbers: about five of them. */
export function ticksOf(ms: number): number[] {
    const rough = ms / 5;
    const power = 10 ** Math.floor(Math.log10(Math.max(rough, 0.1)));
    const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? rough;
    return Array.from({ length: Math.floor(ms / step) + 1 }, (_, index) => index * step);
}
