/** Seconds between attempts, by name. */
export const schedules = {
    standard: [5, 300, 1800, 7200, 18_000, 36_000, 36_000],
    brief: [5, 30, 300],
    /** The example of Standard Webhooks. */
    patient: [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400],
} as const satisfies Record<string, readonly number[]>;
