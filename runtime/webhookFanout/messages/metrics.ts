import { metricsIn } from "../../shared/metrics.ts";

export const metrics = metricsIn("Commerce/Messages");

/** Milliseconds since a time of `performance.now()`, whole ones. */
export function msSince(start: number): number {
    return Math.round(performance.now() - start);
}
