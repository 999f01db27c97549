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
import { type Log, log } from "../../shared/log.ts";
import { largestMessage } from "../../shared/message.ts";
import { scopesFor } from "../../shared/scopes.ts";
import { callerBy, lackOf } from "../calls/caller.ts";
import { fieldsOf, inTime } from "../calls/result.ts";
import { type Problem, unauthorized, unavailable } from "../domain/problem.ts";
import { agreedVersion, mcpVersions, type RpcRefusal, type RpcRequest, refusal, rpc, rpcIn } from "./envelope.ts";

/** What a client of MCP is offered. */
interface McpServer {
    readonly info: { readonly name: string; readonly version: string };
    readonly apiKeys: ApiKeyReader;
    /** Origins of browsers that may call. */
    readonly allowedOrigins: readonly string[];
    /** In the order of their list. */
    readonly tools: readonly Tool[];
}

export interface Tool {
    readonly name: string;
    readonly description: string;
    /** JSON Schema of the arguments. */
    readonly inputSchema: JsonObject;
    readonly annotations: JsonObject;
    call(args: JsonObject, from: ToolCaller): Promise<ToolResult>;
}

export interface ToolCaller {
    readonly caller: Caller;
    readonly correlationId: string;
    readonly log: Log;
    readonly context: Context;
}

export type ToolResult =
    | { readonly content: object }
    | { readonly error: RpcRefusal["error"]; readonly status?: number };

export const invalidArguments = (message: string): ToolResult => ({ error: { code: rpc.invalidParams, message } });

/** POST /mcp: a message of the Model Context Protocol. Stateless, in both of its forms. */
export async function mcpAnswer(server: McpServer, request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const invocation = log.forInvocation(context, { correlationId: correlationIdOf(request) });
    const refused = entranceFault(server, request);
    if (refused !== undefined) return told(request, refused);
    const caller = await callerBy(header(request, "authorization"), server.apiKeys);
    if ("problem" in caller) return unknown(request, caller.problem, invocation);
    if (caller.signingSecret !== undefined) {
        const problem = unauthorized("clients with a signing secret cannot call tools", "invalid_signature");
        return unknown(request, problem, invocation);
    }
    const lacking = lackOf(scopesFor(checkoutRoutes, "POST /mcp"), caller);
    if (lacking !== undefined) return unknown(request, lacking.problem, invocation);
    const body = bodyIn(request);
    if ("error" in body) return told(request, body);
    const message = rpcIn(request, body.value);
    if (message === "notification") return { statusCode: 202 };
    if ("error" in message) return told(request, message);
    const { callerId, keyId } = caller;
    const from = {
        caller,
        correlationId: correlationIdOf(request),
        context,
        log: invocation.with({ callerId, keyId }),
    };
    const late = () => {
        from.log.error("A call of MCP took too long", { method: message.method });
        const { error } = unavailable("the call took too long: try again in a moment, with the same idempotency_key");
        return told(request, refusal(message.id, rpc.problem, error.message, { data: error }));
    };
    return await inTime(context, answered(server, request, message, from), late);
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
    { info, tools }: McpServer,
    request: HttpRequest,
    message: RpcRequest,
    from: ToolCaller,
): Promise<HttpAnswer> {
    const { id, method, params, isModern } = message;
    const own = (result: JsonObject, more: JsonObject = {}) =>
        told(request, {
            id,
            result: isModern
                ? { resultType: "complete", ...result, ...more, _meta: { "io.modelcontextprotocol/serverInfo": info } }
                : result,
        });
    const kept = { ttlMs: 3_600_000, cacheScope: "public" };
    switch (method) {
        case "server/discover":
            return own({ supportedVersions: mcpVersions, capabilities: { tools: {} } }, kept);
        case "tools/list":
            return own({ tools: tools.map(({ call: _, ...shown }) => shown) }, kept);
        case "tools/call": {
            const called = await toolResult(tools, params, from);
            if ("error" in called) return told(request, { status: 200, id, ...called });
            const text = JSON.stringify(called.content);
            const content = [{ type: "text", text }];
            return own({ content, structuredContent: called.content, isError: false });
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

async function toolResult(tools: readonly Tool[], params: JsonObject, from: ToolCaller): Promise<ToolResult> {
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
