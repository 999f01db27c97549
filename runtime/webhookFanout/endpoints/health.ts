import type { Endpoint } from "./endpoint.ts";

/** Failures of an endpoint: members of its item, absent after a success. */
export interface Health {
    /** ISO 8601: the first of consecutive failures. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601: since then it counts as steadily failing, and is disabled some days later. */
    readonly failingSteadilySince?: string;
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

/** A suspected endpoint gets one request at a time, so that it does not occupy the senders. */
export function isSuspect({ failures = 0 }: Health): boolean {
    return failures >= suspectAfter;
}
