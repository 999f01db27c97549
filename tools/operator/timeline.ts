import type { Identifiers } from "./identifiers.ts";
import { complaintOf, type LogLine } from "./logLine.ts";

/** Something that happened. */
export interface TimelineEntry {
    /** Milliseconds since 1970 */
    readonly time: number;
    /** Function, API, table or queue. */
    readonly where: string;
    readonly what: string;
    readonly level: "info" | "warn" | "error";
    /** How long it took. */
    readonly durationMs?: number;
}

/** What a timeline is about: every id that belongs to it. */
export interface Subjects {
    readonly orderIds: ReadonlySet<string>;
    readonly sessionIds: ReadonlySet<string>;
    readonly correlationIds: ReadonlySet<string>;
}

/** Whether something belongs to the timeline. A client may send one correlation id with many orders: those are others. */
export function isAbout({ orderId, sessionId, correlationId }: Identifiers, subjects: Subjects): boolean {
    if (orderId !== undefined && subjects.orderIds.size > 0) return subjects.orderIds.has(orderId);
    if (sessionId !== undefined && subjects.sessionIds.size > 0) return subjects.sessionIds.has(sessionId);
    return correlationId !== undefined && subjects.correlationIds.has(correlationId);
}

/**
 * The entries of functions and APIs. The first line of each invocation carries its duration.
 * @param lines those that belong to the timeline
 * @param reports Lambda's own about these invocations
 */
export function entriesIn(lines: readonly LogLine[], reports: readonly LogLine[]): TimelineEntry[] {
    const ends = reports.filter(({ isReport }) => isReport).sort((one, other) => one.time - other.time);
    const counted = new Set<LogLine>();
    const complained = new Set(lines.filter(({ level }) => level === "error").map(({ requestId }) => requestId));
    // What times out or crashes could not say so itself.
    const crashes = reports.filter(({ level, requestId }) => level === "error" && !complained.has(requestId));
    const own = [...lines, ...crashes].filter(({ isReport }) => !isReport);
    return own.map((line) => {
        const { time, where, level, requestId } = line;
        // Retries of an asynchronous invocation have the same request id: the next end is this one's.
        const end = ends.find((each) => each.where === where && each.requestId === requestId && each.time >= time);
        const durationMs = line.durationMs ?? (end === undefined || counted.has(end) ? undefined : end.durationMs);
        if (end !== undefined) counted.add(end);
        return {
            time,
            where,
            what: complaintOf(line),
            level: level === "debug" ? "info" : level,
            ...(durationMs !== undefined && { durationMs }),
        };
    });
}

/** In the order of time; what happened in the same millisecond stays in the order it is given in. */
export const inOrder = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
    [...entries].sort((one, other) => one.time - other.time);

/** Which hops there were, each once, in the order they were come to, and how long all of it took. */
export function summaryOf(entries: readonly TimelineEntry[]): {
    readonly hops: readonly string[];
    readonly ms: number;
    readonly errors: number;
} {
    const [first] = entries;
    const last = Math.max(...entries.map(({ time }) => time));
    return {
        hops: [...new Set(entries.map(({ where }) => where))],
        ms: first === undefined ? 0 : last - first.time,
        errors: entries.filter(({ level }) => level === "error").length,
    };
}
