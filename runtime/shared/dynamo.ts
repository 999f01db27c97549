import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { retryingConflicts } from "./transactionConflicts.ts";

export const dynamo = DynamoDBDocumentClient.from(retryingConflicts(new DynamoDBClient({})), {
    marshallOptions: { removeUndefinedValues: true },
});
