import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { groupsOf } from "./groups.ts";
import type { JsonObject } from "./json.ts";
import { type Fields, type Log, log } from "./log.ts";
import { messageBody } from "./message.ts";
import { done, type NotDone, notDone } from "./outcome.ts";

/** A failed entry of a successful batch call. */
export interface PublishFailure {
    /** Index in the batch. */
    readonly index: number;
    readonly code: string;
    readonly message: string;
}

/** What an item was before its change, and how the stream names the change. */
export interface StreamChange {
    /** Undefined for a new item. */
    readonly before: JsonObject | undefined;
    /** The same when the record comes again. */
    readonly id: string;
    /** Of the change, to the second. */
    readonly at: Date;
}

/** Publishes a table's new items, or its changes. */
interface Outbox<Message> {
    /** Queue for records that cannot be converted. */
    readonly asideQueueUrl: string;
    /** Whether changes of items are published, too. @default false */
    readonly isOfChanges?: boolean;
    /** Whether removals are published, too: their item is its key alone. @default false */
    readonly isOfRemovals?: boolean;
    /** Whether numbers beyond JavaScript's precision are the nearest ones. @default false: what has one is put aside */
    readonly isRough?: boolean;
    /** Undefined for a change that is not published. Throws if the item cannot be converted. */
    messageOf(item: JsonObject, change: StreamChange): Message | undefined;
    /** Bytes in a batch call. */
    bytesOf(message: Message): number;
    /** Most messages that `publish` takes. @default 10 */
    readonly most?: number;
    /** Publishes up to so many messages, at most 256 KB unless a single one is larger, in one call. @returns failed entries */
    publish(group: readonly Message[]): Promise<readonly PublishFailure[]>;
    /** For the log: ids, no personal data. */
    fieldsOf(message: Message): Fields;
    /** Log messages. */
    readonly lines: { readonly published: string; readonly refused: string };
    /** The kind of a record that is put aside. */
    readonly putAside: NotDone;
    /** For the log: ids of an item that cannot be converted. */
    idsOf(item: JsonObject): Fields;
    /** The kind of a message that was published incompletely. @default none */
    shortened?(message: Message): NotDone | undefined;
}

interface Pending<Message> {
    readonly message: Message;
    readonly bytes: number;
    readonly sequenceNumber: string;
}

/**
 * Handler of a table's stream: publishes each new item, or change, in stream order. At the first failed batch it stops and reports
 * the failed records: Lambda retries from the lowest one, until the destination is available again. A record that cannot
 * be converted is put aside, so that it does not block the others.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function outbox<Message>(box: Outbox<Message>) {
    const sqs = new SQSClient({});
    return async ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
        const invocation = log.forInvocation(context);
        const pending: Pending<Message>[] = [];
        for (const record of Records) {
            const isPublished =
                record.eventName === "INSERT" ||
                (box.isOfChanges && record.eventName === "MODIFY") ||
                (box.isOfRemovals && record.eventName === "REMOVE");
            if (!isPublished) continue;
            try {
                const sequenceNumber = record.dynamodb?.SequenceNumber ?? "";
                const message = box.messageOf(itemIn(record, box), changeIn(record, box));
                if (message !== undefined) pending.push({ message, bytes: box.bytesOf(message), sequenceNumber });
            } catch (error) {
                await putAside(sqs, box.asideQueueUrl, record, error);
                notDone(invocation, box.putAside, { ...box.idsOf(readableIn(record)), ...placeOf(record), error });
            }
        }
        for (const group of groupsOf(pending, box.most ?? mostInGroup, mostBytes, ({ bytes }) => bytes)) {
            const failed = await publishGroup(box, group, invocation);
            if (failed.length > 0) return failures(failed);
        }
        return failures([]);
    };
}

/** Limits of PublishBatch. PutEvents accepts 1 MB since January 2026, not yet in all regions. */
const mostInGroup = 10;
const mostBytes = 256_000;

type Reading = Pick<Outbox<never>, "isRough">;

function itemIn(record: DynamoDBRecord, { isRough }: Reading): JsonObject {
    return isRough ? roughlyIn(record) : unmarshall(imageIn(record));
}

function changeIn(
    { eventID = "", dynamodb: { OldImage, ApproximateCreationDateTime = 0 } = {} }: DynamoDBRecord,
    { isRough }: Reading,
) {
    // As for the new image.
    const before = OldImage && unmarshall(OldImage as Record<string, AttributeValue>, isRough ? rough : undefined);
    return { before, id: eventID, at: new Date(ApproximateCreationDateTime * 1000) };
}

function roughlyIn(record: DynamoDBRecord): JsonObject {
    return unmarshall(imageIn(record), rough);
}

/** For ids: the attributes that can be converted, where `itemIn` throws for one. */
function readableIn(record: DynamoDBRecord): JsonObject {
    const attributes = Object.entries(imageIn(record)).map(([name, value]) => {
        try {
            return unmarshall({ [name]: value }, rough);
        } catch {
            return {};
        }
    });
    return Object.assign({}, ...attributes);
}

const rough = { wrapNumbers: Number };

function imageIn({ dynamodb: { NewImage, Keys } = {} }: DynamoDBRecord): Record<string, AttributeValue> {
    // The types of Lambda events and of the SDK differ only in binary values, which these items do not contain.
    return (NewImage ?? Keys ?? {}) as Record<string, AttributeValue>;
}

/** Sends the record and the error to the queue. Throws if that fails, so that Lambda retries the batch. */
async function putAside(sqs: SQSClient, QueueUrl: string, record: DynamoDBRecord, error: unknown): Promise<void> {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: asideBody(record, error) }));
}

/** Below the queues' maximum message size (components/parts/queue.ts). */
const largestAside = 1_000_000;

/**
 * The whole record, or its keys if it exceeds the queue's limit: an item of 400 KB may take 2.4 MB as JSON, whose escapes
 * take six bytes. The item stays in the table.
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

/** @returns the sequence numbers of failed records */
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
