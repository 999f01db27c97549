import type { Context } from "aws-lambda";
import { checkoutRoutes } from "../../../spec/generated/scopes.ts";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import type { Caller } from "../../shared/apiKeys.ts";
import {
    answer,
    bodyOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    header,
    isJson,
    jsonIn,
} from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import type { Log } from "../../shared/log.ts";
import { largestMessage } from "../../shared/message.ts";
import { scopesFor } from "../../shared/scopes.ts";
import { callerBy, lackOf } from "../calls/caller.ts";
import { fieldsOf, inTime } from "../calls/result.ts";
import { type CommandRefused, type Problem, unauthorized, unavailable } from "../domain/problem.ts";
import { agreedVersion, mcpVersions, type RpcRefusal, type RpcRequest, refusal, rpc, rpcIn } from "./envelope.ts";

/** What a client of MCP is offered. */
interface McpServer {
    readonly info: { readonly name: string; readonly version: string };
    readonly apiKeys: ApiKeyReader;
    /** Origins of browsers that may call. */
    readonly allowedOrigins: readonly string[];
    /** In the order of their list. */
    readonly tools: readonly Tool[];
    /** Tools of another protocol, which find out who calls; needed by few calls. @default there are none */
    readonly open?: () => Promise<readonly OpenTool[]>;
    readonly log: Log;
}

export interface Tool {
    readonly name: string;
    readonly description: string;
    /** JSON Schema of the arguments. */
    readonly inputSchema: JsonObject;
    readonly annotations: JsonObject;
    call(args: JsonObject, from: ToolCaller): Promise<ToolResult>;
}

export interface OpenTool extends Omit<Tool, "call"> {
    call(args: JsonObject, from: Requester): Promise<ToolResult & Finished>;
}

/** A request whose client may be unknown. */
export interface Requester {
    readonly request: HttpRequest;
    readonly correlationId: string;
    readonly log: Log;
    readonly context: Context;
}

export interface ToolCaller extends Requester {
    readonly caller: Caller;
}

export type ToolResult =
    | { readonly content: object }
    | { readonly error: RpcRefusal["error"]; readonly status?: number };

/** What is done with the answer as it is sent. */
interface Finished {
    readonly finish?: (answer: HttpAnswer) => Promise<HttpAnswer>;
}

export const invalidArguments = (message: string): ToolResult => ({ error: { code: rpc.invalidParams, message } });

/** POST /mcp: a message of the Model Context Protocol. Stateless, in both of its forms. */
export async function mcpAnswer(server: McpServer, request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const invocation = server.log.forInvocation(context, { correlationId: correlationIdOf(request) });
    const refused = entranceFault(server, request);
    if (refused !== undefined) return told(request, refused);
    const caller = await knownCaller(server, request);
    // A client of the tools that are open to all may be unknown here.
    if ("problem" in caller && server.open === undefined) return unknown(request, caller.problem, invocation);
    const body = bodyIn(request);
    if ("error" in body) return told(request, body);
    const message = rpcIn(request, body.value);
    if (message === "notification") return { statusCode: 202 };
    if ("error" in message) return told(request, message);
    const known = "problem" in caller ? {} : { callerId: caller.callerId, keyId: caller.keyId };
    const from = { request, correlationId: correlationIdOf(request), context, log: invocation.with(known) };
    const late = () => {
        from.log.error("A call of MCP took too long", { method: message.method });
        const { error } = unavailable("the call took too long: try again in a moment, with the same idempotency_key");
        return told(request, refusal(message.id, rpc.problem, error.message, { data: error }));
    };
    return await inTime(context, answered(server, message, from, caller), late);
}

/** The client with its key, which needs the scope of the route. */
async function knownCaller({ apiKeys }: McpServer, request: HttpRequest): Promise<Caller | CommandRefused> {
    const caller = await callerBy(header(request, "authorization"), apiKeys);
    if ("problem" in caller) return caller;
    if (caller.signingSecret !== undefined) {
        return { problem: unauthorized("clients with a signing secret cannot call tools", "invalid_signature") };
    }
    return lackOf(scopesFor(checkoutRoutes, "POST /mcp"), caller) ?? caller;
}

