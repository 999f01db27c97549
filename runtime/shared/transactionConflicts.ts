import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/**
 * Makes the client retry TransactionConflictException, which a single write gets while a transaction writes the same
 * item. The SDK does not retry it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export function retryingConflicts(client: DynamoDBClient): DynamoDBClient {
    client.middlewareStack.add(
        (next) => async (request) => {
            try {
                return await next(request);
            } catch (error) {
                if (error instanceof Error && error.name === "TransactionConflictException") {
                    Object.assign(error, { $retryable: { throttling: false } });
                }
                throw error;
            }
        },
        // After the retry middleware, which is first in this step.
        { step: "finalizeRequest", priority: "low", name: "retryTransactionConflicts" },
    );
    return client;
}
