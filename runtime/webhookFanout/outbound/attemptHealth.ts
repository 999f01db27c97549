/** How an endpoint has been doing: members of its item, absent while all goes well. */
export interface Health {
    /** ISO 8601: the first of the failures that have followed one another since. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601: when it was clear that it fails steadily. From then on the days count after which it is disabled. */
    readonly failingSteadilySince?: string;
}

const hour = 3600_000;
/** Several failures within a day, at least half a day between the first and the last: one event alone is no proof. */
const steady = { failures: 3, afterMs: 12 * hour, withinMs: 24 * hour } as const;
const disabledAfterMs = 5 * 24 * hour;
/** From so many failures in a row an endpoint is suspected of being down. */
const suspectAfter = 3;

/** After another failure. @param at milliseconds since 1970 */
export function afterFailure(health: Health, at: number): Health {
    const { failingSince, failures = 0, failingSteadilySince } = health;
    const now = new Date(at).toISOString();
    const begun = failingSince === undefined ? at : Date.parse(failingSince);
    const isNew = failingSince === undefined || (failingSteadilySince === undefined && at - begun > steady.withinMs);
    if (isNew) return { failingSince: now, failures: 1 };
    const isSteady = failures + 1 >= steady.failures && at - begun >= steady.afterMs;
    const since = failingSteadilySince ?? (isSteady ? now : undefined);
    return { failingSince, failures: failures + 1, ...(since !== undefined && { failingSteadilySince: since }) };
}

/** Whether nothing but failures has come of it for so long that it is not to be called any more. */
export function isLost({ failingSteadilySince }: Health, at: number): boolean {
    return failingSteadilySince !== undefined && at - Date.parse(failingSteadilySince) >= disabledAfterMs;
}

/** One at a time finds out whether a suspect is back: it must not take the senders that others need. */
export function isSuspect({ failures = 0 }: Health): boolean {
    return failures >= suspectAfter;
}
