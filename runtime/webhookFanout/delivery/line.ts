import { setTimeout as wait } from "node:timers/promises";

/** A place to send to an endpoint from. */
export interface Place {
    readonly slot: number;
    /** When it was taken, in milliseconds since 1970. */
    readonly since: number;
}

/** What there was of places. */
export interface Found {
    readonly places: readonly Place[];
    /** For how long somebody else's call has not been answered, if that is too long: it makes no sense to look again. */
    readonly unansweredMs?: number;
}

/** Where places come from: all environments share them. */
interface Places {
    /**
     * Takes so many of the first `most` places, or fewer.
     * @param slowMs as long a call may take before nobody else should make one
     */
    hold(count: number, most: number, slowMs: number): Promise<Found>;
    give(place: Place): Promise<void>;
    now(): number;
    random(): number;
}

/** How many may send to an endpoint. */
interface Bounds {
    readonly concurrency: number;
    /** Whether it has failed so often that one at a time is to find out whether it is back. */
    readonly isSuspect: boolean;
}

/** What came of a place: how long the endpoint took to answer (ms), that it did not, or that it was not called. */
export type Heard = number | "no answer" | "not called";

interface Waiting {
    readonly enter: (place: Place | undefined) => void;
    readonly fail: (error: unknown) => void;
}

/** Places that are there for environments that know nothing of the endpoint, each of which takes one. */
const startPlaces = 2;
/** So soon all who wait shall have been sent; who answers within milliseconds needs few places for that. */
const targetMs = 40;
/** An answer that takes ten times as long as usual, and so long at least, may never come. */
const slowest = { times: 10, atLeastMs: 500 } as const;
/** Nobody waits in the line for longer, and no place is passed on that was held for longer. */
const patienceMs = 2000;
/** Where a call is not answered nobody asks again before twice the time that it has taken, within these bounds. */
const closed = { times: 2, atLeastMs: 2000, atMostMs: 15_000 } as const;
/** As often somebody looks for a first place, and how long he waits before the next time. */
const looks = 3;
const pauseMs = [50, 200] as const;
/** What was known of an endpoint is forgotten. */
const forgottenMs = 60_000;

/**
 * Those of one environment who want to send to one endpoint. Few places serve many who come at the same time, one after
 * the other. How many are taken depends on how the endpoint answers: of one that is not known a single one of the first
 * two, and one more for each answer. One that does not answer is not known any more.
 */
export class Line {
    readonly #places: Places;
    readonly #waiting: Waiting[] = [];
    #held = 0;
    #isLooking = false;
    /** How it answered lately: how often, and how long that took. */
    #answers = 0;
    #usualMs = 0;
    #heardAt = Number.NEGATIVE_INFINITY;
    #closedUntil = 0;

    constructor(places: Places) {
        this.#places = places;
    }

    /** For how long nobody need ask for a place, for somebody else's call is not being answered. */
    get closedMs(): number {
        return Math.max(0, this.#closedUntil - this.#places.now());
    }

    /** Whether nobody sends, and nothing is known that could be of use. */
    get isForgotten(): boolean {
        return this.#held === 0 && this.#waiting.length === 0 && !this.#isKnown;
    }

    /** @returns a place to send from; undefined when there is none for now. */
    join(bounds: Bounds): Promise<Place | undefined> {
        const { promise, resolve, reject } = Promise.withResolvers<Place | undefined>();
        const impatience = setTimeout(() => {
            this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
            resolve(undefined);
        }, patienceMs);
        const waiting = {
            enter: (place: Place | undefined) => {
                clearTimeout(impatience);
                resolve(place);
            },
            fail: (error: unknown) => {
                clearTimeout(impatience);
                reject(error);
            },
        };
        this.#waiting.push(waiting);
        // Who comes at the same moment is counted.
        setImmediate(() => this.#look(bounds));
        return promise;
    }

    /** Lets the next one in. */
    async leave(place: Place, bounds: Bounds, heard: Heard): Promise<void> {
        this.#learn(heard);
        // Whoever called now would wait as long, for nothing.
        if (heard === "no answer") this.#turnAway();
        const isFresh = this.#places.now() - place.since < patienceMs;
        const next = isFresh ? this.#waiting.shift() : undefined;
        if (next !== undefined) next.enter(place);
        else this.#held -= 1;
        this.#look(bounds);
        if (next === undefined) await this.#places.give(place);
    }

    get #isKnown(): boolean {
        return this.#places.now() - this.#heardAt < forgottenMs;
    }

    #learn(heard: Heard): void {
        if (heard === "no answer") this.#heardAt = Number.NEGATIVE_INFINITY;
        if (typeof heard === "string") return;
        this.#usualMs = this.#isKnown ? 0.8 * this.#usualMs + 0.2 * heard : heard;
        this.#answers = this.#isKnown ? this.#answers + 1 : 1;
        this.#heardAt = this.#places.now();
        this.#closedUntil = 0;
    }

    /** The places that it may have. */
    #most({ concurrency, isSuspect }: Bounds): number {
        return isSuspect ? 1 : Math.min(concurrency, startPlaces + (this.#isKnown ? this.#answers : 0));
    }

    /** The places that those who wait and those who send need. */
    #wanted(bounds: Bounds): number {
        const needed = this.#isKnown ? Math.ceil(((this.#waiting.length + this.#held) * this.#usualMs) / targetMs) : 1;
        return Math.max(1, Math.min(needed, this.#most(bounds)));
    }

    /** Looks for the places that are wanting. */
    async #look(bounds: Bounds): Promise<void> {
        if (this.#isLooking) return;
        this.#isLooking = true;
        try {
            for (let look = 1; this.#waiting.length > 0; look += 1) {
                const wanting = Math.min(this.#wanted(bounds) - this.#held, this.#waiting.length);
                if (wanting <= 0) break;
                const slowMs = Math.max(slowest.atLeastMs, this.#isKnown ? slowest.times * this.#usualMs : 0);
                const { places, unansweredMs } = await this.#places.hold(wanting, this.#most(bounds), slowMs);
                for (const place of places) this.#enter(place);
                // Others may want more meanwhile.
                if (places.length > 0) continue;
                if (unansweredMs !== undefined) this.#close(unansweredMs);
                if (this.#held > 0 || look >= looks || this.closedMs > 0 || bounds.isSuspect) break;
                const [shortest, longest] = pauseMs;
                await wait(shortest + (longest - shortest) * this.#places.random());
            }
            // Who holds a place lets the next one in.
            if (this.#held === 0 || bounds.isSuspect) this.#turnAway();
        } catch (error) {
            for (const { fail } of this.#waiting.splice(0)) fail(error);
        } finally {
            this.#isLooking = false;
        }
    }

    #close(unansweredMs: number): void {
        const { times, atLeastMs, atMostMs } = closed;
        this.#closedUntil = this.#places.now() + Math.min(atMostMs, Math.max(atLeastMs, times * unansweredMs));
    }

    #turnAway(): void {
        for (const { enter } of this.#waiting.splice(0)) enter(undefined);
    }

    #enter(place: Place): void {
        const next = this.#waiting.shift();
        if (next === undefined) {
            // He has lost patience meanwhile.
            void this.#places.give(place);
            return;
        }
        this.#held += 1;
        next.enter(place);
    }
}
