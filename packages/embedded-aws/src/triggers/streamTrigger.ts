import { randomUUID } from "node:crypto";
import { compileFilters } from "event-pattern";
import { AwsError } from "../aws/call.ts";
import { isPermanent } from "../aws/refusals.ts";
import type { Principal } from "../identity/principal.ts";
import type { Journal } from "../journal.ts";
import type { InvocationResult } from "../lambda/function.ts";
import { batches, failedItems } from "./batch.ts";
import { checkBatching, type StreamTriggerDefinition, type TriggerSurroundings } from "./definition.ts";
import { type FailureCondition, failureRecord } from "./failureRecord.ts";
import { fieldsOf } from "./fields.ts";
import { backoffSeconds, pause } from "./pause.ts";
import { laneOf, type StreamEntry, streamEntry } from "./streamRecord.ts";

export interface StreamTriggerState {
    readonly source: string;
    readonly target: string;
    /** By shard. */
    readonly positions: Readonly<Record<string, string>>;
    /** Records that the function is working on. */
    readonly inFlight: number;
    readonly lastError: string | undefined;
}

/** Where a shard is read on; it survives a restart. */
type Position =
    | { readonly at: "start" }
    | { readonly at: "after"; readonly sequenceNumber: string }
    /** Read to its end. */
    | { readonly at: "end" };

interface Shard {
    readonly id: string;
    readonly parentId: string | undefined;
}

/** How one invocation went: `failedFrom` is the index of the first record that is not done. */
type Attempt =
    | { readonly kind: "done"; readonly result: InvocationResult }
    | { readonly kind: "failed"; readonly failedFrom: number; readonly result: InvocationResult }
    /** The batch did not reach the function. */
    | { readonly kind: "refused" };

const busyPollMs = 20;
const idlePollMs = 250;
const readLimit = 1000;
const longestBackoffSeconds = 60;

/** The trigger stops: what is not done is read again at the next start. */
class Stopped extends Error {}

/**
 * Feeds a table's stream to a function as an event source mapping does: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 * The position moves on only when a batch is done or given up, so that after a crash nothing is missed.
 */
export class StreamTrigger {
    readonly definition: StreamTriggerDefinition;
    readonly #surroundings: TriggerSurroundings;
    readonly #journal: Journal;
    readonly #role: Principal;
    readonly #passes: ReturnType<typeof compileFilters>;
    readonly #stop = new AbortController();
    readonly #positions = new Map<string, Position>();
    /** The readers, by shard. */
    readonly #reading = new Map<string, Promise<void>>();
    #discovery: Promise<void> = Promise.resolve();
    #inFlight = 0;
    #lastError: string | undefined;

    /** Throws InvalidTrigger and InvalidPattern. */
    constructor(definition: StreamTriggerDefinition, surroundings: TriggerSurroundings, journal: Journal) {
        checkBatching(definition, Number.POSITIVE_INFINITY);
        this.definition = definition;
        this.#surroundings = surroundings;
        this.#journal = journal;
        this.#role = { kind: "role", roleArn: definition.roleArn, session: "event-source-mapping" };
        this.#passes = compileFilters(definition.filterCriteria);
    }

    /** Resolves when it is settled from where on records count, or when the stream cannot be read as yet. */
    start(): Promise<void> {
        return new Promise((resolve) => {
            this.#discovery = this.#discover(resolve);
        });
    }

    /** Resolves when the running invocations have ended. */
    async stop(): Promise<void> {
        this.#stop.abort();
        await this.#discovery;
        await Promise.all(this.#reading.values());
    }

    state(): StreamTriggerState {
        const { eventSourceArn: source, functionArn: target } = this.definition;
        const positions = [...this.#positions].map(([shardId, position]): [string, string] => [
            shardId,
            position.at === "after" ? position.sequenceNumber : position.at,
        ]);
        return {
            source,
            target,
            positions: Object.fromEntries(positions),
            inFlight: this.#inFlight,
            lastError: this.#lastError,
        };
    }

