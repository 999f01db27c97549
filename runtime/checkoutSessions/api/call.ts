import { createHmac, timingSafeEqual } from "node:crypto";
import type { ValidateFunction } from "ajv";
import type { Context } from "aws-lambda";
import { rules } from "../../../spec/generated/checkout.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { faultsOf, jsonPathOf } from "../../shared/faults.ts";
import {
    answer,
    bodyOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    header,
    isJson,
    jsonIn,
} from "../../shared/http.ts";
import type { Keyring } from "../../shared/keyring.ts";
import type { Caller } from "../../shared/keys.ts";
import { type Log, log } from "../../shared/log.ts";
import { largestMessage } from "../../shared/message.ts";
import { scopesFor } from "../../shared/scopes.ts";
import {
    forbidden,
    invalid,
    keyRequired,
    notJson,
    type Problem,
    tooLarge,
    unauthorized,
    unavailable,
    versionProblem,
} from "../domain/problem.ts";
import { supportedVersions } from "../domain/protocol.ts";
import { unstorableIn } from "../domain/storable.ts";
import { type Dialect, dialectOf } from "./dialects.ts";

/** How far a caller's clock may be off, in seconds (ACP ruling on signed requests). */
const signatureTolerance = 300;

/** An admitted request. */
export interface Call {
    readonly callerId: string;
    /** Whether the caller may read everybody's sessions: it has the scope `merchant`. */
    readonly isMerchant: boolean;
    readonly correlationId: string;
    readonly dialect: Dialect;
    readonly log: Log;
}

/** An admitted POST: its body is what the protocol allows. */
export interface Post<Body> extends Call {
    readonly body: Body;
    /** Where the answer is kept for this caller, path and key. */
    readonly scope: Scope;
}

/** What makes two POSTs the same request: caller, path and key find the record, the body's fingerprint compares. */
export interface Scope {
    readonly recordId: string;
    readonly fingerprint: string;
}

type Refused = { readonly problem: Problem };

/** Who calls, in which version of the protocol, and whether that may be. */
export async function admit(
    request: HttpRequest,
    context: Pick<Context, "awsRequestId">,
    keyring: Keyring,
): Promise<Call | Refused> {
    const caller = await callerOf(request, keyring);
    if ("problem" in caller) return caller;
    const version = header(request, "api-version");
    const dialect = dialectOf(version);
    if (dialect === undefined) return { problem: versionProblem(version, supportedVersions.toReversed()) };
    const correlationId = correlationIdOf(request);
    const { callerId, keyId } = caller;
    const isMerchant = caller.scopes.includes("merchant");
    const fields = { correlationId, callerId, keyId, sessionId: sessionIdIn(request) };
    return { callerId, isMerchant, correlationId, dialect, log: log.forInvocation(context, fields) };
}

/** The body of a POST, checked, and its key. An absent body counts as `{}` where nothing in it is required. */
export function posted<Body>(request: HttpRequest, call: Call, validate: ValidateFunction<Body>): Post<Body> | Refused {
    const key = header(request, "idempotency-key");
    if (key === undefined || !/^[ -~]{1,255}$/.test(key)) return { problem: keyRequired() };

    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return { problem: tooLarge(`the body has ${bytes.length} bytes, more than ${largestMessage}`) };
    }
    if (bytes.length > 0 && !isJson(request)) return { problem: notJson() };
    const body = bytes.length === 0 ? {} : jsonIn(bytes);
    if (body === undefined) return { problem: invalid("the body is not JSON in UTF-8", "$") };
    if (!validate(body)) {
        const [fault] = faultsOf(validate.errors, rules);
        return { problem: invalid(fault?.detail ?? "is not allowed", paramOf(fault?.pointer ?? "")) };
    }
    const unstorable = unstorableIn(body);
    if (unstorable !== undefined) return { problem: invalid(unstorable.detail, paramOf(unstorable.pointer)) };

    // Not the raw path: behind a stage that has a name it begins with the stage.
    const { routeKey, pathParameters = {} } = request;
    const recordId = fingerprint([call.callerId, routeKey, pathParameters["id"] ?? null, key]);
    return { ...call, body, scope: { recordId, fingerprint: fingerprint(body) } };
}

/** The session that the path names, if any. */
export const sessionIdIn = ({ pathParameters }: HttpRequest): string | undefined => pathParameters?.["id"];

/** Where in the body it is; a client's own name for a member may be as long as the body. */
const paramOf = (pointer: string): string => jsonPathOf(pointer.slice(0, 200));

/** The answer to a call, with the headers that the protocol asks for. */
export function answered(
    request: HttpRequest,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
    const requestId = header(request, "request-id");
    const key = request.requestContext.http.method === "POST" ? header(request, "idempotency-key") : undefined;
    return answer(status, correlationIdOf(request), body, {
        "cache-control": "no-store",
        ...(requestId !== undefined && { "request-id": requestId }),
        ...(key !== undefined && { "idempotency-key": key }),
        ...headers,
    });
}

export const refusal = (request: HttpRequest, { status, error, headers }: Problem): HttpAnswer =>
    answered(request, status, error, headers);

async function callerOf(request: HttpRequest, keyring: Keyring): Promise<Caller | Refused> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(header(request, "authorization") ?? "") ?? [];
    if (key === undefined) return { problem: unauthorized("send your key as Authorization: Bearer <key>") };
    const caller = await keyring.callerOf(key);
    if (caller === undefined) {
        if (!keyring.isReadable) return { problem: unavailable("keys cannot be checked at the moment") };
        return { problem: unauthorized("nobody has this key") };
    }
    if (caller.signingSecret !== undefined && !isSigned(request, caller.signingSecret, Date.now())) {
        return { problem: unauthorized("the request is not signed, wrongly or too long ago", "invalid_signature") };
    }
    const { routeKey } = request;
    // What the catch-all routes answer (404, 405) is no operation of the document.
    const needed = routeKey.startsWith("ANY ") ? ["checkout"] : scopesFor(routeKey);
    return needed.some((scope) => caller.scopes.includes(scope)) ? caller : { problem: forbidden(needed) };
}

/**
 * Whether `Signature` is the HMAC-SHA256 of `<Timestamp>.<raw body>` in base64url. The protocol names the headers and
 * leaves the algorithm open; this one is ours, for callers that have a signing secret.
 */
function isSigned(request: HttpRequest, secret: string, now: number): boolean {
    const [timestamp, signature] = [header(request, "timestamp"), header(request, "signature")];
    if (timestamp === undefined || signature === undefined) return false;
    if (!(Math.abs(now - Date.parse(timestamp)) <= signatureTolerance * 1000)) return false;
    const expected = createHmac("sha256", secret).update(`${timestamp}.`).update(bodyOf(request)).digest();
    const given = Buffer.from(signature, "base64url");
    return given.length === expected.length && timingSafeEqual(given, expected);
}
