import type { AwsCall } from "../aws/call.ts";
import type { Principal } from "../identity/principal.ts";
import type { StreamTriggerDefinition } from "./definition.ts";
import { fieldsOf } from "./fields.ts";
import { type StreamEntry, streamEntry } from "./streamRecord.ts";

/** Where a shard is read on; it survives a restart. */
export type Position =
    | { readonly at: "start" }
    | { readonly at: "after"; readonly sequenceNumber: string }
    /** Read to its end. */
    | { readonly at: "end" };

export interface Shard {
    readonly id: string;
    readonly parentId: string | undefined;
}

/** As many records as are read at a time. */
export const readLimit = 1000;

/** A table's stream as an event source mapping reads it: with the role of the function. */
export class StreamSource {
    readonly #arn: string;
    readonly #region: string;
    readonly #role: Principal;
    readonly #callAws: AwsCall;

    constructor({ eventSourceArn, region }: StreamTriggerDefinition, role: Principal, call: AwsCall) {
        this.#arn = eventSourceArn;
        this.#region = region;
        this.#role = role;
        this.#callAws = call;
    }

    async shards(): Promise<Shard[]> {
        const shards: Shard[] = [];
        for (let start: string | undefined; ; ) {
            const { StreamDescription } = await this.#call("DescribeStream", {
                StreamArn: this.#arn,
                ...(start !== undefined && { ExclusiveStartShardId: start }),
            });
            const { Shards, LastEvaluatedShardId } = fieldsOf(StreamDescription);
            for (const shard of listOf(Shards)) {
                const { ShardId, ParentShardId } = fieldsOf(shard);
                const parentId = typeof ParentShardId === "string" ? ParentShardId : undefined;
                if (typeof ShardId === "string") shards.push({ id: ShardId, parentId });
            }
            if (typeof LastEvaluatedShardId !== "string") return shards;
            start = LastEvaluatedShardId;
        }
    }

    /** The position of the last record that is there: unlike an iterator of the type LATEST it outlives this process. */
    async endOf(shardId: string): Promise<Position> {
        let position: Position = { at: "start" };
        for (let iterator = await this.iterator(shardId, position); iterator !== undefined; ) {
            const read = await this.read(iterator, readLimit);
            const last = read.entries.at(-1);
            if (last === undefined) break;
            position = { at: "after", sequenceNumber: last.sequenceNumber };
            iterator = read.next;
        }
        return position;
    }

    async iterator(shardId: string, position: Exclude<Position, { at: "end" }>): Promise<string | undefined> {
        const from =
            position.at === "start"
                ? { ShardIteratorType: "TRIM_HORIZON" }
                : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.sequenceNumber };
        const input = { StreamArn: this.#arn, ShardId: shardId, ...from };
        const { ShardIterator } = await this.#call("GetShardIterator", input);
        return typeof ShardIterator === "string" ? ShardIterator : undefined;
    }

    async read(iterator: string, Limit: number): Promise<{ entries: StreamEntry[]; next: string | undefined }> {
        const { Records, NextShardIterator } = await this.#call("GetRecords", { ShardIterator: iterator, Limit });
        return {
            entries: listOf(Records).map((record) => streamEntry(record, this.#arn, this.#region)),
            next: typeof NextShardIterator === "string" ? NextShardIterator : undefined,
        };
    }

    #call(action: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
        return this.#callAws(this.#role, "dynamodb", action, input);
    }
}

export function parsePosition(value: unknown): Position | undefined {
    const { at, sequenceNumber } = fieldsOf(value);
    if (at === "start" || at === "end") return { at };
    return at === "after" && typeof sequenceNumber === "string" ? { at, sequenceNumber } : undefined;
}

function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
