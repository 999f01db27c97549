/**
 * Waits, or less when the signal ends it.
 * @param listen to what ends it, too; returns what ends the listening
 */
export function pause(ms: number, signal: AbortSignal, listen?: (wake: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", end);
            unlisten?.();
            resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener("abort", end);
        const unlisten = listen?.(end);
    });
}

/** The result of the work, or undefined as soon as the signal aborts. */
export function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
        if (signal.aborted) return resolve(undefined);
        const end = () => resolve(undefined);
        signal.addEventListener("abort", end);
        work.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
    });
}

/** The wait in seconds before trying again for the nth time, from 1: doubled each time. */
export function backoffSeconds(attempt: number, atMost: number): number {
    return Math.min(atMost, 2 ** (attempt - 1));
}
