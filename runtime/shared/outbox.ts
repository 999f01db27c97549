import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { groupsOf } from "./groups.ts";
import type { JsonObject } from "./json.ts";
import { type Fields, type Log, log } from "./log.ts";
import { messageBody } from "./message.ts";
import { done, type NotDone, notDone } from "./outcome.ts";

/** A message that a call did not get through, although the call itself succeeded. */
export interface PublishFailure {
    /** Its place among the messages of the call. */
    readonly index: number;
    readonly code: string;
    readonly message: string;
}

/** How a table's new items are told to others. */
interface Outbox<Message> {
    /** URL of the queue for records of which no try can make a message. */
    readonly asideQueueUrl: string;
    /** Throws when no try can make a message of this item. */
    messageOf(item: JsonObject): Message;
    /** Bytes that the message takes in a call. */
    bytesOf(message: Message): number;
    /** Publishes up to 10 messages, 256 KB unless a single one is larger, in one call, and tells what was not taken. */
    publish(group: readonly Message[]): Promise<readonly PublishFailure[]>;
    /** What the log says of a message: ids, and nothing personal. */
    fieldsOf(message: Message): Fields;
    /** The log's lines. */
    readonly lines: { readonly published: string; readonly refused: string };
    /** What a record is that is put aside. */
    readonly putAside: NotDone;
    /** What the log says of an item of which no message can be made: its ids. */
    idsOf(item: JsonObject): Fields;
    /** What is missing in a message that was published. @default nothing */
    shortened?(message: Message): NotDone | undefined;
}

/** A message, and the place of its record in the stream. */
interface Pending<Message> {
    readonly message: Message;
    readonly bytes: number;
    readonly sequenceNumber: string;
}

/**
 * The handler of a table's stream: publishes each new item, in the order of the stream. At the first failure it stops
 * and names what failed: Lambda goes on from the lowest of these, so all that stands behind it comes again, for as long
 * as the destination is away. A record that no try can publish is put aside, so that it does not hold up the others.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function outbox<Message>(box: Outbox<Message>) {
    const sqs = new SQSClient({});
    return async ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
        const invocation = log.forInvocation(context);
        const pending: Pending<Message>[] = [];
        for (const record of Records) {
            if (record.eventName !== "INSERT") continue;
            try {
                const sequenceNumber = record.dynamodb?.SequenceNumber ?? "";
                const message = box.messageOf(itemIn(record));
                pending.push({ message, bytes: box.bytesOf(message), sequenceNumber });
            } catch (error) {
                await putAside(sqs, box.asideQueueUrl, record, error);
                notDone(invocation, box.putAside, { ...box.idsOf(roughlyIn(record)), ...placeOf(record), error });
            }
        }
        for (const group of groupsOf(pending, mostInGroup, mostBytes, ({ bytes }) => bytes)) {
            const failed = await publishGroup(box, group, invocation);
            if (failed.length > 0) return failures(failed);
        }
        return failures([]);
    };
}

/** What PublishBatch takes; PutEvents takes 1 MB since January 2026, where that has arrived. */
const mostInGroup = 10;
const mostBytes = 256_000;

function itemIn(record: DynamoDBRecord): JsonObject {
    return unmarshall(imageIn(record));
}

/** For ids alone: also where the item holds numbers that JavaScript cannot hold exactly, of which `itemIn` makes none. */
function roughlyIn(record: DynamoDBRecord): JsonObject {
    return unmarshall(imageIn(record), { wrapNumbers: Number });
}

function imageIn({ dynamodb: { NewImage } = {} }: DynamoDBRecord): Record<string, AttributeValue> {
    // The types of Lambda events and of the SDK differ only in binary values, which our items do not have.
    return (NewImage ?? {}) as Record<string, AttributeValue>;
}

/** Keeps a record with the reason where an operator finds it. Throws when that fails: then the batch comes again. */
async function putAside(sqs: SQSClient, QueueUrl: string, record: DynamoDBRecord, error: unknown): Promise<void> {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: asideBody(record, error) }));
}

/** Bytes of a message that every queue of ours takes (components/parts/queue.ts), with some room. */
const largestAside = 1_000_000;

/**
 * The record whole, unless that is more than the queue takes: an item of 400 KB may have 2.4 MB as JSON, which writes some
 * characters in six bytes. Then its key tells where the item is to be found; items of an outbox are not changed.
 */
function asideBody(record: DynamoDBRecord, error: unknown): string {
    const reason = String(error).slice(0, 1000);
    const whole = messageBody({ reason, record });
    if (Buffer.byteLength(whole) <= largestAside) return whole;
    const { NewImage: _, OldImage: __, ...place } = record.dynamodb ?? {};
    return messageBody({ reason, record: { ...record, dynamodb: place } });
}

const placeOf = ({ eventID, dynamodb }: DynamoDBRecord) => ({
    event_id: eventID,
    sequenceNumber: dynamodb?.SequenceNumber,
});

/** Publishes and tells the sequence numbers of what was not taken. */
async function publishGroup<Message>(
    box: Outbox<Message>,
    group: readonly Pending<Message>[],
    invocation: Log,
): Promise<string[]> {
    const refusals = await box
        .publish(group.map(({ message }) => message))
        .catch((error: unknown) => group.map((_, index) => ({ index, code: "call failed", message: String(error) })));
    return group.flatMap(({ message, sequenceNumber }, index) => {
        const refusal = refusals.find((entry) => entry.index === index);
        if (refusal === undefined) {
            const fields = box.fieldsOf(message);
            const shortened = box.shortened?.(message);
            if (shortened === undefined) done(invocation, box.lines.published, fields);
            else notDone(invocation, shortened, fields);
            return [];
        }
        const { code, message: reason } = refusal;
        invocation.error(box.lines.refused, { ...box.fieldsOf(message), sequenceNumber, code, reason });
        return [sequenceNumber];
    });
}

function failures(sequenceNumbers: readonly string[]): DynamoDBBatchResponse {
    return { batchItemFailures: sequenceNumbers.map((itemIdentifier) => ({ itemIdentifier })) };
}
