import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "aws-lambda";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import type { Caller } from "../../shared/apiKeys.ts";
import { bodyOf, correlationIdOf, type HttpRequest, header } from "../../shared/http.ts";
import { type Log, log } from "../../shared/log.ts";
import { scopesFor } from "../../shared/scopes.ts";
import type { Call } from "../domain/call.ts";
import { type CommandRefused, forbidden, unauthorized, unavailable, versionProblem } from "../domain/problem.ts";
import { servedVersion, supportedVersions } from "../domain/protocol.ts";
import { sessionIdIn } from "./parse.ts";

/** Maximum clock skew in seconds (ACP, signed requests). */
const signatureTolerance = 300;

/** Checks key, signature, scope and protocol version of a request. */
export async function authenticate(
    request: HttpRequest,
    context: Pick<Context, "awsRequestId">,
    apiKeys: ApiKeyReader,
): Promise<Call | (CommandRefused & { readonly log: Log })> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId, sessionId: sessionIdIn(request) });
    const caller = await callerOf(request, apiKeys);
    if ("problem" in caller) return { ...caller, log: invocation };
    const given = header(request, "api-version");
    const version = servedVersion(given);
    if (version === undefined) {
        return { problem: versionProblem(given, supportedVersions.toReversed()), log: invocation };
    }
    const { callerId, keyId } = caller;
    const isMerchant = caller.scopes.includes("merchant");
    return { callerId, isMerchant, correlationId, version, log: invocation.with({ callerId, keyId }) };
}

async function callerOf(request: HttpRequest, apiKeys: ApiKeyReader): Promise<Caller | CommandRefused> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(header(request, "authorization") ?? "") ?? [];
    if (key === undefined) return { problem: unauthorized("send the API key as Authorization: Bearer <key>") };
    const caller = await apiKeys.callerOf(key);
    if (caller === undefined) {
        if (!apiKeys.isReadable) return { problem: unavailable("API keys cannot be checked at the moment") };
        return { problem: unauthorized("unknown API key") };
    }
    if (caller.signingSecret !== undefined && !isSigned(request, caller.signingSecret, Date.now())) {
        return { problem: unauthorized("the signature is missing, wrong or expired", "invalid_signature") };
    }
    const { routeKey } = request;
    // Catch-all routes (404, 405) are no operations of the OpenAPI document.
    const needed = routeKey.startsWith("ANY ") ? ["checkout"] : scopesFor(routeKey);
    return needed.some((scope) => caller.scopes.includes(scope)) ? caller : { problem: forbidden(needed) };
}

/**
 * Whether `Signature` is the HMAC-SHA256 of `<Timestamp>.<raw body>` in base64url, for clients with a signing secret. The
 * protocol defines the headers but not the algorithm.
 */
function isSigned(request: HttpRequest, secret: string, now: number): boolean {
    const [timestamp, signature] = [header(request, "timestamp"), header(request, "signature")];
    if (timestamp === undefined || signature === undefined) return false;
    if (!(Math.abs(now - Date.parse(timestamp)) <= signatureTolerance * 1000)) return false;
    const expected = createHmac("sha256", secret).update(`${timestamp}.`).update(bodyOf(request)).digest();
    const given = Buffer.from(signature, "base64url");
    return given.length === expected.length && timingSafeEqual(given, expected);
}
