import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Outcome } from "./outcome.ts";

/**
 * The handler of a queue: works on each message by itself, all of a batch at the same time. A message that fails comes
 * again alone, and ends in the dead-letter queue after its last try.
 */
export function eachMessage(work: (record: SQSRecord, context: Context) => Promise<Outcome>) {
    return (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
        processPartialResponse(batch, (record: SQSRecord) => work(record, context), new BatchProcessor(EventType.SQS), {
            context,
            throwOnFullBatchFailure: false,
        });
}
