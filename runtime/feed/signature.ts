import { createHmac, timingSafeEqual } from "node:crypto";
import { jsonIn } from "../shared/http.ts";
import { isJsonObject } from "../shared/json.ts";
import { FeedSecretError } from "./stored/targetSecrets.ts";

/** The signature in the address of a file: whoever has the address may read the file until the key is changed. */
export const signatureOf = (key: string, file: string): string =>
    createHmac("sha256", key).update(`/feeds/${file}`).digest("base64url");

export function isSignedBy(key: string, file: string, signature: string): boolean {
    const [own, given] = [signatureOf(key, file), signature].map((text) => Buffer.from(text));
    return own !== undefined && given !== undefined && own.length === given.length && timingSafeEqual(own, given);
}

/** The key in the secret of a target whose file is signed. Throws FeedSecretError. */
export function signingKeyIn(text: string): string {
    const value = jsonIn(Buffer.from(text));
    const { signingKey } = isJsonObject(value) ? value : {};
    if (typeof signingKey === "string" && signingKey.length >= 16) return signingKey;
    throw new FeedSecretError("the feed's secret has no signingKey of 16 characters or more");
}
