import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSRecord } from "aws-lambda";
import { type ConditionFailed, conditionally } from "./conditionally.ts";
import { uuidOf } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** The holder of an item and the duration. */
export interface Lease {
    /**
     * The request id of an asynchronous invocation: Lambda retries under the same id after the earlier try has ended, so
     * the retry takes its lease over at once. Or one receive of a message: the visibility timeout exceeds every lease, and
     * a duplicate that arrives at the same time (at-least-once delivery) has to wait.
     */
    readonly holder: string;
    readonly ms: number;
}

/**
 * A lease that holds until this invocation has certainly ended.
 * @param message one of the invocation's messages. @default the event of the invocation
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

/** An update expression (`SET …`, `REMOVE …`) with its values. */
interface Change {
    readonly expression: string;
    readonly values?: JsonObject;
}

/** For UpdateItem or TransactWriteItems. */
export interface LeasedUpdate {
    readonly TableName: string;
    readonly Key: Record<string, unknown>;
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
}

/**
 * Leases on items of a table: a holder has an item exclusively until it releases it or the lease expires.
 */
export class Leases {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #holder: string;
    readonly #until: string;

    /** @param holder attribute of the holder. @param until attribute of the lease's end (milliseconds since 1970). */
    constructor(client: DynamoDBDocumentClient, table: string, holder: string, until: string) {
        this.#client = client;
        this.#table = table;
        this.#holder = holder;
        this.#until = until;
    }

    /**
     * Takes an item unless another holder has it. @returns the updated item
     * @param change further changes of the item.
     * @param onlyIf a further condition.
     */
    take(
        Key: Record<string, unknown>,
        lease: Lease,
        now: number,
        change: Change,
        onlyIf?: string,
    ): Promise<JsonObject | ConditionFailed> {
        return this.#update(this.taking(Key, lease, now, change, onlyIf));
    }

    /** The update of `take`. */
    taking(
        Key: Record<string, unknown>,
        { holder, ms }: Lease,
        now: number,
        { expression, values }: Change,
        onlyIf?: string,
    ): LeasedUpdate {
        const [byWhom, until] = [this.#holder, this.#until];
        // The last case: an earlier try has the lease, or the SDK retried after a lost response.
        const isFree = `attribute_not_exists(${until}) OR ${until} < :now OR ${byWhom} = :holder`;
        return {
            TableName: this.#table,
            Key,
            UpdateExpression: `${expression}, ${byWhom} = :holder, ${until} = :until`,
            ConditionExpression: onlyIf ? `${onlyIf} AND (${isFree})` : isFree,
            ExpressionAttributeValues: { ...values, ":holder": holder, ":until": now + ms, ":now": now },
        };
    }

    /** An update that only the item's holder can make. */
    held(Key: Record<string, unknown>, holder: string, { expression, values }: Change): LeasedUpdate {
        return {
            TableName: this.#table,
            Key,
            UpdateExpression: expression,
            ConditionExpression: `${this.#holder} = :holder`,
            ExpressionAttributeValues: { ...values, ":holder": holder },
        };
    }

    change(Key: Record<string, unknown>, holder: string, change: Change): Promise<JsonObject | ConditionFailed> {
        return this.#update(this.held(Key, holder, change));
    }

    /** Best effort: otherwise the lease expires. @param change further changes of the item. */
    async giveBack(Key: Record<string, unknown>, holder: string, change?: Change): Promise<void> {
        await this.#update(this.givingBack(Key, holder, change)).catch(() => undefined);
    }

    /** The update of `giveBack`. */
    givingBack(Key: Record<string, unknown>, holder: string, change?: Change): LeasedUpdate {
        const expression = `${change?.expression ?? ""} REMOVE ${this.#holder}, ${this.#until}`;
        return this.held(Key, holder, { ...change, expression });
    }

    #update(update: LeasedUpdate): Promise<JsonObject | ConditionFailed> {
        return conditionally(this.#client, { Update: { ...update, ReturnValues: "ALL_NEW" } });
    }
}
