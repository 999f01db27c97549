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

/** How far a caller's clock may be off, in seconds (ACP ruling on signed requests). */
const signatureTolerance = 300;

/** Who calls, in which version of the protocol, and whether that may be. */
export async function authenticate(
    request: HttpRequest,
    context: Pick<Context, "awsRequestId">,
    keyring: ApiKeyReader,
): Promise<Call | (CommandRefused & { readonly log: Log })> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId, sessionId: sessionIdIn(request) });
    const caller = await callerOf(request, keyring);
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

async function callerOf(request: HttpRequest, keyring: ApiKeyReader): Promise<Caller | CommandRefused> {
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
