import { createPublicKey, hash, type KeyObject } from "node:crypto";

/** A public key of a profile (RFC 7517). Others than those of P-256 are kept and not used. */
export interface Jwk {
    readonly kid: string;
    readonly kty: string;
    readonly crv?: string | undefined;
    readonly x?: string | undefined;
    readonly y?: string | undefined;
    readonly use?: string | undefined;
    readonly alg?: string | undefined;
    readonly key_ops?: readonly string[] | undefined;
}

/** The key that ES256 verifies by; undefined for one of another algorithm, or that is none. */
export function es256KeyOf({ kty, crv, x, y, alg }: Jwk): KeyObject | undefined {
    if (kty !== "EC" || crv !== "P-256" || x === undefined || y === undefined) return undefined;
    if (alg !== undefined && alg !== "ES256") return undefined;
    try {
        return createPublicKey({ key: { kty, crv, x, y }, format: "jwk" });
    } catch {
        // Not a point of the curve.
        return undefined;
    }
}

/** Whether its owner lets it verify signatures (RFC 7517, sections 4.2 and 4.3). */
export const mayVerify = ({ use, key_ops: operations }: Jwk): boolean =>
    use !== "enc" && (operations === undefined || operations.includes("verify"));

/** What the key is, whatever it is called. */
export const thumbprint = ({ kty, crv, x, y }: Jwk): string =>
    // RFC 7638: the members of an EC key in this order.
    hash("sha256", JSON.stringify({ crv, kty, x, y }), "base64url");

/** A public key as it is published, named by its thumbprint. */
export function publishedJwk(key: KeyObject): Jwk {
    const { kty = "", crv, x, y } = key.export({ format: "jwk" });
    const jwk = { kid: "", kty, crv, x, y };
    return { ...jwk, kid: thumbprint(jwk), use: "sig", alg: "ES256" };
}
