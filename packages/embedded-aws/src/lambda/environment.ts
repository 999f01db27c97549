import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Credentials } from "../identity/principal.ts";
import type { FunctionDefinition, LogLine } from "./function.ts";
import type { EnvironmentOwner, InitFailure, Invocation } from "./invocation.ts";
import { eachLine } from "./lines.ts";
import { type Ending, initReportLine, reportLine, timedOutLine } from "./platformLines.ts";
import { endingOf, exitReason, failure, heapLimits, killGroup, processorMsOf } from "./process.ts";
import type { Answer, Delivery, Runtime, RuntimeApi } from "./runtimeApi.ts";
import { environmentVariables } from "./variables.ts";

const bootstrap = fileURLToPath(new URL("./bootstrap.js", import.meta.url));

type State = "starting" | "idle" | "busy" | "ending";

interface EnvironmentSettings {
    readonly region: string;
    readonly endpointUrl: string;
    readonly credentials: Credentials;
    readonly runtimeApi: RuntimeApi;
    /** INIT may take this long. */
    readonly initSeconds: number;
    readonly log: (line: LogLine) => void;
}

/**
 * An execution environment: one process that serves one invocation at a time. It lives as long as its owner lets it, or
 * until an invocation takes too long or the process ends by itself.
 */
export class Environment implements Runtime {
    readonly definition: FunctionDefinition;
    /** Resolves when the process has ended. */
    readonly gone: Promise<void>;

    #state: State = "starting";
    #idleSince = 0;
    readonly #owner: EnvironmentOwner;
    readonly #settings: EnvironmentSettings;
    readonly #prefix: string;
    readonly #startedAt = performance.now();
    readonly #ended = Promise.withResolvers<void>();
    #child: ChildProcess | undefined;
    #spawnError: Error | undefined;
    #heapExhausted = false;
    #limit: NodeJS.Timeout | undefined;
    #initFailure: InitFailure | undefined;
    /** What the first REPORT mentions. */
    #initMs: number | undefined;
    #deliver: ((delivery: Delivery) => void) | undefined;
    #invocation: Invocation | undefined;
    #deliveredAt: number | undefined;
    #requestId: string | undefined;
    #logStream: string | undefined;
    #memoryUsedBytes = 0;

