import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import type { Credentials } from "../identity/principal.ts";
import type { TaskQueue } from "../taskQueue.ts";
import { type Trace, tracedCharacters } from "../trace.ts";
import type { Waits } from "../waits.ts";
import { AsynchronousInvocations, type Deliver } from "./asynchronous.ts";
import type { Environment } from "./environment.ts";
import { Fleet } from "./fleet.ts";
import { type FunctionDefinition, functionNamed, type InvocationResult, type LogLine } from "./function.ts";
import { Idleness } from "./idleness.ts";
import type { Invocation } from "./invocation.ts";
import type { Answer } from "./runtimeApi.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution */
const SYNCHRONOUS_PAYLOAD_BYTES = 6 * 2 ** 20;
const ASYNCHRONOUS_PAYLOAD_BYTES = 2 ** 20;

export interface LambdaHostSettings {
    readonly region: string;
    readonly account: string;
    /** AWS_ENDPOINT_URL of the functions. */
    readonly endpointUrl: string;
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly trace: Trace;
    /** How many environments may exist at a time, over all functions. @default 10 */
    readonly maximumEnvironments?: number;
    /** How long an environment may be idle. @default 300 */
    readonly idleSeconds?: number;
    /** How long one may be idle that was started ahead of an invocation, and has had none. @default 20 */
    readonly unusedSeconds?: number;
    /** How long INIT may take, as on AWS by default. @default 10 */
    readonly initSeconds?: number;
    /** How long a function's environments may all be busy before it starts another. @default 500 */
    readonly patienceMs?: number;
    /** Whether the machine has no time to spare. @default by how idle its processors are */
    readonly isBusy?: () => boolean;
    readonly credentialsOf: (roleArn: string, session: string) => Credentials;
    /** Every line that a function or the platform writes. */
    readonly log: (line: LogLine) => void;
    /** Sends an invocation record to a queue, topic, function or bus as the role; throws AwsError. */
    readonly deliver: Deliver;
}

interface InvokeOptions {
    /** @default a new UUID */
    readonly requestId?: string;
    /** X-Ray trace header. @default a new trace that is not sampled */
    readonly traceHeader?: string;
    /** JSON text, the handler's `context.clientContext`. */
    readonly clientContext?: string;
    /** JSON text, the handler's `context.identity`. */
    readonly identity?: string;
}

/** A function as `/_local/resources` shows it. */
interface FunctionState {
    readonly arn: string;
    readonly name: string;
    readonly environments: { readonly starting: number; readonly idle: number; readonly busy: number };
    /** Invocations that no environment has taken yet. */
    readonly waiting: number;
    readonly coldStarts: number;
    readonly invocations: number;
    readonly errors: number;
    readonly throttles: number;
    /** Process ids of its environments. */
    readonly pids: readonly number[];
}

interface Counts {
    /** Accepted and not answered: what reserved concurrency limits. */
    running: number;
    invocations: number;
    errors: number;
    throttles: number;
}

/** Lambda: functions, synchronous and asynchronous invocation. Functions are named as `functionNamed` tells. */
export class LambdaHost {
    readonly #settings: LambdaHostSettings;
    readonly #fleet: Fleet;
    readonly #asynchronous: AsynchronousInvocations;
    readonly #counts = new Map<string, Counts>();

