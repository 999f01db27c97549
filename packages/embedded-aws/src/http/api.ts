import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Trace, type TraceEntry, tracedCharacters } from "../trace.ts";
import { type Answer, lambdaAnswer, RefusalError } from "./answer.ts";
import { type Callers, Gate, routeArn } from "./authorizers.ts";
import { isPreflight, preflightHeaders, withCorsHeaders } from "./cors.ts";
import type { HttpApiDefinition, Integration, RouteDefinition, StageDefinition } from "./definition.ts";
import { httpEvent } from "./event.ts";
import { accessLogLine, type Exchange } from "./exchange.ts";
import { applyResponseParameters, responseParameterFault } from "./mapping.ts";
import { queueRefusal, requestParameterFault, sendToQueue } from "./queueIntegration.ts";
import {
    type ApiRequest,
    checkHead,
    HeadersTooLargeError,
    RequestTooLongError,
    readBody,
    readHead,
} from "./request.ts";
import { RouteTable } from "./routes.ts";
import { TokenBucket } from "./throttle.ts";

interface HttpApiSurroundings {
    readonly call: AwsCall;
    readonly callers: Callers;
    readonly trace: Trace;
    /** Takes a finished line of a stage's access log. */
    readonly accessLog: (stage: string, line: string) => void;
}

/** The program asks for an API that API Gateway would not create. */
export class InvalidHttpApiError extends Error {
    constructor(api: string, fault: string) {
        super(`HTTP API ${api}: ${fault}`);
        this.name = "InvalidHttpApiError";
    }
}

/** Serves one HTTP API: stages, routes, throttling, authorizers, integrations, CORS, access log. */
export class HttpApi {
    readonly definition: HttpApiDefinition;
    readonly #surroundings: HttpApiSurroundings;
    readonly #routes: RouteTable<RouteDefinition>;
    readonly #stages: ReadonlyMap<string, StageDefinition>;
    readonly #gate: Gate;
    readonly #buckets = new Map<string, TokenBucket>();

    /** Throws InvalidHttpApiError. */
    constructor(definition: HttpApiDefinition, surroundings: HttpApiSurroundings) {
        for (const { routeKey, integration } of definition.routes) {
            const fault =
                responseParameterFault(integration.responseParameters) ??
                (integration.kind === "SQS-SendMessage" ? requestParameterFault(integration) : undefined);
            if (fault !== undefined) throw new InvalidHttpApiError(definition.name, `${routeKey}: ${fault}`);
        }
        this.definition = definition;
        this.#surroundings = surroundings;
        this.#routes = new RouteTable(definition.routes);
        this.#stages = new Map(definition.stages.map((stage) => [stage.name, stage]));
        this.#gate = new Gate(surroundings.call, surroundings.callers);
    }

    /** Whether this API has a route for the request; for an origin that several APIs share. */
    accepts({ method = "GET", url = "/" }: Pick<IncomingMessage, "method" | "url">): boolean {
        try {
            const { stage, routePath } = this.#stageOf(url.split("?", 1)[0] ?? "/");
            return stage !== undefined && this.#routes.select(method, routePath) !== undefined;
        } catch {
            return false;
        }
    }