    constructor(definition: FunctionDefinition, owner: EnvironmentOwner, settings: EnvironmentSettings) {
        this.definition = definition;
        this.#owner = owner;
        this.#settings = settings;
        this.gone = this.#ended.promise;
        this.#prefix = settings.runtimeApi.admit(this);
        settings.runtimeApi.address
            .then((address) => this.#start(address))
            .catch((error: Error) => {
                this.#spawnError = error;
                this.#gone(null, null);
            });
    }

    get state(): State {
        return this.#state;
    }

    /** Since when it is idle, milliseconds of the monotonic clock. */
    get idleSince(): number {
        return this.#idleSince;
    }

    /** The process id, once there is a process. */
    get pid(): number | undefined {
        return this.#child?.pid;
    }

    /** As `processorMsOf`. */
    get processorMs(): number | undefined {
        return this.pid && processorMsOf(this.pid);
    }

    /** Whether it has had an invocation. */
    get isUsed(): boolean {
        return this.#requestId !== undefined;
    }

    /** Hands it an invocation; only when idle. */
    invoke(invocation: Invocation): void {
        this.#state = "busy";
        this.#invocation = invocation;
        this.#deliveredAt = undefined;
        const { timeoutSeconds } = this.definition;
        this.#limit = setTimeout(() => this.#invocationTimedOut(invocation), timeoutSeconds * 1000);
        if (this.#deliver !== undefined) this.#deliverTo(this.#deliver, invocation);
    }

    /** Ends the process and its children. Calls the owner when the process has exited. */
    end(): void {
        this.#state = "ending";
        clearTimeout(this.#limit);
        const pid = this.pid;
        if (pid !== undefined) killGroup(pid);
    }

    next(deliver: (delivery: Delivery) => void): void {
        if (this.#state === "starting") {
            clearTimeout(this.#limit);
            this.#initMs = performance.now() - this.#startedAt;
            this.#deliver = deliver;
            this.#rest();
            this.#owner.initialised();
        } else if (this.#invocation !== undefined && this.#deliveredAt === undefined) {
            this.#deliverTo(deliver, this.#invocation);
        } else {
            this.#deliver = deliver;
        }
    }

    answer(requestId: string, answer: Answer): boolean {
        const invocation = this.#invocation;
        if (this.#deliveredAt === undefined || invocation?.requestId !== requestId) return false;
        clearTimeout(this.#limit);
        const durationMs = performance.now() - this.#deliveredAt;
        this.#invocation = undefined;
        // What the handler wrote before its answer is read in this turn of the event loop at the latest.
        setImmediate(() => {
            this.#finish(invocation, answer, durationMs);
            if (this.#state !== "busy") return;
            this.#rest();
            this.#owner.freed();
        });
        return true;
    }

    failInit(answer: Answer): boolean {
        if (this.#state !== "starting") return false;
        this.#initFailure = { kind: "error", answerTo: () => answer };
        this.#reportInit({ status: "error", errorType: answer.errorType ?? "Unhandled" });
        this.end();
        return true;
    }

    #start(address: string): void {
        if (this.#state === "ending") {
            this.#gone(null, null);
            return;
        }
        const { definition } = this;
        const { initSeconds, region, endpointUrl, credentials } = this.#settings;
        const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
        this.#logStream = `${day}/[$LATEST]${randomBytes(16).toString("hex")}`;
        const runtimeApi = `${address}/${this.#prefix}`;
        this.#log("platform", `INIT_START Runtime Version: nodejs:${process.versions.node}`);
        // A group of its own: Ctrl-C ends the cloud in order, and what a function starts ends with the function.
        const child = spawn(process.execPath, [...heapLimits(definition.memoryMb), bootstrap], {
            cwd: definition.codeDirectory,
            env: environmentVariables(definition, {
                region,
                credentials,
                endpointUrl,
                runtimeApi,
                logStream: this.#logStream,
                bootstrap,
            }),
            stdio: ["ignore", "pipe", "pipe"],
            detached: true,
        });
        this.#child = child;
        if (definition.background && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
        eachLine(child.stdout, (line) => this.#log("function", line));
        eachLine(child.stderr, (line) => {
            if (line.includes("JavaScript heap out of memory")) this.#heapExhausted = true;
            this.#log("function", line);
        });
        child.on("error", (error) => {
            this.#spawnError = error;
        });
        child.on("exit", () => child.pid !== undefined && killGroup(child.pid));
        child.on("close", (code, signal) => this.#gone(code, signal));
        this.#limit = setTimeout(() => this.#initTimedOut(), initSeconds * 1000);
    }

    #rest(): void {
        this.#state = "idle";
        this.#idleSince = performance.now();
    }

    #initTimedOut(): void {
        this.#initFailure = { kind: "timeout", answerTo: (requestId) => this.#timedOut(requestId) };
        this.#reportInit({ status: "timeout" });
        this.end();
    }

    #deliverTo(deliver: (delivery: Delivery) => void, invocation: Invocation): void {
        const { requestId, payload, traceHeader, clientContext, identity } = invocation;
        const { arn, timeoutSeconds } = this.definition;
        this.#deliver = undefined;
        this.#requestId = requestId;
        this.#deliveredAt = performance.now();
        this.#log("platform", `START RequestId: ${requestId} Version: $LATEST`);
        deliver({
            requestId,
            payload,
            deadline: Date.now() + timeoutSeconds * 1000,
            functionArn: arn,
            traceHeader,
            ...(clientContext !== undefined && { clientContext }),
            ...(identity !== undefined && { identity }),
        });
    }

    #invocationTimedOut(invocation: Invocation): void {
        this.#invocation = undefined;
        this.#finish(invocation, this.#timedOut(invocation.requestId), this.definition.timeoutSeconds * 1000);
        this.end();
    }

    #timedOut(requestId: string): Answer {
        const errorMessage = timedOutLine(requestId, this.definition.timeoutSeconds);
        this.#log("platform", errorMessage);
        return failure("Sandbox.Timedout", errorMessage);
    }

    #finish(invocation: Invocation, answer: Answer, durationMs: number): void {
        this.#memoryUsedBytes = Math.max(this.#memoryUsedBytes, answer.memoryUsedBytes ?? 0);
        const { requestId } = invocation;
        this.#log("platform", `END RequestId: ${requestId}`);
        this.#log(
            "platform",
            reportLine({
                requestId,
                durationMs,
                memoryMb: this.definition.memoryMb,
                memoryUsedBytes: this.#memoryUsedBytes,
                initMs: this.#initMs,
                ending: endingOf(answer),
            }),
        );
        const initMs = this.#initMs;
        this.#initMs = undefined;
        invocation.finish(answer, durationMs, initMs);
    }

    /** The process is gone, by our will or its own. */
    #gone(code: number | null, signal: NodeJS.Signals | null): void {
        clearTimeout(this.#limit);
        this.#settings.runtimeApi.dismiss(this.#prefix);
        const before = this.#state;
        this.#state = "ending";
        const answerTo = (requestId: string): Answer => this.#exitFailure(requestId, code, signal);
        if (before === "starting") {
            this.#initFailure = { kind: "error", answerTo };
            this.#reportInit({ status: "error", errorType: this.#exitType() });
        }
        const invocation = this.#invocation;
        if (before === "busy" && invocation !== undefined && this.#deliveredAt !== undefined) {
            this.#invocation = undefined;
            this.#finish(invocation, answerTo(invocation.requestId), performance.now() - this.#deliveredAt);
        }
        this.#owner.ended(this.#initFailure, this.#invocation);
        this.#ended.resolve();
    }

    #exitType(): string {
        return this.#heapExhausted ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    }

    #exitFailure(requestId: string, code: number | null, signal: NodeJS.Signals | null): Answer {
        const { codeDirectory } = this.definition;
        const how = this.#spawnError ? `${this.#spawnError.message} in ${codeDirectory}` : exitReason(code, signal);
        const message = `RequestId: ${requestId} Error: ${how}`;
        this.#log("platform", `${message} ${this.#exitType()}`);
        return failure(this.#exitType(), message);
    }

    #reportInit(ending: Ending): void {
        this.#log("platform", initReportLine(performance.now() - this.#startedAt, ending));
    }

    #log(source: LogLine["source"], text: string): void {
        const { name } = this.definition;
        const logStream = this.#logStream;
        const requestId = this.#requestId;
        this.#settings.log({ time: Date.now(), functionName: name, requestId, logStream, source, text });
    }
}
