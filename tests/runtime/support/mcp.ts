import { httpRequest } from "./events.ts";
import type { Callback } from "./started.ts";

interface Answer {
    readonly statusCode: number;
    readonly headers?: Record<string, string>;
    readonly body?: string;
}

/** A `fetch` that reaches the callback in place of the network. */
export const fetchOf =
    (callback: Callback): typeof fetch =>
    async (_, { method = "GET", headers, body } = {}) => {
        const event = httpRequest({
            routeKey: method === "POST" ? "POST /mcp" : "ANY /mcp",
            rawPath: "/mcp",
            headers: { "content-type": undefined, ...Object.fromEntries(new Headers(headers)) },
            requestContext: { http: { method, path: "/mcp", protocol: "HTTP/1.1", sourceIp: "192.0.2.1" } },
            ...(body !== undefined && body !== null && { body: String(body) }),
        });
        const { statusCode, headers: answered = {}, body: text } = (await callback.invoke(event)) as Answer;
        return new Response(text ?? null, { status: statusCode, headers: answered });
    };
