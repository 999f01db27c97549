import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed } from "./conditionally.ts";
import { expiryAfter } from "./expiry.ts";
import { type Lease, type LeasedUpdate, Leases } from "./lease.ts";

/** A step of an order, done once. */
interface StepKey {
    readonly orderId: string;
    readonly step: string;
}

/** The key in the table, whose sort key is named `effect`. */
const itemKey = ({ orderId, step }: StepKey) => ({ orderId, effect: step });

/** Another invocation holds the claim. Retry later. */
export class StepInProgressError extends Error {
    override readonly name = "StepInProgressError";
    readonly key: StepKey;

    constructor(key: StepKey, cause?: unknown) {
        super(`${key.step} of the order ${key.orderId} is in progress in another invocation`, { cause });
        this.key = key;
    }
}

/** The outcome, of this call or (`repeated`) of an earlier one. */
interface StepResult<Outcome> {
    readonly repeated: boolean;
    readonly outcome: Outcome;
}

/** The exclusive right to do the step until the lease ends. */
export interface StepClaim<Outcome, Prepared = never> {
    /** The outcome that an earlier holder recorded before it ended, or what was prepared before the step's first claim. */
    readonly recorded: Outcome | Prepared | undefined;
    /**
     * An update that records the outcome in the same transaction as the step's own writes, in place of what was prepared.
     * Its condition fails if the claim is lost or another outcome is recorded meanwhile.
     */
    recording(outcome: Outcome): LeasedUpdate;
    /** The error to throw if that condition failed. */
    lost(cause: unknown): StepInProgressError;
}

/**
 * Runs each step of an order once, although its event may arrive repeatedly. A run first claims the table's item
 * (`orderId`, `effect`) with a lease, then records time and outcome; later runs return that outcome. If a run ends
 * without recording, the lease expires and the next run repeats the step. Side effects outside the table must therefore
 * tolerate a repetition, which happens only after a crash between the side effect and its record.
 */
export class Idempotency {
    readonly #leases: Leases;
    readonly #keptDays: number;
    readonly #now: () => number;

    /** @param keptDays days that outcomes are kept after the last try; 0 for ever. */
    constructor(client: DynamoDBDocumentClient, table: string, keptDays: number, now: () => number = Date.now) {
        this.#leases = new Leases(client, table, "claimant", "leaseUntil");
        this.#keptDays = keptDays;
        this.#now = now;
    }

    /**
     * Runs the step unless it is done. If `run` throws, releases the claim and rethrows.
     * Throws StepInProgressError while another claim holds.
     * @param lease see `leaseOf`.
     * @param run returns plain JSON, which the table keeps.
     */
    async runOnce<Outcome, Prepared = never>(
        key: StepKey,
        lease: Lease,
        run: (claim: StepClaim<Outcome, Prepared>) => Promise<Outcome>,
    ): Promise<StepResult<Outcome>> {
        const { holder } = lease;
        const found = await this.#claim<Outcome, Prepared>(key, lease);
        if ("done" in found) return { repeated: true, outcome: found.done };
        const { recorded } = found;
        const claim: StepClaim<Outcome, Prepared> = {
            recorded,
            recording: (outcome) => {
                const isNew = recorded === undefined;
                const values = { ":outcome": outcome, ...(!isNew && { ":recorded": recorded }) };
                const update = this.#leases.held(itemKey(key), holder, {
                    expression: "SET outcome = :outcome",
                    values,
                });
                const asFound = isNew ? "attribute_not_exists(outcome)" : "outcome = :recorded";
                return { ...update, ConditionExpression: `${update.ConditionExpression} AND ${asFound}` };
            },
            lost: (cause) => new StepInProgressError(key, cause),
        };
        try {
            const outcome = await run(claim);
            await this.#finish(key, holder, outcome);
            return { repeated: false, outcome };
        } catch (error) {
            // Ignores errors of its own, so that the run's error is thrown.
            await this.#leases.giveBack(itemKey(key), holder);
            throw error;
        }
    }

    async #claim<Outcome, Prepared>(
        key: StepKey,
        lease: Lease,
    ): Promise<{ recorded: Outcome | Prepared | undefined } | { done: Outcome }> {
        const now = this.#now();
        const [expiring, expiry] = this.#expiry();
        const claiming = {
            expression: `SET claimedAt = :at${expiring}`,
            values: { ":at": new Date(now).toISOString(), ...expiry },
        };
        const claimed = await this.#leases.take(itemKey(key), lease, now, claiming, "attribute_not_exists(doneAt)");
        // Only the step's own `run`, and who prepares it, write its outcome, hence the casts.
        if (!(claimed instanceof ConditionFailed))
            return { recorded: claimed["outcome"] as Outcome | Prepared | undefined };
        const { found = {}, cause } = claimed;
        if (found["doneAt"] === undefined) throw new StepInProgressError(key, cause);
        return { done: found["outcome"] as Outcome };
    }

    async #finish(key: StepKey, holder: string, outcome: unknown): Promise<void> {
        const [expiring, expiry] = this.#expiry();
        const finished = await this.#leases.change(itemKey(key), holder, {
            // The claimant stays, so that the condition holds again if the SDK retries after a lost response.
            expression: `SET doneAt = :at, outcome = :outcome${expiring} REMOVE leaseUntil`,
            values: { ":at": new Date(this.#now()).toISOString(), ":outcome": outcome ?? null, ...expiry },
        });
        if (finished instanceof ConditionFailed) throw new StepInProgressError(key, finished.cause);
    }

    #expiry(): readonly [expression: string, value: { readonly ":expires"?: number }] {
        const expires = expiryAfter(this.#keptDays, this.#now());
        return expires === undefined ? ["", {}] : [", expiresAt = :expires", { ":expires": expires }];
    }
}
