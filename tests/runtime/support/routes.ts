import { expect } from "chai";
import { type HttpAnswer, httpRequest } from "./events.ts";
import type { Callback } from "./started.ts";

/** What a client asks a route. */
export interface Asking {
    /** The one parameter of its path. */
    readonly id?: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** As JSON unless it is a text. */
    readonly body?: unknown;
    /** What the authorizer found. @default the route has none */
    readonly caller?: string;
    readonly scopes?: string;
}

/** The request as API Gateway hands it over. */
export function requestOf(routeKey: string, asking: Asking = {}): Record<string, unknown> {
    const { id, query, headers = {}, body, caller, scopes } = asking;
    const [method = "", path = ""] = routeKey.split(" ");
    const [, name = "id"] = /\{(\w+)\}/.exec(path) ?? [];
    const parameters = { ...(id !== undefined && { [name]: id }), ...asking.parameters };
    return httpRequest({
        routeKey,
        rawPath: path.replace(/\{(\w+)\}/g, (_, each: string) => encodeURIComponent(parameters[each] ?? "")),
        ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
        ...(query && { queryStringParameters: query }),
        headers,
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        requestContext: {
            http: { method, path },
            ...(caller !== undefined && { authorizer: { lambda: { callerId: caller, scopes } } }),
        },
    });
}

export interface Answered extends HttpAnswer {
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
    readonly json: any;
}

/** Calls a callback as API Gateway does. */
export async function callRoute(callback: Callback, routeKey: string, asking: Asking = {}): Promise<Answered> {
    const answer = (await callback.invoke(requestOf(routeKey, asking))) as HttpAnswer;
    return { ...answer, json: answer.body ? JSON.parse(answer.body) : undefined };
}

/** The pointers of a refusal. */
export function pointersOf({ statusCode, json }: Answered): string[] {
    expect(statusCode, JSON.stringify(json)).to.equal(400);
    return (json.errors as { readonly pointer: string }[]).map(({ pointer }) => pointer);
}
