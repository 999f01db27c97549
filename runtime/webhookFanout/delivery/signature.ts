import { createHmac, createPrivateKey, createSecretKey, type KeyObject, sign } from "node:crypto";
import type { Endpoint, EndpointKind, EndpointSecret } from "../endpoints/endpoint.ts";
import { openHeaders } from "../endpoints/endpointSecret.ts";
import type { Sealing } from "../endpoints/sealing.ts";

/** Kinds whose endpoints have secrets of their own to sign with. */
type SecretKind = Exclude<EndpointKind, "ucp">;

/** An unsealed secret. */
export interface SigningSecret extends Pick<EndpointSecret, "scheme"> {
    readonly secret: string;
}

/** Signed content. */
interface Signable {
    /** The event's id, without a dot. */
    readonly id: string;
    /** Time of the attempt, in milliseconds since 1970. */
    readonly at: number;
    readonly body: string;
    /** In the form of ACP until 2026-01-30. @default false */
    readonly isOlderForm?: boolean | undefined;
}

/** An endpoint has no usable secret: a bug. */
export class SigningError extends Error {
    override readonly name = "SigningError";
}

/** All headers of an attempt. Throws SigningError. */
export async function deliveryHeaders(
    endpoint: Pick<Endpoint, "endpointId" | "headers" | "sealedHeaders" | "secrets"> & { readonly kind: SecretKind },
    sealing: Pick<Sealing, "open">,
    signable: Signable,
): Promise<Record<string, string>> {
    const secrets = liveSecrets(endpoint.secrets, signable.at).map(async ({ scheme, sealed }) => ({
        scheme,
        secret: await sealing.open(sealed, endpoint.endpointId),
    }));
    return {
        // First, so that they do not replace the following headers.
        ...(await openHeaders(endpoint, sealing)),
        ...signatureHeaders(endpoint.kind, signable, await Promise.all(secrets)),
        "content-type": "application/json",
        "user-agent": "commerce-webhooks/1",
    };
}

/** @param secrets the newest first. Throws SigningError. */
export function signatureHeaders(
    kind: SecretKind,
    signable: Signable,
    secrets: readonly SigningSecret[],
): Record<string, string> {
    switch (kind) {
        case "standard":
            return standardHeaders(signable, secrets);
        case "acp":
            return acpHeaders(signable, secrets);
    }
}

/** Unexpired secrets, the newest first. */
function liveSecrets(secrets: readonly EndpointSecret[], now: number): EndpointSecret[] {
    return secrets.filter(({ expiresAt }) => expiresAt === undefined || Date.parse(expiresAt) > now);
}

/**
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * One signature for each secret: during a rotation a receiver may have any of them.
 */
function standardHeaders({ id, at, body }: Signable, secrets: readonly SigningSecret[]): Record<string, string> {
    if (secrets.length === 0) throw new SigningError("there is no secret to sign with");
    const timestamp = secondsOf(at);
    const content = `${id}.${timestamp}.${body}`;
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": secrets.map((secret) => signatureOf(content, secret)).join(" "),
    };
}

function signatureOf(content: string, secret: SigningSecret): string {
    switch (secret.scheme) {
        case "v1":
            return `v1,${createHmac("sha256", keyOf(secret)).update(content).digest("base64")}`;
        case "v1a":
            return `v1a,${sign(null, Buffer.from(content), keyOf(secret)).toString("base64")}`;
    }
}

/** Cache: to create a key costs more than to sign with it. */
const keys = new Map<string, KeyObject>();
const mostKeys = 1000;

function keyOf({ scheme, secret }: SigningSecret): KeyObject {
    const name = `${scheme} ${secret}`;
    const key = keys.get(name) ?? newKey({ scheme, secret });
    if (keys.size >= mostKeys) keys.clear();
    keys.set(name, key);
    return key;
}

function newKey({ scheme, secret }: SigningSecret): KeyObject {
    switch (scheme) {
        case "v1":
            return createSecretKey(bytesOf("whsec_", secret));
        case "v1a": {
            const seed = bytesOf("whsk_", secret).subarray(0, 32);
            if (seed.length < 32) throw new SigningError("an Ed25519 secret has fewer than 32 bytes");
            return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
        }
    }
}

/** PKCS #8 prefix of a 32-byte Ed25519 seed (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

function bytesOf(prefix: string, secret: string): Buffer {
    const bytes = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, "base64");
    if (bytes.length === 0) throw new SigningError("a secret is not in base64");
    return bytes;
}

/**
 * The Agentic Commerce Protocol has one signature, so the newest secret signs, whose text is the key. Until 2026-01-30 it
 * defines no encoding and no time in it.
 */
function acpHeaders(
    { id, at, body, isOlderForm = false }: Signable,
    [newest]: readonly SigningSecret[],
): Record<string, string> {
    if (newest === undefined) throw new SigningError("there is no secret to sign with");
    const timestamp = secondsOf(at);
    const hmac = createHmac("sha256", newest.secret);
    const signature = hmac.update(isOlderForm ? body : `${timestamp}.${body}`).digest("hex");
    return {
        "merchant-signature": isOlderForm ? signature : `t=${timestamp},v1=${signature}`,
        "request-id": id,
        timestamp: new Date(at).toISOString(),
    };
}

const secondsOf = (at: number) => String(Math.floor(at / 1000));
