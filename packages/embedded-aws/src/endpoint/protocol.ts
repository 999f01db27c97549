import { randomUUID } from "node:crypto";
import { AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, parseInput, textOf } from "../aws/input.ts";
import { jsonType, queryCode } from "../aws/queueErrors.ts";
import type { Answer } from "../storage/engineClient.ts";
import { escapeXml, inputFromForm, xmlAnswer, xmlError } from "./queryProtocol.ts";

/** An operation as read from a request. */
export interface Operation {
    readonly action: string;
    readonly input: Input;
}

/** A request with its body read. */
export interface WholeRequest {
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
    logs: "json",
    sns: "query",
    sts: "query",
    lambda: "rest",
    ses: "rest",
    scheduler: "rest",
};

const namespaces = {
    sns: "http://sns.amazonaws.com/doc/2010-03-31/",
    sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

export function isServiceName(name: string): name is ServiceName {
    return name === "s3" || Object.hasOwn(protocols, name);
}

/** @throws AwsError UnknownOperationException, SerializationException */
export function operationOf(service: Exclude<ServiceName, "s3">, request: WholeRequest): Operation {
    switch (protocols[service]) {
        case "json": {
            const target = String(request.headers["x-amz-target"] ?? "");
            if (target === "") throw unknown(service, `${request.method} ${request.path} without X-Amz-Target`);
            return { action: target.slice(target.indexOf(".") + 1), input: parseInput(request.body.toString()) };
        }
        case "query":
            return inputFromForm(new URLSearchParams(request.body.toString()));
        case "rest":
            return restOperation(service, request);
    }
}

function restOperation(service: ServiceName, request: WholeRequest): Operation {
    const { method, path, query, headers, body } = request;
    const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
    if (service === "lambda" && method === "POST" && invoked !== undefined) {
        const header = (name: string) => {
            const value = headers[name];
            return typeof value === "string" ? value : undefined;
        };
        const qualifier = query.get("Qualifier");
        const FunctionName = decodeURIComponent(invoked) + (qualifier === null ? "" : `:${qualifier}`);
        const InvocationType = header("x-amz-invocation-type");
        const ClientContext = header("x-amz-client-context");
        return { action: "Invoke", input: { FunctionName, InvocationType, ClientContext, Payload: body.toString() } };
    }
    if (service === "lambda" && method === "GET") {
        const action = lambdaLists[path];
        if (action !== undefined) return { action, input: Object.fromEntries(request.query) };
    }
    if (service === "ses" && method === "POST" && path === "/v2/email/outbound-emails") {
        return { action: "SendEmail", input: parseInput(body.toString()) };
    }
    const schedule = /^\/schedules\/([^/]+)$/.exec(path)?.[1];
    if (service === "scheduler" && schedule !== undefined)
        return scheduleOperation(decodeURIComponent(schedule), request);
    throw unknown(service, `${method} ${path}`);
}

/** What Lambda lists, by the path that it lists it at. */
const lambdaLists: Readonly<Record<string, string>> = {
    "/2015-03-31/functions": "ListFunctions",
    "/2015-03-31/event-source-mappings": "ListEventSourceMappings",
};

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
function scheduleOperation(Name: string, { method, path, query, body }: WholeRequest): Operation {
    const group = query.get("groupName");
    const named = { Name, ...(group !== null && { GroupName: group }) };
    switch (method) {
        case "POST":
            return { action: "CreateSchedule", input: { ...parseInput(body.toString()), Name } };
        case "GET":
            return { action: "GetSchedule", input: named };
        case "DELETE":
            return { action: "DeleteSchedule", input: named };
        default:
            throw unknown("scheduler", `${method} ${path}`);
    }
}

function unknown(service: string, what: string): AwsError {
    return new AwsError("UnknownOperationException", `The embedded cloud has no ${service}: ${what}.`, 404);
}

export function answerOf(service: Exclude<ServiceName, "s3">, action: string, output: Record<string, unknown>): Answer {
    const requestId = randomUUID();
    switch (service) {
        case "sns":
        case "sts":
            return xml(200, requestId, xmlAnswer(action, namespaces[service], output, requestId));
        case "lambda":
            if (action === "Invoke") return invocationAnswer(output);
            return json(200, requestId, "application/json", output);
        case "ses":
        case "scheduler":
            return json(200, requestId, "application/json", output);
        case "sqs":
        case "dynamodb":
            return json(200, requestId, "application/x-amz-json-1.0", output);
        case "events":
        case "secretsmanager":
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
        case "scheduler": {
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
