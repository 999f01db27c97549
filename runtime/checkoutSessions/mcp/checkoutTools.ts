import { randomUUID } from "node:crypto";
import { checkoutRoutes } from "../../../spec/generated/scopes.ts";
import { isCorrelationId } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { scopesFor } from "../../shared/scopes.ts";
import { lackOf } from "../calls/caller.ts";
import { isKeyUsable, operations, type Sent } from "../calls/commands.ts";
import { fieldsOf, resultOf } from "../calls/result.ts";
import type { Call, CommandName, Served } from "../domain/call.ts";
import type { Dialect, Dialects } from "../domain/dialect.ts";
import { type CommandRefused, keyRequired, versionProblem } from "../domain/problem.ts";
import type { SessionVersions } from "../session/versions.ts";
import { rpc } from "./envelope.ts";
import { invalidArguments, type Tool, type ToolCaller, type ToolResult } from "./server.ts";

/** The checkout behind the tools. */
interface ToolsOfCheckout {
    readonly dialects: Dialects;
    /** Of ACP, for calls that name none. @default they are refused */
    readonly defaultVersion: string | undefined;
    readonly versions: SessionVersions;
    serve(command: CommandName | "get", asked: ToolCall): Promise<Served>;
}

/** A call of a tool, whose client and dialect are known. */
export interface ToolCall {
    readonly sent: Sent;
    readonly call: Call;
    readonly dialect: Dialect;
    readonly context: ToolCaller["context"];
}

interface Operation {
    readonly command: CommandName | "get";
    readonly description: string;
    readonly hints: JsonObject;
    readonly payload?: string;
}

const operationsByTool: Readonly<Record<string, Operation>> = {
    create_checkout_session: {
        command: "create",
        description: "Creates a checkout session, which prices items and says what is missing for the purchase.",
        hints: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
        payload: "The body of POST /checkout_sessions in the version of ACP that meta names: items, buyer, address.",
    },
    get_checkout_session: {
        command: "get",
        description: "Returns the checkout session as it is now.",
        hints: { readOnlyHint: true },
    },
    update_checkout_session: {
        command: "update",
        description: "Changes items, buyer, address, discount codes or fulfilment options of a checkout session.",
        hints: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
        payload: "The body of POST /checkout_sessions/{id}. What it leaves out stays as it is.",
    },
    complete_checkout_session: {
        command: "complete",
        description: "Pays and places the order. Call it only when the buyer has agreed to the total.",
        hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
        payload: "The body of POST /checkout_sessions/{id}/complete, with payment_data.",
    },
    cancel_checkout_session: {
        command: "cancel",
        description: "Cancels a checkout session that is not completed.",
        hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
        payload: "Optional: the body of POST /checkout_sessions/{id}/cancel.",
    },
};

/** The tools of ACP's binding to MCP. Their schemas are small: the whole ones would fill a model's context. */
export const checkoutTools = (checkout: ToolsOfCheckout): Tool[] =>
    Object.entries(operationsByTool).map(([name, { command, description, hints, payload }]) => ({
        name,
        description,
        inputSchema: {
            type: "object",
            required: [
                "meta",
                ...(command === "create" ? [] : ["id"]),
                ...(payload === undefined || command === "cancel" ? [] : ["payload"]),
            ],
            properties: {
                meta,
                ...(command !== "create" && { id: { type: "string", description: "Id of the checkout session." } }),
                ...(payload !== undefined && { payload: { type: "object", description: payload } }),
            },
        },
        annotations: hints,
        call: (args, from) => called(checkout, command, args, from),
    }));

const meta = {
    type: "object",
    required: ["api_version"],
    properties: {
        api_version: { type: "string", description: "Version of ACP: 2026-04-17." },
        idempotency_key: { type: "string", description: "The same key with the same payload is done once." },
        request_id: { type: "string" },
    },
};

async function called(
    { dialects, defaultVersion, versions, serve }: ToolsOfCheckout,
    command: CommandName | "get",
    args: JsonObject,
    { caller, context, correlationId, log }: ToolCaller,
): Promise<ToolResult> {
    const { meta = {}, id, payload = {} } = args;
    if (!isJsonObject(meta)) return invalidArguments("meta must be an object");
    if (command !== "create" && typeof id !== "string") return invalidArguments("id must be a string");
    const { api_version: named = defaultVersion, idempotency_key: key, request_id: requestId } = meta;
    const dialect = typeof named === "string" ? await dialects.named(named) : undefined;
    const operation = command === "get" ? "GET /checkout_sessions/{id}" : operations[command];
    const lacking = lackOf(scopesFor(checkoutRoutes, operation), caller);
    const refusal: CommandRefused | undefined =
        lacking ??
        (dialect === undefined
            ? {
                  problem: versionProblem(
                      named === undefined ? undefined : String(named),
                      dialects.versions.toReversed(),
                      "meta.api_version",
                  ),
              }
            : key !== undefined && !(typeof key === "string" && isKeyUsable(key))
              ? { problem: keyRequired("meta.idempotency_key") }
              : undefined);
    if (refusal !== undefined || dialect === undefined) {
        if (refusal === undefined) throw new Error("a call without a dialect was not refused");
        log.info("Checkout request refused", fieldsOf(refusal.problem));
        return told(dialects.newest, refusal);
    }
    const call: Call = {
        callerId: caller.callerId,
        isMerchant: caller.scopes.includes("merchant"),
        correlationId: typeof requestId === "string" && isCorrelationId(requestId) ? requestId : correlationId,
        version: dialect.version,
        log: log.with({ ...(typeof id === "string" && { sessionId: id }) }),
    };
    const sent: Sent = {
        key: typeof key === "string" ? key : randomUUID(),
        body: payload,
        ...(typeof id === "string" && command !== "create" && { sessionId: id }),
    };
    const { result } = await resultOf(call, operation, serve(command, { sent, call, dialect, context }), versions);
    return told(dialect, result);
}

/** ACP's binding: a session is the tool's content, a problem an error of JSON-RPC with the problem as its data. */
function told(dialect: Dialect, result: Parameters<Dialect["down"]>[0]): ToolResult {
    const { body } = dialect.down(result);
    if (!("problem" in result)) return { content: body };
    return { error: { code: rpc.problem, message: result.problem.error.message, data: body } };
}
