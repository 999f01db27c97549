import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { type BusEvent, batches, publishAll } from "../shared/events.ts";
import { type Log, log } from "../shared/log.ts";
import { orderReceived } from "./events.ts";
import { metaIn, orderIn } from "./order.ts";

export const env = environment("EVENT_BUS_NAME", "UNANNOUNCED_QUEUE_URL");
const events = new EventBridgeClient({});
const sqs = new SQSClient({});

/** A new order's event, and the place of its record in the stream. */
interface Announcement extends BusEvent {
    readonly sequenceNumber: string;
    readonly orderId: string;
    readonly correlationId: string;
}

/**
 * Stream of the orders table: announces each new order, in the order of the stream. At the first failure it stops and
 * names what failed: Lambda goes on from the lowest of these, so all that stands behind it comes again, for as long as
 * the bus is away. A record that no try can announce is put aside whole, so that it does not hold up the others.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export async function handler({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
    const invocation = log.forInvocation(context);
    const announcements: Announcement[] = [];
    for (const record of Records) {
        if (record.eventName !== "INSERT") continue;
        try {
            announcements.push(announcementOf(record));
        } catch (error) {
            await putAside(record, error);
            invocation.error("A record of the orders table cannot be announced", { ...placeOf(record), error });
        }
    }
    for (const batch of batches(announcements)) {
        const failed = await announce(batch, invocation);
        if (failed.length > 0) return failures(failed);
    }
    return failures([]);
}

function announcementOf({
    dynamodb: { SequenceNumber: sequenceNumber = "", NewImage } = {},
}: DynamoDBRecord): Announcement {
    // The types of Lambda events and of the SDK differ only in binary values, which an order does not have.
    const item = unmarshall((NewImage ?? {}) as Record<string, AttributeValue>);
    const order = orderIn(item);
    const meta = metaIn(item);
    return {
        ...orderReceived(order, meta),
        sequenceNumber,
        orderId: order.orderId,
        correlationId: meta.correlationId,
    };
}

/** Keeps a record with the reason where an operator finds it. Throws when that fails: then the batch comes again. */
async function putAside(record: DynamoDBRecord, error: unknown): Promise<void> {
    const MessageBody = JSON.stringify({ reason: String(error), record });
    await sqs.send(new SendMessageCommand({ QueueUrl: env.UNANNOUNCED_QUEUE_URL, MessageBody }));
}

const placeOf = ({ eventID, dynamodb }: DynamoDBRecord) => ({
    event_id: eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
});

/** Publishes and tells the sequence numbers of what the bus did not take. */
async function announce(batch: readonly Announcement[], invocation: Log): Promise<string[]> {
    const failed = await publishAll(events, env.EVENT_BUS_NAME, batch).catch((error: unknown) =>
        batch.map((_, index) => ({ index, code: "PutEvents", message: String(error) })),
    );
    return batch.flatMap(({ sequenceNumber, orderId: order_id, correlationId }, index) => {
        const failure = failed.find((entry) => entry.index === index);
        if (failure === undefined) {
            invocation.info("Order announced", { order_id, correlationId });
            return [];
        }
        const { code, message: reason } = failure;
        invocation.error("The bus did not take the order", { order_id, correlationId, sequenceNumber, code, reason });
        return [sequenceNumber];
    });
}

function failures(sequenceNumbers: readonly string[]): DynamoDBBatchResponse {
    return { batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) };
}
