import { type HttpRequest, header } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";

/** Versions of the Model Context Protocol that begin with `initialize`, newest first. */
const handshaken = ["2025-11-25", "2025-06-18", "2025-03-26"] as const;
/** Versions of the Model Context Protocol, whose requests stand for themselves since 2026-07-28. */
export const mcpVersions: readonly string[] = ["2026-07-28", ...handshaken];

/** A message of JSON-RPC 2.0 that expects an answer. */
export interface RpcRequest {
    readonly id: string | number;
    readonly method: string;
    readonly params: JsonObject;
    /** Of 2026-07-28 and later: results say that they are whole, and by whom they are. */
    readonly isModern: boolean;
}

/** An error of JSON-RPC. @param status of HTTP; clients before 2026-07-28 read errors only from 200 */
export interface RpcRefusal {
    readonly status: number;
    readonly id: string | number | null;
    readonly error: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** Codes of JSON-RPC 2.0 and of MCP. */
export const rpc = {
    parseError: -32700,
    invalidRequest: -32600,
    unknownMethod: -32601,
    invalidParams: -32602,
    internal: -32603,
    /** Of the server's own: a problem of ACP, or an error of UCP. */
    problem: -32000,
    /** Of UCP: the platform's profile or its version. */
    discovery: -32001,
    headerMismatch: -32020,
    unsupportedVersion: -32022,
} as const;

export const refusal = (
    id: RpcRefusal["id"],
    code: number,
    message: string,
    { status = 200, data }: { readonly status?: number; readonly data?: unknown } = {},
): RpcRefusal => ({ status, id, error: { code, message, ...(data !== undefined && { data }) } });

const metaVersion = "io.modelcontextprotocol/protocolVersion";
const metaCapabilities = "io.modelcontextprotocol/clientCapabilities";

/** The request in a body, `notification` for a message that expects no answer, or what is wrong with it. */
export function rpcIn(request: HttpRequest, body: unknown): RpcRequest | "notification" | RpcRefusal {
    const invalid = (message: string) => refusal(null, rpc.invalidRequest, message, { status: 400 });
    if (Array.isArray(body)) return invalid("batches are not served");
    if (!isJsonObject(body) || body["jsonrpc"] !== "2.0") return invalid('must be an object with "jsonrpc": "2.0"');
    const { id, method, params = {} } = body;
    // Answers to requests of a server, which this one never makes.
    if (method === undefined && ("result" in body || "error" in body)) return "notification";
    if (typeof method !== "string") return invalid("method must be a string");
    if (id === undefined) return "notification";
    if (typeof id !== "string" && typeof id !== "number") return invalid("id must be a string or a number");
    if (!isJsonObject(params)) return refusal(id, rpc.invalidParams, "params must be an object", { status: 400 });
    const meta = isJsonObject(params["_meta"]) ? params["_meta"] : {};
    const isModern = metaVersion in meta || isLater(header(request, "mcp-protocol-version"));
    const wrong = isModern ? modernFault(request, method, params, meta) : olderFault(request, method);
    return wrong === undefined ? { id, method, params, isModern } : { ...wrong, id };
}

const isLater = (version: string | undefined) => version !== undefined && /^\d/.test(version) && version >= "2026-07";

function modernFault(
    request: HttpRequest,
    method: string,
    params: JsonObject,
    meta: JsonObject,
): RpcRefusal | undefined {
    const fault = (code: number, message: string, data?: unknown) =>
        refusal(null, code, message, { status: 400, data });
    const version = meta[metaVersion];
    if (typeof version !== "string") return fault(rpc.invalidParams, `params._meta must have ${metaVersion}`);
    if (!isJsonObject(meta[metaCapabilities])) {
        return fault(rpc.invalidParams, `params._meta must have ${metaCapabilities}`);
    }
    for (const [name, value] of [
        ["mcp-protocol-version", version],
        ["mcp-method", method],
        ...(method === "tools/call" ? [["mcp-name", params["name"]] as const] : []),
    ] as const) {
        if (header(request, name) !== value) return fault(rpc.headerMismatch, `the header ${name} is not as the body`);
    }
    if (mcpVersions.includes(version) && isLater(version)) return undefined;
    const data = { supported: mcpVersions, requested: version };
    return fault(rpc.unsupportedVersion, "this version of MCP is not supported", data);
}

function olderFault(request: HttpRequest, method: string): RpcRefusal | undefined {
    const version = header(request, "mcp-protocol-version");
    if (method === "initialize" || version === undefined || mcpVersions.includes(version)) return undefined;
    return refusal(null, rpc.invalidRequest, `MCP-Protocol-Version must be one of ${mcpVersions.join(", ")}`, {
        status: 400,
    });
}

/** The version that a client before 2026-07-28 gets: the one that it asks for, if it is served. */
export function agreedVersion(wanted: unknown): string {
    return handshaken.find((version) => version === wanted) ?? handshaken[0];
}
