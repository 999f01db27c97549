import { ConditionFailed, conditionally } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";

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
    // Only this file writes the table.
    return written instanceof ConditionFailed ? (written.found as unknown as FirstRequest) : request;
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
