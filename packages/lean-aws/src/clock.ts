import type { HttpAnswer } from "./transport.ts";

/** From this difference on AWS refuses signatures soon. */
const wrongFromMs = 240_000;
/** A response that took longer says nothing about now. */
const staleFromMs = 900_000;

/** The time of AWS: this machine's, corrected by the dates of responses. As the SDK's, for each client. */
export class Clock {
    #offset = 0;

    now(): Date {
        return new Date(Date.now() + this.#offset);
    }

    get offset(): number {
        return this.#offset;
    }

    /** @param sentAt of the request, by this machine's clock */
    learn({ headers }: HttpAnswer, sentAt: number): void {
        const served = Date.parse(headers["date"] ?? "");
        const received = Date.now();
        // A response with an age is a copy.
        if (headers["age"] !== undefined || Number.isNaN(served) || received - sentAt > staleFromMs) return;
        this.#offset = served - received;
    }

    /** Whether this machine's clock is so wrong that a call signed with another offset may succeed now. */
    isCorrectedSince(offset: number): boolean {
        return Math.abs(this.#offset) >= wrongFromMs && this.#offset !== offset;
    }
}
