import { randomUUID } from "node:crypto";
import { isPermanent } from "../aws/refusals.ts";
import type { Principal } from "../identity/principal.ts";
import type { InvocationResult } from "../lambda/function.ts";
import { failedItems } from "./batch.ts";
import type { StreamTriggerDefinition, TriggerSurroundings } from "./definition.ts";
import { type FailureCondition, failureRecord } from "./failureRecord.ts";
import type { StreamEntry } from "./streamRecord.ts";

/** How one invocation went: `failedFrom` is the index of the first record that is not done. */
type Attempt =
    | { readonly kind: "done"; readonly result: InvocationResult }
    | { readonly kind: "failed"; readonly failedFrom: number; readonly result: InvocationResult }
    /** The batch did not reach the function. */
    | { readonly kind: "refused" };

/** The trigger stops: what is not done is read again at the next start. */
export class StoppedError extends Error {}

/** What a trigger does while its batches are worked on. */
interface Hooks {
    report(error: unknown): void;
    drop(what: string): void;
    /** The wait before trying again for the nth time, or less when the trigger stops. */
    backoff(attempt: number): Promise<void>;
}

/** Has a stream's batches processed by the function, until each record is done or given up. */
export class StreamBatches {
    readonly #definition: StreamTriggerDefinition;
    readonly #surroundings: TriggerSurroundings;
    readonly #role: Principal;
    readonly #stop: AbortSignal;
    readonly #hooks: Hooks;
    #inFlight = 0;

    constructor(
        definition: StreamTriggerDefinition,
        surroundings: TriggerSurroundings,
        role: Principal,
        stop: AbortSignal,
        hooks: Hooks,
    ) {
        this.#definition = definition;
        this.#surroundings = surroundings;
        this.#role = role;
        this.#stop = stop;
        this.#hooks = hooks;
    }

    /** Records that the function is working on. */
    get inFlight(): number {
        return this.#inFlight;
    }

    /**
     * Has a batch processed, with retries, until each of its records is done or given up. Throws Stopped.
     * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
     */
    async finish(shardId: string, batch: readonly StreamEntry[], checkpoint: (at: string) => void): Promise<void> {
        const { maximumRetryAttempts, bisectBatchOnFunctionError } = this.#definition;
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
            if (this.#stop.aborted) throw new StoppedError();
            const expired = rest.slice(0, this.#countExpired(rest));
            if (expired.length > 0) {
                await giveUp("RecordAgeExceeded", expired);
                continue;
            }
            const attempt = await this.#attempt(rest);
            if (attempt.kind === "refused") {
                refusals += 1;
                await this.#hooks.backoff(refusals);
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
                await this.finish(shardId, rest.slice(0, middle), checkpoint);
                rest = rest.slice(middle);
                continue;
            }
            if (maximumRetryAttempts >= 0 && retries >= maximumRetryAttempts) {
                await giveUp("RetryAttemptsExhausted", rest);
                continue;
            }
            retries += 1;
            await this.#hooks.backoff(retries);
        }
    }

    async #attempt(entries: readonly StreamEntry[]): Promise<Attempt> {
        const { functionArn, reportBatchItemFailures } = this.#definition;
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
            this.#hooks.report(error);
            return { kind: "refused" };
        } finally {
            this.#inFlight -= entries.length;
        }
    }

    #failed(failedFrom: number, entries: readonly StreamEntry[], result: InvocationResult): Attempt {
        const first = entries[failedFrom]?.sequenceNumber;
        this.#hooks.report(new Error(`failed from ${first} of ${entries.length} records: ${result.payload}`));
        return { kind: "failed", failedFrom, result };
    }

    #countExpired(entries: readonly StreamEntry[]): number {
        const { maximumRecordAgeSeconds } = this.#definition;
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
        const { functionArn, eventSourceArn: streamArn, onFailure } = this.#definition;
        const requestId = batch.lastResult?.requestId ?? randomUUID();
        const record = JSON.stringify(failureRecord({ ...batch, requestId, functionArn, streamArn }, Date.now()));
        this.#hooks.report(new Error(`given up: ${record}`));
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
                this.#hooks.report(error);
                // As on AWS the record is lost where the role may not send it; a fault of the service passes.
                if (isPermanent(error)) {
                    this.#drop(
                        `its record did not reach its destination: ${error instanceof Error ? error.message : String(error)}`,
                        batch.entries,
                    );
                    return;
                }
                await this.#hooks.backoff(attempt);
                if (this.#stop.aborted) throw new StoppedError();
            }
        }
    }

    #drop(why: string, entries: readonly StreamEntry[]): void {
        const [first, last] = [entries[0]?.sequenceNumber, entries.at(-1)?.sequenceNumber];
        this.#hooks.drop(`${entries.length} records from ${first} to ${last} are dropped: ${why}`);
    }
}
