import { randomUUID } from "node:crypto";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import { Leases } from "../../shared/lease.ts";
import { type Destination, isSuspect } from "../endpoints/health.ts";
import { ConcurrencyLimit, type HeldSlot, type HoldResult, type SlotUse } from "./concurrency.ts";

/** The right to send to an endpoint now, or how long to wait before asking again. */
export type Permit =
    | {
          readonly granted: true;
          /** Lets the next one send; what it hears the first time counts. */
          release(use: SlotUse): Promise<void>;
      }
    | { readonly granted: false; readonly waitMs: number };

/** Slot 0 is none: it keeps when the endpoint's rate allows the next delivery. */
const rateSlot = 0;
const second = 1000;
/** As long a place is held if it is not given back: its holder may die. Nobody waits and sends for longer. */
const slotLeaseMs = 20 * second;
/** As often other places are tried in the place of those that are taken. */
const holdRounds = 4;
/** Endpoints that an environment knows at a time, before it looks which of them it can forget. */
const mostEndpointsKept = 500;

/**
 * How much an endpoint is sent at a time and a second, over all senders. An item of the table (`endpointId`, `slot`) is
 * a place to send from, held until a time; there are as many as the endpoint's `concurrency`. A place whose holder died
 * becomes free by itself. How many of them an environment wants is for its line to say: one that hangs shall not keep
 * more than a few of the environments that others need.
 */
