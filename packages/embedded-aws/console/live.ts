import { effect, signal } from "@preact/signals";
import type { ShownEntry } from "./types.ts";

/** Whether the stream is connected. */
export const isLive = signal(false);
const openings = new Set<() => void>();
const listeners = new Set<(entries: readonly ShownEntry[]) => void>();
let source: EventSource | undefined;
let last: number | undefined;

/**
 * Tells of what happens from now on, each entry once, for as long as the page is seen.
 * @param opened told when the connection is there, at first and again: what was read before may be old
 * @returns ends it
 */
export function onEntries(listener: (entries: readonly ShownEntry[]) => void, opened?: () => void): () => void {
    listeners.add(listener);
    if (opened !== undefined) openings.add(opened);
    connect();
    return () => {
        listeners.delete(listener);
        if (opened !== undefined) openings.delete(opened);
        if (listeners.size === 0) disconnect();
    };
}

function connect(): void {
    if (source !== undefined || document.hidden) return;
    source = new EventSource(`/_local/stream${last === undefined ? "" : `?since=${last}`}`);
    source.onopen = () => {
        isLive.value = true;
        for (const again of openings) again();
    };
    source.onerror = () => {
        isLive.value = false;
        // A cloud that restarts refuses at first; a browser gives up on that, the console does not.
        if (source?.readyState !== EventSource.CLOSED) return;
        disconnect();
        setTimeout(connect, 1000);
    };
    source.addEventListener("entries", (message) => {
        const known = last ?? 0;
        const entries: ShownEntry[] = JSON.parse(message.data);
        const fresh = entries.filter(({ sequence }) => sequence > known);
        last = fresh.at(-1)?.sequence ?? last;
        if (fresh.length === 0) return;
        for (const listener of listeners) listener(fresh);
    });
}

function disconnect(): void {
    source?.close();
    source = undefined;
    isLive.value = false;
}

document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else if (listeners.size > 0) connect();
});

/** Calls back soon after entries that a test passes, at most about three times a second. @returns ends it */
export function afterEntries(passes: (entry: ShownEntry) => boolean, then: () => void): () => void {
    let timer: number | undefined;
    const end = onEntries((entries) => {
        if (timer !== undefined || !entries.some(passes)) return;
        timer = window.setTimeout(() => {
            timer = undefined;
            then();
        }, 300);
    }, then);
    return () => {
        clearTimeout(timer);
        end();
    };
}

/** The time of the page, for what says how long ago something was; it goes on once in ten seconds. */
export const now = signal(Date.now());
effect(() => {
    const timer = setInterval(() => {
        now.value = Date.now();
    }, 10_000);
    return () => clearInterval(timer);
});
