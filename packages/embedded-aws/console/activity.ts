import { signal } from "@preact/signals";
import { get } from "./api.ts";
import { onEntries } from "./live.ts";
import type { Depth, ShownEntry } from "./types.ts";

/** What happened at a node since the page is open, with the last failure. */
interface Activity {
    readonly count: number;
    readonly failures: number;
    readonly lastError?: string;
}

/** By URN. */
export const activity = signal<ReadonlyMap<string, Activity>>(new Map());
/** Edges on which something went just now: `<from> <to>`, with the number of times until now. */
export const pulses = signal<ReadonlyMap<string, number>>(new Map());
/** By the queue's name. */
export const depths = signal<ReadonlyMap<string, Depth>>(new Map());

export const depthOf = (depth: Depth | undefined): number =>
    depth === undefined ? 0 : depth.visible + depth.inFlight + depth.delayed;

/** Follows what happens for as long as a page shows it: the signals change at most ten times a second. */
export function followActivity(edges: readonly { readonly from: string; readonly to: string }[]): () => void {
    const into = Map.groupBy(edges, ({ to }) => to);
    let timer: number | undefined;
    const read = async () => {
        timer = undefined;
        const all = await get<readonly Depth[]>("depths").catch(() => []);
        if (all.length > 0) depths.value = new Map(all.map((depth) => [depth.name, depth]));
    };
    const end = onEntries((entries) => {
        note(entries, into);
        timer ??= window.setTimeout(read, 700);
    });
    void read();
    const idle = setInterval(() => document.hidden || read(), 15_000);
    return () => {
        clearTimeout(timer);
        clearInterval(idle);
        end();
    };
}

function note(
    entries: readonly ShownEntry[],
    into: ReadonlyMap<string, readonly { readonly from: string; readonly to: string }[]>,
): void {
    const counts = new Map(activity.value);
    const lit = new Map(pulses.value);
    const light = (from: string, to: string) => lit.set(`${from} ${to}`, (lit.get(`${from} ${to}`) ?? 0) + 1);
    for (const { what, resource, calls = [], text, status = 200 } of entries) {
        const isBad = status >= 500 || /failure|denied|dropped/.test(what);
        const at = (urn: string) => {
            const before = counts.get(urn) ?? { count: 0, failures: 0 };
            counts.set(urn, {
                ...before,
                count: before.count + 1,
                failures: before.failures + (isBad ? 1 : 0),
                ...(isBad && { lastError: text.slice(0, 200) }),
            });
        };
        if (what === "call" || what === "denied") {
            for (const called of calls) {
                at(called);
                if (resource !== undefined) light(resource, called);
            }
        } else if (what === "invocation" && resource !== undefined) {
            at(resource);
            for (const { from } of into.get(resource) ?? []) light(from, resource);
        } else if (isBad && resource !== undefined) at(resource);
    }
    activity.value = counts;
    pulses.value = lit;
}