    constructor(settings: LambdaHostSettings) {
        const { maximumEnvironments = 10, idleSeconds = 300, unusedSeconds = 20 } = settings;
        const { initSeconds = 10, patienceMs = 500 } = settings;
        this.#settings = settings;
        const idleness = new Idleness();
        const isBusy = settings.isBusy ?? (() => idleness.isBusy);
        const times = { idleSeconds, unusedSeconds, initSeconds, patienceMs };
        this.#fleet = new Fleet({ ...settings, ...times, maximumEnvironments, isBusy });
        this.#asynchronous = new AsynchronousInvocations({
            taskQueue: settings.taskQueue,
            waits: settings.waits,
            definitionOf: (functionArn) => this.#fleet.pool(functionArn)?.definition,
            invoke: (functionArn, payload, requestId) => this.invoke(functionArn, payload, { requestId }),
            deliver: settings.deliver,
            lost: (functionName, requestId, reason) => this.#lost(functionName, requestId, reason),
        });
    }

    /**
     * Defines a function, or gives it new code or settings: environments of the old ones finish what they do and are
     * replaced.
     */
    define(definition: FunctionDefinition): void {
        this.#fleet.define(definition);
        if (this.#counts.has(definition.arn)) return;
        this.#counts.set(definition.arn, { running: 0, invocations: 0, errors: 0, throttles: 0 });
    }

    /**
     * Invokes a function and waits for its answer; what the function does wrong is in the answer.
     * @param payload JSON text
     * @throws AwsError ResourceNotFoundException (404), TooManyRequestsException (429, reserved concurrency),
     * RequestTooLargeException (413, above 6 MB), ServiceException (500, the host stops).
     */
    async invoke(functionArn: string, payload: string, options: InvokeOptions = {}): Promise<InvocationResult> {
        const { definition, counts } = this.#find(functionArn);
        if (Buffer.byteLength(payload) > SYNCHRONOUS_PAYLOAD_BYTES) {
            const limit = `${SYNCHRONOUS_PAYLOAD_BYTES} bytes for the InvokeFunction operation`;
            throw new AwsError("RequestTooLargeException", `Request must be smaller than ${limit}`, 413);
        }
        if (counts.running >= (definition.reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
            counts.throttles += 1;
            const details = { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded", Type: "User" };
            throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, details);
        }
        counts.running += 1;
        counts.invocations += 1;
        try {
            return await this.#run(definition, counts, payload, options);
        } finally {
            counts.running -= 1;
        }
    }

    /**
     * Accepts an event for a function; durable when it returns.
     * @param payload JSON text
     * @throws AwsError ResourceNotFoundException (404), RequestTooLargeException (413, above 1 MB),
     * InvalidRequestContentException (400, not JSON).
     */
    invokeAsync(functionArn: string, payload: string): { readonly requestId: string } {
        const { definition } = this.#find(functionArn);
        const size = Buffer.byteLength(payload);
        if (size > ASYNCHRONOUS_PAYLOAD_BYTES) {
            const limit = `for the Event invocation type (limit ${ASYNCHRONOUS_PAYLOAD_BYTES} bytes)`;
            throw new AwsError("RequestTooLargeException", `${size} byte payload is too large ${limit}`, 413);
        }
        try {
            JSON.parse(payload);
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            const message = `Could not parse request body into json: ${reason}`;
            throw new AwsError("InvalidRequestContentException", message, 400);
        }
        const requestId = randomUUID();
        this.#asynchronous.accept(definition.arn, payload, requestId);
        return { requestId };
    }

    /**
     * Starts a first environment, if the machine's limit leaves room, and resolves when one is initialised.
     * @throws InitError when INIT has failed time after time
     */
    async warm(functionArn: string): Promise<void> {
        await this.#fleet.warm(this.#find(functionArn).definition.arn);
    }

    functions(): FunctionState[] {
        return this.#fleet.pools().map(({ definition: { arn, name }, environments, waiting, coldStarts }) => {
            const { invocations, errors, throttles } = this.#find(arn).counts;
            const all = [...environments];
            const count = (state: Environment["state"]) => all.filter((one) => one.state === state).length;
            return {
                arn,
                name,
                environments: { starting: count("starting"), idle: count("idle"), busy: count("busy") },
                waiting: waiting.length,
                coldStarts,
                invocations,
                errors,
                throttles,
                pids: all.flatMap(({ pid }) => pid ?? []),
            };
        });
    }

    /** Resolves when what runs has ended and every environment is gone; what waits is refused with ServiceException. */
    stop(): Promise<void> {
        return this.#fleet.stop();
    }

    #find(functionArn: string): { definition: FunctionDefinition; counts: Counts } {
        const { region, account } = this.#settings;
        const { arn, qualifier = "$LATEST", qualifiedArn } = functionNamed(functionArn, region, account);
        const definition = this.#fleet.pool(arn)?.definition;
        const counts = this.#counts.get(arn);
        const leads = qualifier === "$LATEST" || definition?.aliases?.includes(qualifier);
        if (leads && definition !== undefined && counts !== undefined) return { definition, counts };
        throw new AwsError("ResourceNotFoundException", `Function not found: ${qualifiedArn}`, 404);
    }

    #run(
        definition: FunctionDefinition,
        counts: Counts,
        payload: string,
        options: InvokeOptions,
    ): Promise<InvocationResult> {
        const { requestId = randomUUID(), traceHeader = newTrace(requestId) } = options;
        const acceptedAt = performance.now();
        return new Promise((resolve, reject) => {
            const invocation: Invocation = {
                ...options,
                requestId,
                traceHeader,
                payload,
                finish: (answer, durationMs, initMs) => {
                    if (answer.errorType !== undefined) counts.errors += 1;
                    const waitMs = Math.max(0, performance.now() - acceptedAt - durationMs);
                    // An environment that was there before its first invocation kept none waiting.
                    const cold = initMs === undefined ? {} : { initMs: Math.min(initMs, waitMs) };
                    this.#trace(definition, invocation, answer, { durationMs, waitMs, ...cold });
                    resolve({
                        requestId,
                        payload: answer.payload,
                        ...(answer.errorType !== undefined && { functionError: "Unhandled" }),
                    });
                },
                abandon: () => reject(new AwsError("ServiceException", "The Lambda service is stopping.", 500)),
            };
            this.#fleet.run(definition.arn, invocation);
        });
    }

    #trace(
        { name, arn }: FunctionDefinition,
        { requestId, payload }: Invocation,
        answer: Answer,
        times: { readonly durationMs: number; readonly waitMs: number; readonly initMs?: number },
    ): void {
        const failed = answer.errorType !== undefined;
        this.#settings.trace({
            time: Date.now(),
            what: "invocation",
            where: name,
            text: failed ? `failed with ${answer.payload}` : "succeeded",
            payload: payload.slice(0, tracedCharacters),
            result: answer.payload.slice(0, tracedCharacters),
            callees: [arn],
            status: failed ? 500 : 200,
            requestId,
            ...times,
        });
    }

    #lost(functionName: string, requestId: string, reason: string): void {
        const text = `asynchronous invocation ${requestId} is lost: ${reason}`;
        const time = Date.now();
        this.#settings.trace({ time, what: "dropped", where: functionName, text, requestId });
    }
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function newTrace(requestId: string): string {
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    const digits = requestId.replaceAll("-", "");
    return `Root=1-${seconds}-${digits.slice(0, 24)};Parent=${digits.slice(-16)};Sampled=0`;
}
