import type { ThrottleSettings } from "./definition.ts";

/** A token bucket: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html */
export class TokenBucket {
    readonly #settings: ThrottleSettings;
    #tokens: number;
    #filledAt: number;

    /** @param now milliseconds on any clock that only goes forward. */
    constructor(settings: ThrottleSettings, now: number) {
        this.#settings = settings;
        this.#tokens = settings.burst;
        this.#filledAt = now;
    }

    /** True when the request may pass. */
    take(now: number): boolean {
        const { ratePerSecond, burst } = this.#settings;
        this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * ratePerSecond);
        this.#filledAt = now;
        if (this.#tokens < 1) return false;
        this.#tokens -= 1;
        return true;
    }
}
