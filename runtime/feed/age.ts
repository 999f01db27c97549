import type { FeedState } from "./stored/state.ts";

/** Less than a day, so that a feed is built at about the same time each day, never later. */
const daily = 23.5 * 60 * 60 * 1000;

/** Milliseconds since the products were read that a feed tells; of a new one, since it has been there. */
export const ageOf = ({ lastSnapshotAt, since }: FeedState, now: number): number =>
    Math.max(0, now - Date.parse(lastSnapshotAt ?? since ?? new Date(now).toISOString()));

/** Whether a feed is to be built anew. One that is being built already is passed over. */
export const isDue = (state: FeedState, now: number): boolean =>
    state.lastSnapshotAt === undefined || ageOf(state, now) >= daily;
