/** Seconds between attempts. */
const waits = [0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600] as const;
/** Failed attempts after which the event `webhook.failing` is sent. */
export const failingAfter = 4;
const jitter = 0.2;
/** Minimum wait after status 429 or a timeout. */
const leastRestMs = 60_000;
const longestMs = 28 * 3600_000;

export interface Failure {
    /** Number of the attempt in its series, from 1. */
    readonly attempt: number;
    /** Milliseconds since 1970. */
    readonly at: number;
    /** End of the series, set by its first attempt. */
    readonly retryUntil?: number;
    /** Status 429 or timeout. */
    readonly isOverloaded: boolean;
    /** From the response's Retry-After. */
    readonly retryAfterMs?: number;
}

interface Plan {
    readonly dueAt: number;
    readonly retryUntil: number;
}

/** Undefined after the last attempt. @param random from 0 to 1 */
export function nextAttempt(failure: Failure, random: number): Plan | undefined {
    const { attempt, at } = failure;
    const seconds = waits[attempt];
    const retryUntil = (attempt > 1 ? failure.retryUntil : undefined) ?? at + longestMs;
    if (seconds === undefined || at >= retryUntil) return undefined;
    const wait = waitOf(seconds * 1000, failure, random);
    return { dueAt: Math.min(at + Math.round(wait), retryUntil), retryUntil };
}

/** With jitter; at least the response's Retry-After. */
function waitOf(base: number, { isOverloaded, retryAfterMs }: Failure, random: number): number {
    const wait =
        retryAfterMs === undefined
            ? base * (1 - jitter + 2 * jitter * random)
            : Math.min(Math.max(retryAfterMs, base), 2 * base);
    return isOverloaded ? Math.max(wait, leastRestMs) : wait;
}

/** Parses `Retry-After`: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
    if (header === undefined) return undefined;
    if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
    // HTTP dates begin with the name of a day.
    const date = /^\s*[A-Z]/i.test(header) ? Date.parse(header) : Number.NaN;
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
