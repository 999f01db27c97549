import { isCorrelationId } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { isKeyUsable } from "../calls/commands.ts";
import { rpc } from "../mcp/envelope.ts";
import { invalidArguments, type OpenTool, type Requester, type ToolResult } from "../mcp/server.ts";
import type { Admission, Refusal } from "./admission.ts";
import { callOf, type Serve, ucpAnswer } from "./calls.ts";
import { loggedOf, type Operation, operations } from "./operations.ts";
import type { Negotiated } from "./platform.ts";
import type { Telling } from "./telling.ts";

/** What stands behind the tools. */
interface UcpTools {
    readonly admission: Pick<Admission, "admit" | "finish">;
    readonly versions: Parameters<typeof ucpAnswer>[2];
    tellingOf(negotiated: Negotiated): Telling | undefined;
    readonly serve: Serve;
}

/** UCP's binding to MCP: a tool for each operation. Their schemas are small: platforms have the protocol's own. */
export const ucpTools = (door: UcpTools): OpenTool[] =>
    operations.map((operation) => {
        const { name, description, route, needsKey, body } = operation;
        const hasId = route.includes("{id}");
        return {
            name,
            description,
            inputSchema: {
                type: "object",
                required: ["meta", ...(hasId ? ["id"] : []), ...(body === undefined ? [] : [body])],
                properties: {
                    meta: {
                        type: "object",
                        required: ["ucp-agent", ...(needsKey ? ["idempotency-key"] : [])],
                        properties: {
                            "ucp-agent": {
                                type: "object",
                                required: ["profile"],
                                properties: {
                                    profile: { type: "string", description: "URL of the platform's profile." },
                                },
                            },
                            "idempotency-key": { type: "string" },
                        },
                    },
                    ...(hasId && { id: { type: "string" } }),
                    ...(body !== undefined && { [body]: { type: "object" } }),
                },
            },
            annotations:
                route.startsWith("GET ") || body === "catalog" ? { readOnlyHint: true } : { readOnlyHint: false },
            call: (args, from) => called(door, operation, args, from),
        };
    });

async function called(
    { admission, tellingOf, serve, versions }: UcpTools,
    operation: Operation,
    args: JsonObject,
    { request, context, correlationId, log }: Requester,
): ReturnType<OpenTool["call"]> {
    const { meta, id } = args;
    if (!isJsonObject(meta)) return invalidArguments("meta must be an object");
    const { "ucp-agent": agent, "idempotency-key": key, "request-id": requestId } = meta;
    const profile = isJsonObject(agent) ? agent["profile"] : undefined;
    if (typeof profile !== "string") return invalidArguments("meta must have ucp-agent with a profile");
    if (operation.route.includes("{id}") && typeof id !== "string") return invalidArguments("id must be a string");
    if (key === undefined ? operation.needsKey : !(typeof key === "string" && isKeyUsable(key))) {
        return invalidArguments("meta must have idempotency-key, 1 to 255 characters");
    }
    const body = operation.body === undefined ? {} : args[operation.body];
    const admitted = await admission.admit(request, log, profile);
    if ("code" in admitted) return refusedBy(admitted);
    const telling = tellingOf(admitted);
    if (telling === undefined) return faultOf(422, "version_unsupported", "the version of the platform is not served");
    const traced = typeof requestId === "string" && isCorrelationId(requestId) ? requestId : correlationId;
    const asked = {
        operation,
        id: typeof id === "string" ? id : undefined,
        key: typeof key === "string" ? key : admitted.ownKey,
        body,
        call: callOf(telling, traced, log.with(loggedOf(operation, typeof id === "string" ? id : undefined))),
        telling,
        context,
    };
    const answer = await ucpAnswer(asked, serve, versions);
    const finish = (sent: Parameters<Admission["finish"]>[0]) => admission.finish(sent, admitted);
    if (answer.status < 300) return { content: answer.body, finish };
    const { code, content } = answer.body as { readonly code: string; readonly content: string };
    const after = Number(answer.headers?.["retry-after"]);
    return { ...faultOf(answer.status, code, content, after || undefined), finish };
}

const refusedBy = ({ status, code, content, retryAfter }: Refusal) => faultOf(status, code, content, retryAfter);

/** An error of the protocol: the status of HTTP tells it first. */
function faultOf(status: number, code: string, content: string, retryAfter?: number): ToolResult {
    const data = { code, content, ...(retryAfter !== undefined && { retry_after: retryAfter }) };
    return { error: { code: rpcCodeOf(status, code), message: content, data }, status };
}

function rpcCodeOf(status: number, code: string): number {
    if (/^(invalid_profile_url|profile_unreachable|profile_malformed|version_unsupported)$/.test(code)) {
        return rpc.discovery;
    }
    if (code === "digest_mismatch" || code === "algorithm_unsupported") return rpc.invalidRequest;
    if (status === 400 || status === 413) return rpc.invalidParams;
    return status === 500 ? rpc.internal : rpc.problem;
}
