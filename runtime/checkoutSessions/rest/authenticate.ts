import { createHmac, timingSafeEqual } from "node:crypto";
import { checkoutRoutes } from "../../../spec/generated/scopes.ts";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import type { Caller } from "../../shared/apiKeys.ts";
import { bodyOf, type HttpRequest, header } from "../../shared/http.ts";
import { scopesFor } from "../../shared/scopes.ts";
import { callerBy, lackOf } from "../calls/caller.ts";
import { type CommandRefused, unauthorized } from "../domain/problem.ts";

/** Maximum clock skew in seconds (ACP, signed requests). */
const signatureTolerance = 300;

/** The client of a request, by its key, its signature and its scope. */
export async function authenticate(request: HttpRequest, apiKeys: ApiKeyReader): Promise<Caller | CommandRefused> {
    const caller = await callerBy(header(request, "authorization"), apiKeys);
    if ("problem" in caller) return caller;
    if (caller.signingSecret !== undefined && !isSigned(request, caller.signingSecret, Date.now())) {
        return { problem: unauthorized("the signature is missing, wrong or expired", "invalid_signature") };
    }
    const { routeKey } = request;
    // Catch-all routes (404, 405) are no operations of the OpenAPI document.
    return lackOf(routeKey.startsWith("ANY ") ? ["checkout"] : scopesFor(checkoutRoutes, routeKey), caller) ?? caller;
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
