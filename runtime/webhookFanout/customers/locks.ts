import { setTimeout } from "node:timers/promises";
import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed } from "../../shared/conditionally.ts";
import { type Lease, Leases } from "../../shared/lease.ts";
import type { Marks } from "./marks.ts";

/** Somebody else is telling Segment about this customer: try again later. */
class CustomerLockedError extends Error {
    override readonly name = "CustomerLockedError";
}

/** The turn was over before it was used: somebody else may have it. */
class LockLostError extends Error {
    override readonly name = "LockLostError";
}

/** Longer than any message can wait in topic, queue and dead letters, so that nothing old overtakes what is forgotten. */
const rememberedDays = 90;

/**
 * Who tells Segment about a customer, one at a time: else what was decided first might arrive last. An item of the table
 * (`customer`) holds no personal data but the id.
 */
export class CustomerLocks {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #leases: Leases;
    readonly #patienceMs: number;
    readonly #now: () => number;

    /** @param patienceMs how long to wait for somebody else's turn to end; one takes some 100 ms when nothing is amiss. */
    constructor(client: DynamoDBDocumentClient, table: string, patienceMs = 3000, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#leases = new Leases(client, table, "holder", "leaseUntil");
        this.#patienceMs = patienceMs;
        this.#now = now;
    }

    /** Throws CustomerLockedError. @param lease see `leaseOf`. */
    async acquire(customer: string, lease: Lease): Promise<CustomerLock> {
        const until = this.#now() + this.#patienceMs;
        for (;;) {
            const lock = await this.#claim(customer, lease);
            if (lock !== undefined) return lock;
            if (this.#now() >= until) throw new CustomerLockedError(`somebody else has the turn for ${customer}`);
            await setTimeout(50 + Math.random() * 200);
        }
    }

    /** Remembers that there is no such customer any more: ids are never used again. */
    async close(customer: string): Promise<void> {
        await this.#client.send(
            new UpdateCommand({
                TableName: this.#table,
                Key: { customer },
                UpdateExpression: "SET closed = :true, expiresAt = :expires REMOVE marks",
                ExpressionAttributeValues: { ":true": true, ":expires": this.#expiry() },
            }),
        );
    }

    async #claim(customer: string, lease: Lease): Promise<CustomerLock | undefined> {
        const change = { expression: "SET expiresAt = :expires", values: { ":expires": this.#expiry() } };
        const claimed = await this.#leases.take({ customer }, lease, this.#now(), change);
        if (claimed instanceof ConditionFailed) return undefined;
        // Nobody else writes this table.
        const { marks = {}, closed = false } = claimed as Remembered;
        return {
            marks,
            closed,
            save: (saved) => this.#save(customer, lease.holder, saved),
            // What is not known as sent is sent again under its own id.
            release: (last) => this.#leases.giveBack({ customer }, lease.holder, setting(last)),
        };
    }

    async #save(customer: string, holder: string, marks: Marks): Promise<void> {
        const saved = await this.#leases.change({ customer }, holder, setting(marks));
        if (saved instanceof ConditionFailed)
            throw new LockLostError(`the turn for ${customer} was over`, { cause: saved.cause });
    }

    #expiry(): number {
        return Math.floor(this.#now() / 1000) + rememberedDays * 24 * 60 * 60;
    }
}

const setting = (marks: Marks) => ({ expression: "SET marks = :marks", values: { ":marks": marks } });

/** What the table's item tells of a customer. */
interface Remembered {
    readonly marks?: Marks;
    readonly closed?: boolean;
}

/** The right to tell about a customer, for as long as the lease lasts. */
export interface CustomerLock {
    readonly marks: Marks;
    /** Whether there is no such customer any more. */
    readonly closed: boolean;
    /** Records what is about to be said. Throws LockLostError. */
    save(marks: Marks): Promise<void>;
    /** Records what was said and gives the turn back. */
    release(marks: Marks): Promise<void>;
}
