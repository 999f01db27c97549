import { setTimeout } from "node:timers/promises";

/** Pauses do not grow after this number of tries. */
const longestAfter = 6;

/** Exponential backoff with full jitter. */
export function pause(attempt: number): Promise<void> {
    return setTimeout(Math.random() * 10 * 2 ** Math.min(attempt, longestAfter));
}
