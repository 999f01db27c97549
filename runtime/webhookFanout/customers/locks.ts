import { setTimeout } from "node:timers/promises";
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import { type Lease, Leases } from "../../shared/lease.ts";
import type { Marks } from "./marks.ts";

/** Another invocation holds the customer's lock. Retry later. */
class CustomerLockedError extends Error {
    override readonly name = "CustomerLockedError";
}

/** The lock expired before it was used. */
class LockLostError extends Error {
    override readonly name = "LockLostError";
}

/** Longer than a message can stay in topic, queue and DLQ, so that no old message overtakes a deleted item. */
const rememberedDays = 90;

/**
 * Serialises the requests to Segment for each customer, which could otherwise arrive in the wrong order. An item of the
 * table (`customer`) contains no personal data but the id.
 */
export class CustomerLocks {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #leases: Leases;
    readonly #patienceMs: number;
    readonly #now: () => number;

    /** @param patienceMs time to wait for the lock, which is usually held for 100 ms. */
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
            if (this.#now() >= until) throw new CustomerLockedError(`the customer ${customer} is locked`);
            await setTimeout(50 + Math.random() * 200);
        }
    }

    /** Marks the customer as deleted, for good: ids are never reused. @param at milliseconds since 1970. @returns what was requested before. */
    async close(customer: string, at: number): Promise<Partial<DeletionRequest>> {
        const { Attributes = {} } = await this.#client.send(
            new UpdateCommand({
                TableName: this.#table,
                Key: { customer },
                UpdateExpression:
                    "SET closed = :true, closedAt = if_not_exists(closedAt, :at), expiresAt = :expires REMOVE marks",
                ExpressionAttributeValues: { ":true": true, ":at": at, ":expires": this.#expiry() },
                ReturnValues: "ALL_NEW",
            }),
        );
        const { requested, anonymousId }: Remembered = Attributes;
        return { ...(requested && { requested }), ...(anonymousId && { anonymousId }) };
    }

    /** Records that the deletion at Segment is requested. */
    async request(customer: string, { requested, anonymousId }: DeletionRequest): Promise<void> {
        const values = { ":requested": requested, ":expires": this.#expiry() };
        await this.#client.send(
            new UpdateCommand({
                TableName: this.#table,
                Key: { customer },
                UpdateExpression: `SET requested = :requested, expiresAt = :expires${anonymousId ? ", anonymousId = :id" : ""}`,
                ExpressionAttributeValues: { ...values, ...(anonymousId && { ":id": anonymousId }) },
            }),
        );
    }

    /** The key of the customer that the anonymous id of an address was attached to. */
    async ownerOf(anonymousId: string): Promise<string | undefined> {
        const Key = ownershipKey(anonymousId);
        const { Item = {} } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key, ConsistentRead: true }),
        );
        const { owner }: Remembered = Item;
        // Earlier releases wrote the project's key, too.
        return owner?.split("/").at(-1);
    }

    /**
     * Attaches the anonymous id of an address to one customer, for good: Segment never parts joined customers again, so the
     * claim has no expiry, and outlives the customer.
     * @returns whether it is this customer's
     */
    async own(anonymousId: string, customer: string): Promise<boolean> {
        const owned = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key: ownershipKey(anonymousId),
                UpdateExpression: "SET #owner = :customer",
                ConditionExpression: "attribute_not_exists(#owner) OR #owner = :customer",
                ExpressionAttributeNames: { "#owner": "owner" },
                ExpressionAttributeValues: { ":customer": customer },
            },
        });
        return !(owned instanceof ConditionFailed);
    }

    async #claim(customer: string, lease: Lease): Promise<CustomerLock | undefined> {
        const change = { expression: "SET expiresAt = :expires", values: { ":expires": this.#expiry() } };
        const claimed = await this.#leases.take({ customer }, lease, this.#now(), change);
        if (claimed instanceof ConditionFailed) return undefined;
        // Only this class writes the table.
        const { marks = {}, closed = false, closedAt } = claimed as Remembered;
        return {
            marks,
            closed,
            ...(closedAt !== undefined && { closedAt }),
            save: (saved) => this.#save(customer, lease.holder, saved),
            // An unconfirmed update is sent again under the same id.
            release: (last) => this.#leases.giveBack({ customer }, lease.holder, setting(last)),
        };
    }

    async #save(customer: string, holder: string, marks: Marks): Promise<void> {
        const saved = await this.#leases.change({ customer }, holder, setting(marks));
        if (saved instanceof ConditionFailed)
            throw new LockLostError(`the lock of ${customer} expired`, { cause: saved.cause });
    }

    #expiry(): number {
        return Math.floor(this.#now() / 1000) + rememberedDays * 24 * 60 * 60;
    }
}

const ownershipKey = (anonymousId: string) => ({ customer: `address#${anonymousId}` });
const setting = (marks: Marks) => ({ expression: "SET marks = :marks", values: { ":marks": marks } });

interface Remembered {
    readonly marks?: Marks;
    readonly closed?: boolean;
    readonly closedAt?: number;
    readonly owner?: string;
    readonly requested?: DeletionRequest["requested"];
    readonly anonymousId?: string;
}

/** What was requested for a deleted customer. */
interface DeletionRequest {
    /** An erasure includes the deletion. */
    readonly requested: "deletion" | "erasure";
    /** Of the person that its e-mail address stands for. */
    readonly anonymousId?: string;
}

/** The exclusive right to send a customer's updates, until the lease ends. */
export interface CustomerLock {
    readonly marks: Marks;
    /** Whether the customer is deleted. */
    readonly closed: boolean;
    /** Milliseconds since 1970. */
    readonly closedAt?: number;
    /** Records updates before they are sent. Throws LockLostError. */
    save(marks: Marks): Promise<void>;
    /** Records confirmed updates and releases the lock. */
    release(marks: Marks): Promise<void>;
}
