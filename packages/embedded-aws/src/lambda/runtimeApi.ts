import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** The Runtime API takes responses up to this size: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LARGEST_RESPONSE_BYTES = 6_291_556;

/** An invocation on its way to a runtime. */
export interface Delivery {
    readonly requestId: string;
    readonly payload: string;
    /** Milliseconds since the epoch. */
    readonly deadline: number;
    readonly functionArn: string;
    readonly traceHeader: string;
    /** JSON text. */
    readonly clientContext?: string;
    /** JSON text. */
    readonly identity?: string;
}

/** What a runtime says when it is done with INIT or an invocation. */
export interface Answer {
    /** JSON text: the result, or `{errorType, errorMessage, trace}` when `errorType` is set. */
    readonly payload: string;
    readonly errorType?: string;
    /** From the header Memory-Used, which is ours: the API has no other way to know it. */
    readonly memoryUsedBytes?: number;
}

/** The execution environment behind one prefix of the API. */
export interface Runtime {
    /** It asks for work; `deliver` is called once, when there is some. */
    next(deliver: (delivery: Delivery) => void): void;
    /** @returns false when that invocation is not the one at work. */
    answer(requestId: string, answer: Answer): boolean;
    /** @returns false when INIT is over. */
    failInit(answer: Answer): boolean;
}

/**
 * The Lambda Runtime API 2018-06-01 on loopback, one server for all environments:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * An unguessable prefix for each environment keeps one from taking another's events.
 */
export class RuntimeApi {
    /** `127.0.0.1:port`, once it listens. */
    readonly address: Promise<string>;
    readonly #runtimes = new Map<string, Runtime>();
    readonly #server = createServer(
        { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 },
        (request, response) => this.#serve(request, response),
    );

    constructor() {
        this.address = new Promise((resolve, reject) => {
            this.#server.once("error", reject);
            this.#server.listen(0, "127.0.0.1", () => {
                const address = this.#server.address();
                if (address === null || typeof address === "string") reject(new Error("the Runtime API has no port"));
                else resolve(`127.0.0.1:${address.port}`);
            });
        });
    }

    /** Opens a prefix for an environment. */
    admit(runtime: Runtime): string {
        const prefix = randomUUID();
        this.#runtimes.set(prefix, runtime);
        return prefix;
    }

    dismiss(prefix: string): void {
        this.#runtimes.delete(prefix);
    }

    async close(): Promise<void> {
        await this.address;
        const closed = new Promise((resolve) => this.#server.close(resolve));
        this.#server.closeAllConnections();
        await closed;
    }

    #serve(request: IncomingMessage, response: ServerResponse): void {
        response.sendDate = false;
        const [, prefix = "", version, api, ...path] = (request.url ?? "").split("/");
        const runtime = this.#runtimes.get(prefix);
        if (runtime === undefined || version !== "2018-06-01" || api !== "runtime") refuse(response, 404);
        else if (request.method === "GET") serveNext(runtime, path, response);
        else serveAnswer(runtime, path, request, response);
    }
}

function serveNext(runtime: Runtime, path: string[], response: ServerResponse): void {
    if (path.join("/") === "invocation/next") runtime.next((delivery) => send(response, delivery));
    else refuse(response, 404);
}

function serveAnswer(
    runtime: Runtime,
    [topic, subject = "", verb]: string[],
    request: IncomingMessage,
    response: ServerResponse,
): void {
    const isInit = topic === "init" && subject === "error";
    const isInvocation = topic === "invocation" && (verb === "response" || verb === "error");
    if (request.method !== "POST" || !(isInit || isInvocation)) {
        refuse(response, 404);
        return;
    }
    readAnswer(request, isInit || verb === "error", (answer, complete) => {
        const known = isInit ? runtime.failInit(answer) : runtime.answer(subject, answer);
        if (!complete) refuse(response, 413);
        else if (known) accept(response);
        else refuse(response, 400);
    });
}

const tooLarge: Answer = {
    errorType: "Function.ResponseSizeTooLarge",
    payload: JSON.stringify({
        errorType: "Function.ResponseSizeTooLarge",
        errorMessage: `Response payload size exceeded maximum allowed payload size (${LARGEST_RESPONSE_BYTES} bytes).`,
    }),
};

function readAnswer(
    request: IncomingMessage,
    isError: boolean,
    then: (answer: Answer, complete: boolean) => void,
): void {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= LARGEST_RESPONSE_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
        if (size > LARGEST_RESPONSE_BYTES) {
            then(tooLarge, false);
            return;
        }
        const memoryUsedBytes = Number(request.headers["memory-used"]);
        const errorType = request.headers["lambda-runtime-function-error-type"];
        const answer = {
            payload: Buffer.concat(chunks, size).toString("utf8"),
            ...(isError && { errorType: typeof errorType === "string" ? errorType : "Unhandled" }),
            ...(Number.isFinite(memoryUsedBytes) && { memoryUsedBytes }),
        };
        then(answer, true);
    });
}

function send(response: ServerResponse, delivery: Delivery): void {
    const { requestId, payload, deadline, functionArn, traceHeader, clientContext, identity } = delivery;
    const headers = {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(payload),
        "Lambda-Runtime-Aws-Request-Id": requestId,
        "Lambda-Runtime-Deadline-Ms": deadline,
        "Lambda-Runtime-Invoked-Function-Arn": functionArn,
        "Lambda-Runtime-Trace-Id": traceHeader,
        ...(clientContext !== undefined && { "Lambda-Runtime-Client-Context": ascii(clientContext) }),
        ...(identity !== undefined && { "Lambda-Runtime-Cognito-Identity": ascii(identity) }),
    };
    response.writeHead(200, headers).end(payload);
}

/** The same JSON in the characters that a header may hold. */
function ascii(json: string): string {
    return json.replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function accept(response: ServerResponse): void {
    response.writeHead(202, { "Content-Type": "application/json", "Content-Length": 15 }).end('{"status":"OK"}');
}

function refuse(response: ServerResponse, status: 400 | 404 | 413): void {
    response.writeHead(status, { "Content-Length": 0 }).end();
}
