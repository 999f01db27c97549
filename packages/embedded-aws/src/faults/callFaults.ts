import { AwsError, type ServiceName } from "../endpoint/aws.ts";
import { type Input, isInput, partOf, partsOf, textOf } from "../endpoint/input.ts";
import {
    type CancellationReason,
    conflicting,
    transactionCancelled,
    transactionConflict,
} from "../endpoint/itemsInUse.ts";

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
        case "ssm:GetParameter":
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

/** A call whose answer says that some of its entries came to nothing. */
export interface PartialCall {
    /** What is done; undefined when it is nothing. */
    readonly input: Input | undefined;
    /** @param output of what is done, or an empty one. */
    outputOf(output: Input): Record<string, unknown>;
}

/** @param fails whether the next entry comes to nothing. */
export function partialCall(service: ServiceName, action: string, input: Input, fails: () => boolean): PartialCall {
    switch (`${service}:${action}`) {
        case "events:PutEvents":
            return partialEvents(input, fails);
        case "dynamodb:BatchGetItem":
            return partialItems(input, fails, "UnprocessedKeys", keysOf);
        case "dynamodb:BatchWriteItem":
            return partialItems(input, fails, "UnprocessedItems", requestsOf);
        default:
            return partialBatch(service === "sns" ? "PublishBatchRequestEntries" : "Entries", input, fails);
    }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: a result for each entry, in its place. */
function partialEvents(input: Input, fails: () => boolean): PartialCall {
    const entries = partsOf(input, "Entries").map((entry) => ({ entry, hasFailed: fails() }));
    const taken = entries.filter(({ hasFailed }) => !hasFailed).map(({ entry }) => entry);
    const failure = { ErrorCode: "InternalFailure", ErrorMessage: "The entry could not be written." };
    return {
        input: taken.length === 0 ? undefined : { ...input, Entries: taken },
        outputOf: (output) => {
            const results = [...partsOf(output, "Entries")];
            const Entries = entries.map(({ hasFailed }) => (hasFailed ? failure : results.shift()));
            return {
                FailedEntryCount: Entries.filter((one) => one !== undefined && "ErrorCode" in one).length,
                Entries,
            };
        },
    };
}

/** SendMessageBatch and PublishBatch: what succeeded and what failed, by the ids of the entries. */
function partialBatch(name: string, input: Input, fails: () => boolean): PartialCall {
    const entries = partsOf(input, name).map((entry) => ({ entry, hasFailed: fails() }));
    const taken = entries.filter(({ hasFailed }) => !hasFailed).map(({ entry }) => entry);
    const failed = entries
        .filter(({ hasFailed }) => hasFailed)
        .map(({ entry: { Id } }) => ({ Id, Code: "InternalError", Message: "Please try again.", SenderFault: false }));
    return {
        input: taken.length === 0 ? undefined : { ...input, [name]: taken },
        outputOf: (output) => ({
            Successful: partsOf(output, "Successful"),
            Failed: [...partsOf(output, "Failed"), ...failed],
        }),
    };
}

/** What a batch asks of one table, divided into what is done and what is not; undefined where it would be nothing. */
type Division = readonly [done: unknown, left: unknown];

function partialItems(
    input: Input,
    fails: () => boolean,
    unprocessed: string,
    divide: (asked: unknown, fails: () => boolean) => Division,
): PartialCall {
    const done: Record<string, unknown> = {};
    const left: Record<string, unknown> = {};
    for (const [table, asked] of Object.entries(partOf(input, "RequestItems"))) {
        const [doneHere, leftHere] = divide(asked, fails);
        if (doneHere !== undefined) done[table] = doneHere;
        if (leftHere !== undefined) left[table] = leftHere;
    }
    return {
        input: Object.keys(done).length === 0 ? undefined : { ...input, RequestItems: done },
        outputOf: (output) => ({
            ...(unprocessed === "UnprocessedKeys" && { Responses: {} }),
            ...output,
            [unprocessed]: { ...partOf(output, unprocessed), ...left },
        }),
    };
}

function keysOf(asked: unknown, fails: () => boolean): Division {
    const settings = isInput(asked) ? asked : {};
    const [done, left] = divided(partsOf(settings, "Keys"), fails);
    return [done && { ...settings, Keys: done }, left && { ...settings, Keys: left }];
}

function requestsOf(asked: unknown, fails: () => boolean): Division {
    return divided(Array.isArray(asked) ? asked : [], fails);
}

function divided(all: readonly unknown[], fails: () => boolean) {
    const marked = all.map((one) => ({ one, hasFailed: fails() }));
    const those = (failed: boolean) => {
        const some = marked.filter(({ hasFailed }) => hasFailed === failed).map(({ one }) => one);
        return some.length === 0 ? undefined : some;
    };
    return [those(false), those(true)] as const;
}