    /** Starts a reader for each shard that is due, until the stream could be described once without a failure. */
    async #discover(settled: () => void): Promise<void> {
        for (let failures = 0; !this.#stop.signal.aborted; ) {
            try {
                const shards = await this.#shards();
                await this.#settlePositions(shards);
                settled();
                for (const shard of shards) if (this.#isDue(shard, shards)) this.#startReading(shard.id);
                if (this.#reading.size > 0) return;
            } catch (error) {
                failures += 1;
                this.#report(error);
                settled();
            }
            await this.#backoff(Math.max(1, failures));
        }
        settled();
    }

    async #shards(): Promise<Shard[]> {
        const shards: Shard[] = [];
        for (let start: string | undefined; ; ) {
            const { StreamDescription } = await this.#call("DescribeStream", {
                StreamArn: this.definition.eventSourceArn,
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

    /** A trigger that is new begins where its definition says, each shard that comes later at its start. */
    async #settlePositions(shards: readonly Shard[]): Promise<void> {
        const settledKey = `stream trigger ${this.definition.arn}`;
        const isNew = this.#journal.recall(settledKey) === undefined;
        for (const { id } of shards) {
            if (this.#positions.has(id)) continue;
            const known = parsePosition(this.#journal.recall(this.#positionKey(id)));
            const fromEnd = isNew && this.definition.startingPosition === "LATEST";
            this.#move(id, known ?? (fromEnd ? await this.#endOf(id) : { at: "start" }));
        }
        if (isNew) this.#journal.remember(settledKey, { startedAt: Date.now() });
    }

    /** The position of the last record that is there: unlike an iterator of the type LATEST it outlives this process. */
    async #endOf(shardId: string): Promise<Position> {
        let position: Position = { at: "start" };
        for (let iterator = await this.#iterator(shardId, position); iterator !== undefined; ) {
            const read = await this.#read(iterator, readLimit);
            const last = read.entries.at(-1);
            if (last === undefined) break;
            position = { at: "after", sequenceNumber: last.sequenceNumber };
            iterator = read.next;
        }
        return position;
    }

    /** A shard's records come after those of its parent. */
    #isDue({ id, parentId }: Shard, shards: readonly Shard[]): boolean {
        if (this.#reading.has(id) || this.#positions.get(id)?.at === "end") return false;
        const parentIsThere = shards.some((shard) => shard.id === parentId);
        return parentId === undefined || !parentIsThere || this.#positions.get(parentId)?.at === "end";
    }

    #startReading(shardId: string): void {
        const reading = this.#readShard(shardId).finally(() => {
            this.#reading.delete(shardId);
            // The shard is closed, so there are others to read.
            if (!this.#stop.signal.aborted) this.#discovery = this.#discover(() => {});
        });
        this.#reading.set(shardId, reading);
    }

    async #readShard(shardId: string): Promise<void> {
        let iterator: string | undefined;
        let failures = 0;
        let pollMs = busyPollMs;
        while (!this.#stop.signal.aborted) {
            const position = this.#positions.get(shardId) ?? { at: "start" };
            if (position.at === "end") return;
            try {
                iterator ??= await this.#iterator(shardId, position);
                if (iterator === undefined) throw new Error(`GetShardIterator gave none for ${shardId}`);
                const { entries, next } = await this.#gather(iterator);
                await this.#process(shardId, entries);
                failures = 0;
                const last = entries.at(-1);
                if (next === undefined) this.#move(shardId, { at: "end" });
                else if (last !== undefined) this.#move(shardId, { at: "after", sequenceNumber: last.sequenceNumber });
                iterator = next;
                pollMs = last === undefined ? Math.min(idlePollMs, pollMs * 1.5) : busyPollMs;
                if (last === undefined && next !== undefined) await pause(pollMs, this.#stop.signal);
            } catch (error) {
                if (error instanceof Stopped) return;
                failures += 1;
                this.#report(error);
                // An iterator can expire; a position can have been trimmed away, and then the oldest record is the next.
                iterator = undefined;
                if (error instanceof AwsError && error.code === "TrimmedDataAccessException")
                    this.#move(shardId, { at: "start" });
                await this.#backoff(failures);
            }
        }
    }

