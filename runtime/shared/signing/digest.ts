import { hash, timingSafeEqual } from "node:crypto";
import { dictionaryIn, StructuredFieldError } from "./structured.ts";

/** The header `Content-Digest` of a body (RFC 9530). */
export const contentDigest = (body: Uint8Array): string => `sha-256=:${hash("sha256", body, "base64")}:`;

/** Whether the header `Content-Digest` has the SHA-256 of these bytes, and no other digest that is wrong. */
export function isDigestOf(header: string, body: Uint8Array): boolean {
    try {
        const digests = dictionaryIn(header);
        if (!digests.has("sha-256")) return false;
        return [...digests].every(([algorithm, [value]]) => {
            const known = algorithms.get(algorithm);
            if (known === undefined) return true;
            if (!(value instanceof ArrayBuffer)) return false;
            const [expected, given] = [hash(known, body, "buffer"), Buffer.from(value)];
            return expected.length === given.length && timingSafeEqual(expected, given);
        });
    } catch (error) {
        if (error instanceof StructuredFieldError) return false;
        throw error;
    }
}

const algorithms: ReadonlyMap<string, string> = new Map([
    ["sha-256", "sha256"],
    ["sha-512", "sha512"],
]);
