import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey } from "jose";

/** The keys of an issuer by OpenID Connect discovery, kept for at most two hours as API Gateway does. */
export async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
    const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
        signal: AbortSignal.timeout(1500),
    });
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    const configuration: unknown = await response.json();
    const found = typeof configuration === "object" && configuration !== null && "jwks_uri" in configuration;
    if (!found || typeof configuration.jwks_uri !== "string") throw new Error(`${response.url} names no jwks_uri`);
    return createRemoteJWKSet(new URL(configuration.jwks_uri), { cacheMaxAge: 2 * 60 * 60 * 1000 });
}

export function tokenFault(error: unknown): string {
    if (error instanceof errors.JWTExpired) return "the token has expired";
    if (error instanceof errors.JWTClaimValidationFailed) return `the token does not have a valid ${error.claim}`;
    if (error instanceof errors.JWSSignatureVerificationFailed) return "the token's signature is not valid";
    if (error instanceof errors.JWKSNoMatchingKey) return "the token's key is not one of its issuer's";
    if (error instanceof errors.JOSEAlgNotAllowed) return "the token's signing algorithm is not supported";
    if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return "the token is malformed";
    return "the keys of the token's issuer could not be read";
}

export function scopesOf(claims: JWTPayload): string[] | undefined {
    const scope = claims["scope"] ?? claims["scp"];
    if (Array.isArray(scope)) return scope.map(String);
    return typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : undefined;
}

/** Claims reach the function as texts, lists the way `[admins readers]`. */
export function claimTexts(claims: JWTPayload): Record<string, string> {
    const texts = Object.entries(claims).map(([name, value]): [string, string] => {
        if (Array.isArray(value)) return [name, `[${value.join(" ")}]`];
        return [name, typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)];
    });
    return Object.fromEntries(texts);
}
