import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { isJsonObject, type JsonObject } from "./json.ts";
import { type Lease, leaseOf } from "./lease.ts";
import { type Log, log } from "./log.ts";
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

/** An event of the order bus. */
interface Event {
    /** `order.received.v1` */
    readonly type: string;
    /** The event's content: see `spec/events.asyncapi.yaml`. */
    readonly detail: JsonObject;
    /** For `Idempotency.runOnce`. */
    readonly lease: Lease;
    /** Each of its lines carries the ids of the order and of the request. */
    readonly log: Log;
}

/** A message of a consumer's queue contains no event. */
class NotAnEventError extends Error {
    override readonly name = "NotAnEventError";
}

/**
 * Handler of a consumer's queue of events (`orders.subscribe`). Processes the events of a batch concurrently. Logs errors
 * and rethrows them, so that SQS retries the failed event alone.
 */
export function eachEvent(work: (event: Event) => Promise<Outcome>) {
    return eachMessage(async (record, context) => {
        const { messageId, body, attributes } = record;
        let invocation = log.forInvocation(context, { message_id: messageId });
        try {
            const event: unknown = JSON.parse(body);
            const { "detail-type": type, detail } = isJsonObject(event) ? event : {};
            if (typeof type !== "string" || !isJsonObject(detail))
                throw new NotAnEventError("it has no type or detail");
            const { correlationId } = isJsonObject(detail["meta"]) ? detail["meta"] : {};
            const { orderId } = detail;
            invocation = invocation.with({
                ...(typeof orderId === "string" && { order_id: orderId }),
                ...(typeof correlationId === "string" && { correlationId }),
            });
            return await work({ type, detail, lease: leaseOf(context, record), log: invocation });
        } catch (error) {
            const attempt = Number(attributes.ApproximateReceiveCount);
            invocation.error("The event could not be processed", { error, attempt });
            throw error;
        }
    });
}
