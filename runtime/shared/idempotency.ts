import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed } from "./conditionally.ts";
import { expiryAfter } from "./expiry.ts";
import { type Lease, type LeasedUpdate, Leases } from "./lease.ts";

/** One thing that is done for an order: the key of the effects table. */
interface StepKey {
    readonly orderId: string;
    readonly step: string;
}

/** The key in the table, whose sort key is named `effect`. */
const itemKey = ({ orderId, step }: StepKey) => ({ orderId, effect: step });

/** Somebody else is at it right now: try again later. */
export class StepInProgressError extends Error {
    override readonly name = "StepInProgressError";
    readonly key: StepKey;

    constructor(key: StepKey, cause?: unknown) {
        super(`${key.step} of the order ${key.orderId} is in progress elsewhere`, { cause });
        this.key = key;
    }
}

/** What came of it: done now, or found done by an earlier try. */
interface StepResult<Outcome> {
    readonly repeated: boolean;
    readonly outcome: Outcome;
}

/** The right to bring about an effect, for as long as the lease lasts. */
export interface StepClaim<Outcome> {
    /** What an earlier holder of the claim recorded before it died. */
    readonly recorded: Outcome | undefined;
    /**
     * A write that records the outcome before the effect is done, to go into one transaction with the effect itself.
     * Its condition fails when the claim was lost or an outcome is recorded already.
     */
    recording(outcome: Outcome): LeasedUpdate;
    /** To throw when that condition failed. */
    lost(cause: unknown): StepInProgressError;
}

/**
 * Things that happen once for an order, however often their event arrives. An item of the table (`orderId`, `effect`)
 * is first claimed with a lease, then done with its time and outcome; who comes later finds it done. A holder that dies
 * loses its claim when the lease ends, and the next one runs again: so what a run does outside the table must itself
 * bear a second time, which only a crash between doing and recording can cause.
 */
export class Idempotency {
    readonly #leases: Leases;
    readonly #keptDays: number;
    readonly #now: () => number;

    /** @param keptDays how long it is known what was done, after the last try; 0 for ever. */
    constructor(client: DynamoDBDocumentClient, table: string, keptDays: number, now: () => number = Date.now) {
        this.#leases = new Leases(client, table, "claimant", "leaseUntil");
        this.#keptDays = keptDays;
        this.#now = now;
    }

    /**
     * Runs it unless it was done before. When `run` throws, the claim is given back and the error passed on.
     * Throws StepInProgressError while another claim holds.
     * @param lease see `leaseOf`.
     * @param run what it returns is kept in the table: plain JSON.
     */
    async runOnce<Outcome>(
        key: StepKey,
        lease: Lease,
        run: (claim: StepClaim<Outcome>) => Promise<Outcome>,
    ): Promise<StepResult<Outcome>> {
        const { holder } = lease;
        const found = await this.#claim<Outcome>(key, lease);
        if ("done" in found) return { repeated: true, outcome: found.done };
        const claim: StepClaim<Outcome> = {
            recorded: found.recorded,
            recording: (outcome) => {
                const change = { expression: "SET outcome = :outcome", values: { ":outcome": outcome } };
                const update = this.#leases.held(itemKey(key), holder, change);
                const ConditionExpression = `${update.ConditionExpression} AND attribute_not_exists(outcome)`;
                return { ...update, ConditionExpression };
            },
            lost: (cause) => new StepInProgressError(key, cause),
        };
        try {
            const outcome = await run(claim);
            await this.#finish(key, holder, outcome);
            return { repeated: false, outcome };
        } catch (error) {
            // The error that matters is the one of the run.
            await this.#leases.giveBack(itemKey(key), holder);
            throw error;
        }
    }

    async #claim<Outcome>(key: StepKey, lease: Lease): Promise<{ recorded: Outcome | undefined } | { done: Outcome }> {
        const now = this.#now();
        const [expiring, expiry] = this.#expiry();
        const claiming = {
            expression: `SET claimedAt = :at${expiring}`,
            values: { ":at": new Date(now).toISOString(), ...expiry },
        };
        const claimed = await this.#leases.take(itemKey(key), lease, now, claiming, "attribute_not_exists(doneAt)");
        // An effect's outcome is written by its own `run` alone: the casts say what that returned.
        if (!(claimed instanceof ConditionFailed)) return { recorded: claimed["outcome"] as Outcome | undefined };
        const { found = {}, cause } = claimed;
        if (found["doneAt"] === undefined) throw new StepInProgressError(key, cause);
        return { done: found["outcome"] as Outcome };
    }

    async #finish(key: StepKey, holder: string, outcome: unknown): Promise<void> {
        const [expiring, expiry] = this.#expiry();
        const finished = await this.#leases.change(itemKey(key), holder, {
            // The claimant stays: where the answer was lost, the SDK sends this again.
            expression: `SET doneAt = :at, outcome = :outcome${expiring} REMOVE leaseUntil`,
            values: { ":at": new Date(this.#now()).toISOString(), ":outcome": outcome ?? null, ...expiry },
        });
        if (finished instanceof ConditionFailed) throw new StepInProgressError(key, finished.cause);
    }

    /** What an update says of the item's end, and the value for it. */
    #expiry(): readonly [expression: string, value: { readonly ":expires"?: number }] {
        const expires = expiryAfter(this.#keptDays, this.#now());
        return expires === undefined ? ["", {}] : [", expiresAt = :expires", { ":expires": expires }];
    }
}
