import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/**
 * A single write of an item that a transaction is just writing is refused. Another try does away with it, but the SDK
 * makes none by itself: from now on the client does.
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
        // Behind the retries, which stand first in this step.
        { step: "finalizeRequest", priority: "low", name: "retryTransactionConflicts" },
    );
    return client;
}
