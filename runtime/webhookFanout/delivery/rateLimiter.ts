import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import { type LeasedUpdate, Leases } from "../../shared/lease.ts";
import { type Destination, isSuspect } from "../endpoints/health.ts";
import type { Delivery } from "./attemptStore.ts";
import { Batcher } from "./batcher.ts";
import { type ChangeConflict, Changes } from "./changes.ts";
import { ConcurrencyLimit, type HeldSlot, type HoldResult, type SlotUse } from "./concurrency.ts";
import { addition, Counters, forgetting } from "./counters.ts";
import { furtherWait } from "./schedule.ts";
import { deadlineOf } from "./transport.ts";

/** Permission to send a request now, or the time to wait before the next try. */
export type Permit =
    | {
          readonly granted: true;
          /** Only the first call counts. @param attempt for the endpoint's statistics */
          release(use: SlotUse, attempt?: { readonly succeeded: boolean; readonly durationMs: number }): Promise<void>;
      }
    | Denial;

/** Milliseconds to wait before the next try; crowded: its requests take long. */
export interface Denial {
    readonly granted: false;
    readonly waitMs: number;
    readonly isCrowded: boolean;
}

/** Item 0 is no slot: it holds the rate's next due time. */
const rateSlot = 0;
const second = 1000;
/** Milliseconds of a slot's lease besides the request. */
const slotWaitsMs = 5 * second;
/** Longest wait for a turn of the endpoint's rate; a later one is for another wake-up. */
const longestTurnMs = second;
/** Rounds of tries for other slots than taken ones. */
const holdRounds = 4;
/** Milliseconds that an unused slot waits for others to be released with, or for the endpoint's next request. */
const releasingMs = 20;
const mostReleased = 50;
/** Endpoints in memory before unused ones are removed. */
const mostEndpointsKept = 500;

/**
 * Limits the concurrent requests and the requests per second of each endpoint, over all senders. An item of the table
 * (`endpointId`, `slot`) is a leased slot; an endpoint has as many as its `concurrency`. ConcurrencyLimit determines the
 * number of slots of an execution environment, so that a hanging endpoint does not occupy many of them.
 */
export class RateLimiter {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #slots: Leases;
    /** Updates of slots, which other environments update, too. */
    readonly #changes: Changes;
    readonly #releasing: Batcher<Releasing, undefined>;
    /** Permissions in use. */
    #granted = 0;
    readonly #now: () => number;
    readonly #random: () => number;
    readonly #wait: (ms: number) => Promise<unknown>;
    /** Id of this execution environment. */
    readonly #environment = randomUUID();
    readonly #concurrency = new Map<string, ConcurrencyLimit>();
    readonly #counters = new Counters();