export class RateLimiter {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #slots: Leases;
    readonly #now: () => number;
    readonly #random: () => number;
    /** Tells this environment's places from those of others. */
    readonly #environment = randomUUID();
    readonly #concurrency = new Map<string, ConcurrencyLimit>();

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number, random: () => number) {
        this.#client = client;
        this.#table = table;
        this.#slots = new Leases(client, table, "holder", "heldUntil");
        this.#now = now;
        this.#random = random;
    }

    /** How long to wait before asking for a place, if there is certainly none now. */
    closedMs(endpoint: Destination): number | undefined {
        const closedMs = this.#concurrency.get(endpoint.endpointId)?.closedMs ?? 0;
        return closedMs === 0 ? undefined : this.#waitMs(endpoint, closedMs);
    }

    async acquire(endpoint: Destination): Promise<Permit> {
        const { endpointId, concurrency, rate } = endpoint;
        const limits = { concurrency, isSuspect: isSuspect(endpoint) };
        const concurrencyLimit = this.#concurrencyOf(endpointId);
        const slot = await concurrencyLimit.acquire(limits);
        if (slot === undefined) return { granted: false, waitMs: this.#waitMs(endpoint, concurrencyLimit.closedMs) };
        let released: Promise<void> | undefined;
        const release = (use: SlotUse) => (released ??= concurrencyLimit.release(slot, limits, use));
        const waitMs = rate === undefined ? 0 : await this.#takeFromRate(endpointId, rate, this.#now());
        if (waitMs === 0) return { granted: true, release };
        await release("not called");
        return { granted: false, waitMs: waitMs + this.#between(0, 3) };
    }

    /**
     * Many may be waiting: they shall ask so rarely that asking does not become the load itself, the more rarely the less
     * is to be hoped for.
     */
    #waitMs(endpoint: Destination, closedMs: number): number {
        if (isSuspect(endpoint)) return this.#between(60, 300);
        if (closedMs === 0) return this.#between(1, 4);
        return endpoint.failures === undefined
            ? this.#between(closedMs / second, (2 * closedMs) / second)
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
            hold: async (count, most, slowMs) => {
                const found = await this.#hold(endpointId, { count, most, slowMs, ours });
                for (const { slot } of found.slots) ours.add(slot);
                return found;
            },
            release: async (held) => {
                await this.#releaseSlot(endpointId, held);
                ours.delete(held.slot);
            },
            now: this.#now,
            random: this.#random,
        });
        this.#concurrency.set(endpointId, created);
        return created;
    }

    /**
     * The first places come first: whether their holders are answered tells whether others are worth taking. The rest is
     * tried at random, and not all of it: where many are taken, to find the last that is free costs more than to wait.
     */
    async #hold(endpointId: string, { count, most, slowMs, ours }: SlotRequest): Promise<HoldResult> {
        const free = Array.from({ length: most }, (_, index) => index + 1).filter((slot) => !ours.has(slot));
        const slots: HeldSlot[] = [];
        for (let round = 1; round <= holdRounds && slots.length < count && free.length > 0; round += 1) {
            const first = round === 1 ? 0 : Math.floor(this.#random() * free.length);
            const tried = free.splice(first, count - slots.length);
            const outcomes = await Promise.all(tried.map((slot) => this.#holdOne(endpointId, slot)));
            slots.push(...outcomes.flatMap((outcome) => ("slot" in outcome ? [outcome] : [])));
            const since = outcomes.flatMap((outcome) => ("heldSince" in outcome ? [outcome.heldSince] : []));
            const unansweredMs = this.#now() - Math.min(...since);
            if (unansweredMs > slowMs) return { slots, unansweredMs };
        }
        return { slots };
    }

    async #holdOne(endpointId: string, slot: number): Promise<HeldSlot | { readonly heldSince: number }> {
        const since = this.#now();
        const lease = { holder: this.#holderOf(since), ms: slotLeaseMs };
        const change = { expression: "SET expiresAt = :expiresAt", values: { ":expiresAt": expiryOf(since) } };
        const held = await this.#slots.take({ endpointId, slot }, lease, since, change);
        return held instanceof ConditionFailed
            ? { heldSince: Number(held.found?.["heldUntil"]) - slotLeaseMs }
            : { slot, since };
    }

    async #releaseSlot(endpointId: string, { slot, since }: HeldSlot): Promise<void> {
        await this.#slots.giveBack({ endpointId, slot }, this.#holderOf(since));
    }

    /** A place that is taken a second time is another one: what gives the first back late must not end the second. */
    #holderOf(since: number): string {
        return `${this.#environment}/${since}`;
    }

    /**
     * The generic cell rate algorithm (ITU-T I.371), with a second's worth at once: `dueAt` is when the next delivery
     * would be due if they came evenly. @returns how long to wait; 0 when the turn was taken.
     */
    async #takeFromRate(endpointId: string, rate: number, now: number): Promise<number> {
        const interval = second / rate;
        const latest = now + Math.max(0, second - interval);
        const step = (UpdateExpression: string, ConditionExpression: string, values: Record<string, number>) => ({
            TableName: this.#table,
            Key: { endpointId, slot: rateSlot },
            UpdateExpression: `${UpdateExpression}, expiresAt = :expiresAt`,
            ConditionExpression,
            ExpressionAttributeValues: { ":now": now, ":expiresAt": expiryOf(now), ...values },
        });
        const onward = step("SET dueAt = dueAt + :interval", "dueAt > :now AND dueAt <= :latest", {
            ":interval": interval,
            ":latest": latest,
        });
        const afresh = step("SET dueAt = :next", "attribute_not_exists(dueAt) OR dueAt <= :now", {
            ":next": now + interval,
        });
        for (;;) {
            const dueAt = await this.#stepped(onward);
            if (dueAt === "stepped") return 0;
            if (dueAt > latest) return dueAt - latest;
            // When somebody else began this second, there may still be a turn after theirs.
            if ((await this.#stepped(afresh)) === "stepped") return 0;
        }
    }

    /** @returns when it is due where that was not possible. */
    async #stepped(update: ConditionalUpdate): Promise<number | "stepped"> {
        const stepped = await conditionally(this.#client, { Update: update });
        return stepped instanceof ConditionFailed ? Number(stepped.found?.["dueAt"] ?? 0) : "stepped";
    }

    /** Milliseconds, at random between these seconds: who waits together shall not come back together. */
    #between(least: number, most: number): number {
        return Math.round(second * (least + (most - least) * this.#random()));
    }
}

/** Seconds since 1970: a day after it was last of use. */
const expiryOf = (ms: number) => Math.ceil(ms / 1000) + 24 * 60 * 60;

interface SlotRequest {
    readonly count: number;
    /** How many places the endpoint has for now. */
    readonly most: number;
    readonly slowMs: number;
    /** What this environment has already. */
    readonly ours: ReadonlySet<number>;
}
