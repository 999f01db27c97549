import { randomUUID } from "node:crypto";
import type { ProtocolError, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { type HttpAnswer, httpRequest } from "./events.ts";
import type { Callback } from "./started.ts";

/** What a client gets. */
export interface CallbackAnswer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly json: Partial<Session> & Partial<ProtocolError>;
}

export interface CallbackAsking {
    readonly id?: string;
    readonly body?: unknown;
    readonly key?: string;
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly remainingMs?: number;
}

/** Calls a callback of the checkout as an agent does, with a fresh key by default. */
export async function ask(callback: Callback, route: string, asking: CallbackAsking = {}): Promise<CallbackAnswer> {
    const { id, body, key = randomUUID(), path, query, headers, remainingMs } = asking;
    const [method = "", template = ""] = route.split(" ");
    const request = httpRequest({
        routeKey: route,
        rawPath: template.replace("{id}", id ?? ""),
        ...((id !== undefined || path) && { pathParameters: { ...(id !== undefined && { id }), ...path } }),
        ...(query && { queryStringParameters: query }),
        headers: {
            authorization: "Bearer key-of-agent",
            "api-version": "2026-04-17",
            ...(method === "POST" && { "idempotency-key": key }),
            "x-correlation-id": "trace-1",
            ...headers,
        },
        requestContext: { http: { method, path: template, protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer = (await callback.invoke(request, remainingMs === undefined ? {} : { remainingMs })) as HttpAnswer;
    return { status: answer.statusCode, headers: answer.headers, json: JSON.parse(answer.body) };
}