    /** Answers one request; never rejects. */
    async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
        const startedAt = performance.now();
        const head = readHead(message);
        const where = `${head.method} ${head.encodedPath}`;
        this.#trace("request", where, identifiers(head.headers), head.id);
        let exchange: Exchange | undefined;
        let answer: Answer;
        try {
            checkHead(message);
            const request = { ...head, body: await readBody(message) };
            const { stage, routePath } = this.#stageOf(request.encodedPath);
            if (stage === undefined) throw new RefusalError(404, "Not Found");
            const match = this.#routes.select(request.method, routePath);
            exchange = {
                api: this.definition,
                request,
                stage,
                path: decodeURIComponent(request.encodedPath),
                routePath,
                routeKey: match?.route.routeKey ?? "-",
                pathParameters: match?.pathParameters,
            };
            answer = await this.#serve(match?.route, exchange);
        } catch (error) {
            // The client went away before its request was complete.
            if (message.destroyed && !message.complete) return;
            const refusal = refusalOf(error);
            if (exchange !== undefined) exchange.errorMessage = refusal.message;
            answer = refusal.answer();
            const what = refusal.status === 403 ? "denied" : refusal.status >= 500 ? "failure" : undefined;
            const isTraced = exchange?.integrationError !== undefined;
            if (what !== undefined && !isTraced) this.#trace(what, where, reasonOf(refusal), head.id);
        }
        const { cors } = this.definition;
        if (cors !== undefined && !isPreflight(head)) {
            answer = { ...answer, headers: withCorsHeaders(cors, head.headers["origin"], answer.headers) };
        }
        const sent = send(response, answer, head);
        const durationMs = performance.now() - startedAt;
        this.#surroundings.trace({
            time: Date.now(),
            what: "response",
            where,
            text: `${sent.status} ${identifiers(answer.headers)}`,
            payload: String(exchange?.request.body ?? "").slice(0, tracedCharacters),
            result: answer.body.toString().slice(0, tracedCharacters),
            status: sent.status,
            durationMs,
            requestId: head.id,
        });
        if (exchange !== undefined) this.#log({ ...exchange, ...sent, responseLatencyMs: durationMs });
    }

    #stageOf(encodedPath: string): { stage: StageDefinition | undefined; routePath: string } {
        const end = encodedPath.indexOf("/", 1);
        const named = this.#stages.get(encodedPath.slice(1, end < 0 ? undefined : end));
        if (named !== undefined) return { stage: named, routePath: end < 0 ? "/" : encodedPath.slice(end) };
        return { stage: this.#stages.get("$default"), routePath: encodedPath };
    }

    async #serve(route: RouteDefinition | undefined, exchange: Exchange): Promise<Answer> {
        const { cors } = this.definition;
        if (cors !== undefined && isPreflight(exchange.request)) {
            // Only a route that takes OPTIONS requests itself, such as a `$default` with an authorizer, stands before it.
            if (route !== undefined) await this.#gate.admit(route.authorization, exchange);
            const headers = preflightHeaders(cors, exchange.request.headers["origin"]);
            return { status: 204, headers, cookies: [], body: "" };
        }
        if (route === undefined) throw new RefusalError(404, "Not Found");
        if (!this.#pass(exchange)) throw new RefusalError(429, "Too Many Requests");
        const authorizer = await this.#gate.admit(route.authorization, exchange);
        if (authorizer !== undefined) exchange.authorizer = authorizer;
        const answer = await this.#integrate(route.integration, exchange);
        exchange.integrationStatus = answer.status;
        return applyResponseParameters(route.integration.responseParameters, answer, exchange);
    }

    #pass({ stage, routeKey }: Exchange): boolean {
        const settings = stage.routeThrottles[routeKey] ?? stage.throttle;
        if (settings === undefined) return true;
        const now = performance.now();
        const key = `${stage.name} ${routeKey}`;
        let bucket = this.#buckets.get(key);
        if (bucket === undefined) {
            bucket = new TokenBucket(settings, now);
            this.#buckets.set(key, bucket);
        }
        return bucket.take(now);
    }

    /** Throws RefusalError when there is no answer to give to the client. */
    async #integrate(integration: Integration, exchange: Exchange): Promise<Answer> {
        const { call } = this.#surroundings;
        const startedAt = performance.now();
        try {
            switch (integration.kind) {
                case "lambda":
                    return await inTime(integration.timeoutMs, invoke(call, integration.functionArn, exchange));
                case "SQS-SendMessage":
                    return await inTime(integration.timeoutMs, sendToQueue(call, integration, exchange));
            }
        } catch (error) {
            exchange.integrationError = error instanceof Error ? error.message : String(error);
            const what = error instanceof AwsError && error.code.startsWith("AccessDenied") ? "denied" : "failure";
            this.#trace(what, exchange.routeKey, exchange.integrationError, exchange.request.id);
            if (error instanceof AwsError && integration.kind === "SQS-SendMessage")
                return queueRefusal(error, exchange);
            if (error instanceof IntegrationTimeoutError)
                throw new RefusalError(503, "Service Unavailable", { cause: error });
            throw new RefusalError(500, "Internal Server Error", { cause: error });
        } finally {
            exchange.integrationLatencyMs = performance.now() - startedAt;
        }
    }

    #log(exchange: Exchange): void {
        const { accessLogFormat, name } = exchange.stage;
        if (accessLogFormat !== undefined) this.#surroundings.accessLog(name, accessLogLine(accessLogFormat, exchange));
    }

    #trace(what: TraceEntry["what"], where: string, text: string, requestId: string): void {
        this.#surroundings.trace({ time: Date.now(), what, where, text, requestId });
    }
}

