import { createHash } from "node:crypto";
import type { DynamoDBRecord, StreamRecord } from "aws-lambda";
import { fieldsOf } from "./fields.ts";

/** A record of the stream as one of the function's event, with what every record has at hand. */
export interface StreamEntry {
    readonly record: DynamoDBRecord;
    readonly sequenceNumber: string;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
}

/**
 * A record of GetRecords as Lambda hands it on:
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-sample-dynamodb
 * Throws Error when it is no record.
 */
export function streamEntry(value: unknown, eventSourceARN: string, awsRegion: string): StreamEntry {
    const { eventID, eventName, userIdentity, dynamodb } = fieldsOf(value);
    const change: StreamRecord = fieldsOf(dynamodb);
    const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime: createdAt } = change;
    if (
        typeof sequenceNumber !== "string" ||
        (eventName !== "INSERT" && eventName !== "MODIFY" && eventName !== "REMOVE")
    ) {
        throw new Error(`GetRecords gave a record without event name or sequence number: ${JSON.stringify(value)}`);
    }
    const record: DynamoDBRecord = {
        eventID: String(eventID),
        eventName,
        eventVersion: "1.1",
        eventSource: "aws:dynamodb",
        awsRegion,
        dynamodb: change,
        eventSourceARN,
    };
    const deleter = fieldsOf(userIdentity);
    const type = deleter["type"] ?? deleter["Type"];
    if (type !== undefined)
        record.userIdentity = { type, principalId: deleter["principalId"] ?? deleter["PrincipalId"] };
    return { record, sequenceNumber, createdAt: (createdAt ?? 0) * 1000 };
}

/** Which of `lanes` lanes takes the record: always the same for the same item. */
export function laneOf({ record }: StreamEntry, lanes: number): number {
    if (lanes === 1) return 0;
    const keys = Object.entries(record.dynamodb?.Keys ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash("sha1").update(JSON.stringify(keys)).digest().readUInt32BE() % lanes;
}
