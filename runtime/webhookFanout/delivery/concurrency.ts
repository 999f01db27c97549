import { setTimeout as wait } from "node:timers/promises";

/** A held slot of an endpoint: the right to send one request. */
export interface HeldSlot {
    readonly slot: number;
    /** Milliseconds since 1970. */
    readonly since: number;
}

export interface HoldResult {
    readonly slots: readonly HeldSlot[];
    /** Milliseconds since another environment's unanswered request, if too long: do not try again. */
    readonly unansweredMs?: number;
}

/** The slots, shared by all execution environments. */
interface Slots {
    /**
     * Takes up to `count` of the first `most` slots.
     * @param slowMs maximum age of an unanswered request before no other should be sent
     * @param leaseMs of a slot, in case its holder crashes
     */
    hold(count: number, most: number, slowMs: number, leaseMs: number): Promise<HoldResult>;
    /** Releases a slot a little later, together with others. @param isIdle whether it is still to be released then */
    release(slot: HeldSlot, isIdle: () => boolean): Promise<unknown>;
    now(): number;
    random(): number;
}

interface Limits {
    readonly concurrency: number;
    /** Suspected to be down: only one request at a time. */
    readonly isSuspect: boolean;
    /** Longer than wait and request. */
    readonly leaseMs: number;
}

/** The use of a slot: response time (ms), no response, or no request. */
export type SlotUse = number | "no answer" | "not called";

interface Waiting {
    readonly grant: (slot: HeldSlot | undefined) => void;
    readonly fail: (error: unknown) => void;
}

/** Slots for environments without measurements of the endpoint, each of which takes one. */
const startSlots = 2;
/** Target time to send all waiting requests; a fast endpoint needs few slots for that. */
const targetMs = 40;
/** A response that takes ten times the usual time, and at least this long, may never come. */
const slowest = { times: 10, atLeastMs: 500 } as const;
/** Maximum wait for a slot, expected or real, and maximum age of a slot that is passed on. */
const patienceMs = 2000;
/** After an unanswered request no slot is requested for twice its duration, within these limits. */
const closed = { times: 2, atLeastMs: 2000, atMostMs: 15_000 } as const;
/** An endpoint that takes that long to answer, and has no free slot, gets no more requests for its usual time. */
const slowMs = 1000;
/** Tries to acquire a first slot, and the pause between them. */
const acquireTries = 3;
const pauseMs = [50, 200] as const;
/** Measurements older than that are not used. */
const forgottenMs = 60_000;

/**
 * Limits the concurrent requests of one execution environment to one endpoint. Waiting requests reuse slots one after
 * the other. The number of slots depends on the measured response time: an endpoint without measurements gets one of the
 * first two slots, and one more for each response. A missing response resets the measurements.
 */
export class ConcurrencyLimit {
    readonly #slots: Slots;
    readonly #waiting: Waiting[] = [];
    /** Slots that are about to be released. */
    readonly #idle = new Set<HeldSlot>();
    #held = 0;
    #isAcquiring = false;
    /** Recent responses: count and usual time. */
    #answers = 0;
    #usualMs = 0;
    #answeredAt = Number.NEGATIVE_INFINITY;
    #closedUntil = 0;

    constructor(slots: Slots) {
        this.#slots = slots;
    }

    /** Milliseconds in which no slot is available, because requests of other environments take long. */
    get closedMs(): number {
        return Math.max(0, this.#closedUntil - this.#slots.now());
    }

    /** No requests and no measurements. */
    get isUnused(): boolean {
        return this.#held === 0 && this.#idle.size === 0 && this.#waiting.length === 0 && !this.#isKnown;
    }

    /** @returns a slot; undefined if none is available in time. */
    async acquire(limits: Limits): Promise<HeldSlot | undefined> {
        const idle = this.#idleSlot(limits);
        if (idle !== undefined) return idle;
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
        // Counts concurrent calls.
        setImmediate(() => this.#acquireSlots(limits));
        return await promise;
    }

    /** Passes the slot on to the next waiting request, or to one that comes before it is released. */
    async release(slot: HeldSlot, limits: Limits, use: SlotUse): Promise<void> {
        this.#record(use);
        // Further requests would time out, too.
        if (use === "no answer") this.#denyWaiting();
        const isFresh = this.#slots.now() - slot.since < patienceMs;
        const next = isFresh ? this.#waiting.shift() : undefined;
        if (next !== undefined) next.grant(slot);
        else this.#held -= 1;
        this.#acquireSlots(limits);
        if (next !== undefined) return;
        if (isFresh) this.#idle.add(slot);
        await this.#slots.release(slot, () => this.#idle.delete(slot) || !isFresh);
    }

    #idleSlot(limits: Limits): HeldSlot | undefined {
        if (this.#held >= this.#most(limits)) return undefined;
        for (const slot of this.#idle) {
            if (this.#slots.now() - slot.since >= patienceMs) continue;
            this.#idle.delete(slot);
            this.#held += 1;
            return slot;
        }
        return undefined;
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

    /** Maximum slots. */
    #most({ concurrency, isSuspect }: Limits): number {
        return isSuspect ? 1 : Math.min(concurrency, startSlots + (this.#isKnown ? this.#answers : 0));
    }

    /** Slots that waiting and current requests need. */
    #wanted(limits: Limits): number {
        const needed = this.#isKnown ? Math.ceil(((this.#waiting.length + this.#held) * this.#usualMs) / targetMs) : 1;
        return Math.max(1, Math.min(needed, this.#most(limits)));
    }

    async #acquireSlots(limits: Limits): Promise<void> {
        if (this.#isAcquiring) return;
        this.#isAcquiring = true;
        try {
            for (let tries = 1; this.#waiting.length > 0; tries += 1) {
                const wanting = Math.min(this.#wanted(limits) - this.#held, this.#waiting.length);
                if (wanting <= 0) break;
                const tooSlowMs = Math.max(slowest.atLeastMs, this.#isKnown ? slowest.times * this.#usualMs : 0);
                const { slots, unansweredMs } = await this.#slots.hold(
                    wanting,
                    this.#most(limits),
                    tooSlowMs,
                    limits.leaseMs,
                );
                for (const slot of slots) this.#grant(slot);
                // More requests may be waiting now.
                if (slots.length > 0) continue;
                if (unansweredMs !== undefined) this.#close(unansweredMs);
                else if (this.#isKnown && this.#usualMs >= slowMs)
                    this.#closedUntil = this.#slots.now() + Math.min(this.#usualMs, closed.atMostMs);
                if (this.#held > 0 || tries >= acquireTries || this.closedMs > 0 || limits.isSuspect) break;
                const [shortest, longest] = pauseMs;
                await wait(shortest + (longest - shortest) * this.#slots.random());
            }
            // A release serves the others.
            this.#denyWaiting(limits.isSuspect ? 0 : this.#servedInTime());
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

    /** Waiting requests that the held slots serve in time: the others should not keep the environment busy. */
    #servedInTime(): number {
        if (this.#held === 0) return 0;
        return this.#isKnown ? Math.floor((this.#held * patienceMs) / this.#usualMs) : this.#waiting.length;
    }

    /** Denies all waiting requests but the first ones. */
    #denyWaiting(except = 0): void {
        for (const { grant } of this.#waiting.splice(except)) grant(undefined);
    }

    #grant(slot: HeldSlot): void {
        const next = this.#waiting.shift();
        if (next === undefined) {
            // The request timed out meanwhile.
            void this.#slots.release(slot, () => true);
            return;
        }
        this.#held += 1;
        next.grant(slot);
    }
}