    /** What the stream has for the next batches; the batching window begins with the first record that passes the filter. */
    async #gather(iterator: string): Promise<{ entries: StreamEntry[]; next: string | undefined }> {
        const { batchSize, maximumBatchingWindowSeconds: window, parallelizationFactor } = this.definition;
        const limit = Math.min(readLimit, batchSize * parallelizationFactor);
        let { entries, next } = await this.#read(iterator, limit);
        const deadline = Date.now() + window * 1000;
        while (next !== undefined && Date.now() < deadline && !this.#stop.signal.aborted) {
            const count = entries.filter(({ record }) => this.#passes({ ...record })).length;
            if (count === 0 || count >= batchSize * parallelizationFactor) break;
            await pause(Math.min(idlePollMs, deadline - Date.now()), this.#stop.signal);
            const more = await this.#read(next, limit);
            entries = [...entries, ...more.entries];
            next = more.next;
        }
        return { entries, next };
    }

    async #process(shardId: string, entries: readonly StreamEntry[]): Promise<void> {
        const { batchSize, parallelizationFactor } = this.definition;
        const lanes = Array.from({ length: parallelizationFactor }, (): StreamEntry[] => []);
        for (const entry of entries) {
            if (this.#passes({ ...entry.record })) lanes[laneOf(entry, parallelizationFactor)]?.push(entry);
        }
        // With several lanes only the end of all of them is a position: before it, some record may be undone.
        const checkpoint = (sequenceNumber: string) => {
            if (parallelizationFactor === 1) this.#move(shardId, { at: "after", sequenceNumber });
        };
        const work = lanes.map(async (lane) => {
            for (const batch of batches(lane, batchSize)) await this.#finish(shardId, batch, checkpoint);
        });
        // No lane goes on while another one is retried by the reader.
        const outcomes = await Promise.allSettled(work);
        for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    }

    /**
     * Has a batch processed, with retries, until each of its records is done or given up. Throws Stopped.
     * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
     */
    async #finish(shardId: string, batch: readonly StreamEntry[], checkpoint: (at: string) => void): Promise<void> {
        const { maximumRetryAttempts, bisectBatchOnFunctionError } = this.definition;
        let rest = batch;
        let invocations = 0;
        let retries = 0;
        let refusals = 0;
        let lastResult: InvocationResult | undefined;
        const giveUp = async (condition: FailureCondition, entries: readonly StreamEntry[]) => {
            await this.#deliverFailure({ condition, entries, shardId, invokeCount: invocations, lastResult });
            checkpoint(entries.at(-1)?.sequenceNumber ?? "");
            rest = rest.slice(entries.length);
        };
        while (rest.length > 0) {
            if (this.#stop.signal.aborted) throw new Stopped();
            const expired = rest.slice(0, this.#countExpired(rest));
            if (expired.length > 0) {
                await giveUp("RecordAgeExceeded", expired);
                continue;
            }
            const attempt = await this.#attempt(rest);
            if (attempt.kind === "refused") {
                refusals += 1;
                await this.#backoff(refusals);
                continue;
            }
            invocations += 1;
            lastResult = attempt.result;
            if (attempt.kind === "done") {
                checkpoint(rest.at(-1)?.sequenceNumber ?? "");
                return;
            }
            const done = rest[attempt.failedFrom - 1];
            if (done !== undefined) {
                checkpoint(done.sequenceNumber);
                rest = rest.slice(attempt.failedFrom);
            }
            // To split a batch costs no retry.
            if (bisectBatchOnFunctionError && done !== undefined) continue;
            if (bisectBatchOnFunctionError && rest.length > 1) {
                const middle = Math.ceil(rest.length / 2);
                await this.#finish(shardId, rest.slice(0, middle), checkpoint);
                rest = rest.slice(middle);
                continue;
            }
            if (maximumRetryAttempts >= 0 && retries >= maximumRetryAttempts) {
                await giveUp("RetryAttemptsExhausted", rest);
                continue;
            }
            retries += 1;
            await this.#backoff(retries);
        }
    }

    async #attempt(entries: readonly StreamEntry[]): Promise<Attempt> {
        const { functionArn, reportBatchItemFailures } = this.definition;
        this.#inFlight += entries.length;
        try {
            const payload = JSON.stringify({ Records: entries.map(({ record }) => record) });
            const result = await this.#surroundings.invoke(functionArn, payload);
            if (result.functionError !== undefined) return this.#failed(0, entries, result);
            if (!reportBatchItemFailures) return { kind: "done", result };
            const failed = failedItems(
                result.payload,
                entries.map(({ sequenceNumber }) => sequenceNumber),
            );
            const failedFrom = entries.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
            return failedFrom < 0 ? { kind: "done", result } : this.#failed(failedFrom, entries, result);
        } catch (error) {
            this.#report(error);
            return { kind: "refused" };
        } finally {
            this.#inFlight -= entries.length;
        }
    }

    #failed(failedFrom: number, entries: readonly StreamEntry[], result: InvocationResult): Attempt {
        const first = entries[failedFrom]?.sequenceNumber;
        this.#report(new Error(`failed from ${first} of ${entries.length} records: ${result.payload}`));
        return { kind: "failed", failedFrom, result };
    }