    constructor(client: DynamoDBDocumentClient, table: string, { now, random, wait }: Clock) {
        this.#client = client;
        this.#table = table;
        this.#slots = new Leases(client, table, "holder", "heldUntil");
        this.#changes = new Changes(client, { isShared: true });
        this.#releasing = new Batcher((slots) => this.#releaseAll(slots), {
            atMost: mostReleased,
            forMs: releasingMs,
            isComplete: () => this.#granted === 0,
        });
        this.#now = now;
        this.#random = random;
        this.#wait = wait;
    }

    /** A denial if no slot is available; undefined if one may be. */
    denial(endpoint: Destination, delivery: Delivery): Denial | undefined {
        const closedMs = this.#concurrency.get(endpoint.endpointId)?.closedMs ?? 0;
        return closedMs === 0 ? undefined : this.#denial(endpoint, delivery, closedMs);
    }

    async acquire(endpoint: Destination, delivery: Delivery): Promise<Permit> {
        const { endpointId, concurrency, rate } = endpoint;
        const leaseMs = slotWaitsMs + deadlineOf(endpoint);
        const limits = { concurrency, isSuspect: isSuspect(endpoint), leaseMs };
        const concurrencyLimit = this.#concurrencyOf(endpointId);
        const slot = await concurrencyLimit.acquire(limits);
        if (slot === undefined) return this.#denial(endpoint, delivery, concurrencyLimit.closedMs);
        this.#granted += 1;
        let released: Promise<void> | undefined;
        const release: Extract<Permit, { granted: true }>["release"] = (use, attempt) => {
            if (released !== undefined) return released;
            if (attempt !== undefined) this.#counters.count(endpointId, attempt, this.#now());
            this.#granted -= 1;
            released = concurrencyLimit.release(slot, limits, use);
            return released;
        };
        if (rate === undefined) return { granted: true, release };
        const { isTaken, waitMs } = await this.#takeTurn(endpointId, rate, this.#now()).catch(
            async (error: unknown) => {
                await release("not called");
                throw error;
            },
        );
        if (isTaken) {
            if (waitMs > 0) await this.#wait(waitMs);
            return { granted: true, release };
        }
        await release("not called");
        return { granted: false, waitMs: waitMs + this.#between(0, 3), isCrowded: false };
    }

    #denial(endpoint: Destination, delivery: Delivery, closedMs: number): Denial {
        const isLong = closedMs > 0 || isSuspect(endpoint);
        const furtherMs = furtherWait(delivery, this.#now(), { isLong, random: this.#random() });
        const waitMs = Math.max(this.#waitMs(endpoint, closedMs), furtherMs);
        return { granted: false, waitMs, isCrowded: closedMs > 0 && !isSuspect(endpoint) };
    }

    /**
     * Increases with the failures, so that waiting deliveries do not cause load themselves.
     */
    #waitMs(endpoint: Destination, closedMs: number): number {
        if (isSuspect(endpoint)) return this.#between(60, 300);
        if (closedMs === 0) return this.#between(1, 4);
        return endpoint.failures === undefined
            ? this.#between(closedMs / second, (4 * closedMs) / second)
            : this.#between(15, 60);
    }

    #concurrencyOf(endpointId: string): ConcurrencyLimit {
        const known = this.#concurrency.get(endpointId);
        if (known !== undefined) return known;
        if (this.#concurrency.size >= mostEndpointsKept) {
            for (const [id, { isUnused: isForgotten }] of this.#concurrency)
                if (isForgotten) this.#concurrency.delete(id);
        }
        const ours = new Set<number>();
        const created = new ConcurrencyLimit({
            hold: async (count, most, slowMs, leaseMs) => {
                const found = await this.#hold(endpointId, { count, most, slowMs, leaseMs, ours });
                for (const { slot } of found.slots) ours.add(slot);
                return found;
            },
            release: (held, isIdle) =>
                this.#releasing.add({ endpointId, held, isIdle, done: () => ours.delete(held.slot) }),
            now: this.#now,
            random: this.#random,
        });
        this.#concurrency.set(endpointId, created);
        return created;
    }

    /**
     * Tries the first slots first: the age of their leases shows whether the endpoint answers. Then tries some others at
     * random: to find the last free one costs more than to wait.
     */
    async #hold(endpointId: string, { count, most, slowMs, leaseMs, ours }: SlotRequest): Promise<HoldResult> {
        const free = Array.from({ length: most }, (_, index) => index + 1).filter((slot) => !ours.has(slot));
        const slots: HeldSlot[] = [];
        for (let round = 1; round <= holdRounds && slots.length < count && free.length > 0; round += 1) {
            const first = round === 1 ? 0 : Math.floor(this.#random() * free.length);
            const tried = free.splice(first, count - slots.length);
            const outcomes = await Promise.all(tried.map((slot) => this.#holdOne(endpointId, slot, leaseMs)));
            slots.push(...outcomes.flatMap((outcome) => ("slot" in outcome ? [outcome] : [])));
            const since = outcomes.flatMap((outcome) => ("heldSince" in outcome ? [outcome.heldSince] : []));
            const unansweredMs = this.#now() - Math.min(...since);
            if (unansweredMs > slowMs) return { slots, unansweredMs };
        }
        return { slots };
    }

    async #holdOne(endpointId: string, slot: number, ms: number): Promise<HeldSlot | { readonly heldSince: number }> {
        const since = this.#now();
        const lease = { holder: this.#holderOf(since), ms };
        const change = {
            expression: `${forgetting(since)} SET expiresAt = :expiresAt`,
            values: { ":expiresAt": expiryOf(since) },
        };
        const refused = await this.#update(
            endpointId,
            slot,
            this.#slots.taking({ endpointId, slot }, lease, since, change),
        );
        if (refused === undefined) return { slot, since };
        return { heldSince: Number(refused.found[0]?.["heldUntil"]) - ms };
    }

    /** Best effort: otherwise the leases expire. */
    async #releaseAll(releasing: readonly Releasing[]): Promise<undefined[]> {
        const release = async ({ endpointId, held: { slot, since }, done }: Releasing) => {
            const counts = this.#counters.take(endpointId);
            const update = this.#slots.givingBack({ endpointId, slot }, this.#holderOf(since), addition(counts));
            const isWritten = await this.#update(endpointId, slot, update).then(
                (refused) => refused === undefined,
                () => false,
            );
            if (!isWritten) this.#counters.add(endpointId, counts);
            done();
            return undefined;
        };
        return await Promise.all(releasing.map((each) => (each.isIdle() ? release(each) : undefined)));
    }

    #update(endpointId: string, slot: number, update: LeasedUpdate): Promise<ChangeConflict | undefined> {
        return this.#changes.make({
            of: `${endpointId}#${slot}`,
            writes: [{ Update: { ...update, ReturnValuesOnConditionCheckFailure: "ALL_OLD" } }],
        });
    }

    /** Unique per lease, so that a late release does not end the next lease of the same slot. */
    #holderOf(since: number): string {
        return `${this.#environment}/${since}`;
    }

    /**
     * Generic cell rate algorithm (ITU-T I.371) without a burst: `dueAt` is the next free turn at an even rate, so that no
     * second has more deliveries than the rate, the first one included. @returns milliseconds until the turn that was taken,
     * or, if none is free soon, before the next try.
     */
    async #takeTurn(endpointId: string, rate: number, now: number): Promise<Turn> {
        const interval = second / rate;
        const latest = now + longestTurnMs;
        const step = (UpdateExpression: string, ConditionExpression: string, values: Record<string, number>) => ({
            TableName: this.#table,
            Key: { endpointId, slot: rateSlot },
            UpdateExpression: `${UpdateExpression}, expiresAt = :expiresAt`,
            ConditionExpression,
            ExpressionAttributeValues: { ":now": now, ":expiresAt": expiryOf(now), ...values },
            ReturnValues: "UPDATED_OLD" as const,
        });
        const onward = step("SET dueAt = dueAt + :interval", "dueAt > :now AND dueAt <= :latest", {
            ":interval": interval,
            ":latest": latest,
        });
        const afresh = step("SET dueAt = :next", "attribute_not_exists(dueAt) OR dueAt <= :now", {
            ":next": now + interval,
        });
        for (;;) {
            const { isStepped, dueAt } = await this.#stepped(onward);
            if (isStepped) return { isTaken: true, waitMs: dueAt - now };
            if (dueAt > latest) return { isTaken: false, waitMs: dueAt - latest };
            // If another sender took the first turn, the first update may succeed now.
            if ((await this.#stepped(afresh)).isStepped) return { isTaken: true, waitMs: 0 };
        }
    }

    /** With `dueAt` before the update. */
    async #stepped(update: ConditionalUpdate): Promise<{ readonly isStepped: boolean; readonly dueAt: number }> {
        const stepped = await conditionally(this.#client, { Update: update });
        const before = stepped instanceof ConditionFailed ? stepped.found : stepped;
        return { isStepped: !(stepped instanceof ConditionFailed), dueAt: Number(before?.["dueAt"] ?? 0) };
    }

    /** Random milliseconds between these seconds (jitter). */
    #between(least: number, most: number): number {
        return Math.round(second * (least + (most - least) * this.#random()));
    }
}

/** Seconds since 1970: later than the counts are shown. */
const expiryOf = (ms: number) => Math.ceil(ms / 1000) + 8 * 24 * 60 * 60;

export interface Clock {
    /** Milliseconds since 1970. */
    now(): number;
    /** From 0 to 1. */
    random(): number;
    wait(ms: number): Promise<unknown>;
}

/** A turn of an endpoint's rate. */
interface Turn {
    readonly isTaken: boolean;
    readonly waitMs: number;
}

interface SlotRequest {
    readonly count: number;
    /** Maximum slots of the endpoint. */
    readonly most: number;
    readonly slowMs: number;
    readonly leaseMs: number;
    /** Slots that this environment holds. */
    readonly ours: ReadonlySet<number>;
}

interface Releasing {
    readonly endpointId: string;
    readonly held: HeldSlot;
    readonly isIdle: () => boolean;
    readonly done: () => void;
}
