import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { transact, type Write } from "../../shared/transact.ts";
import type { Holder, KeptAnswer, Scope } from "../domain/call.ts";
import type { Charge } from "../payment/payment.ts";

/** A completion that was begun, with what finishing it takes. */
export interface Begun {
    readonly sessionId: string;
    /** The version that began it; the charge is named after it. */
    readonly version: number;
    readonly charge: Omit<Charge, "key" | "isResumed">;
}

/** What is known about a request of this caller, path and key. */
export type Recall =
    | { readonly found: "nothing" }
    | { readonly found: "answer"; readonly answer: KeptAnswer }
    /** The key came with another body. */
    | { readonly found: "another" }
    /** It is being completed under a lease until then, in milliseconds since 1970. */
    | { readonly found: "in_flight"; readonly until: number }
    /** Whoever was completing it is gone. */
    | { readonly found: "unfinished" };

/** Answers are kept this long after they were given (ACP RFC, idempotency: at least 24 hours). */
const keptSeconds = 25 * 60 * 60;

/** The idempotency table: the record of each POST with its answer, or with the completion that it has begun. */
export class Requests {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#now = now;
    }

    async recall({ recordId, fingerprint }: Scope): Promise<Recall> {
        const record = await this.#record(recordId);
        if (record === undefined) return { found: "nothing" };
        if (record.fingerprint !== fingerprint) return { found: "another" };
        if (record.answer !== undefined) return { found: "answer", answer: record.answer };
        const until = record.leaseUntil ?? 0;
        return until > this.#now() ? { found: "in_flight", until } : { found: "unfinished" };
    }

    /** Keeps an answer that changes no session. */
    async keep(scope: Scope, answer: KeptAnswer): Promise<"committed" | "repeated"> {
        const failure = await transact(this.#client, [this.answered(scope, answer)]);
        return failure === undefined ? "committed" : "repeated";
    }

    /** Takes over a completion whose holder is gone. Undefined when somebody else is at it, or it is finished. */
    async takeOver(recordId: string, { holder, until }: Holder): Promise<Begun | undefined> {
        const claimed = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key: { id: recordId },
                UpdateExpression: "SET holder = :holder, leaseUntil = :until",
                // The last case is our own claim, whose answer was lost and which the SDK sent again.
                ConditionExpression: "attribute_exists(begun) AND (leaseUntil <= :now OR holder = :holder)",
                ExpressionAttributeValues: { ":holder": holder, ":until": until, ":now": this.#now() },
                ReturnValues: "ALL_NEW",
            },
        });
        return claimed instanceof ConditionFailed ? undefined : recordIn(claimed).begun;
    }

    /** Gives the lease back: the next one may take over at once. Best effort, it ends by itself. */
    async release(recordId: string, holder: string): Promise<void> {
        const release = new UpdateCommand({
            TableName: this.#table,
            Key: { id: recordId },
            UpdateExpression: "SET leaseUntil = :past",
            ConditionExpression: "holder = :holder",
            ExpressionAttributeValues: { ":past": 0, ":holder": holder },
        });
        await this.#client.send(release).catch(() => undefined);
    }

    // ----- parts of transactions

    /** Reserves the key, with the answer. */
    answered(scope: Scope, answer: KeptAnswer): Write {
        return this.#put(scope, { answer, expiresAt: this.#expiry() });
    }

    /** Reserves the key under a lease. */
    begun(scope: Scope, begun: Begun, { holder, until }: Holder): Write {
        return this.#put(scope, { begun: JSON.stringify(begun), holder, leaseUntil: until });
    }

    /** Gives a completion that has ended its answer. */
    finished(recordId: string, holder: string, answer: KeptAnswer): Write {
        return {
            Update: {
                TableName: this.#table,
                Key: { id: recordId },
                // With the answer the credential of the payment goes.
                UpdateExpression: "SET answer = :answer, expiresAt = :expires REMOVE begun, holder, leaseUntil",
                ConditionExpression: "holder = :holder",
                ExpressionAttributeValues: { ":answer": answer, ":holder": holder, ":expires": this.#expiry() },
            },
        };
    }

    /** Forgets a completion that was given up: the request may come again. */
    forgotten(recordId: string, holder: string): Write {
        return {
            Delete: {
                TableName: this.#table,
                Key: { id: recordId },
                ConditionExpression: "holder = :holder",
                ExpressionAttributeValues: { ":holder": holder },
            },
        };
    }

    /** Reserves the key; one whose record has run out is new again, also before DynamoDB removes it. */
    #put({ recordId, fingerprint }: Scope, content: JsonObject): Write {
        return {
            Put: {
                TableName: this.#table,
                Item: { id: recordId, fingerprint, ...content },
                ConditionExpression: "attribute_not_exists(id) OR expiresAt < :now",
                ExpressionAttributeValues: { ":now": Math.floor(this.#now() / 1000) },
            },
        };
    }

    async #record(recordId: string): Promise<IdempotencyRecord | undefined> {
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { id: recordId }, ConsistentRead: true }),
        );
        if (item === undefined || Number(item["expiresAt"]) < Math.floor(this.#now() / 1000)) return undefined;
        return recordIn(item);
    }

    #expiry(): number {
        return Math.floor(this.#now() / 1000) + keptSeconds;
    }
}

interface IdempotencyRecord {
    readonly fingerprint: string;
    /** Seconds since 1970; DynamoDB removes it some time later. Absent as long as a completion is in progress. */
    readonly expiresAt?: number;
    readonly answer?: KeptAnswer;
    readonly begun?: Begun;
    readonly holder?: string;
    /** Milliseconds since 1970 */
    readonly leaseUntil?: number;
}

function recordIn(item: JsonObject): IdempotencyRecord {
    // Written by this class alone.
    const { begun, ...record } = item as unknown as Omit<IdempotencyRecord, "begun"> & { readonly begun?: string };
    return { ...record, ...(begun !== undefined && { begun: JSON.parse(begun) }) };
}
