import { isUtf8 } from "node:buffer";
import type {
    APIGatewayEventRequestContextV2,
    APIGatewayProxyEventV2WithRequestContext,
    APIGatewayProxyStructuredResultV2,
} from "aws-lambda";
import type { RouteScopes } from "../../spec/generated/scopes.ts";
import { mayCall, scopesFor, scopesIn } from "./scopes.ts";
import { limited, type ValidationError } from "./validationErrors.ts";

/** A request of an HTTP API (payload format 2.0) with any authorizer or none. */
export type HttpRequest = APIGatewayProxyEventV2WithRequestContext<
    APIGatewayEventRequestContextV2 & {
        readonly authorizer?: {
            readonly lambda?: Readonly<Record<string, unknown>>;
            readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> };
            readonly iam?: { readonly userArn?: string };
        };
    }
>;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** API Gateway's header names are in lower case. */
export function header(request: HttpRequest, name: Lowercase<string>): string | undefined {
    return request.headers[name];
}

/** The client's id if it is a plain token, else the request id. */
export function correlationIdOf(request: HttpRequest): string {
    const given = [header(request, "x-correlation-id"), header(request, "request-id")];
    return given.find(isCorrelationId) ?? request.requestContext.requestId;
}

/** Also API Gateway's own ids, which end in `=`. */
export function isCorrelationId(text: string | undefined): text is string {
    return text !== undefined && /^[A-Za-z0-9._:=-]{1,128}$/.test(text);
}

/** The caller's id from the authorizer; `anonymous` without one. */
export function callerOf({ requestContext: { authorizer } }: HttpRequest): string {
    const caller = authorizer?.lambda?.["callerId"] ?? authorizer?.jwt?.claims["sub"] ?? authorizer?.iam?.userArn;
    return typeof caller === "string" ? caller : "anonymous";
}

/**
 * The problem of a client without a scope for the route. Every callback behind an authorizer checks it first: authorizers
 * accept every known client, and API Gateway's own 403 contains no problem details.
 * @param routes of the document that has the route
 */
export function scopeProblem(request: HttpRequest, routes: RouteScopes): Problem | undefined {
    const { routeKey } = request;
    const scopes = scopesOf(request);
    if (scopes === undefined || mayCall(scopes, routes, routeKey)) return undefined;
    return { status: 403, detail: `the client lacks the scope ${scopesFor(routes, routeKey).join(" or ")}` };
}

/** Undefined if scopes do not apply: the route is public, or IAM authorized it. */
function scopesOf({ requestContext: { authorizer } }: HttpRequest): readonly string[] | undefined {
    if (authorizer?.lambda) return scopesIn(authorizer.lambda["scopes"]);
    if (authorizer?.jwt === undefined) return undefined;
    // API Gateway accepts `scp` as well.
    const { scope, scp } = authorizer.jwt.claims;
    return scopesIn(scope ?? scp);
}

export function bodyOf({ body, isBase64Encoded }: HttpRequest): Buffer {
    return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

/** Undefined if the bytes are not JSON in UTF-8. A byte order mark is allowed. */
export function jsonIn(bytes: Buffer): unknown {
    if (!isUtf8(bytes)) return undefined;
    const text = bytes.toString("utf8");
    try {
        // RFC 8259, section 8.1: a parser may ignore the byte order mark.
        return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
    } catch {
        return undefined;
    }
}

export function isJson(request: HttpRequest): boolean {
    const [type = ""] = (header(request, "content-type") ?? "").split(";");
    return /^application\/([\w.!#$&^-]+\+)?json$/i.test(type.trim());
}

/**
 * @param most maximum bytes of the body.
 * @param refusal detail of the problem for an invalid body.
 * @param isOptional an absent body counts as `{}`.
 */
export function jsonBodyOf(
    request: HttpRequest,
    { most, refusal, isOptional = false }: { most: number; refusal: string; isOptional?: boolean },
): { readonly value: unknown } | Refused {
    const bytes = bodyOf(request);
    if (bytes.length > most) {
        return { problem: { status: 413, detail: `the body has ${bytes.length} bytes, more than ${most}` } };
    }
    if (isOptional && bytes.length === 0) return { value: {} };
    if (!isJson(request)) return { problem: { status: 415, detail: "the content type must be application/json" } };
    const value = jsonIn(bytes);
    const errors = [{ pointer: "", detail: "is not JSON in UTF-8" }];
    return value === undefined ? { problem: { status: 400, detail: refusal, errors } } : { value };
}

export function idempotencyKeyOf(request: HttpRequest): { readonly key?: string } | Refused {
    const key = header(request, "idempotency-key");
    if (key === undefined) return {};
    if (/^[!-~]{1,255}$/.test(key)) return { key };
    return { problem: { status: 400, detail: "Idempotency-Key must be 1 to 255 visible ASCII characters" } };
}

/** A JSON response with the correlation id. */
export function answer(
    status: number,
    correlationId: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
    return {
        statusCode: status,
        headers: { "content-type": "application/json", "x-correlation-id": correlationId, ...headers },
        body: JSON.stringify(body),
    };
}

export interface Problem {
    readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 422 | 503;
    readonly detail: string;
    readonly errors?: readonly ValidationError[];
    /** Seconds. */
    readonly retryAfter?: number;
}

export interface Refused {
    readonly problem: Problem;
}

const titles = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    412: "Precondition Failed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    503: "Service Unavailable",
} as const satisfies Record<Problem["status"], string>;

/**
 * A path as a reference of RFC 3986. API Gateway decodes paths, except those that it cannot decode. Two slashes at the
 * beginning would denote a host.
 */
function uriPath(path: string): string {
    const encoded = encodeURI(path.toWellFormed()).replace(/%25(?=[0-9A-Fa-f]{2})/g, "%");
    return encoded.replace(/[?#]/g, encodeURIComponent).replace(/^\/\//, "/.//");
}

/** Problem details (RFC 9457). `about:blank`: the status is the type of the problem. */
export function problemAnswer(request: HttpRequest, { status, detail, errors, retryAfter }: Problem): HttpAnswer {
    const correlationId = correlationIdOf(request);
    const problem = {
        type: "about:blank",
        title: titles[status],
        status,
        detail,
        instance: uriPath(request.rawPath),
        ...(errors && { errors: limited(errors) }),
        correlationId,
    };
    return answer(status, correlationId, problem, {
        "content-type": "application/problem+json",
        ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    });
}
