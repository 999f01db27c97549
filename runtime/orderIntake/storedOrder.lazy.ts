import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({ maxAttempts: 2 });

/** Milliseconds. Without an answer by then, `store` detects the conflict. */
const patience = 1500;

/** The fingerprint of the stored order; undefined if there is none. */
export async function storedFingerprint(TableName: string, orderId: string): Promise<string | undefined> {
    const read = new GetItemCommand({
        TableName,
        Key: { orderId: { S: orderId } },
        ConsistentRead: true,
        ProjectionExpression: "fingerprint",
    });
    const { Item } = await dynamo.send(read, { abortSignal: AbortSignal.timeout(patience) });
    return Item?.["fingerprint"]?.S;
}