/** The integration did not answer within its time. */
class IntegrationTimeoutError extends Error {
    constructor(timeoutMs: number) {
        super(`the integration did not answer within ${timeoutMs} ms`);
        this.name = "IntegrationTimeoutError";
    }
}

/** The function threw, timed out or did not start. */
class FunctionFailedError extends Error {
    constructor(payload: string) {
        super(`The Lambda function failed: ${payload}`);
        this.name = "FunctionFailedError";
    }
}

async function inTime<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new IntegrationTimeoutError(timeoutMs)), timeoutMs);
    });
    try {
        return await Promise.race([work, tooLate]);
    } finally {
        clearTimeout(timer);
    }
}

async function invoke(call: AwsCall, functionArn: string, exchange: Exchange): Promise<Answer> {
    const result = await call(
        { kind: "service", service: "apigateway.amazonaws.com", sourceArn: routeArn(exchange) },
        "lambda",
        "Invoke",
        {
            FunctionName: functionArn,
            InvocationType: "RequestResponse",
            Payload: JSON.stringify(httpEvent(exchange)),
        },
    );
    const payload = String(result["Payload"] ?? "null");
    if (result["FunctionError"] !== undefined) throw new FunctionFailedError(payload);
    return lambdaAnswer(payload);
}

function refusalOf(error: unknown): RefusalError {
    if (error instanceof RefusalError) return error;
    if (error instanceof RequestTooLongError) return new RefusalError(413, "Request Too Long", { cause: error });
    if (error instanceof HeadersTooLargeError) {
        return new RefusalError(431, "Request Header Fields Too Large", { cause: error });
    }
    if (error instanceof URIError) return new RefusalError(400, "Bad Request", { cause: error });
    return new RefusalError(500, "Internal Server Error", { cause: error });
}

function reasonOf({ message, cause }: RefusalError): string {
    return cause instanceof Error ? cause.message : message;
}

/** The headers that name a request, a correlation or a trace. */
function identifiers(headers: Readonly<Record<string, string>>): string {
    return Object.entries(headers)
        .filter(([name]) => name.endsWith("-id"))
        .map(([name, value]) => `${name}=${value}`)
        .join(" ");
}

/** Writes the answer; what was really sent, for a header that HTTP cannot carry makes it a 500. */
function send(response: ServerResponse, answer: Answer, { id }: Pick<ApiRequest, "id">) {
    const bodiless = answer.status === 204 || answer.status === 304;
    const responseLength = Buffer.byteLength(answer.body);
    const headers: OutgoingHttpHeaders = { ...answer.headers, "apigw-requestid": id };
    if (answer.cookies.length > 0) headers["set-cookie"] = [...answer.cookies];
    if (!bodiless) headers["content-length"] = String(responseLength);
    try {
        response.writeHead(answer.status, headers).end(bodiless ? undefined : answer.body);
        return { status: answer.status, responseLength: bodiless ? 0 : responseLength };
    } catch {
        const { status, headers: own, body } = new RefusalError(500, "Internal Server Error").answer();
        response.writeHead(status, { ...own, "apigw-requestid": id }).end(body);
        return { status, responseLength: Buffer.byteLength(body) };
    }
}
