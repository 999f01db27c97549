import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamo = new DynamoDBClient();

export async function handler({ Records }) {
    for (const { messageId, body } of Records) {
        const Item = { id: { S: messageId }, text: { S: body } };
        await dynamo.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
    }
}
