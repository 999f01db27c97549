import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Input, partOf, partsOf, textOf } from "../aws/input.ts";

interface Images {
    readonly eventName?: string;
    readonly dynamodb?: { readonly OldImage?: unknown; readonly NewImage?: unknown };
}

/**
 * Whether DynamoDB would have put this record into the stream: a write that changes nothing makes no record
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html), but Dynoxide makes one.
 */
export function isChange(record: Images): boolean {
    const { OldImage, NewImage } = record.dynamodb ?? {};
    if (record.eventName !== "MODIFY" || OldImage === undefined || NewImage === undefined) return true;
    return !isDeepStrictEqual(withSortedSets(OldImage), withSortedSets(NewImage));
}

/** The members of a set (SS, NS, BS) have no order. */
function withSortedSets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withSortedSets);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
            const isSet = (name === "SS" || name === "NS" || name === "BS") && Array.isArray(member);
            return [name, isSet ? member.toSorted() : withSortedSets(member)];
        }),
    );
}

/** A shard that still takes records has no last sequence number; the engine always gives one. */
export function withOpenShards(output: Input): Input {
    const description = partOf(output, "StreamDescription");
    if (textOf(description, "StreamStatus") !== "ENABLED") return output;
    const Shards = partsOf(description, "Shards").map((shard) => {
        const { EndingSequenceNumber: _, ...range } = partOf(shard, "SequenceNumberRange");
        return { ...shard, SequenceNumberRange: range };
    });
    return { ...output, StreamDescription: { ...description, Shards } };
}

/** Who deletes expired items: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
export const expiry = { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" };

/** An item that is deleted after its time counts as expired, also where the program was the one to delete it. */
export function hasExpired(record: Input, lifetime: string | undefined): boolean {
    const change = partOf(record, "dynamodb");
    if (lifetime === undefined || record["eventName"] !== "REMOVE") return false;
    const expires = Number(partOf(partOf(change, "OldImage"), lifetime)["N"] ?? Number.NaN);
    return expires <= Number(change["ApproximateCreationDateTime"]);
}

/** Unique over all streams, and the same each time a record is read. */
export function eventId(stream: string, sequenceNumber: string): string {
    return createHash("md5").update(`${stream} ${sequenceNumber}`).digest("hex");
}

/** `arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-11-20T10:00:00.000` */
export const tableOfStream = (arn: string): string => arn.split("/")[1] ?? "";
