import type { FeedState } from "./stored/state.ts";
import { type Feed, type FeedTarget, isWritten, settingsOf } from "./target.ts";

/** Less than a day, so that a feed is built at about the same time each day, never later. */
const daily = 23.5 * 60 * 60 * 1000;

/** Milliseconds since the products were read that a feed tells; of a new one, since it has been there. */
export const ageOf = ({ lastSnapshotAt, since }: FeedState, now: number): number =>
    Math.max(0, now - Date.parse(lastSnapshotAt ?? since ?? new Date(now).toISOString()));

/**
 * Whether a feed is to be built anew: daily, where its settings are others now, and a file that names as a pre-order what can be
 * bought. One that is being built already is passed over.
 */
export function isDue(target: FeedTarget, feed: Pick<Feed, "shop">, state: FeedState, now: number): boolean {
    const { lastSnapshotAt, settings, changesAt = Number.POSITIVE_INFINITY } = state;
    if (lastSnapshotAt === undefined || ageOf(state, now) >= daily) return true;
    return settings !== settingsOf(target, feed) || (isWritten(target) && changesAt <= now);
}

/**
 * Milliseconds that the oldest change waits that an API has not been told; where there is none, since the last mark that came
 * to its turn.
 */
export function unsentMsOf({ reachedAt, since, unsentSince }: FeedState, now: number): number {
    const reached = reachedAt ?? Date.parse(since ?? new Date(now).toISOString());
    return Math.max(0, now - Math.min(reached, unsentSince ?? reached));
}
