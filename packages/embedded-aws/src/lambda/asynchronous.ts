import { AwsError } from "../aws/call.ts";
import { isPermanent } from "../aws/refusals.ts";
import type { Outcome, TaskQueue } from "../taskQueue.ts";
import type { Waits } from "../waits.ts";
import type { FunctionDefinition, InvocationResult } from "./function.ts";

/** What a destination gets: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export interface InvocationRecord {
    readonly version: "1.0";
    readonly timestamp: string;
    readonly requestContext: {
        readonly requestId: string;
        readonly functionArn: string;
        readonly condition: Condition;
        readonly approximateInvokeCount: number;
    };
    readonly requestPayload: unknown;
    /** Absent when the last attempt did not reach the function. */
    readonly responseContext?: {
        readonly statusCode: 200;
        readonly executedVersion: "$LATEST";
        readonly functionError?: string;
    };
    readonly responsePayload?: unknown;
}

type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/** Sends an invocation record to a queue, topic, function or bus as the role; throws AwsError. */
export type Deliver = (
    roleArn: string,
    functionArn: string,
    destinationArn: string,
    record: InvocationRecord,
) => Promise<void>;

/** What asynchronous invocation asks of the host. */
interface AsynchronousSettings {
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly definitionOf: (functionArn: string) => FunctionDefinition | undefined;
    /** Runs it once; throws AwsError when it did not reach the function. */
    readonly invoke: (functionArn: string, payload: string, requestId: string) => Promise<InvocationResult>;
    readonly deliver: Deliver;
    /** Called with an event or record that is dropped. */
    readonly lost: (functionName: string, requestId: string, reason: string) => void;
}

interface Event {
    readonly functionArn: string;
    readonly requestId: string;
    /** JSON text. */
    readonly payload: string;
    /** Runs of the function for it. */
    readonly invokeCount: number;
    /** Consecutive attempts that did not reach the function. */
    readonly refusals: number;
    /**
     * The waits between its attempts, at the length they have on AWS. Not the clock: waits are shorter here, and the
     * night in which the machine was switched off makes no event too old.
     */
    readonly ageSeconds: number;
}

interface Delivery {
    readonly functionArn: string;
    readonly functionName: string;
    readonly roleArn: string;
    readonly destinationArn: string;
    readonly record: InvocationRecord;
}

const done: Outcome = { done: true };

/**
 * Lambda's queue of asynchronous invocations. An event is in the task queue until the function has taken it, has failed
 * for good or the event is too old; then its record is in the task queue until the destination has it. A crash may repeat
 * an attempt, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class AsynchronousInvocations {
    readonly #settings: AsynchronousSettings;

    constructor(settings: AsynchronousSettings) {
        this.#settings = settings;
        // Wide lanes: what limits the attempts is the concurrency of the functions.
        settings.taskQueue.handle<Event>("lambda event", 1000, (task) => this.#attempt(task.payload));
        settings.taskQueue.handle<Delivery>("lambda record", 100, (task) => this.#deliver(task.payload, task.attempt));
    }

    /** Accepts an event; durable when it returns. */
    accept(functionArn: string, payload: string, requestId: string): void {
        const event: Event = { functionArn, requestId, payload, invokeCount: 0, refusals: 0, ageSeconds: 0 };
        this.#settings.taskQueue.add([{ kind: "lambda event", payload: event }]);
    }

    async #attempt(event: Event): Promise<Outcome> {
        const definition = this.#settings.definitionOf(event.functionArn);
        if (definition === undefined) {
            this.#settings.lost(event.functionArn, event.requestId, "the function does not exist any more");
            return done;
        }
        if (definition.reservedConcurrency === 0) return this.#conclude(definition, event, "ZeroReservedConcurrency");
        let result: InvocationResult;
        try {
            result = await this.#settings.invoke(event.functionArn, event.payload, event.requestId);
        } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            const refused = { ...event, refusals: event.refusals + 1 };
            return this.#later(definition, refused, Math.min(2 ** event.refusals, 300));
        }
        const ran = { ...event, invokeCount: event.invokeCount + 1, refusals: 0 };
        if (result.functionError === undefined) return this.#conclude(definition, ran, "Success", result);
        if (ran.invokeCount > definition.asynchronous.maximumRetryAttempts) {
            return this.#conclude(definition, ran, "RetriesExhausted", result);
        }
        return this.#later(definition, ran, 60 * ran.invokeCount, result);
    }

    /** Tries again after `seconds`, unless the event would be too old by then. */
    #later(definition: FunctionDefinition, event: Event, seconds: number, result?: InvocationResult): Outcome {
        const ageSeconds = event.ageSeconds + seconds;
        if (ageSeconds > definition.asynchronous.maximumEventAgeSeconds) {
            return this.#conclude(definition, event, "EventAgeExceeded", result);
        }
        const { taskQueue, waits } = this.#settings;
        // A new entry and not another attempt of this one: the event carries its own counts.
        taskQueue.add([{ kind: "lambda event", payload: { ...event, ageSeconds }, delayMs: waits.ms(seconds) }]);
        return done;
    }

    #conclude(definition: FunctionDefinition, event: Event, condition: Condition, result?: InvocationResult): Outcome {
        const { arn, name, roleArn, asynchronous } = definition;
        const destinationArn = condition === "Success" ? asynchronous.onSuccess : asynchronous.onFailure;
        if (destinationArn !== undefined) {
            const record = recordOf(event, condition, result);
            const delivery: Delivery = { functionArn: arn, functionName: name, roleArn, destinationArn, record };
            this.#settings.taskQueue.add([{ kind: "lambda record", payload: delivery }]);
        } else if (condition !== "Success") {
            this.#settings.lost(name, event.requestId, `${condition}, and the function has no failure destination`);
        }
        return done;
    }

    async #deliver(delivery: Delivery, attempt: number): Promise<Outcome> {
        const { functionArn, functionName, roleArn, destinationArn, record } = delivery;
        try {
            await this.#settings.deliver(roleArn, functionArn, destinationArn, record);
        } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            const reason = `${error.code}: ${error.message}`;
            if (!isPermanent(error)) {
                return { retryInMs: this.#settings.waits.ms(Math.min(2 ** (attempt - 1), 300)), reason };
            }
            const { requestId, condition } = record.requestContext;
            this.#settings.lost(
                functionName,
                requestId,
                `${condition}; its record did not reach ${destinationArn}: ${reason}`,
            );
        }
        return done;
    }
}

function recordOf(event: Event, condition: Condition, result: InvocationResult | undefined): InvocationRecord {
    return {
        version: "1.0",
        timestamp: new Date().toISOString(),
        requestContext: {
            requestId: event.requestId,
            functionArn: `${event.functionArn}:$LATEST`,
            condition,
            approximateInvokeCount: event.invokeCount,
        },
        requestPayload: JSON.parse(event.payload),
        ...(result && {
            responseContext: {
                statusCode: 200,
                executedVersion: "$LATEST",
                ...(result.functionError && { functionError: result.functionError }),
            },
            responsePayload: JSON.parse(result.payload),
        }),
    };
}
