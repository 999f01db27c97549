/** Seconds before each attempt, since the one before it. */
const waits = [0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600] as const;
/** After so many failed attempts its owner hears that a delivery is failing. */
export const failingAfter = 4;
const jitter = 0.2;
/** Who was asked too often, or takes too long, gets at least this much rest. */
const leastRestMs = 60_000;
const longestMs = 28 * 3600_000;

/** A failed attempt, as far as the next one depends on it. */
export interface Failure {
    /** Which attempt it was, from 1, since the delivery was last asked for. */
    readonly attempt: number;
    /** Now, in milliseconds since 1970. */
    readonly at: number;
    /** Until when there may be attempts; known from the first one on. */
    readonly retryUntil?: number;
    /** Too many requests, or no answer in time. */
    readonly isOverloaded: boolean;
    /** How long the endpoint asks to be left alone. */
    readonly retryAfterMs?: number;
}

/** When the next attempt is due, and until when there may be any. */
interface Plan {
    readonly dueAt: number;
    readonly retryUntil: number;
}

/** The next attempt; undefined when that was the last. @param random from 0 to 1 */
export function nextAttempt(failure: Failure, random: number): Plan | undefined {
    const { attempt, at } = failure;
    const seconds = waits[attempt];
    const retryUntil = (attempt > 1 ? failure.retryUntil : undefined) ?? at + longestMs;
    if (seconds === undefined || at >= retryUntil) return undefined;
    const wait = waitOf(seconds * 1000, failure, random);
    return { dueAt: Math.min(at + Math.round(wait), retryUntil), retryUntil };
}

/** Endpoints that were down together are not to be called together: the wait varies. What an endpoint asks for, counts. */
function waitOf(base: number, { isOverloaded, retryAfterMs }: Failure, random: number): number {
    const wait =
        retryAfterMs === undefined
            ? base * (1 - jitter + 2 * jitter * random)
            : Math.min(Math.max(retryAfterMs, base), 2 * base);
    return isOverloaded ? Math.max(wait, leastRestMs) : wait;
}

/** How long `Retry-After` asks to wait: seconds or a date (RFC 9110, 10.2.3). Undefined when it is neither. */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
    if (header === undefined) return undefined;
    if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
    // Every form of an HTTP date begins with the name of a day.
    const date = /^\s*[A-Z]/i.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
