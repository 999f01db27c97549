import { setTimeout as wait } from "node:timers/promises";

/** A place to send to an endpoint from. */
export interface HeldSlot {
    readonly slot: number;
    /** When it was taken, in milliseconds since 1970. */
    readonly since: number;
}

/** What there was of places. */
export interface HoldResult {
    readonly slots: readonly HeldSlot[];
    /** For how long somebody else's call has not been answered, if that is too long: it makes no sense to look again. */
    readonly unansweredMs?: number;
}

/** Where places come from: all environments share them. */
interface Slots {
    /**
     * Takes so many of the first `most` places, or fewer.
     * @param slowMs as long a call may take before nobody else should make one
     */
    hold(count: number, most: number, slowMs: number): Promise<HoldResult>;
    release(slot: HeldSlot): Promise<void>;
    now(): number;
    random(): number;
}

/** How many may send to an endpoint. */
interface Limits {
    readonly concurrency: number;
    /** Whether it has failed so often that one at a time is to find out whether it is back. */
    readonly isSuspect: boolean;
}

/** What came of a slot: how long the endpoint took to answer (ms), that it did not, or that it was not called. */
export type SlotUse = number | "no answer" | "not called";

interface Waiting {
    readonly grant: (slot: HeldSlot | undefined) => void;
    readonly fail: (error: unknown) => void;
}

/** Places that are there for environments that know nothing of the endpoint, each of which takes one. */
const startSlots = 2;
/** So soon all who wait shall have been sent; who answers within milliseconds needs few places for that. */
const targetMs = 40;
/** An answer that takes ten times as long as usual, and so long at least, may never come. */
const slowest = { times: 10, atLeastMs: 500 } as const;
/** Nobody waits in the line for longer, and no place is passed on that was held for longer. */
const patienceMs = 2000;
/** Where a call is not answered nobody asks again before twice the time that it has taken, within these limits. */
const closed = { times: 2, atLeastMs: 2000, atMostMs: 15_000 } as const;
/** As often somebody looks for a first slot, and how long he waits before the next time. */
const acquireTries = 3;
const pauseMs = [50, 200] as const;
/** What was known of an endpoint is forgotten. */
const forgottenMs = 60_000;

/**
 * Those of one environment who want to send to one endpoint. Few places serve many who come at the same time, one after
 * the other. How many are taken depends on how the endpoint answers: of one that is not known a single one of the first
 * two, and one more for each answer. One that does not answer is not known any more.
 */
export class ConcurrencyLimit {
    readonly #slots: Slots;
    readonly #waiting: Waiting[] = [];
    #held = 0;
    #isAcquiring = false;
    /** How it answered lately: how often, and how long that took. */
    #answers = 0;
    #usualMs = 0;
    #answeredAt = Number.NEGATIVE_INFINITY;
    #closedUntil = 0;

    constructor(slots: Slots) {
        this.#slots = slots;
    }

    /** For how long nobody need ask for a slot, for somebody else's call is not being answered. */
    get closedMs(): number {
        return Math.max(0, this.#closedUntil - this.#slots.now());
    }

    /** Whether nobody sends, and nothing is known that could be of use. */
    get isUnused(): boolean {
        return this.#held === 0 && this.#waiting.length === 0 && !this.#isKnown;
    }

    /** @returns a place to send from; undefined when there is none for now. */
    acquire(limits: Limits): Promise<HeldSlot | undefined> {
        const { promise, resolve, reject } = Promise.withResolvers<HeldSlot | undefined>();
        const impatience = setTimeout(() => {
            this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
            resolve(undefined);
        }, patienceMs);
        const waiting = {
            grant: (slot: HeldSlot | undefined) => {
                clearTimeout(impatience);
                resolve(slot);
            },
            fail: (error: unknown) => {
                clearTimeout(impatience);
                reject(error);
            },
        };
        this.#waiting.push(waiting);
        // Who comes at the same moment is counted.
        setImmediate(() => this.#acquireSlots(limits));
        return promise;
    }

    /** Lets the next one in. */
    async release(slot: HeldSlot, limits: Limits, use: SlotUse): Promise<void> {
        this.#record(use);
        // Whoever called now would wait as long, for nothing.
        if (use === "no answer") this.#denyWaiting();
        const isFresh = this.#slots.now() - slot.since < patienceMs;
        const next = isFresh ? this.#waiting.shift() : undefined;
        if (next !== undefined) next.grant(slot);
        else this.#held -= 1;
        this.#acquireSlots(limits);
        if (next === undefined) await this.#slots.release(slot);
    }

    get #isKnown(): boolean {
        return this.#slots.now() - this.#answeredAt < forgottenMs;
    }

    #record(use: SlotUse): void {
        if (use === "no answer") this.#answeredAt = Number.NEGATIVE_INFINITY;
        if (typeof use === "string") return;
        this.#usualMs = this.#isKnown ? 0.8 * this.#usualMs + 0.2 * use : use;
        this.#answers = this.#isKnown ? this.#answers + 1 : 1;
        this.#answeredAt = this.#slots.now();
        this.#closedUntil = 0;
    }

    /** The places that it may have. */
    #most({ concurrency, isSuspect }: Limits): number {
        return isSuspect ? 1 : Math.min(concurrency, startSlots + (this.#isKnown ? this.#answers : 0));
    }

    /** The places that those who wait and those who send need. */
    #wanted(limits: Limits): number {
        const needed = this.#isKnown ? Math.ceil(((this.#waiting.length + this.#held) * this.#usualMs) / targetMs) : 1;
        return Math.max(1, Math.min(needed, this.#most(limits)));
    }

    /** Looks for the places that are wanting. */
    async #acquireSlots(limits: Limits): Promise<void> {
        if (this.#isAcquiring) return;
        this.#isAcquiring = true;
        try {
            for (let tries = 1; this.#waiting.length > 0; tries += 1) {
                const wanting = Math.min(this.#wanted(limits) - this.#held, this.#waiting.length);
                if (wanting <= 0) break;
                const slowMs = Math.max(slowest.atLeastMs, this.#isKnown ? slowest.times * this.#usualMs : 0);
                const { slots, unansweredMs } = await this.#slots.hold(wanting, this.#most(limits), slowMs);
                for (const slot of slots) this.#grant(slot);
                // Others may want more meanwhile.
                if (slots.length > 0) continue;
                if (unansweredMs !== undefined) this.#close(unansweredMs);
                if (this.#held > 0 || tries >= acquireTries || this.closedMs > 0 || limits.isSuspect) break;
                const [shortest, longest] = pauseMs;
                await wait(shortest + (longest - shortest) * this.#slots.random());
            }
            // Who holds a place lets the next one in.
            if (this.#held === 0 || limits.isSuspect) this.#denyWaiting();
        } catch (error) {
            for (const { fail } of this.#waiting.splice(0)) fail(error);
        } finally {
            this.#isAcquiring = false;
        }
    }

    #close(unansweredMs: number): void {
        const { times, atLeastMs, atMostMs } = closed;
        this.#closedUntil = this.#slots.now() + Math.min(atMostMs, Math.max(atLeastMs, times * unansweredMs));
    }

    #denyWaiting(): void {
        for (const { grant } of this.#waiting.splice(0)) grant(undefined);
    }

    #grant(slot: HeldSlot): void {
        const next = this.#waiting.shift();
        if (next === undefined) {
            // He has lost patience meanwhile.
            void this.#slots.release(slot);
            return;
        }
        this.#held += 1;
        next.grant(slot);
    }
}
