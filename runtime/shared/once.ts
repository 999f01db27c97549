import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSRecord } from "aws-lambda";
import { conditionally, Refused } from "./conditionally.ts";
import { expiryAfter } from "./expiry.ts";
import { uuidOf } from "./ids.ts";

/** One thing that is done for an order: the key of the effects table. */
export interface EffectKey {
    readonly orderId: string;
    readonly effect: string;
}

/** Somebody else is at it right now: try again later. */
export class EffectInProgress extends Error {
    override readonly name = "EffectInProgress";
    readonly key: EffectKey;

    constructor(key: EffectKey, cause?: unknown) {
        super(`${key.effect} of the order ${key.orderId} is in progress elsewhere`, { cause });
        this.key = key;
    }
}

/** What came of it: done now, or found done by an earlier try. */
export interface Done<Outcome> {
    readonly repeated: boolean;
    readonly outcome: Outcome;
}

/** An update as part of TransactWriteItems, whose shape the document client takes. */
export interface TransactUpdate {
    readonly TableName: string;
    readonly Key: Record<string, unknown>;
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** The right to bring about an effect, for as long as the lease lasts. */
export interface Claim<Outcome> {
    /** What an earlier holder of the claim recorded before it died. */
    readonly recorded: Outcome | undefined;
    /**
     * A write that records the outcome before the effect is done, to go into one transaction with the effect itself.
     * Its condition fails when the claim was lost or an outcome is recorded already.
     */
    recording(outcome: Outcome): TransactUpdate;
    /** To throw when that condition failed. */
    lost(cause: unknown): EffectInProgress;
}

/** Who claims an effect, and for how long. */
export interface Lease {
    /**
     * What was delivered to the callback: the request of an asynchronous invocation, which AWS makes again under its id
     * when the earlier try has ended, so that it takes over the claim of that at once; or one receive of a message. A
     * message that comes again was hidden for longer than any lease lasts, and a second copy that comes at the same
     * moment (at-least-once delivery) is held off.
     */
    readonly holder: string;
    readonly ms: number;
}

/**
 * A lease that holds until this invocation has certainly ended.
 * @param message what is worked on, of several that the invocation may have. @default the event of the invocation
 */
export function leaseOf(
    context: Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">,
    message?: Pick<SQSRecord, "receiptHandle">,
): Lease {
    const { awsRequestId: request } = context;
    // Both copies of a message may be in one batch, and a batch may come twice.
    const holder = message === undefined ? request : `${request}/${uuidOf(message.receiptHandle)}`;
    return { holder, ms: context.getRemainingTimeInMillis() + 1000 };
}

/**
 * Things that happen once for an order, however often their event arrives. An item of the table (`orderId`, `effect`)
 * is first claimed with a lease, then done with its time and outcome; who comes later finds it done. A holder that dies
 * loses its claim when the lease ends, and the next one runs again: so what a run does outside the table must itself
 * bear a second time, which only a crash between doing and recording can cause.
 */
export class Effects {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #keptDays: number;
    readonly #now: () => number;

    /** @param keptDays how long it is known what was done, after the last try; 0 for ever. */
    constructor(client: DynamoDBDocumentClient, table: string, keptDays: number, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#keptDays = keptDays;
        this.#now = now;
    }

    /**
     * Runs it unless it was done before. When `run` throws, the claim is given back and the error passed on.
     * Throws EffectInProgress while another claim holds.
     * @param lease see `leaseOf`.
     * @param run what it returns is kept in the table: plain JSON.
     */
    async once<Outcome>(
        key: EffectKey,
        lease: Lease,
        run: (claim: Claim<Outcome>) => Promise<Outcome>,
    ): Promise<Done<Outcome>> {
        const claimant = lease.holder;
        const found = await this.#claim<Outcome>(key, lease);
        if ("done" in found) return { repeated: true, outcome: found.done };
        const claim: Claim<Outcome> = {
            recorded: found.recorded,
            recording: (outcome) => ({
                TableName: this.#table,
                Key: { ...key },
                UpdateExpression: "SET outcome = :outcome",
                ConditionExpression: "claimant = :claimant AND attribute_not_exists(outcome)",
                ExpressionAttributeValues: { ":claimant": claimant, ":outcome": outcome },
            }),
            lost: (cause) => new EffectInProgress(key, cause),
        };
        try {
            const outcome = await run(claim);
            await this.#finish(key, claimant, outcome);
            return { repeated: false, outcome };
        } catch (error) {
            await this.#release(key, claimant);
            throw error;
        }
    }

    async #claim<Outcome>(
        key: EffectKey,
        { holder, ms }: Lease,
    ): Promise<{ recorded: Outcome | undefined } | { done: Outcome }> {
        const now = this.#now();
        const [expiring, expiry] = this.#expiry();
        const claim = {
            TableName: this.#table,
            Key: { ...key },
            UpdateExpression: `SET claimant = :claimant, claimedAt = :at, leaseUntil = :until${expiring}`,
            // The last case is our own claim: of an earlier try, or whose answer was lost and which the SDK sent again.
            ConditionExpression:
                "attribute_not_exists(doneAt) AND " +
                "(attribute_not_exists(leaseUntil) OR leaseUntil < :now OR claimant = :claimant)",
            ExpressionAttributeValues: {
                ":claimant": holder,
                ":at": new Date(now).toISOString(),
                ":until": now + ms,
                ":now": now,
                ...expiry,
            },
            ReturnValues: "ALL_NEW",
        } as const;
        const claimed = await conditionally(this.#client, { Update: claim });
        // An effect's outcome is written by its own `run` alone: the casts say what that returned.
        if (!(claimed instanceof Refused)) return { recorded: claimed["outcome"] as Outcome | undefined };
        const { found = {}, cause } = claimed;
        if (found["doneAt"] === undefined) throw new EffectInProgress(key, cause);
        return { done: found["outcome"] as Outcome };
    }

    async #finish(key: EffectKey, claimant: string, outcome: unknown): Promise<void> {
        const [expiring, expiry] = this.#expiry();
        const finish = {
            TableName: this.#table,
            Key: { ...key },
            UpdateExpression: `SET doneAt = :at, outcome = :outcome${expiring} REMOVE leaseUntil`,
            // The claimant stays: where the answer was lost, the SDK sends this again.
            ConditionExpression: "claimant = :claimant",
            ExpressionAttributeValues: {
                ":at": new Date(this.#now()).toISOString(),
                ":outcome": outcome ?? null,
                ":claimant": claimant,
                ...expiry,
            },
        };
        const finished = await conditionally(this.#client, { Update: finish });
        if (finished instanceof Refused) throw new EffectInProgress(key, finished.cause);
    }

    /** What an update says of the item's end, and the value for it. */
    #expiry(): readonly [expression: string, value: { readonly ":expires"?: number }] {
        const expires = expiryAfter(this.#keptDays, this.#now());
        return expires === undefined ? ["", {}] : [", expiresAt = :expires", { ":expires": expires }];
    }

    /** Best effort: without it the lease ends by itself, and the error that matters is the one of the run. */
    async #release(key: EffectKey, claimant: string): Promise<void> {
        const release = new UpdateCommand({
            TableName: this.#table,
            Key: { ...key },
            UpdateExpression: "REMOVE claimant, leaseUntil",
            ConditionExpression: "claimant = :claimant",
            ExpressionAttributeValues: { ":claimant": claimant },
        });
        await this.#client.send(release).catch(() => undefined);
    }
}
