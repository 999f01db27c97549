import { setImmediate } from "node:timers/promises";

interface Waiting {
    readonly go: () => void;
    readonly fail: (error: unknown) => void;
}

/**
 * Lets actors take turns: each waits before each of its calls, and one goes on once all wait. Which one goes on is
 * picked, so that a run can be repeated.
 */
export class Turns {
    readonly #pick: () => number;
    readonly #between: () => Promise<void>;
    readonly #waiting: Waiting[] = [];
    #actors = 0;
    #isBusy = false;

    /** @param pick any number from 0. @param between happens between two turns; its error ends the run. */
    constructor(pick: () => number, between: () => Promise<void>) {
        this.#pick = pick;
        this.#between = between;
    }

    /** @param end what becomes of an actor's error. @returns when all actors have ended */
    async play(actors: readonly (() => Promise<void>)[], end: (error: unknown) => void): Promise<void> {
        this.#actors = actors.length;
        await Promise.all(
            actors.map(async (act) => {
                await act().catch(end);
                this.#actors -= 1;
                await this.#goOn();
            }),
        );
    }

    /** Makes a call of an actor when it is its turn. Outside of `play` at once. */
    async take<Output>(call: () => Promise<Output>): Promise<Output> {
        if (this.#actors === 0) return await call();
        const { promise, resolve: go, reject: fail } = Promise.withResolvers<void>();
        this.#waiting.push({ go, fail });
        await this.#goOn();
        await promise;
        try {
            return await call();
        } finally {
            this.#isBusy = false;
            // Once the actor has gone on to its next call, if it makes one.
            setImmediate().then(() => this.#goOn());
        }
    }

    async #goOn(): Promise<void> {
        if (this.#isBusy || this.#waiting.length === 0 || this.#waiting.length < this.#actors) return;
        this.#isBusy = true;
        try {
            await this.#between();
            const [next] = this.#waiting.splice(this.#pick() % this.#waiting.length, 1);
            next?.go();
        } catch (error) {
            for (const { fail } of this.#waiting.splice(0)) fail(error);
        }
    }
}
