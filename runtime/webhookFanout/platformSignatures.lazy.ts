import { uuidOf } from "../shared/ids.ts";
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { secretReader } from "../shared/secret.ts";
import { contentDigest } from "../shared/signing/digest.ts";
import { signatureHeaders } from "../shared/signing/sign.ts";
import { SigningKeys } from "../shared/signing/signingKeys.ts";
import type { PlatformEvent } from "./delivery/transport.ts";

/** The secret has another form. The message never quotes it. */
class PlatformKeysError extends Error {
    override readonly name = "PlatformKeysError";
}

const keys = new Map<string, SigningKeys>();
/** Milliseconds that API keys of platforms are used without a look at the secret. */
const keptMs = 60_000;
let apiKeys: { readonly of: JsonObject; readonly until: number } | undefined;

/** What a platform verifies. UCP names five components; the rest keeps an event from being sent again as another. */
const covered = [
    "@method",
    "@authority",
    "@path",
    "content-digest",
    "content-type",
    "ucp-agent",
    "idempotency-key",
    "webhook-id",
    "webhook-timestamp",
];

/**
 * Headers of an order's event for a platform of the Universal Commerce Protocol, signed with the merchant's key (RFC
 * 9421). Id and time are the event's, the same in all attempts: by an older time platforms refuse what has been overtaken.
 * @param signing ARNs of the merchant's keys, the URL of the profile that publishes them, and the secret with the API keys
 * that platforms have given for their webhooks
 */
export async function headersOf(
    { url, body, tenantId, deliveryId, occurredAt, at }: PlatformEvent,
    signing: { readonly keys: string; readonly profileUrl: string; readonly apiKeys: string },
): Promise<Record<string, string>> {
    const { host, pathname, search } = new URL(url);
    const id = uuidOf(deliveryId);
    const headers = {
        "content-type": "application/json",
        "user-agent": "commerce-webhooks/1",
        "ucp-agent": `profile="${signing.profileUrl}"`,
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(Date.parse(occurredAt) / 1000)),
        "idempotency-key": id,
        "content-digest": contentDigest(Buffer.from(body)),
    };
    const target = { method: "POST", authority: host, path: pathname, query: search.slice(1) };
    const names = search === "" ? covered : [...covered, "@query"];
    const own = await apiKeyHeaders(tenantId.replace(/^ucp:/, ""), signing.apiKeys, at);
    const signature = await signatureHeaders({ headers, target }, names, await signerOf(signing.keys), at);
    return { ...own, ...headers, ...signature };
}

/** `{"<URL of the profile>": {"X-Goog-Api-Key": "…"}}` */
async function apiKeyHeaders(profile: string, secret: string, at: number): Promise<Record<string, string>> {
    if (apiKeys === undefined || apiKeys.until <= at) apiKeys = { of: await apiKeysIn(secret), until: at + keptMs };
    const { [profile]: headers = {} } = apiKeys.of;
    const own = isJsonObject(headers) ? Object.entries(headers) : [["", ""]];
    return Object.fromEntries(
        own.map(([name = "", value]) => {
            if (!/^[\w-]{1,64}$/.test(String(name)) || typeof value !== "string" || !/^[!-~]{1,4096}$/.test(value)) {
                throw new PlatformKeysError("a header in the secret of the platforms' API keys cannot be one");
            }
            return [String(name).toLowerCase(), value];
        }),
    );
}

async function apiKeysIn(secret: string): Promise<JsonObject> {
    let text: string;
    try {
        text = await secretReader(secret)();
    } catch (error) {
        // No platform has given a key: there is no value yet.
        if (error instanceof Error && error.name === "ResourceNotFoundException") return {};
        throw error;
    }
    try {
        const value: unknown = JSON.parse(text);
        if (isJsonObject(value)) return value;
    } catch {
        // Told below: an error of the parser would quote the secret.
    }
    throw new PlatformKeysError("the secret of the platforms' API keys is no JSON object");
}

async function signerOf(list: string) {
    const known = keys.get(list) ?? new SigningKeys(list);
    keys.set(list, known);
    return await known.signer();
}
