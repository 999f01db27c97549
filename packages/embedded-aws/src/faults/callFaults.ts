import { AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, isInput, partsOf, textOf } from "../aws/input.ts";
import { type CancellationReason, conflicting, transactionCancelled, transactionConflict } from "../aws/refusals.ts";

/**
 * How a call goes wrong. `throttled`: nothing is done. `conflict`: a transaction is under way on the same items, nothing
 * is done. `lost`: it is done, and its answer does not arrive. `partial`: the call succeeds, and some of its entries do not.
 */
export type CallFault = "throttled" | "conflict" | "lost" | "partial";

const writes: ReadonlySet<string> = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

/** What can become of a call on AWS. @param transacted names of the tables that transactions write. */
export function faultsOf(
    service: ServiceName,
    action: string,
    input: Input,
    transacted: ReadonlySet<string>,
): readonly CallFault[] {
    switch (`${service}:${action}`) {
        case "dynamodb:TransactWriteItems":
            return ["throttled", "conflict", "lost"];
        case "dynamodb:BatchGetItem":
            return ["throttled", "partial"];
        case "dynamodb:BatchWriteItem":
        case "sqs:SendMessageBatch":
        case "sns:PublishBatch":
        case "events:PutEvents":
            return ["throttled", "lost", "partial"];
        case "sqs:SendMessage":
        case "sns:Publish":
        case "ses:SendEmail":
        case "scheduler:CreateSchedule":
        case "scheduler:DeleteSchedule":
        case "s3:PUT":
        case "lambda:Invoke":
            return ["throttled", "lost"];
        case "dynamodb:GetItem":
        case "dynamodb:Query":
        case "dynamodb:Scan":
        case "secretsmanager:GetSecretValue":
        case "kms:Sign":
        case "s3:GET":
            return ["throttled"];
    }
    if (service !== "dynamodb" || !writes.has(action)) return [];
    const table = textOf(input, "TableName") ?? "";
    return transacted.has(table) ? ["throttled", "conflict", "lost"] : ["throttled", "lost"];
}

/** Names of the tables that a transaction writes. */
export function tablesOf(transaction: Input): string[] {
    return partsOf(transaction, "TransactItems").flatMap((write) =>
        Object.values(write).flatMap((one) => (isInput(one) ? [textOf(one, "TableName") ?? ""] : [])),
    );
}

/** How a service says that there were too many calls; each of these is documented with its API. */
export function throttled(service: ServiceName, action: string, input: Input): AwsError {
    switch (service) {
        case "dynamodb":
            if (action === "TransactWriteItems")
                return cancelled(input, { Code: "ThrottlingError", Message: "Throughput exceeds the limit." });
            return new AwsError(
                "ProvisionedThroughputExceededException",
                "The level of configured provisioned throughput for the table was exceeded.",
            );
        case "sqs":
            return new AwsError("RequestThrottled", "The request was denied due to request throttling.", 403);
        case "sns":
            return new AwsError("Throttled", "Rate exceeded", 429);
        case "s3":
            return new AwsError("SlowDown", "Please reduce your request rate.", 503);
        case "lambda":
        case "ses":
            return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
        case "scheduler":
            return new AwsError("ThrottlingException", "Rate exceeded", 429);
        default:
            return new AwsError("ThrottlingException", "Rate exceeded");
    }
}

/**
 * Another transaction is under way on one of the items.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export function conflict(action: string, input: Input): AwsError {
    return action === "TransactWriteItems" ? cancelled(input, conflicting) : transactionConflict();
}

/** A transaction none of whose items is written, because of its first one. */
function cancelled(input: Input, reason: CancellationReason): AwsError {
    return transactionCancelled(
        partsOf(input, "TransactItems").map((_, index) => (index === 0 ? reason : { Code: "None" })),
    );
}
