/**
 * Requests go first. A request shares this one machine with all the work that earlier requests have
 * caused; on AWS each has machines of its own. So that work waits until no request is running, though never for long.
 */
export class Foreground {
    readonly #longestMs: number;
    readonly #waiting = new Set<() => void>();
    #requests = 0;

    /** @param longestMs how long work may be kept waiting under a load that never pauses. */
    constructor(longestMs = 1000) {
        this.#longestMs = longestMs;
    }

    /** Runs a request. */
    async during<Result>(request: () => Promise<Result>): Promise<Result> {
        this.#requests += 1;
        try {
            return await request();
        } finally {
            this.#requests -= 1;
            if (this.#requests === 0) for (const proceed of this.#waiting) proceed();
        }
    }

    /** Resolves when no request is running, at the latest after the longest time. */
    quiet(): Promise<void> {
        if (this.#requests === 0) return Promise.resolve();
        return new Promise((resolve) => {
            const proceed = () => {
                clearTimeout(timer);
                this.#waiting.delete(proceed);
                resolve();
            };
            const timer = setTimeout(proceed, this.#longestMs);
            this.#waiting.add(proceed);
        });
    }
}
