import type { InvocationResult } from "../lambda/function.ts";
import type { StreamEntry } from "./streamRecord.ts";

/** Why Lambda gives up a batch of a stream. */
export type FailureCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

/** A batch that is given up; `entries` is not empty. */
interface GivenUpBatch {
    readonly condition: FailureCondition;
    readonly entries: readonly StreamEntry[];
    readonly invokeCount: number;
    /** Undefined when the function never ran. */
    readonly lastResult: InvocationResult | undefined;
    readonly requestId: string;
    readonly functionArn: string;
    readonly shardId: string;
    readonly streamArn: string;
}

/**
 * What a destination on failure gets of a batch, its records not included:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html#services-dynamodb-errors-destinations
 */
export function failureRecord(batch: GivenUpBatch, now: number): Record<string, unknown> {
    const first = batch.entries[0];
    const last = batch.entries.at(-1);
    return {
        requestContext: {
            requestId: batch.requestId,
            functionArn: batch.functionArn,
            condition: batch.condition,
            approximateInvokeCount: batch.invokeCount,
        },
        ...(batch.lastResult !== undefined && {
            responseContext: {
                statusCode: 200,
                executedVersion: "$LATEST",
                functionError: batch.lastResult.functionError ?? null,
            },
        }),
        version: "1.0",
        timestamp: new Date(now).toISOString(),
        DDBStreamBatchInfo: {
            shardId: batch.shardId,
            startSequenceNumber: first?.sequenceNumber,
            endSequenceNumber: last?.sequenceNumber,
            approximateArrivalOfFirstRecord: arrival(first),
            approximateArrivalOfLastRecord: arrival(last),
            batchSize: batch.entries.length,
            streamArn: batch.streamArn,
        },
    };
}

/** To the second, as the stream knows it. */
function arrival(entry: StreamEntry | undefined): string {
    return new Date(entry?.createdAt ?? 0).toISOString().replace(/\.\d+Z$/, "Z");
}
