import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Endpoint, EndpointSecret, Headers } from "./endpoint.ts";
import type { Sealing } from "./sealing.ts";

type Scheme = EndpointSecret["scheme"];

interface NewSecret {
    readonly kept: EndpointSecret;
    /** In the response, only once. */
    readonly shown: { readonly secret: string } | { readonly publicKey: string };
}

/** @param given the client's own secret, for `v1`. @default a generated one */
export function newSecret(scheme: Scheme, endpointId: string, sealing: Sealing, given?: string): NewSecret {
    switch (scheme) {
        case "v1": {
            const secret = given ?? `whsec_${randomBytes(32).toString("base64")}`;
            return { kept: { scheme, sealed: sealing.seal(secret, endpointId) }, shown: { secret } };
        }
        case "v1a": {
            const { privateKey, publicKey } = keyPair();
            return {
                kept: { scheme, sealed: sealing.seal(privateKey, endpointId), publicKey },
                shown: { publicKey },
            };
        }
    }
}

/** The form of Standard Webhooks: the private key is the seed followed by the public key. */
function keyPair() {
    const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
    const [seed, point] = [Buffer.from(d, "base64url"), Buffer.from(x, "base64url")];
    return {
        privateKey: `whsk_${Buffer.concat([seed, point]).toString("base64")}`,
        publicKey: `whpk_${point.toString("base64")}`,
    };
}

/** Maximum active secrets. */
export const mostSecrets = 10;

/**
 * Adds a new secret. Earlier ones sign until the end of the overlap, or until their own expiry if that is sooner.
 */
export function rotated(
    before: readonly EndpointSecret[],
    fresh: EndpointSecret,
    overlapSeconds: number,
    now: number,
): EndpointSecret[] {
    const end = new Date(now + overlapSeconds * 1000).toISOString();
    const older = before
        .map((secret) => ({ ...secret, expiresAt: earlier(secret.expiresAt, end) }))
        .filter(({ expiresAt }) => Date.parse(expiresAt) > now);
    return [fresh, ...older];
}

const earlier = (one: string | undefined, other: string) =>
    one !== undefined && Date.parse(one) < Date.parse(other) ? one : other;

type SealedHeaders = Required<Pick<Endpoint, "headerNames" | "sealedHeaders">>;

export function sealHeaders(headers: Headers, endpointId: string, sealing: Sealing): SealedHeaders {
    const sealedHeaders = sealing.seal(JSON.stringify(headers), endpointId);
    return { headerNames: Object.keys(headers), sealedHeaders };
}

export async function openHeaders(
    { endpointId, headers = {}, sealedHeaders }: Pick<Endpoint, "endpointId" | "headers" | "sealedHeaders">,
    sealing: Pick<Sealing, "open">,
): Promise<Headers> {
    return sealedHeaders === undefined ? headers : JSON.parse(await sealing.open(sealedHeaders, endpointId));
}
