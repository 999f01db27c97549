import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, parseInput, textOf } from "../aws/input.ts";
import { jsonType, queryCode } from "../aws/queueErrors.ts";
import { noOperation } from "../aws/refusals.ts";
import type { Answer } from "../storage/engineClient.ts";
import { escapeXml, inputFromForm, xmlAnswer, xmlError } from "./queryProtocol.ts";

/** An operation as read from a request. */
interface Operation {
    readonly action: string;
    readonly input: Input;
}

/** A request with its body read. */
interface WholeRequest {
    readonly method: string;
    /** Without the query. */
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
}

/** What services speak, all but S3. https://smithy.io/2.0/aws/protocols/index.html */
type Protocol = "json" | "query" | "rest";

const protocols: Readonly<Record<Exclude<ServiceName, "s3">, Protocol>> = {
    sqs: "json",
    dynamodb: "json",
    events: "json",
    secretsmanager: "json",
    kms: "json",
    logs: "json",
    monitoring: "json",
    sns: "query",
    sts: "query",
    iam: "query",
    lambda: "rest",
    ses: "rest",
    scheduler: "rest",
    apigateway: "rest",
};

const namespaces = {
    sns: "http://sns.amazonaws.com/doc/2010-03-31/",
    sts: "https://sts.amazonaws.com/doc/2011-06-15/",
    iam: "https://iam.amazonaws.com/doc/2010-05-08/",
};

export function isServiceName(name: string): name is ServiceName {
    return name === "s3" || Object.hasOwn(protocols, name);
}

/** @throws AwsError UnknownOperationException, SerializationException */
export function operationOf(service: Exclude<ServiceName, "s3">, request: WholeRequest): Operation {
    switch (protocols[service]) {
        case "json": {
            const target = String(request.headers["x-amz-target"] ?? "");
            if (target === "") throw noOperation(service, `${request.method} ${request.path} without X-Amz-Target`);
            return { action: target.slice(target.indexOf(".") + 1), input: parseInput(request.body.toString()) };
        }
        case "query":
            return inputFromForm(new URLSearchParams(request.body.toString()));
        case "rest":
            return restOperation(service, request);
    }
}

/** Operations of REST services by method and path; `{Name}` is a member of the input. */
const routes: Readonly<Record<string, readonly (readonly [action: string, method: string, path: string])[]>> = {
    lambda: [
        ["Invoke", "POST", "/2015-03-31/functions/{FunctionName}/invocations"],
        ["ListFunctions", "GET", "/2015-03-31/functions"],
        ["GetFunction", "GET", "/2015-03-31/functions/{FunctionName}"],
        ["GetFunctionConfiguration", "GET", "/2015-03-31/functions/{FunctionName}/configuration"],
        ["ListEventSourceMappings", "GET", "/2015-03-31/event-source-mappings"],
    ],
    ses: [["SendEmail", "POST", "/v2/email/outbound-emails"]],
    scheduler: [
        ["CreateSchedule", "POST", "/schedules/{Name}"],
        ["GetSchedule", "GET", "/schedules/{Name}"],
        ["DeleteSchedule", "DELETE", "/schedules/{Name}"],
        ["ListSchedules", "GET", "/schedules"],
        ["ListScheduleGroups", "GET", "/schedule-groups"],
    ],
    apigateway: [
        ["GetApis", "GET", "/v2/apis"],
        ["GetApi", "GET", "/v2/apis/{ApiId}"],
        ["GetRoutes", "GET", "/v2/apis/{ApiId}/routes"],
        ["GetIntegrations", "GET", "/v2/apis/{ApiId}/integrations"],
        ["GetStages", "GET", "/v2/apis/{ApiId}/stages"],
    ],
};

function restOperation(service: ServiceName, request: WholeRequest): Operation {
    const { method, path, query, body } = request;
    const segments = path.split("/");
    for (const [action, ofMethod, template] of routes[service] ?? []) {
        const expected = template.split("/");
        const isRoute = expected.length === segments.length && ofMethod === method;
        if (!isRoute || !expected.every((part, index) => part === segments[index] || isLabel(part))) continue;
        const labels = expected.flatMap((part, index) =>
            isLabel(part) ? [[part.slice(1, -1), decodeURIComponent(segments[index] ?? "")]] : [],
        );
        const named = Object.fromEntries([
            ...[...query].map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
            ...labels,
        ]);
        if (action === "Invoke") return { action, input: invocationOf(named, request) };
        return { action, input: method === "POST" ? { ...parseInput(body.toString()), ...named } : named };
    }
    throw noOperation(service, `${method} ${path}`);
}

const isLabel = (part: string) => part.startsWith("{");

