import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";
import type { JsonObject } from "../shared/json.ts";

/** The first request with an Idempotency-Key of a client. */
export interface FirstRequest {
    /** Digest of client and key. */
    readonly requestKey: string;
    readonly fingerprint: string;
    readonly messageId: string;
    readonly correlationId: string;
    readonly isPublished: boolean;
}

/** Seconds that a key is kept. */
const kept = 24 * 60 * 60;

/** Stores the request unless its key was used. @returns the first one */
export async function firstRequest(TableName: string, request: FirstRequest, now: number): Promise<FirstRequest> {
    const seconds = Math.floor(now / 1000);
    const put = {
        TableName,
        Item: { ...request, expiresAt: seconds + kept },
        // DynamoDB deletes expired items late.
        ConditionExpression: "attribute_not_exists(requestKey) OR expiresAt < :now",
        ExpressionAttributeValues: { ":now": seconds },
    };
    const written = await conditionally(dynamo, { Put: put });
    return written instanceof ConditionFailed ? firstIn(written.found ?? {}) : request;
}

/** Only this file writes the table. */
const firstIn = (item: JsonObject): FirstRequest => item as unknown as FirstRequest;

/** The first request with a key, if it is kept. */
export async function earlierRequest(
    TableName: string,
    requestKey: string,
    now: number,
): Promise<FirstRequest | undefined> {
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key: { requestKey }, ConsistentRead: true }));
    return Item !== undefined && Number(Item["expiresAt"]) >= Math.floor(now / 1000) ? firstIn(Item) : undefined;
}

/** Best effort: otherwise a repeated request publishes the message again, which subscribers know by its id. */
export async function markPublished(TableName: string, requestKey: string): Promise<void> {
    const update = {
        TableName,
        Key: { requestKey },
        UpdateExpression: "SET isPublished = :true",
        ConditionExpression: "attribute_exists(requestKey)",
        ExpressionAttributeValues: { ":true": true },
    };
    await conditionally(dynamo, { Update: update }).catch(() => undefined);
}
