import { uuidOf } from "../shared/ids.ts";
import { contentDigest } from "../shared/signing/digest.ts";
import { signatureHeaders } from "../shared/signing/sign.ts";
import { SigningKeys } from "../shared/signing/signingKeys.ts";
import type { PlatformEvent } from "./delivery/transport.ts";

const keys = new Map<string, SigningKeys>();

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
 * @param signing ARNs of the merchant's keys, and the URL of the profile that publishes them
 */
export async function headersOf(
    { url, body, deliveryId, occurredAt, at }: PlatformEvent,
    signing: { readonly keys: string; readonly profileUrl: string },
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
    return { ...headers, ...(await signatureHeaders({ headers, target }, names, await signerOf(signing.keys), at)) };
}

async function signerOf(list: string) {
    const known = keys.get(list) ?? new SigningKeys(list);
    keys.set(list, known);
    return await known.signer();
}