    #countExpired(entries: readonly StreamEntry[]): number {
        const { maximumRecordAgeSeconds } = this.definition;
        if (maximumRecordAgeSeconds < 0) return 0;
        const oldest = Date.now() - maximumRecordAgeSeconds * 1000;
        const fresh = entries.findIndex(({ createdAt }) => createdAt >= oldest);
        return fresh < 0 ? entries.length : fresh;
    }

    async #deliverFailure(batch: {
        readonly condition: FailureCondition;
        readonly entries: readonly StreamEntry[];
        readonly shardId: string;
        readonly invokeCount: number;
        readonly lastResult: InvocationResult | undefined;
    }): Promise<void> {
        const { functionArn, eventSourceArn: streamArn, onFailure } = this.definition;
        const requestId = batch.lastResult?.requestId ?? randomUUID();
        const record = JSON.stringify(failureRecord({ ...batch, requestId, functionArn, streamArn }, Date.now()));
        this.#report(new Error(`given up: ${record}`));
        if (onFailure === undefined) this.#drop("there is no destination for failures", batch.entries);
        for (let attempt = 1; onFailure !== undefined; attempt++) {
            try {
                switch (onFailure.kind) {
                    case "queue": {
                        const input = { QueueUrl: onFailure.url, MessageBody: record };
                        await this.#surroundings.call(this.#role, "sqs", "SendMessage", input);
                        return;
                    }
                    case "topic": {
                        const input = { TopicArn: onFailure.arn, Message: record };
                        await this.#surroundings.call(this.#role, "sns", "Publish", input);
                        return;
                    }
                }
            } catch (error) {
                this.#report(error);
                // As on AWS the record is lost where the role may not send it; a fault of the service passes.
                if (isPermanent(error)) {
                    this.#drop(`its record did not reach its destination: ${this.#lastError}`, batch.entries);
                    return;
                }
                await this.#backoff(attempt);
                if (this.#stop.signal.aborted) throw new Stopped();
            }
        }
    }

    async #iterator(shardId: string, position: Exclude<Position, { at: "end" }>): Promise<string | undefined> {
        const from =
            position.at === "start"
                ? { ShardIteratorType: "TRIM_HORIZON" }
                : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: position.sequenceNumber };
        const input = { StreamArn: this.definition.eventSourceArn, ShardId: shardId, ...from };
        const { ShardIterator } = await this.#call("GetShardIterator", input);
        return typeof ShardIterator === "string" ? ShardIterator : undefined;
    }

    async #read(iterator: string, Limit: number): Promise<{ entries: StreamEntry[]; next: string | undefined }> {
        const { eventSourceArn, region } = this.definition;
        const { Records, NextShardIterator } = await this.#call("GetRecords", { ShardIterator: iterator, Limit });
        return {
            entries: listOf(Records).map((record) => streamEntry(record, eventSourceArn, region)),
            next: typeof NextShardIterator === "string" ? NextShardIterator : undefined,
        };
    }

    #call(action: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
        return this.#surroundings.call(this.#role, "dynamodb", action, input);
    }

    #move(shardId: string, position: Position): void {
        this.#positions.set(shardId, position);
        this.#journal.remember(this.#positionKey(shardId), position);
    }

    #positionKey(shardId: string): string {
        return `stream position ${this.definition.arn} ${shardId}`;
    }

    #backoff(attempt: number): Promise<void> {
        return pause(this.#surroundings.waits.ms(backoffSeconds(attempt, longestBackoffSeconds)), this.#stop.signal);
    }

    #report(error: unknown): void {
        this.#lastError = error instanceof Error ? error.message : String(error);
        this.#trace("failure", this.#lastError);
    }

    #drop(why: string, entries: readonly StreamEntry[]): void {
        const [first, last] = [entries[0]?.sequenceNumber, entries.at(-1)?.sequenceNumber];
        this.#trace("dropped", `${entries.length} records from ${first} to ${last} are dropped: ${why}`);
    }

    #trace(what: "failure" | "dropped", text: string): void {
        const where = this.definition.eventSourceArn.replace(/^.*:table\//, "");
        this.#surroundings.trace({ time: Date.now(), what, where, text });
    }
}

function parsePosition(value: unknown): Position | undefined {
    const { at, sequenceNumber } = fieldsOf(value);
    if (at === "start" || at === "end") return { at };
    return at === "after" && typeof sequenceNumber === "string" ? { at, sequenceNumber } : undefined;
}

function listOf(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
