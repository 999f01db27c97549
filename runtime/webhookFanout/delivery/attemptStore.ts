import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import type { Write } from "../../shared/transact.ts";
import type { Destination } from "../endpoints/health.ts";
import { Batcher } from "./batcher.ts";
import { type Change, type ChangeConflict, Changes } from "./changes.ts";
import {
    type AttemptClaim,
    type AttemptItem,
    bodyKeyOf,
    type DeliveryStatus,
    type StoredDelivery,
    type WakeUp,
} from "./delivery.ts";
import { shardOf } from "./newDelivery.ts";

export interface StoreNames {
    readonly ENDPOINTS_TABLE: string;
    readonly DELIVERIES_TABLE: string;
    readonly ATTEMPTS_TABLE: string;
}

/** A delivery with members for sending. */
export interface Delivery extends StoredDelivery {
    /** ISO 8601: end of the current series of attempts. */
    readonly retryUntil?: string;
}

/** The delivery and endpoint of a wake-up; undefined if deleted. */
interface Lookup {
    readonly delivery: Delivery | undefined;
    readonly endpoint: Destination | undefined;
}

/** The exclusive right to make an attempt. */
export interface ClaimedAttempt {
    readonly delivery: Delivery;
    readonly number: number;
    /** Milliseconds since 1970: then another invocation may make the attempt. */
    readonly leaseUntil: number;
}

/** The outcome of a claim: `busyUntil` (milliseconds since 1970) while another invocation has it, undefined if the attempt is made. */
type Claim = ClaimedAttempt | { readonly busyUntil: number } | undefined;

export const isClaim = (claim: Claim): claim is ClaimedAttempt => claim !== undefined && "number" in claim;

/** Changes of a delivery after an attempt. */
interface Conclusion {
    readonly status: DeliveryStatus;
    readonly attempts: number;
    /** Attempts before the current series. @default unchanged */
    readonly attemptsBefore?: number;
    /** Milliseconds since 1970, of a pending delivery. */
    readonly nextAttemptAt?: number;
    readonly retryUntil?: number;
    readonly lastError?: string;
}

/** BatchGetItem reads 100 items; a wake-up needs three. */
const mostItems = 100;
/** Milliseconds that an ended attempt waits for others, to share a transaction. */
const endingMs = 20;

