import { Inquiry } from "../operator/journey.ts";
import { complaintOf } from "../operator/logLine.ts";
import { Logs } from "../operator/logs.ts";
import type { Stack } from "../operator/stack.ts";
import type { TimelineEntry } from "../operator/timeline.ts";

const hourMs = 3_600_000;

/** What happened in an environment on AWS, by its tables and logs, in the form of the console's traces. */
export class Timelines {
    readonly #stack: Stack;
    readonly #urnOf: (name: string) => string | undefined;

    /** @param urnOf finds a resource of the program by its name */
    constructor(stack: Stack, urnOf: (name: string) => string | undefined) {
        this.#stack = stack;
        this.#urnOf = urnOf;
    }

    /** The timeline of an order with its session, as `npm run journey` tells it; the ids of both name the same. */
    async of(ids: readonly string[]) {
        const [id] = ids;
        if (id === undefined) return [];
        const { entries } = await new Inquiry(id, this.#stack, Date.now() - 24 * hourMs).journey();
        return entries.map((entry, index) => this.#shown(entry, index));
    }

    /** What functions complained of in the last hour, the newest first. */
    async recentFailures() {
        const logs = new Logs(this.#stack);
        const words = ['"level":"error"', '"level":"ERROR"', "Task timed out"];
        const lines = await logs.find({ groups: await logs.groups(), words, from: Date.now() - hourMs });
        const entries = lines
            .toReversed()
            .slice(0, 60)
            .map((line, index) => {
                const { time, where, about } = line;
                const ids = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined));
                return {
                    ...this.#shown({ time, where, what: complaintOf(line), level: "error" }, lines.length - index),
                    ids,
                };
            });
        return { entries, next: null };
    }

    #shown({ time, where, what, level, durationMs = 0 }: TimelineEntry, sequence: number) {
        const resource = this.#urnOf(where);
        return {
            sequence,
            time: time + durationMs,
            start: time,
            durationMs,
            what: level === "error" ? "failure" : "event",
            where,
            text: what,
            ids: {},
            ...(resource !== undefined && { resource }),
        };
    }
}
