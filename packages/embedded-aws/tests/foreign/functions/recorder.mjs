import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async (event) => {
    for (const { body } of event.Records) {
        await documents.send(new PutCommand({ TableName: process.env.TABLE_NAME, Item: JSON.parse(body) }));
    }
};
