import type { Endpoint } from "./endpoint.ts";

/** Failures of an endpoint: members of its item, absent after a success. */
export interface Health {
    /** ISO 8601: the first of consecutive failures. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601: since then it counts as steadily failing, and is disabled some days later. */
    readonly failingSteadilySince?: string;
    /** ISO 8601: until then it has more deliveries than it answers in time. */
    readonly crowdedUntil?: string;
}

export interface Destination extends Endpoint, Health {}

const hour = 3600_000;
/** Steadily failing: several failures within a day, at least half a day between the first and the last. */
const steady = { failures: 3, afterMs: 12 * hour, withinMs: 24 * hour } as const;
const disabledAfterMs = 5 * 24 * hour;
/** Consecutive failures after which an endpoint is suspected to be down. */
const suspectAfter = 3;

/** @param at milliseconds since 1970. @param count number of failures */
export function afterFailures(health: Health, at: number, count = 1): Required<Pick<Health, "failures">> & Health {
    const { failingSince, failures = 0, failingSteadilySince } = health;
    const now = new Date(at).toISOString();
    const begun = failingSince === undefined ? at : Date.parse(failingSince);
    const isNew = failingSince === undefined || (failingSteadilySince === undefined && at - begun > steady.withinMs);
    if (isNew) return { failingSince: now, failures: count };
    const isSteady = failures + count >= steady.failures && at - begun >= steady.afterMs;
    const since = failingSteadilySince ?? (isSteady ? now : undefined);
    return { failingSince, failures: failures + count, ...(since !== undefined && { failingSteadilySince: since }) };
}

/** Whether it has failed for so long that it is to be disabled. */
export function isLost({ failingSteadilySince }: Health, at: number): boolean {
    return failingSteadilySince !== undefined && at - Date.parse(failingSteadilySince) >= disabledAfterMs;
}

const second = 1000;
/** Seconds before the first attempt of a new delivery: until then those that wait already have their turn. */
const firstWaits = { suspect: [60, 300], crowded: [15, 60] } as const;

/** Milliseconds. @param random from 0 to 1 */
export function waitBeforeFirst(health: Health, now: number, random: number): number {
    const { crowdedUntil } = health;
    const isCrowded = crowdedUntil !== undefined && Date.parse(crowdedUntil) > now;
    if (!isSuspect(health) && !isCrowded) return 0;
    const [least, most] = isSuspect(health) ? firstWaits.suspect : firstWaits.crowded;
    return Math.round(second * (least + (most - least) * random));
}

/** A suspected endpoint gets one request at a time, so that it does not occupy the senders. */
export function isSuspect({ failures = 0 }: Health): boolean {
    return failures >= suspectAfter;
}