/** What is wrong before the client is known. */
function entranceFault({ allowedOrigins }: McpServer, request: HttpRequest): RpcRefusal | undefined {
    const fault = (status: number, message: string) => refusal(null, rpc.invalidRequest, message, { status });
    const origin = header(request, "origin");
    if (origin !== undefined && !allowedOrigins.includes(origin)) return fault(403, "the origin is not allowed");
    const accepted = header(request, "accept");
    if (accepted !== undefined && !/application\/(json|\*)|\*\/\*/i.test(accepted)) {
        return fault(406, "answers are application/json");
    }
    return undefined;
}

function bodyIn(request: HttpRequest): { readonly value: unknown } | RpcRefusal {
    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        const message = `the body has ${bytes.length} bytes, more than ${largestMessage}`;
        return refusal(null, rpc.invalidRequest, message, { status: 413 });
    }
    if (!isJson(request)) {
        return refusal(null, rpc.invalidRequest, "the content type must be application/json", { status: 415 });
    }
    const value = jsonIn(bytes);
    if (value !== undefined) return { value };
    return refusal(null, rpc.parseError, "the body is not JSON in UTF-8", { status: 400 });
}

async function answered(
    { info, tools, open }: McpServer,
    message: RpcRequest,
    from: Requester,
    caller: Caller | CommandRefused,
): Promise<HttpAnswer> {
    const { request, log } = from;
    const { id, method, params, isModern } = message;
    const own = (result: JsonObject, more: JsonObject = {}) =>
        told(request, {
            id,
            result: isModern
                ? { resultType: "complete", ...result, ...more, _meta: { "io.modelcontextprotocol/serverInfo": info } }
                : result,
        });
    // A client without a key sees fewer tools.
    const kept = { ttlMs: 3_600_000, cacheScope: open === undefined ? "public" : "private" };
    const openTools = open ?? (async () => []);
    switch (method) {
        case "server/discover":
            return own({ supportedVersions: mcpVersions, capabilities: { tools: {} } }, kept);
        case "tools/list":
            return own(
                {
                    tools: [...("problem" in caller ? [] : tools), ...(await openTools())].map(
                        ({ call: _, ...shown }) => shown,
                    ),
                },
                kept,
            );
        case "tools/call": {
            const named = tools.find(({ name }) => name === params["name"]);
            if (named !== undefined && "problem" in caller) return unknown(request, caller.problem, log);
            const called: ToolResult & Finished =
                named === undefined || "problem" in caller
                    ? await toolResult(await openTools(), params, from)
                    : await toolResult([named], params, { ...from, caller });
            const { finish = async (answer: HttpAnswer) => answer } = called;
            if ("error" in called) {
                const { error, status = 200 } = called;
                return await finish(told(request, { status, id, error }));
            }
            const text = JSON.stringify(called.content);
            const content = [{ type: "text", text }];
            return await finish(own({ content, structuredContent: called.content, isError: false }));
        }
        case "initialize":
            if (isModern) break;
            return own({
                protocolVersion: agreedVersion(params["protocolVersion"]),
                capabilities: { tools: {} },
                serverInfo: info,
            });
        case "ping":
            if (isModern) break;
            return own({});
    }
    const status = isModern ? 404 : 200;
    return told(request, refusal(id, rpc.unknownMethod, "there is no such method", { status }));
}

async function toolResult<From extends Requester>(
    tools: readonly { readonly name: string; call(args: JsonObject, from: From): Promise<ToolResult & Finished> }[],
    params: JsonObject,
    from: From,
): Promise<ToolResult & Finished> {
    const tool = tools.find(({ name }) => name === params["name"]);
    if (tool === undefined) return invalidArguments("there is no such tool");
    const { arguments: args = {} } = params;
    if (!isJsonObject(args)) return invalidArguments("arguments must be an object");
    return await tool.call(args, { ...from, log: from.log.with({ tool: tool.name }) });
}

/** 401 (RFC 6750); the error is the protocol's. */
function unknown(request: HttpRequest, problem: Problem, invocation: Log): HttpAnswer {
    invocation.info("MCP request refused", fieldsOf(problem));
    const { status, error, headers } = problem;
    return told(request, refusal(null, rpc.problem, error.message, { status, data: error }), headers);
}

type Told = RpcRefusal | { readonly id: string | number; readonly result: JsonObject };

function told(request: HttpRequest, message: Told, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
    const { status, body } =
        "error" in message
            ? { status: message.status, body: { id: message.id, error: message.error } }
            : { status: 200, body: message };
    return answer(
        status,
        correlationIdOf(request),
        { jsonrpc: "2.0", ...body },
        {
            "cache-control": "no-store",
            ...headers,
        },
    );
}
