import { compileFilters } from "event-pattern";
import { AwsError } from "../aws/call.ts";
import type { Principal } from "../identity/principal.ts";
import { tableOfStream } from "../storage/streamRecord.ts";
import type { TaskQueue } from "../taskQueue.ts";
import { batches } from "./batch.ts";
import { checkBatching, type StreamTriggerDefinition, type StreamTriggerSurroundings } from "./definition.ts";
import { backoffSeconds, pause } from "./pause.ts";
import { StoppedError, StreamBatches } from "./streamBatch.ts";
import { laneOf, type StreamEntry } from "./streamRecord.ts";
import { type Position, parsePosition, readLimit, type Shard, StreamSource } from "./streamSource.ts";

interface StreamTriggerState {
    readonly source: string;
    readonly target: string;
    /** By shard. */
    readonly positions: Readonly<Record<string, string>>;
    /** Records that the function is working on. */
    readonly inFlight: number;
    readonly lastError: string | undefined;
}

const busyPollMs = 20;
const idlePollMs = 250;
/** Where each write is told: in case that one was not. */
const toldPollMs = 10_000;
const longestBackoffSeconds = 60;

/**
 * Feeds a table's stream to a function as an event source mapping does: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 * The position moves on only when a batch is done or given up, so that after a crash nothing is missed.
 */
export class StreamTrigger {
    readonly definition: StreamTriggerDefinition;
    readonly #surroundings: StreamTriggerSurroundings;
    readonly #taskQueue: TaskQueue;
    readonly #role: Principal;
    readonly #source: StreamSource;
    readonly #batches: StreamBatches;
    readonly #passes: ReturnType<typeof compileFilters>;
    readonly #stop = new AbortController();
    readonly #positions = new Map<string, Position>();
    /** The readers, by shard. */
    readonly #reading = new Map<string, Promise<void>>();
    #discovery: Promise<void> = Promise.resolve();
    #lastError: string | undefined;

    /** Throws InvalidTriggerError and InvalidPatternError. */
    constructor(definition: StreamTriggerDefinition, surroundings: StreamTriggerSurroundings, taskQueue: TaskQueue) {
        checkBatching(definition, Number.POSITIVE_INFINITY);
        this.definition = definition;
        this.#surroundings = surroundings;
        this.#taskQueue = taskQueue;
        this.#role = { kind: "role", roleArn: definition.roleArn, session: "event-source-mapping" };
        this.#source = new StreamSource(definition, this.#role, surroundings.call);
        this.#batches = new StreamBatches(definition, surroundings, this.#role, this.#stop.signal, {
            report: (error) => this.#report(error),
            drop: (what) => this.#trace("dropped", what),
            backoff: (attempt) => this.#backoff(attempt),
        });
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
            inFlight: this.#batches.inFlight,
            lastError: this.#lastError,
        };
    }

    /** Starts a reader for each shard that is due, until the stream could be described once without a failure. */
    async #discover(settled: () => void): Promise<void> {
        for (let failures = 0; !this.#stop.signal.aborted; ) {
            try {
                const shards = await this.#source.shards();
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

    /** A trigger that is new begins where its definition says, each shard that comes later at its start. */
    async #settlePositions(shards: readonly Shard[]): Promise<void> {
        const settledKey = `stream trigger ${this.definition.arn}`;
        const isNew = this.#taskQueue.recall(settledKey) === undefined;
        for (const { id } of shards) {
            if (this.#positions.has(id)) continue;
            const known = parsePosition(this.#taskQueue.recall(this.#positionKey(id)));
            const fromEnd = isNew && this.definition.startingPosition === "LATEST";
            this.#move(id, known ?? (fromEnd ? await this.#source.endOf(id) : { at: "start" }));
        }
        if (isNew) this.#taskQueue.remember(settledKey, { startedAt: Date.now() });
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
        const table = tableOfStream(this.definition.eventSourceArn);
        while (!this.#stop.signal.aborted) {
            const position = this.#positions.get(shardId) ?? { at: "start" };
            if (position.at === "end") return;
            try {
                iterator ??= await this.#source.iterator(shardId, position);
                if (iterator === undefined) throw new Error(`GetShardIterator gave none for ${shardId}`);
                const seen = this.#surroundings.writes?.count(table);
                const { entries, next } = await this.#gather(iterator);
                await this.#process(shardId, entries);
                failures = 0;
                const last = entries.at(-1);
                if (next === undefined) this.#move(shardId, { at: "end" });
                else if (last !== undefined) this.#move(shardId, { at: "after", sequenceNumber: last.sequenceNumber });
                iterator = next;
                pollMs = last === undefined ? Math.min(idlePollMs, pollMs * 1.5) : busyPollMs;
                if (last === undefined && next !== undefined) await this.#rest(table, seen, pollMs);
            } catch (error) {
                if (error instanceof StoppedError) return;
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

    /** Until there may be more to read. @param seen the number of the table's writes before it was read */
    async #rest(table: string, seen: number | undefined, pollMs: number): Promise<void> {
        const { writes } = this.#surroundings;
        if (writes === undefined) return pause(pollMs, this.#stop.signal);
        if (writes.count(table) === seen) {
            await pause(toldPollMs, this.#stop.signal, (wake) => writes.onNext(table, wake));
        }
        // What is written together makes one batch.
        await pause(busyPollMs, this.#stop.signal);
    }

    /** What the stream has for the next batches; the batching window begins with the first record that passes the filter. */
    async #gather(iterator: string): Promise<{ entries: StreamEntry[]; next: string | undefined }> {
        const { batchSize, maximumBatchingWindowSeconds: window, parallelizationFactor } = this.definition;
        const limit = Math.min(readLimit, batchSize * parallelizationFactor);
        let { entries, next } = await this.#source.read(iterator, limit);
        const deadline = Date.now() + window * 1000;
        while (next !== undefined && Date.now() < deadline && !this.#stop.signal.aborted) {
            const count = entries.filter(({ record }) => this.#passes({ ...record })).length;
            if (count === 0 || count >= batchSize * parallelizationFactor) break;
            await pause(Math.min(idlePollMs, deadline - Date.now()), this.#stop.signal);
            const more = await this.#source.read(next, limit);
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
            for (const batch of batches(lane, batchSize)) await this.#batches.finish(shardId, batch, checkpoint);
        });
        // No lane goes on while another one is retried by the reader.
        const outcomes = await Promise.allSettled(work);
        for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    }

    #move(shardId: string, position: Position): void {
        this.#positions.set(shardId, position);
        this.#taskQueue.remember(this.#positionKey(shardId), position);
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

    #trace(what: "failure" | "dropped", text: string): void {
        const where = this.definition.eventSourceArn.replace(/^.*:table\//, "");
        this.#surroundings.trace({ time: Date.now(), what, where, text });
    }
}
