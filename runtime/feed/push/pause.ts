/** SQS hides a message for 12 hours at most, from when it was received: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const longestMs = 11 * 60 * 60 * 1000;
const firstMs = 5_000;
const longestOwnMs = 15 * 60 * 1000;

/**
 * Milliseconds until an API is asked again that takes nothing: what it says itself, else longer from failure to failure.
 * @param failures that there were before
 * @param random from 0 up to 1
 */
export function pauseOf(failures: number, retryAfterMs: number | undefined, random: number): number {
    if (retryAfterMs !== undefined) return Math.min(longestMs, Math.max(1000, retryAfterMs));
    const most = Math.min(longestOwnMs, firstMs * 2 ** Math.min(failures, 10));
    return Math.round(most * (0.5 + random / 2));
}

/** Seconds that a message is hidden so that it comes when the pause is over. */
export const hiddenSeconds = (ms: number): number => Math.min(longestMs / 1000, Math.ceil(ms / 1000));
