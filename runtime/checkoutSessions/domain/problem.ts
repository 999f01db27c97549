import type { ProtocolError } from "./protocol.ts";

/** Why a request is refused: an ACP error and its HTTP status. Which code means what is the ACP RFC's section on errors. */
export interface Problem {
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 503;
    readonly error: ProtocolError;
    /** Headers that belong to it, such as `retry-after`. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Not kept for the idempotency key: it says nothing about a session, or the same request may succeed in a moment. */
    readonly unkept?: true;
}

export interface CommandRefused {
    readonly problem: Problem;
}

const refused = (status: Problem["status"], code: string, message: string, param?: string): Problem => ({
    status,
    error: { type: "invalid_request", code, message, ...(param !== undefined && { param }) },
});

/** @param param RFC 9535 JSONPath of the member of the body that is wrong; those of a trace have a code of their own. */
export const invalid = (message: string, param?: string): Problem =>
    refused(400, param?.startsWith("$.intent_trace.") ? "invalid_type" : "invalid", message, param);

export const missing = (message: string, param: string): Problem =>
    refused(400, "missing_required_field", message, param);

/** `param` says which: the id itself may be as long as a body, and the answer is kept. */
export const unknownItem = (param: string): Problem => refused(400, "invalid_item_id", "there is no such item", param);

export const authenticationMissing = (): Problem =>
    refused(
        400,
        "requires_3ds",
        "the buyer must be authenticated first: send the result of it",
        "$.authentication_result",
    );

export const keyRequired = (): Problem =>
    refused(400, "idempotency_key_required", "every POST needs the header Idempotency-Key, 1 to 255 characters");

/** @param supported newest first (ACP RFC, version negotiation). */
export const versionProblem = (given: string | undefined, supported: readonly string[]): Problem => ({
    status: 400,
    error: {
        type: "invalid_request",
        ...(given === undefined
            ? { code: "missing_api_version", message: "every request needs the header API-Version" }
            : { code: "unsupported_api_version", message: "this API-Version is not served here" }),
        supported_versions: supported,
    },
});

export const unauthorized = (
    message: string,
    code: "unauthorized" | "invalid_signature" = "unauthorized",
): Problem => ({
    ...refused(401, code, message),
    headers: { "www-authenticate": "Bearer" },
});

/** @param scopes of which the client needs one (RFC 6750, section 3.1). */
export const forbidden = (scopes: readonly string[]): Problem => ({
    ...refused(403, "forbidden", `the client lacks the scope ${scopes.join(" or ")}`),
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"` },
});

export const noSuchRoute = (): Problem => refused(404, "not_found", "there is nothing at this path");

export const noSuchSession = (): Problem => ({
    ...refused(404, "session_not_found", "there is no such checkout session"),
    unkept: true,
});

export const noSuchVersion = (): Problem =>
    refused(404, "version_not_found", "the checkout session has no such version");

/** HTTP demands `Allow` with every 405 (RFC 9110, section 15.5.6). */
export const notAllowed = (message: string, allow: string): Problem => ({
    ...refused(405, "method_not_allowed", message),
    headers: { allow },
});

export const ended = (status: "completed" | "canceled" | "expired"): Problem =>
    refused(409, `session_${status}`, `the checkout session is ${status}`);

export const notReady = (message: string): Problem => refused(409, "session_not_ready", message);

/** Somebody else is changing the session. */
export const contended = (message: string): Problem => ({
    ...refused(409, "version_conflict", message),
    headers: { "retry-after": "1" },
    unkept: true,
});

/** @param seconds until the first request has certainly ended. */
export const inFlight = (seconds: number): Problem => ({
    ...refused(409, "idempotency_in_flight", "a request with this Idempotency-Key is being worked on"),
    headers: { "retry-after": String(Math.max(1, Math.ceil(seconds))) },
    unkept: true,
});

export const tooLarge = (message: string): Problem => refused(413, "invalid", message, "$");

export const notJson = (): Problem => refused(415, "invalid_type", "the content type must be application/json");

export const keyConflict = (): Problem =>
    refused(422, "idempotency_conflict", "this Idempotency-Key came with another body before");

/** @param creating whether a session was to be created: the source system has words of its own for that. */
export const failed = (creating: boolean): Problem => ({
    status: 500,
    error: creating
        ? { type: "processing_error", code: "session_creation_failed", message: "Failed to create checkout session" }
        : { type: "processing_error", code: "processing_error", message: "something went wrong on our side" },
});

export const unavailable = (message: string): Problem => ({
    status: 503,
    error: { type: "service_unavailable", code: "service_unavailable", message },
    headers: { "retry-after": "5" },
});
