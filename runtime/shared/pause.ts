import { setTimeout } from "node:timers/promises";

/** No pause gets longer than after so many tries. */
const longestAfter = 6;

/** Waits before the next try, the longer the more there were. Full jitter: those who collided do not meet again. */
export function pause(attempt: number): Promise<void> {
    return setTimeout(Math.random() * 10 * 2 ** Math.min(attempt, longestAfter));
}
