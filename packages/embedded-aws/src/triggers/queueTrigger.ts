import type { SQSRecord } from "aws-lambda";
import { compileFilters } from "event-pattern";
import { AwsError } from "../aws/call.ts";
import { unlessHidden } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import { batches, failedItems } from "./batch.ts";
import { checkBatching, type QueueTriggerDefinition, type TriggerSurroundings } from "./definition.ts";
import { backoffSeconds, pause, unlessAborted } from "./pause.ts";
import { queueRecord } from "./queueRecord.ts";

interface QueueTriggerState {
    readonly source: string;
    readonly target: string;
    readonly pollers: number;
    /** Messages that the function is working on. */
    readonly inFlight: number;
    readonly lastError: string | undefined;
}

interface Received {
    readonly record: SQSRecord;
    /** Milliseconds since the epoch. */
    readonly at: number;
}

const longPollSeconds = 20;
const receiveLimit = 10;
const startPollers = 2;
/** More batches at the same time would only slow each other on a small machine. */
const usefulPollers = 5;
/** Batches that wait for I/O use no processor: when no batch has begun or ended for long, one more poller starts. */
const mostPollers = 20;
/** Four times as long as a batch usually takes, within these limits. */
const stuck = { times: 4, atLeastMs: 100, atMostMs: 500 } as const;
const longestBackoffSeconds = 30;

/**
 * Feeds a queue to a function as an event source mapping does: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 * Each poller receives, has one batch processed, and receives again.
 */
export class QueueTrigger {
    readonly definition: QueueTriggerDefinition;
    readonly #surroundings: TriggerSurroundings;
    readonly #role: Principal;
    readonly #passes: ReturnType<typeof compileFilters>;
    readonly #stop = new AbortController();
    readonly #polling = new Set<Promise<void>>();
    #visibilitySeconds: number | undefined;
    #inFlight = 0;
    /** Pollers whose batch is being worked on, and when the last one began or ended (`performance`). */
    #busy = 0;
    #progressAt = 0;
    /** How long a batch takes; of late counts most. */
    #usualMs: number = stuck.atMostMs;
    #lastError: string | undefined;

    /** Throws InvalidTriggerError and InvalidPatternError. */
    constructor(definition: QueueTriggerDefinition, surroundings: TriggerSurroundings) {
        checkBatching(definition, receiveLimit);
        this.definition = definition;
        this.#surroundings = surroundings;
        this.#role = { kind: "role", roleArn: definition.roleArn, session: "event-source-mapping" };
        this.#passes = compileFilters(definition.filterCriteria);
    }

