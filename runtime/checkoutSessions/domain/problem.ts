import type { ProtocolError } from "./protocol.ts";

/** An ACP error (ACP RFC, errors) with its HTTP status. */
export interface Problem {
    readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 503;
    readonly error: ProtocolError;
    /** Such as `retry-after`. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Not stored for the idempotency key: unrelated to a session, or temporary. */
    readonly unkept?: true;
}

export interface CommandRefused {
    readonly problem: Problem;
}

const refused = (status: Problem["status"], code: string, message: string, param?: string): Problem => ({
    status,
    error: { type: "invalid_request", code, message, ...(param !== undefined && { param }) },
});

/** @param param RFC 9535 JSONPath of the invalid member; members of a trace have a code of their own. */
export const invalid = (message: string, param?: string): Problem =>
    refused(400, param?.startsWith("$.intent_trace.") ? "invalid_type" : "invalid", message, param);

/** What the merchant does not do, although the protocol has it. */
export const unsupported = (message: string, param: string): Problem => refused(400, "unsupported", message, param);

export const missing = (message: string, param: string): Problem =>
    refused(400, "missing_required_field", message, param);

/** Does not contain the id, which may be as long as a body, since the response is stored. */
export const unknownItem = (param: string): Problem => refused(400, "invalid_item_id", "there is no such item", param);

export const nothingInStock = (): Problem =>
    refused(400, "out_of_stock", "none of the items is in stock", "$.line_items");

export const authenticationMissing = (): Problem =>
    refused(
        400,
        "requires_3ds",
        "the buyer must be authenticated first: send authentication_result",
        "$.authentication_result",
    );

/** @param place where the client names its key */
export const keyRequired = (place: string): Problem =>
    refused(400, "idempotency_key_required", `every change needs ${place}, 1 to 255 characters`);

/**
 * @param supported newest first (ACP RFC, version negotiation).
 * @param place where the client names its version
 */
export const versionProblem = (given: string | undefined, supported: readonly string[], place: string): Problem => ({
    status: 400,
    error: {
        type: "invalid_request",
        ...(given === undefined
            ? { code: "missing_api_version", message: `every request needs ${place}` }
            : { code: "unsupported_api_version", message: `${place} names a version that is not supported` }),
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

/** @param scopes the client needs one of them (RFC 6750, section 3.1). */
export const forbidden = (scopes: readonly string[]): Problem => ({
    ...refused(403, "forbidden", `the client lacks the scope ${scopes.join(" or ")}`),
    headers: { "www-authenticate": `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"` },
});

export const noSuchRoute = (): Problem => refused(404, "not_found", "there is nothing at this path");

export const noSuchSession = (): Problem => ({
    ...refused(404, "session_not_found", "there is no such checkout session"),
    unkept: true,
});

export const noSuchCart = (): Problem => refused(404, "cart_not_found", "there is no such cart");

export const noSuchOrder = (): Problem => refused(404, "order_not_found", "there is no such order");

export const noSuchVersion = (): Problem =>
    refused(404, "version_not_found", "the checkout session has no such version");

/** `Allow` is required (RFC 9110, section 15.5.6). */
export const notAllowed = (message: string, allow: string): Problem => ({
    ...refused(405, "method_not_allowed", message),
    headers: { allow },
});

export const ended = (status: "completed" | "canceled" | "expired"): Problem =>
    refused(409, `session_${status}`, `the checkout session is ${status}`);

export const notReady = (message: string): Problem => refused(409, "session_not_ready", message);

/** Another request is changing the session. */
export const contended = (message: string): Problem => ({
    ...refused(409, "version_conflict", message),
    headers: { "retry-after": "1" },
    unkept: true,
});

/** The first request usually ends within seconds. Whether its process is gone is known only when its lease ends. */
export const inFlight = (): Problem => ({
    ...refused(409, "idempotency_in_flight", "a request with this idempotency key is in progress"),
    headers: { "retry-after": "2" },
    unkept: true,
});

export const tooLarge = (message: string): Problem => refused(413, "invalid", message, "$");

export const notJson = (): Problem => refused(415, "invalid_type", "the content type must be application/json");

export const keyConflict = (): Problem =>
    refused(422, "idempotency_conflict", "this idempotency key was used with another body");

/** @param creating the source system has another message for a session that could not be created. */
export const failed = (creating: boolean): Problem => ({
    status: 500,
    error: creating
        ? { type: "processing_error", code: "session_creation_failed", message: "Failed to create checkout session" }
        : { type: "processing_error", code: "processing_error", message: "internal error" },
});

/** @param seconds of `Retry-After`. */
export const unavailable = (message: string, seconds = 5): Problem => ({
    status: 503,
    error: { type: "service_unavailable", code: "service_unavailable", message },
    headers: { "retry-after": String(seconds) },
});

/** The payment provider refuses our requests. @param seconds until it is tried again */
export const misrequested = (seconds: number): Problem =>
    unavailable(
        "the shop cannot take payments at the moment, nothing was charged: try again with the same key",
        Math.max(1, Math.ceil(seconds)),
    );

/** Too many completions of the same products or discount codes at once. */
export const busy = (): Problem =>
    unavailable("many buyers complete with the same items at this moment: try again with the same key", 2);
