import { type AttributeValue, GetItemCommand } from "@aws-sdk/client-dynamodb";
import {
    GetRecordsCommand,
    GetShardIteratorCommand,
    type _Record as StreamRecord,
} from "@aws-sdk/client-dynamodb-streams";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { nameOf, type StreamBatch } from "./deadLetter.ts";
import { parsed } from "./identifiers.ts";
import type { Queue, Relations } from "./queues.ts";
import type { Stack } from "./stack.ts";

/** How a dead-letter message gets back to where it failed. */
export interface RedrivePlan {
    /** What is done, or why nothing can be and what to do instead. */
    readonly words: string;
    /** Throws when it did not get there. Absent: nothing can be done from here. */
    readonly send?: () => Promise<void>;
}

export interface PlanArgs {
    readonly stack: Stack;
    readonly relations: Relations;
    /** Where the message lies. */
    readonly queue: Queue;
}

export const gone = (what: string): RedrivePlan => ({
    words: `${what} is not there any more: do what it asks for by hand`,
});

/** An alias leads to what is deployed now; a version is the one that failed. */
export const withoutVersion = (functionArn: string): string => functionArn.replace(/:(\d+|\$LATEST)$/, "");

/** What was called did not take it. */
class NotTakenError extends Error {
    override readonly name = "NotTaken";
}

/** The failure names the records only: they are read again while the stream has them, which is for 24 hours. */
export async function streamPlan({ stack }: PlanArgs, functionArn: string, batch: StreamBatch): Promise<RedrivePlan> {
    const { size, arrival, streamArn } = batch;
    const records = await recordsOf(stack, batch);
    if (records === undefined || records.length === 0) {
        const table = /:table\/([^/]+)/.exec(streamArn)?.[1];
        return {
            words:
                `the stream has forgotten these ${size} records of ${arrival}: find the items that ${table} got then, ` +
                `and check which of them ${nameOf(functionArn)} has not processed`,
        };
    }
    const some =
        records.length < size
            ? `${records.length} of its ${size} records (the stream has forgotten the others)`
            : `its ${size} records`;
    return {
        words: `reads ${some} from the stream again, for ${nameOf(functionArn)}`,
        send: () =>
            process(
                stack,
                functionArn,
                records.map((record) => streamEvent(record, streamArn)),
            ),
    };
}

/** Undefined when they are gone. */
async function recordsOf({ streams }: Stack, batch: StreamBatch): Promise<StreamRecord[] | undefined> {
    const records: StreamRecord[] = [];
    const last = BigInt(batch.last);
    try {
        let { ShardIterator: iterator } = await streams.send(
            new GetShardIteratorCommand({
                StreamArn: batch.streamArn,
                ShardId: batch.shardId,
                ShardIteratorType: "AT_SEQUENCE_NUMBER",
                SequenceNumber: batch.first,
            }),
        );
        while (iterator !== undefined) {
            const { Records = [], NextShardIterator } = await streams.send(
                new GetRecordsCommand({ ShardIterator: iterator }),
            );
            const numberOf = (record: StreamRecord) => BigInt(record.dynamodb?.SequenceNumber ?? 0);
            records.push(...Records.filter((record) => numberOf(record) <= last));
            const isOver = Records.length === 0 || Records.some((record) => numberOf(record) >= last);
            iterator = isOver ? undefined : NextShardIterator;
        }
        return records;
    } catch (error) {
        if (error instanceof Error && /TrimmedDataAccess|ResourceNotFound|ExpiredIterator/.test(error.name)) {
            return undefined;
        }
        throw error;
    }
}

/** A record as Lambda hands it to a function: times in seconds, bytes in base64. */
function streamEvent({ dynamodb = {}, ...record }: StreamRecord, streamArn: string): object {
    const { ApproximateCreationDateTime: at, ...change } = dynamodb;
    return {
        ...record,
        eventSourceARN: streamArn,
        dynamodb: { ...change, ...(at !== undefined && { ApproximateCreationDateTime: at.getTime() / 1000 }) },
    };
}

export async function recordPlan({ stack, relations, queue }: PlanArgs, record: JsonObject): Promise<RedrivePlan> {
    const stream = String(record["eventSourceARN"]);
    const readers = relations.readersOf(stream);
    const writer = relations.writerTo(queue, readers);
    const functionArn = readers.find((arn) => writer !== undefined && nameOf(arn) === writer.FunctionName);
    if (functionArn === undefined) return gone(`the function that put it aside`);
    const whole = await wholeRecord(stack, stream, record);
    if (whole === undefined) return gone("the item of which the message has the key");
    return {
        words: `gives the record to ${nameOf(functionArn)} again, which puts it aside anew if it still cannot use it`,
        send: () => process(stack, functionArn, [whole]),
    };
}

/** One that was too large for its message has its key alone (runtime/shared/outbox.ts). Undefined when its item is gone. */
async function wholeRecord({ dynamo }: Stack, stream: string, record: JsonObject): Promise<JsonObject | undefined> {
    const { dynamodb } = record;
    if (!isJsonObject(dynamodb) || dynamodb["NewImage"] !== undefined || !isJsonObject(dynamodb["Keys"])) return record;
    const [, TableName] = /:table\/([^/]+)/.exec(stream) ?? [];
    // Lambda hands keys over as DynamoDB has them.
    const Key = dynamodb["Keys"] as Record<string, AttributeValue>;
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && { ...record, dynamodb: { ...dynamodb, NewImage: Item } };
}

/** Throws NotTaken unless the function has taken all of the records. */
async function process({ lambda }: Stack, functionArn: string, Records: readonly object[]): Promise<void> {
    const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({
            FunctionName: withoutVersion(functionArn),
            Payload: JSON.stringify({ Records }, (_, value) => bytesAsText(value)),
        }),
    );
    const refusal = refusalIn(parsed(Payload?.transformToString()), FunctionError);
    if (refusal !== undefined) throw new NotTakenError(`${nameOf(functionArn)} ${refusal}`);
}

/** Why a function has not taken all that it was given, by its answer; undefined when it has. */
export function refusalIn(answer: unknown, functionError: string | undefined): string | undefined {
    const { errorType, errorMessage, batchItemFailures: failures } = isJsonObject(answer) ? answer : {};
    if (functionError !== undefined) return `failed again: ${errorType}: ${errorMessage}`;
    return Array.isArray(failures) && failures.length > 0 ? "could not use it again" : undefined;
}

const bytesAsText = (value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
