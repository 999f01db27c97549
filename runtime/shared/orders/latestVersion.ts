import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../json.ts";

/** The latest item of an order in a table with the key (`orderId`, `version`). */
export async function latestVersion(
    client: DynamoDBDocumentClient,
    TableName: string,
    orderId: string,
    { consistent = true } = {},
): Promise<JsonObject | undefined> {
    const { Items: [item] = [] } = await client.send(
        new QueryCommand({
            TableName,
            KeyConditionExpression: "orderId = :id",
            ExpressionAttributeValues: { ":id": orderId },
            ScanIndexForward: false,
            Limit: 1,
            ConsistentRead: consistent,
        }),
    );
    return item;
}
