import {
    BrokenCircuitError,
    type CircuitBreakerPolicy,
    ConsecutiveBreaker,
    circuitBreaker,
    ExponentialBackoff,
    fullJitterGenerator,
    handleWhen,
    type IPolicy,
    retry,
    wrap,
} from "cockatiel";

/** Nothing was tried: too much has failed just now. */
export class CircuitOpenError extends Error {
    override readonly name = "CircuitOpenError";
    /** Seconds until something is tried again. */
    readonly retryAfter: number;

    constructor(retryAfter: number, cause: unknown) {
        super(`too many failures in a row: nothing is tried for ${retryAfter} seconds`, { cause });
        this.retryAfter = retryAfter;
    }
}

/** Tries in all; the pauses between them are random, up to 100 and 200 milliseconds (full jitter). */
const tries = 3;
const firstPauseMs = 100;
const longestPauseMs = 2000;
/** Failed tries in a row that open the circuit, over any number of calls. */
const failuresToOpen = 5;
const openMs = 10_000;

/**
 * Tries things again that fail, and stops trying for a while when they keep failing: callers then hear it at once and do
 * not wait in a queue before something that is down. After the while one try decides whether it goes on. The state lives
 * as long as the process; each one finds out for itself.
 */
export class Circuit {
    readonly #breaker: CircuitBreakerPolicy;
    readonly #policy: IPolicy;
    #openUntil = 0;

    /** @param isTransient whether another try may do away with an error; one that stays neither leads to one nor counts. */
    constructor(isTransient: (error: unknown) => boolean) {
        const transient = handleWhen((error) => !(error instanceof BrokenCircuitError) && isTransient(error));
        this.#breaker = circuitBreaker(transient, {
            breaker: new ConsecutiveBreaker(failuresToOpen),
            halfOpenAfter: openMs,
        });
        this.#breaker.onBreak(() => {
            this.#openUntil = Date.now() + openMs;
        });
        const retries = retry(transient, {
            maxAttempts: tries - 1,
            backoff: new ExponentialBackoff({
                generator: fullJitterGenerator,
                initialDelay: firstPauseMs,
                maxDelay: longestPauseMs,
            }),
        });
        // The breaker stands inside: each try counts, and once it opens the rest is not tried.
        this.#policy = wrap(retries, this.#breaker);
    }

    /** Throws CircuitOpenError, or what the last try threw. */
    async run<Result>(task: () => Promise<Result>): Promise<Result> {
        try {
            return await this.#policy.execute(task);
        } catch (error) {
            if (!(error instanceof BrokenCircuitError)) throw error;
            const failure = this.#breaker.lastFailure;
            const cause = failure !== undefined && "error" in failure ? failure.error : error;
            throw new CircuitOpenError(Math.max(1, Math.ceil((this.#openUntil - Date.now()) / 1000)), cause);
        }
    }
}
