import type { JsonObject } from "../../shared/json.ts";

/** Counts by attribute of an endpoint's slot: the day, and what is counted. */
type Counts = ReadonlyMap<string, number>;

interface Counted {
    readonly succeeded: boolean;
    readonly durationMs: number;
}

/** Upper bounds of the response times that are counted apart, in milliseconds. */
const bounds = [100, 500, 1000, 5000] as const;
const dayMs = 24 * 60 * 60_000;
/** Days that are shown, today included. */
const shownDays = 7;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const attribute = (day: string, name: string): string => `d${day.replaceAll("-", "")}${name}`;
const names = ["attempts", "succeeded", "ms", ...[...bounds.keys(), bounds.length].map((bound) => `upTo${bound}`)];

/**
 * Counts attempts in memory until a slot of the endpoint is released: the update that releases it adds them, so that they
 * cost no call. A crash loses those of the moment.
 */
export class Counters {
    readonly #counts = new Map<string, Map<string, number>>();

    count(endpointId: string, { succeeded, durationMs }: Counted, now: number): void {
        const bound = bounds.findIndex((one) => durationMs <= one);
        const counted = {
            attempts: 1,
            succeeded: Number(succeeded),
            ms: durationMs,
            [`upTo${bound === -1 ? bounds.length : bound}`]: 1,
        };
        const day = dayOf(now);
        this.add(endpointId, new Map(Object.entries(counted).map(([name, count]) => [attribute(day, name), count])));
    }

    /** All counts of an endpoint, which are forgotten here. */
    take(endpointId: string): Counts {
        const counts = this.#counts.get(endpointId) ?? new Map<string, number>();
        this.#counts.delete(endpointId);
        return counts;
    }

    add(endpointId: string, counts: Counts): void {
        const known = this.#counts.get(endpointId) ?? new Map<string, number>();
        for (const [name, count] of counts) known.set(name, (known.get(name) ?? 0) + count);
        if (known.size > 0) this.#counts.set(endpointId, known);
    }
}

/** Part of the update that releases a slot. */
export function addition(counts: Counts): { readonly expression: string; readonly values: JsonObject } | undefined {
    if (counts.size === 0) return undefined;
    const entries = [...counts];
    const parts = entries.map(([name], index) => `${name} :count${index}`);
    return {
        expression: `ADD ${parts.join(", ")}`,
        values: Object.fromEntries(entries.map(([, count], index) => [`:count${index}`, count])),
    };
}

/** Part of the update that takes a slot: removes counts that are not shown any more. */
export function forgetting(now: number): string {
    const old = [shownDays, shownDays + 1].map((days) => dayOf(now - days * dayMs));
    return `REMOVE ${old.flatMap((day) => names.map((name) => attribute(day, name))).join(", ")}`;
}

interface DayStats {
    readonly day: string;
    readonly attempts: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly averageMs: number;
    readonly latency: readonly { readonly upToMs: number | null; readonly attempts: number }[];
}

/** The last days with attempts, the newest first. @param slots items of the capacity table */
export function statsIn(slots: readonly JsonObject[], now: number): DayStats[] {
    const days = Array.from({ length: shownDays }, (_, index) => dayOf(now - index * dayMs));
    return days.flatMap((day) => {
        const sum = (name: string) => slots.reduce((all, slot) => all + Number(slot[attribute(day, name)] ?? 0), 0);
        const attempts = sum("attempts");
        if (attempts === 0) return [];
        const succeeded = sum("succeeded");
        const latency = [...bounds, null].map((upToMs, bound) => ({ upToMs, attempts: sum(`upTo${bound}`) }));
        return {
            day,
            attempts,
            succeeded,
            failed: attempts - succeeded,
            averageMs: Math.round(sum("ms") / attempts),
            latency,
        };
    });
}