/** Reads and writes deliveries, attempts and endpoints for sending. */
export class AttemptStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #names: StoreNames;
    readonly #looking: Batcher<WakeUp, Lookup>;
    readonly #beginning: Changes;
    readonly #ending: Changes;
    readonly #underWay = new Set<ClaimedAttempt>();

    constructor(client: DynamoDBDocumentClient, names: StoreNames) {
        this.#client = client;
        this.#names = names;
        this.#looking = new Batcher((wakeUps) => this.#lookAll(wakeUps), { atMost: Math.floor(mostItems / 3) });
        this.#beginning = new Changes(client);
        this.#ending = new Changes(client, { forMs: endingMs, isComplete: () => this.isIdle });
    }

    /** No attempt is under way. */
    get isIdle(): boolean {
        return this.#underWay.size === 0;
    }

    /** Reads a delivery and its endpoint consistently. */
    look(wakeUp: WakeUp): Promise<Lookup> {
        return this.#looking.add(wakeUp);
    }

    /** Claims the next attempt of a delivery. */
    async claim(delivery: Delivery, now: number, leaseUntil: number): Promise<Claim> {
        const claim: ClaimedAttempt = { delivery, number: delivery.attempts + 1, leaseUntil };
        const { expiresAt } = delivery;
        const item: AttemptClaim = { ...this.#attemptKey(claim), leaseUntil, expiresAt };
        const refusal = await this.#beginning.make({
            of: item.deliveryKey,
            writes: [
                {
                    Put: {
                        TableName: this.#names.ATTEMPTS_TABLE,
                        Item: item,
                        ConditionExpression: "attribute_not_exists(deliveryKey) OR leaseUntil < :now",
                        ExpressionAttributeValues: { ":now": now },
                        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
                    },
                },
            ],
        });
        if (refusal === undefined) {
            this.#underWay.add(claim);
            return claim;
        }
        const [until] = refusal.found.flatMap((found) => claimedAttemptIn(found).leaseUntil ?? []);
        return until === undefined ? undefined : { busyUntil: until };
    }

    /**
     * Replaces the claim with the attempt's result and updates the delivery. After a resend or replay meanwhile, changes
     * only the number of attempts. @returns the updated delivery; undefined if the claim was lost.
     */
    async conclude(
        claim: ClaimedAttempt,
        attempt: Omit<AttemptItem, "deliveryKey" | "number" | "expiresAt">,
        conclusion: Conclusion,
    ): Promise<Delivery | undefined> {
        const { delivery } = claim;
        const item: AttemptItem = { ...this.#attemptKey(claim), ...attempt, expiresAt: delivery.expiresAt };
        const logging = { TableName: this.#names.ATTEMPTS_TABLE, Item: item, ...held(claim) };
        for (let now = { delivery, conclusion }; ; ) {
            const { changed, change } = this.#changed(now.delivery, now.conclusion);
            const update = { ...change, ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const };
            const refusal = await this.#end(claim, {
                of: item.deliveryKey,
                writes: [{ Put: logging }, { Update: update }],
                // Older items contain the body.
                touches: Buffer.byteLength(delivery.body ?? ""),
            });
            if (refusal === undefined) return changed;
            const asked = refusal.found.map(deliveryIn).find(({ asks }) => asks !== now.delivery.asks);
            if (asked === undefined || asked.attempts !== delivery.attempts) return undefined;
            const { number } = claim;
            const nextAttemptAt = Date.parse(asked.nextAttemptAt ?? asked.createdAt);
            const pending = { status: "pending", attempts: number, attemptsBefore: number, nextAttemptAt } as const;
            now = { delivery: asked, conclusion: pending };
        }
    }

    /** Skips a delivery. @returns it, updated; undefined if there was an attempt meanwhile. */
    async skip(delivery: Delivery, lastError: string): Promise<Delivery | undefined> {
        const { changed, change } = this.#changed(delivery, {
            status: "skipped",
            attempts: delivery.attempts,
            lastError,
        });
        return (await this.#applied(delivery, change)) ? changed : undefined;
    }

    /** Releases the claim without an attempt. */
    async release(claim: ClaimedAttempt): Promise<void> {
        const { TableName, Key } = { TableName: this.#names.ATTEMPTS_TABLE, Key: this.#attemptKey(claim) };
        await this.#end(claim, { of: Key.deliveryKey, writes: [{ Delete: { TableName, Key, ...held(claim) } }] });
    }

    async postpone(delivery: Delivery, nextAttemptAt: number): Promise<void> {
        const { endpointId, deliveryId, attempts } = delivery;
        await this.#applied(delivery, {
            TableName: this.#names.DELIVERIES_TABLE,
            Key: { endpointId, deliveryId },
            UpdateExpression: "SET nextAttemptAt = :due, dueShard = :shard",
            ConditionExpression: "attempts = :made AND attribute_exists(nextAttemptAt)",
            ExpressionAttributeValues: {
                ":due": new Date(nextAttemptAt).toISOString(),
                ":shard": shardOf(deliveryId),
                ":made": attempts,
            },
        });
    }

    /** Removes a delivery from the index of the reconciler until its next wake-up is planned. */
    async leaveDue(delivery: Delivery): Promise<void> {
        const { endpointId, deliveryId, attempts } = delivery;
        await this.#applied(delivery, {
            TableName: this.#names.DELIVERIES_TABLE,
            Key: { endpointId, deliveryId },
            UpdateExpression: "REMOVE dueShard",
            ConditionExpression: "attempts = :made",
            ExpressionAttributeValues: { ":made": attempts },
        });
    }

    async #lookAll(wakeUps: readonly WakeUp[]): Promise<Lookup[]> {
        const { DELIVERIES_TABLE, ENDPOINTS_TABLE } = this.#names;
        const wanted = {
            [DELIVERIES_TABLE]: unique(
                wakeUps.flatMap(({ endpointId, deliveryId }) => [
                    { endpointId, deliveryId },
                    bodyKeyOf({ endpointId, deliveryId }),
                ]),
            ),
            [ENDPOINTS_TABLE]: unique(wakeUps.map(({ tenantId, endpointId }) => ({ tenantId, endpointId }))),
        };
        const items = await batchGet(this.#client, wanted, { consistent: true });
        const deliveries = new Map((items.get(DELIVERIES_TABLE) ?? []).map((item) => [keyOf(item), item]));
        const endpoints = (items.get(ENDPOINTS_TABLE) ?? []).map(destinationIn);
        return wakeUps.map(({ tenantId, endpointId, deliveryId }) => ({
            delivery: withBody(
                deliveries.get(keyOf({ endpointId, deliveryId })),
                deliveries.get(keyOf(bodyKeyOf({ endpointId, deliveryId }))),
            ),
            endpoint: endpoints.find((each) => each.endpointId === endpointId && each.tenantId === tenantId),
        }));
    }

    #end(claim: ClaimedAttempt, change: Change): Promise<ChangeConflict | undefined> {
        this.#underWay.delete(claim);
        return this.#ending.make(change);
    }

    /** The updated delivery and its write, which fails if there was another attempt meanwhile. */
    #changed(delivery: Delivery, conclusion: Conclusion) {
        const { nextAttemptAt: _, ...kept } = delivery;
        const { status, attempts, attemptsBefore, nextAttemptAt, retryUntil, lastError } = conclusion;
        const due = nextAttemptAt === undefined ? undefined : new Date(nextAttemptAt).toISOString();
        const until = retryUntil === undefined ? undefined : new Date(retryUntil).toISOString();
        const { endpointId, deliveryId, asks } = delivery;
        const set =
            (attemptsBefore === undefined ? "" : ", attemptsBefore = :attemptsBefore") +
            (due === undefined ? "" : ", nextAttemptAt = :due, dueShard = :shard") +
            (until === undefined ? "" : ", retryUntil = :until") +
            (lastError === undefined ? "" : ", lastError = :lastError") +
            // Without it the item leaves the indexes of due deliveries.
            (due === undefined ? " REMOVE nextAttemptAt" : "");
        const change = {
            TableName: this.#names.DELIVERIES_TABLE,
            Key: { endpointId, deliveryId },
            UpdateExpression: `SET #status = :status, attempts = :attempts${set}`,
            ConditionExpression: `attempts = :made AND ${asks === undefined ? "attribute_not_exists(asks)" : "asks = :asks"}`,
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ":made": delivery.attempts,
                ":status": status,
                ":attempts": attempts,
                ...(asks !== undefined && { ":asks": asks }),
                ...(attemptsBefore !== undefined && { ":attemptsBefore": attemptsBefore }),
                ...(due !== undefined && { ":due": due, ":shard": shardOf(deliveryId) }),
                ...(until !== undefined && { ":until": until }),
                ...(lastError !== undefined && { ":lastError": lastError }),
            },
        };
        const changed: Delivery = {
            ...kept,
            status,
            attempts,
            ...(attemptsBefore !== undefined && { attemptsBefore }),
            ...(due !== undefined && { nextAttemptAt: due }),
            ...(until !== undefined && { retryUntil: until }),
            ...(lastError !== undefined && { lastError }),
        };
        return { changed, change };
    }

    #attemptKey({ delivery, number }: ClaimedAttempt) {
        return { deliveryKey: `${delivery.endpointId}#${delivery.deliveryId}`, number };
    }

    /** @returns whether the condition held */
    async #applied({ endpointId, deliveryId }: Delivery, update: NonNullable<Write["Update"]>): Promise<boolean> {
        const change = { of: `${endpointId}#${deliveryId}`, writes: [{ Update: update }] };
        return (await this.#beginning.make(change)) === undefined;
    }
}

type Item = Record<string, unknown>;

/** The claim is still held. */
const held = ({ leaseUntil }: ClaimedAttempt) => ({
    ConditionExpression: "leaseUntil = :lease",
    ExpressionAttributeValues: { ":lease": leaseUntil },
});

/** Without duplicates. */
const unique = (keys: readonly Item[]): Item[] => [
    ...new Map(keys.map((key) => [Object.values(key).join(" "), key])).values(),
];

const keyOf = ({ endpointId, deliveryId }: Item) => `${endpointId} ${deliveryId}`;

/** Older items contain the body. */
const withBody = (row: Item | undefined, body: Item | undefined): Delivery | undefined =>
    row && deliveryIn({ ...(body && { body: body["body"] }), ...row });

// Only this component writes these tables, hence the three casts.
export const deliveryIn = (item: Item) => item as unknown as Delivery;
const destinationIn = (item: Item) => item as unknown as Destination;
const claimedAttemptIn = (item: Item) => item as Partial<AttemptClaim>;
