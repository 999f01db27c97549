import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Outcome } from "./outcome.ts";

/**
 * Handler of a queue: processes the messages of a batch concurrently. SQS retries only failed messages, and moves them to
 * the dead-letter queue after the last try.
 */
export function eachMessage(work: (record: SQSRecord, context: Context) => Promise<Outcome>) {
    return (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
        processPartialResponse(batch, (record: SQSRecord) => work(record, context), new BatchProcessor(EventType.SQS), {
            context,
            throwOnFullBatchFailure: false,
        });
}