/** The payload is the body, and the settings are headers. */
function invocationOf({ FunctionName, Qualifier }: Input, { headers, body }: WholeRequest): Input {
    const header = (name: string) => {
        const value = headers[name];
        return typeof value === "string" ? value : undefined;
    };
    return {
        FunctionName: Qualifier === undefined ? FunctionName : `${FunctionName}:${Qualifier}`,
        InvocationType: header("x-amz-invocation-type"),
        ClientContext: header("x-amz-client-context"),
        Payload: body.toString(),
    };
}

export function answerOf(service: Exclude<ServiceName, "s3">, action: string, output: Record<string, unknown>): Answer {
    const requestId = randomUUID();
    switch (service) {
        case "sns":
        case "sts":
        case "iam":
            return xml(200, requestId, xmlAnswer(action, namespaces[service], output, requestId));
        case "lambda":
            if (action === "Invoke") return invocationAnswer(output);
            return json(200, requestId, "application/json", output);
        case "ses":
        case "scheduler":
        case "apigateway":
            return json(200, requestId, "application/json", output);
        case "sqs":
        case "dynamodb":
        case "monitoring":
            return json(200, requestId, "application/x-amz-json-1.0", output);
        case "events":
        case "secretsmanager":
        case "kms":
        case "logs":
            return json(200, requestId, "application/x-amz-json-1.1", output);
    }
}

function invocationAnswer(output: Input): Answer {
    const { StatusCode, FunctionError, ExecutedVersion } = output;
    const headers = {
        "content-type": "application/json",
        "x-amzn-requestid": textOf(output, "RequestId") ?? randomUUID(),
        ...(typeof FunctionError === "string" ? { "x-amz-function-error": FunctionError } : {}),
        ...(typeof ExecutedVersion === "string" ? { "x-amz-executed-version": ExecutedVersion } : {}),
    };
    const status = typeof StatusCode === "number" ? StatusCode : 200;
    return { status, headers, body: Buffer.from(textOf(output, "Payload") ?? "") };
}

export function errorAnswer(service: ServiceName, error: AwsError): Answer {
    const requestId = randomUUID();
    const { code, message, status, details } = error;
    switch (service) {
        case "sns":
        case "sts":
        case "iam":
            return xml(status, requestId, xmlError(namespaces[service], code, message, requestId));
        case "s3":
            return xml(
                status,
                requestId,
                `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(code)}</Code>` +
                    `<Message>${escapeXml(message)}</Message><RequestId>${requestId}</RequestId></Error>`,
            );
        case "lambda":
        case "ses":
        case "scheduler":
        case "apigateway": {
            const answer = json(status, requestId, "application/json", { ...details, message });
            return { ...answer, headers: { ...answer.headers, "x-amzn-errortype": code } };
        }
        case "sqs": {
            const answer = json(status, requestId, "application/x-amz-json-1.0", { __type: jsonType(code), message });
            const fault = `${queryCode(code)};${status < 500 ? "Sender" : "Receiver"}`;
            return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": fault } };
        }
        default:
            return json(status, requestId, "application/x-amz-json-1.0", {
                ...details,
                __type: `com.amazonaws.${service}#${code}`,
                message,
            });
    }
}

function json(status: number, requestId: string, type: string, output: unknown): Answer {
    const headers = { "content-type": type, "x-amzn-requestid": requestId };
    return { status, headers, body: Buffer.from(JSON.stringify(output)) };
}

function xml(status: number, requestId: string, text: string): Answer {
    const headers = { "content-type": "text/xml", "x-amzn-requestid": requestId, "x-amz-request-id": requestId };
    return { status, headers, body: Buffer.from(text) };
}

/** The service that a request without a usable signature is probably meant for, so that its client reads the refusal. */
export function unsignedService({ headers, method }: IncomingMessage): ServiceName {
    if (headers["x-amz-target"] !== undefined) return "sqs";
    if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return "sns";
    return method === "POST" ? "lambda" : "s3";
}

const restXml: ReadonlySet<string> = new Set(["route53", "cloudfront", "s3-object-lambda"]);

/** A service that refuses in the form that clients of another one read, by how the request speaks. */
export function serviceLike({ headers }: IncomingMessage, name: string): ServiceName {
    if (headers["x-amz-target"] !== undefined) return "events";
    if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) return "sts";
    return restXml.has(name) ? "s3" : "lambda";
}

/** Above the largest request of any service here: 16 MB of DynamoDB's transactions and batches. S3 is streamed. */
const bodyLimit = 20 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        // What comes after the limit is read and dropped, so that the client can finish sending and see the answer.
        if (size <= bodyLimit) chunks.push(chunk);
        else chunks.length = 0;
    }
    if (size > bodyLimit) throw new AwsError("RequestEntityTooLarge", `The request exceeds ${bodyLimit} bytes.`, 413);
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

export function respond(response: ServerResponse, { status, headers, body }: Answer): void {
    const { connection: _, "keep-alive": __, "transfer-encoding": ___, ...own } = headers;
    response.writeHead(status, { ...own, "content-length": body.byteLength });
    response.end(body);
}
