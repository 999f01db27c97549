import { isUtf8 } from "node:buffer";
import type {
    APIGatewayEventRequestContextV2,
    APIGatewayProxyEventV2WithRequestContext,
    APIGatewayProxyStructuredResultV2,
} from "aws-lambda";
import { mayCall, scopesFor, scopesIn } from "./scopes.ts";
import type { ValidationError } from "./validationErrors.ts";

/** A request of an HTTP API, payload format 2.0, behind any of its authorizers or none. */
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

/** A header's value. API Gateway gives the names in lower case. */
export function header(request: HttpRequest, name: Lowercase<string>): string | undefined {
    return request.headers[name];
}

/** What ties together all that happens for this request: the caller's own id when it is a plain token, else ours. */
export function correlationIdOf(request: HttpRequest): string {
    const given = [header(request, "x-correlation-id"), header(request, "request-id")];
    return given.find(isCorrelationId) ?? request.requestContext.requestId;
}

/** Also what API Gateway makes itself, which ends in `=`. */
export function isCorrelationId(text: string | undefined): text is string {
    return text !== undefined && /^[A-Za-z0-9._:=-]{1,128}$/.test(text);
}

/** Who calls, as the authorizer found it; `anonymous` where there is none. */
export function callerOf({ requestContext: { authorizer } }: HttpRequest): string {
    const caller = authorizer?.lambda?.["callerId"] ?? authorizer?.jwt?.claims["sub"] ?? authorizer?.iam?.userArn;
    return typeof caller === "string" ? caller : "anonymous";
}

/**
 * The refusal of a client that has none of the scopes that open the route. Every callback behind an authorizer asks for
 * it first: API Gateway's own 403 has no problem in it, and its authorizers let in every client that they know.
 */
export function scopeProblem(request: HttpRequest): Problem | undefined {
    const { routeKey } = request;
    const scopes = scopesOf(request);
    if (scopes === undefined || mayCall(scopes, routeKey)) return undefined;
    return { status: 403, detail: `the client lacks the scope ${scopesFor(routeKey).join(" or ")}` };
}

/** Undefined where scopes decide nothing: the route is open, or IAM has allowed the client this very route. */
function scopesOf({ requestContext: { authorizer } }: HttpRequest): readonly string[] | undefined {
    if (authorizer?.lambda) return scopesIn(authorizer.lambda["scopes"]);
    if (authorizer?.jwt === undefined) return undefined;
    // API Gateway takes `scp` as well.
    const { scope, scp } = authorizer.jwt.claims;
    return scopesIn(scope ?? scp);
}

/** The body's bytes. */
export function bodyOf({ body, isBase64Encoded }: HttpRequest): Buffer {
    return Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
}

/** The JSON value in these bytes, with or without a byte order mark; `undefined` when they are not JSON in UTF-8. */
export function jsonIn(bytes: Buffer): unknown {
    if (!isUtf8(bytes)) return undefined;
    const text = bytes.toString("utf8");
    try {
        // RFC 8259, section 8.1: a parser may ignore the mark, which some programs write before every text.
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
 * The JSON value of a request's body, or why there is none.
 * @param most bytes that it may have.
 * @param refusal what a problem says of a body that is not JSON, as of one with other faults.
 * @param isOptional whether an absent body counts as `{}`.
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

/** The key by which a client makes a request again, if it gives one, or why it cannot be one. */
export function idempotencyKeyOf(request: HttpRequest): { readonly key?: string } | Refused {
    const key = header(request, "idempotency-key");
    if (key === undefined) return {};
    if (/^[!-~]{1,255}$/.test(key)) return { key };
    return { problem: { status: 400, detail: "Idempotency-Key must be 1 to 255 visible ASCII characters" } };
}

/** An answer in JSON. Every answer names the correlation id. */
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

/** Why a request is refused. */
export interface Problem {
    readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 503;
    readonly detail: string;
    readonly errors?: readonly ValidationError[];
    /** Seconds until it is worth another try. */
    readonly retryAfter?: number;
}

/** A request that is not served. */
export interface Refused {
    readonly problem: Problem;
}

const titles = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    503: "Service Unavailable",
} as const satisfies Record<Problem["status"], string>;

/**
 * A path as a reference of RFC 3986. API Gateway gives it decoded, as it is on the line only where it would not decode;
 * one that begins with two slashes would name a host.
 */
function uriPath(path: string): string {
    const encoded = encodeURI(path.toWellFormed()).replace(/%25(?=[0-9A-Fa-f]{2})/g, "%");
    return encoded.replace(/[?#]/g, encodeURIComponent).replace(/^\/\//, "/.//");
}

/** A refusal as problem details, RFC 9457. `about:blank` says that the status tells the kind of problem. */
export function problemAnswer(request: HttpRequest, { status, detail, errors, retryAfter }: Problem): HttpAnswer {
    const correlationId = correlationIdOf(request);
    const problem = {
        type: "about:blank",
        title: titles[status],
        status,
        detail,
        instance: uriPath(request.rawPath),
        ...(errors && { errors }),
        correlationId,
    };
    return answer(status, correlationId, problem, {
        "content-type": "application/problem+json",
        ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    });
}
