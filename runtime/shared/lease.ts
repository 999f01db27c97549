import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSRecord } from "aws-lambda";
import { type ConditionFailed, conditionally } from "./conditionally.ts";
import { uuidOf } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** Who holds an item, and for how long. */
export interface Lease {
    /**
     * What was delivered to the callback: the request of an asynchronous invocation, which AWS makes again under its id
     * when the earlier try has ended, so that it takes over the lease of that at once; or one receive of a message. A
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

/** What an update does: `SET …`, `REMOVE …`, and the values in it. */
interface Change {
    readonly expression: string;
    readonly values?: JsonObject;
}

/** An update by itself, or as part of TransactWriteItems. */
export interface LeasedUpdate {
    readonly TableName: string;
    readonly Key: Record<string, unknown>;
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Record<string, unknown>;
}

/**
 * Items of a table that one holder at a time works with: whoever takes one has it until the lease ends, or until it is
 * given back. A holder that dies loses it when its time is over.
 */
export class Leases {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #holder: string;
    readonly #until: string;

    /** @param holder the attribute that says who holds an item. @param until when that ends (milliseconds since 1970). */
    constructor(client: DynamoDBDocumentClient, table: string, holder: string, until: string) {
        this.#client = client;
        this.#table = table;
        this.#holder = holder;
        this.#until = until;
    }

    /**
     * Takes an item unless another holds it. @returns the item as it then is
     * @param change what is set with it.
     * @param onlyIf a condition of the item besides.
     */
    take(
        Key: Record<string, unknown>,
        { holder, ms }: Lease,
        now: number,
        { expression, values }: Change,
        onlyIf?: string,
    ): Promise<JsonObject | ConditionFailed> {
        const [byWhom, until] = [this.#holder, this.#until];
        // The last case is our own lease: of an earlier try, or whose answer was lost and which the SDK sent again.
        const isFree = `attribute_not_exists(${until}) OR ${until} < :now OR ${byWhom} = :holder`;
        return this.#update({
            TableName: this.#table,
            Key,
            UpdateExpression: `${expression}, ${byWhom} = :holder, ${until} = :until`,
            ConditionExpression: onlyIf ? `${onlyIf} AND (${isFree})` : isFree,
            ExpressionAttributeValues: { ...values, ":holder": holder, ":until": now + ms, ":now": now },
        });
    }

    /** An update of an item that its holder alone can make. */
    held(Key: Record<string, unknown>, holder: string, { expression, values }: Change): LeasedUpdate {
        return {
            TableName: this.#table,
            Key,
            UpdateExpression: expression,
            ConditionExpression: `${this.#holder} = :holder`,
            ExpressionAttributeValues: { ...values, ":holder": holder },
        };
    }

    /** Makes such an update. */
    change(Key: Record<string, unknown>, holder: string, change: Change): Promise<JsonObject | ConditionFailed> {
        return this.#update(this.held(Key, holder, change));
    }

    /** Best effort: without it the lease ends by itself. @param change what is set with it. */
    async giveBack(Key: Record<string, unknown>, holder: string, change?: Change): Promise<void> {
        const expression = `${change?.expression ?? ""} REMOVE ${this.#holder}, ${this.#until}`;
        await this.change(Key, holder, { ...change, expression }).catch(() => undefined);
    }

    #update(update: LeasedUpdate): Promise<JsonObject | ConditionFailed> {
        return conditionally(this.#client, { Update: { ...update, ReturnValues: "ALL_NEW" } });
    }
}
