import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient({ maxAttempts: 2 });

/** Milliseconds that the client waits for it: what is not known by then is found out when the order is stored. */
const patience = 1500;

/** The fingerprint of the order that has this id; undefined when none has. */
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