    start(): void {
        for (let poller = 0; poller < Math.min(startPollers, this.#mostPollers()); poller++) this.#addPoller(true);
    }

    /** Resolves when the running batches are done. A receive under way is left to itself; what it brings goes back. */
    async stop(): Promise<void> {
        this.#stop.abort();
        await Promise.all(this.#polling);
    }

    state(): QueueTriggerState {
        const { eventSourceArn: source, functionArn: target } = this.definition;
        return { source, target, pollers: this.#polling.size, inFlight: this.#inFlight, lastError: this.#lastError };
    }

    /** @param useful most that make sense */
    #mostPollers(useful = usefulPollers): number {
        return Math.min(useful, this.definition.maximumConcurrency ?? useful);
    }

    #addPoller(lasting: boolean): void {
        const polling = this.#poll(lasting).finally(() => this.#polling.delete(polling));
        this.#polling.add(polling);
    }

    /** @param lasting goes on when the queue is empty; the pollers added under load end then. */
    async #poll(lasting: boolean): Promise<void> {
        let failures = 0;
        while (!this.#stop.signal.aborted) {
            try {
                this.#visibilitySeconds ??= await this.#readVisibility();
                const received = await this.#gather();
                failures = 0;
                if (received.length === 0 && !lasting) return;
                const full = received.length >= Math.min(this.definition.batchSize, receiveLimit);
                if (full && this.#polling.size < this.#mostPollers()) this.#addPoller(false);
                await this.#process(received);
            } catch (error) {
                failures += 1;
                this.#report(error);
                await pause(
                    this.#surroundings.waits.ms(backoffSeconds(failures, longestBackoffSeconds)),
                    this.#stop.signal,
                );
            }
        }
    }

    async #readVisibility(): Promise<number> {
        const { queueUrl: QueueUrl } = this.definition;
        const input = { QueueUrl, AttributeNames: ["VisibilityTimeout"] };
        const { Attributes } = await this.#surroundings.call(this.#role, "sqs", "GetQueueAttributes", input);
        const has = typeof Attributes === "object" && Attributes !== null && "VisibilityTimeout" in Attributes;
        return has ? Number(Attributes.VisibilityTimeout) : 30;
    }

    /** The messages of the next batch; none when the queue stayed empty. */
    async #gather(): Promise<Received[]> {
        const { batchSize, maximumBatchingWindowSeconds: window } = this.definition;
        const received = await this.#receive(batchSize, longPollSeconds);
        const deadline = Date.now() + window * 1000;
        while (received.length > 0 && received.length < batchSize && !this.#stop.signal.aborted) {
            const left = deadline - Date.now();
            if (left <= 0) break;
            // Whole seconds are all that a long poll can wait.
            if (left < 1000) await pause(left, this.#stop.signal);
            const seconds = Math.min(longPollSeconds, Math.floor(left / 1000));
            received.push(...(await this.#receive(batchSize - received.length, seconds)));
        }
        return received;
    }

    async #receive(count: number, waitSeconds: number): Promise<Received[]> {
        const { queueUrl, eventSourceArn, region } = this.definition;
        const receiving = this.#surroundings
            .call(this.#role, "sqs", "ReceiveMessage", {
                QueueUrl: queueUrl,
                MaxNumberOfMessages: Math.min(receiveLimit, count),
                WaitTimeSeconds: waitSeconds,
                AttributeNames: ["All"],
                MessageAttributeNames: ["All"],
            })
            .then(({ Messages }) => {
                const at = Date.now();
                const messages: unknown[] = Array.isArray(Messages) ? Messages : [];
                return messages.map((message) => ({ record: queueRecord(message, eventSourceArn, region), at }));
            });
        const received = await unlessAborted(receiving, this.#stop.signal);
        if (received !== undefined) return received;
        // A failure does not matter: the queue may be gone by then, and the visibility timeout returns the messages.
        receiving.then((late) => this.#makeVisible(late, () => 0)).catch(() => {});
        return [];
    }

    async #process(received: readonly Received[]): Promise<void> {
        const matching = received.filter(({ record }) => this.#passes({ ...record }));
        const filtered = received.filter((message) => !matching.includes(message));
        this.#inFlight += matching.length;
        this.#progress(1);
        const begunAt = this.#progressAt;
        const helping = setInterval(() => this.#help(), stuck.atLeastMs).unref();
        try {
            await this.#delete(filtered);
            for (const batch of batches(matching, this.definition.batchSize)) await this.#run(batch);
        } finally {
            clearInterval(helping);
            this.#progress(-1);
            // A single one that waited for long says little about the others.
            this.#usualMs = 0.9 * this.#usualMs + 0.1 * Math.min(this.#progressAt - begunAt, 2 * this.#usualMs);
            this.#inFlight -= matching.length;
        }
    }

    #progress(more: number): void {
        this.#busy += more;
        this.#progressAt = performance.now();
    }

    /** One more poller, where all there are wait for their batches. */
    #help(): void {
        const patienceMs = Math.min(stuck.atMostMs, Math.max(stuck.atLeastMs, stuck.times * this.#usualMs));
        const isStuck = this.#busy === this.#polling.size && performance.now() - this.#progressAt >= patienceMs;
        const isPossible = this.#polling.size < this.#mostPollers(mostPollers) && !this.#stop.signal.aborted;
        if (isStuck && isPossible) this.#addPoller(false);
    }

    async #run(batch: readonly Received[]): Promise<void> {
        const failed = await this.#failedOf(batch);
        await this.#delete(batch.filter(({ record }) => !failed.has(record.messageId)));
        // AWS only lets the time-out pass. That wait is shortened here, by the cloud itself: the role needs no right to it.
        await this.#makeVisible(
            batch.filter(({ record }) => failed.has(record.messageId)),
            (message) => this.#hiddenUntil(message) - Date.now(),
        );
    }

    /** When the message's visibility time-out is over, by the cloud's factor; milliseconds since the epoch. */
    #hiddenUntil({ at }: Received): number {
        return at + this.#surroundings.waits.ms(this.#visibilitySeconds ?? 30);
    }

    /** The ids of the messages that stay in the queue. */
    async #failedOf(batch: readonly Received[]): Promise<ReadonlySet<string>> {
        const { functionArn, reportBatchItemFailures } = this.definition;
        const ids = batch.map(({ record }) => record.messageId);
        const payload = JSON.stringify({ Records: batch.map(({ record }) => record) });
        const giveUpAt = Math.min(...batch.map((message) => this.#hiddenUntil(message)));
        for (let attempt = 1; ; attempt++) {
            try {
                const result = await this.#surroundings.invoke(functionArn, payload);
                const failed = failedOf(result.functionError, result.payload);
                if (failed.size > 0) this.#report(new Error(`${[...failed].join(", ")}: ${result.payload}`));
                return failed;
            } catch (error) {
                this.#report(error);
                // A throttled batch is tried again until its time-out is over. Then it goes back, and has used up a receive:
                // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-backoff-strategy
                const throttled = error instanceof AwsError && error.code === "TooManyRequestsException";
                const wait = this.#surroundings.waits.ms(backoffSeconds(attempt, longestBackoffSeconds));
                if (!throttled || Date.now() + wait >= giveUpAt || this.#stop.signal.aborted) return new Set(ids);
                await pause(wait, this.#stop.signal);
            }
        }

        function failedOf(functionError: string | undefined, response: string): ReadonlySet<string> {
            if (functionError !== undefined) return new Set(ids);
            return reportBatchItemFailures ? failedItems(response, ids) : new Set();
        }
    }

    async #delete(messages: readonly Received[]): Promise<void> {
        for (const entries of groups(messages)) {
            const Entries = entries.map(({ record }, index) => ({
                Id: String(index),
                ReceiptHandle: record.receiptHandle,
            }));
            const input = { QueueUrl: this.definition.queueUrl, Entries };
            const { Failed } = await this.#surroundings.call(this.#role, "sqs", "DeleteMessageBatch", input);
            if (Array.isArray(Failed) && Failed.length > 0) {
                this.#report(new Error(`not deleted, will come again: ${JSON.stringify(Failed)}`));
            }
        }
    }

    /** @param remainingMs until the message may be received again. */
    async #makeVisible(messages: readonly Received[], remainingMs: (message: Received) => number): Promise<void> {
        for (const entries of groups(messages)) {
            const Entries = entries.map((message, index) => ({
                Id: String(index),
                ReceiptHandle: message.record.receiptHandle,
                VisibilityTimeout: Math.max(0, Math.ceil(remainingMs(message) / 1000)),
            }));
            // A function may have hidden a message for a time of its own, which holds.
            const input = { QueueUrl: this.definition.queueUrl, Entries, [unlessHidden]: true };
            await this.#surroundings.call({ kind: "administrator" }, "sqs", "ChangeMessageVisibilityBatch", input);
        }
    }

    #report(error: unknown): void {
        this.#lastError = error instanceof Error ? error.message : String(error);
        const where = this.definition.eventSourceArn.slice(this.definition.eventSourceArn.lastIndexOf(":") + 1);
        this.#surroundings.trace({ time: Date.now(), what: "failure", where, text: this.#lastError });
    }
}

/** SQS takes ten entries at once. */
function groups(messages: readonly Received[]): Received[][] {
    const divided: Received[][] = [];
    for (let start = 0; start < messages.length; start += 10) divided.push(messages.slice(start, start + 10));
    return divided;
}
