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

/** Nothing was tried, because of recent failures. */
export class CircuitOpenError extends Error {
    override readonly name = "CircuitOpenError";
    /** Seconds until the next try. */
    readonly retryAfter: number;

    constructor(retryAfter: number, cause: unknown) {
        super(`too many consecutive failures: no tries for ${retryAfter} seconds`, { cause });
        this.retryAfter = retryAfter;
    }
}

/** Maximum tries of a call; the pauses are random, up to 100 and 200 milliseconds (full jitter). */
const tries = 3;
const firstPauseMs = 100;
const longestPauseMs = 2000;
/** Consecutive failed tries, over all calls, that open the circuit. */
const failuresToOpen = 5;
const openMs = 10_000;

/**
 * Retries with a circuit breaker: after repeated failures calls fail at once instead of waiting for an unavailable
 * service. After a pause one try decides whether the circuit closes. Each process has its own state.
 */
export class Circuit {
    readonly #breaker: CircuitBreakerPolicy;
    readonly #policy: IPolicy;
    #openUntil = 0;

    /** @param isTransient whether to retry and count an error. */
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
        // The breaker is inside the retries: each try counts, and an open circuit ends them.
        this.#policy = wrap(retries, this.#breaker);
    }

    /** Throws CircuitOpenError, or the error of the last try. */
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
