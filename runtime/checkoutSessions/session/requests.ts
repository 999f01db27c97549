import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { transact, type Write } from "../../shared/transact.ts";
import type { Holder, KeptAnswer, Scope } from "../domain/call.ts";
import type { Charge } from "../payment/payment.ts";

/** A begun completion with all data to finish it. */
export interface Begun {
    readonly sessionId: string;
    /** The version that began it, part of the charge's idempotency key. */
    readonly version: number;
    readonly charge: Omit<Charge, "key" | "isResumed">;
}

/** A begun completion that was taken over. */
interface TakenOver extends Begun {
    /** All tries so far have ended, and none has charged. */
    readonly isUncharged: boolean;
}

/** The state of a request's record. */
export type Recall =
    | { readonly found: "nothing" }
    | { readonly found: "answer"; readonly answer: KeptAnswer }
    /** The key was used with another body. */
    | { readonly found: "another" }
    /** In progress under a lease. */
    | { readonly found: "in_flight" }
    /** In progress, and tried again only then (milliseconds since 1970). */
    | { readonly found: "resting"; readonly until: number }
    /** In progress, with an expired lease. */
    | { readonly found: "unfinished" };

/** Retention of responses (ACP RFC, idempotency: at least 24 hours). */
const keptHours = 25;

/** The idempotency table: a record for each POST, with its response or its begun completion. */
export class Requests {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;
    readonly #keptHours: number;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now, hours = keptHours) {
        this.#client = client;
        this.#table = table;
        this.#now = now;
        this.#keptHours = hours;
    }

    async recall({ recordId, fingerprint }: Scope): Promise<Recall> {
        const record = await this.#record(recordId);
        if (record === undefined) return { found: "nothing" };
        if (record.fingerprint !== fingerprint) return { found: "another" };
        if (record.answer !== undefined) return { found: "answer", answer: record.answer };
        const { holder, leaseUntil: until = 0 } = record;
        if (until <= this.#now()) return { found: "unfinished" };
        return holder === undefined ? { found: "resting", until } : { found: "in_flight" };
    }

    /** Stores a response that changes no session. */
    async keep(scope: Scope, answer: KeptAnswer): Promise<"committed" | "repeated"> {
        const failure = await transact(this.#client, [this.answered(scope, answer)]);
        return failure === undefined ? "committed" : "repeated";
    }

    /** Takes over a completion with an expired lease. Undefined if it is finished or another invocation holds the lease. */
    async takeOver(recordId: string, { holder, until }: Holder): Promise<TakenOver | undefined> {
        const claimed = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key: { id: recordId },
                // From now on it may have charged.
                UpdateExpression: "SET holder = :holder, leaseUntil = :until REMOVE isUncharged",
                // The last case: the SDK retried after a lost response.
                ConditionExpression: "attribute_exists(begun) AND (leaseUntil <= :now OR holder = :holder)",
                ExpressionAttributeValues: { ":holder": holder, ":until": until, ":now": this.#now() },
                ReturnValues: "ALL_OLD",
            },
        });
        if (claimed instanceof ConditionFailed) return undefined;
        const { begun, isUncharged = false } = recordIn(claimed);
        return begun && { ...begun, isUncharged };
    }

    /** Ends the holder's try; the next one is made at a later time. Best effort: otherwise the lease expires. */
    async rest(recordId: string, holder: string, until: number, isUncharged: boolean): Promise<void> {
        const rest = new UpdateCommand({
            TableName: this.#table,
            Key: { id: recordId },
            UpdateExpression: "SET leaseUntil = :until, isUncharged = :isUncharged REMOVE holder",
            ConditionExpression: "holder = :holder",
            ExpressionAttributeValues: { ":until": until, ":isUncharged": isUncharged, ":holder": holder },
        });
        await this.#client.send(rest).catch(() => undefined);
    }

    /** Releases the lease, so that the next invocation can take over at once. Best effort: otherwise it expires. */
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

    // Parts of transactions.

    /** Stores the key with the response. */
    answered(scope: Scope, answer: KeptAnswer): Write {
        return this.#put(scope, { answer, expiresAt: this.#expiry() });
    }

    /** Stores the key with a begun completion under a lease. */
    begun(scope: Scope, begun: Begun, { holder, until }: Holder): Write {
        // Another callback may finish it, whose own requests are kept for another time.
        const keptSeconds = this.#keptHours * 3600;
        return this.#put(scope, { begun: JSON.stringify(begun), holder, leaseUntil: until, keptSeconds });
    }

    /** Stores the response of a finished completion. */
    finished(recordId: string, holder: string, answer: KeptAnswer): Write {
        return {
            Update: {
                TableName: this.#table,
                Key: { id: recordId },
                // Removes the payment credential.
                UpdateExpression:
                    "SET answer = :answer, expiresAt = if_not_exists(keptSeconds, :kept) + :now " +
                    "REMOVE begun, holder, leaseUntil, isUncharged, keptSeconds",
                ConditionExpression: "holder = :holder",
                ExpressionAttributeValues: {
                    ":answer": answer,
                    ":holder": holder,
                    // Of a completion that an earlier release has begun.
                    ":kept": this.#keptHours * 3600,
                    ":now": Math.floor(this.#now() / 1000),
                },
            },
        };
    }

    /** Deletes an abandoned completion, so that the request can be repeated. */
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

    /** Stores the key; an expired record that DynamoDB has not yet deleted is replaced. */
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
        return Math.floor(this.#now() / 1000) + this.#keptHours * 3600;
    }
}

interface IdempotencyRecord {
    readonly fingerprint: string;
    /** Seconds since 1970. Absent while a completion is in progress. */
    readonly expiresAt?: number;
    readonly answer?: KeptAnswer;
    readonly begun?: Begun;
    readonly holder?: string;
    /** Milliseconds since 1970: the end of the holder's lease, or of a rest without a holder. */
    readonly leaseUntil?: number;
    readonly isUncharged?: boolean;
}

function recordIn(item: JsonObject): IdempotencyRecord {
    // Only this class writes the table.
    const { begun, ...record } = item as unknown as Omit<IdempotencyRecord, "begun"> & { readonly begun?: string };
    return { ...record, ...(begun !== undefined && { begun: begunIn(begun) }) };
}

function begunIn(text: string): Begun {
    const begun = JSON.parse(text);
    // Releases without manual capture stored none.
    return { ...begun, charge: { capture: "automatic", ...begun.charge } };
}
