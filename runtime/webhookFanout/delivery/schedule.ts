import { afterFailures, type Destination, type Health } from "../endpoints/health.ts";
import { schedules } from "../endpoints/schedules.ts";
import type { Delivery } from "./attemptStore.ts";
import type { ResponseClass } from "./responseClass.ts";

/** Failed attempts after which the event `webhook.failing` is sent. */
export const failingAfter = 4;
const jitter = 0.2;
/** Minimum wait after status 429 or a timeout. */
const leastRestMs = 60_000;
export interface Failure {
    /** Seconds between the attempts. */
    readonly schedule: readonly number[];
    /** Number of the attempt in its series, from 1. */
    readonly attempt: number;
    /** Consecutive failures of the endpoint with all its deliveries, this one included. */
    readonly consecutive: number;
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
    const { schedule, attempt, at, consecutive } = failure;
    const seconds = attempt === 1 ? firstWaitAfter(consecutive, schedule) : schedule[attempt - 1];
    const retryUntil = (attempt > 1 ? failure.retryUntil : undefined) ?? at + longestMs(schedule);
    if (seconds === undefined || at >= retryUntil) return undefined;
    const wait = waitOf(seconds * 1000, failure, random);
    return { dueAt: Math.min(at + Math.round(wait), retryUntil), retryUntil };
}

/** Doubles with each failure, up to the second wait: an endpoint that is down fails a quick retry, too. */
function firstWaitAfter(consecutive: number, [first, second = first]: readonly number[]): number | undefined {
    if (first === undefined || second === undefined) return undefined;
    return Math.min(first * 2 ** Math.min(consecutive - 1, 10), Math.max(first, second));
}

/** The waits' sum in full hours, 28 for the standard schedule: whatever the jitter and the receiver's own wishes. */
function longestMs(schedule: readonly number[]): number {
    return Math.ceil(schedule.reduce((sum, seconds) => sum + seconds, 0) / 3600) * 3600_000;
}

/** With jitter; at least the response's Retry-After. */
function waitOf(base: number, { isOverloaded, retryAfterMs }: Failure, random: number): number {
    const wait =
        retryAfterMs === undefined
            ? base * (1 - jitter + 2 * jitter * random)
            : Math.min(Math.max(retryAfterMs, base), 2 * base);
    return isOverloaded ? Math.max(wait, leastRestMs) : wait;
}

export function failureOf(
    delivery: Delivery,
    endpoint: Pick<Destination, "schedule"> & Health,
    { isOverloaded, retryAfterMs }: ResponseClass,
    at: number,
): Failure {
    const { retryUntil } = delivery;
    return {
        schedule: endpoint.schedule ?? schedules.standard,
        attempt: attemptsSinceAsked(delivery) + 1,
        consecutive: afterFailures(endpoint, at).failures,
        at,
        ...(retryUntil !== undefined && { retryUntil: Date.parse(retryUntil) }),
        isOverloaded,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
}

/** A first attempt that has waited for long waits for about as long again. */
const furtherWaits = {
    /** Of an endpoint at its limits: ages, at most minutes. */
    usual: { least: 0.5, most: 1, atMostMs: 5 * 60_000 },
    /** Of an endpoint that fails or is slower than its events. */
    long: { least: 2, most: 4, atMostMs: 15 * 60_000 },
} as const;

/**
 * Milliseconds because of the age: otherwise the waiting deliveries of an endpoint would take ever more of the senders'
 * time.
 */
export function furtherWait(
    { attempts, asks, createdAt }: Delivery,
    now: number,
    { isLong, random }: { readonly isLong: boolean; readonly random: number },
): number {
    if (attempts > 0 || asks !== undefined) return 0;
    const { least, most, atMostMs } = isLong ? furtherWaits.long : furtherWaits.usual;
    return Math.min(atMostMs, Math.round((now - Date.parse(createdAt)) * (least + (most - least) * random)));
}

/** A resend or replay starts the whole schedule again. */
export const attemptsSinceAsked = ({ attempts, attemptsBefore = 0 }: Delivery) => attempts - attemptsBefore;
