import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import type { Jwk } from "../../shared/signing/jwk.ts";
import { capability } from "./capabilities.ts";
import { offeredNames } from "./offers.ts";

/** What is used of a platform's profile. */
export interface PlatformProfile {
    /** Of the protocol. */
    readonly version: string;
    /** The versions of each capability that is known here. */
    readonly capabilities: Readonly<Record<string, readonly string[]>>;
    /** Where it wants order events. */
    readonly orderWebhook?: string;
    readonly keys: readonly Jwk[];
}

/** Why a platform's profile cannot be used: the code of a protocol error, and words for its owner. */
export class ProfileError extends Error {
    override readonly name = "ProfileError";
    readonly code:
        | "invalid_profile_url"
        | "profile_unreachable"
        | "profile_malformed"
        | "too_many_platforms"
        | "rate_limit_exceeded";

    constructor(code: ProfileError["code"], message: string, options?: ErrorOptions) {
        super(message, options);
        this.code = code;
    }
}

/** A key is another one than it was, under the same name. */
export class KeyChangedError extends ProfileError {
    constructor() {
        super("profile_malformed", "the platform's profile cannot be used: a key has changed and kept its kid");
    }
}

const deepest = 32;
const mostKeys = 32;
const mostVersions = 16;
const longestText = 512;

/** Reads a profile. What is not used here may have any form. Throws ProfileError. */
export function platformProfileIn(text: string): PlatformProfile {
    if (depthOf(text) > deepest) throw malformed(`it is nested deeper than ${deepest} levels`);
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        throw malformed("it is not JSON", cause);
    }
    const { ucp, signing_keys: signingKeys, keys = signingKeys } = objectIn(document, "it");
    const { version, capabilities = {} } = objectIn(ucp, "ucp");
    if (!isVersion(version)) throw malformed("ucp.version is no date");
    const known = Object.entries(objectIn(capabilities, "ucp.capabilities")).filter(([name]) => offeredNames.has(name));
    const orderWebhook = webhookIn(Object.fromEntries(known)[capability.order]);
    return {
        version,
        capabilities: Object.fromEntries(known.map(([name, entries]) => [name, versionsIn(entries, name)])),
        ...(orderWebhook !== undefined && { orderWebhook }),
        keys: keysIn(keys ?? []),
    };
}

/** Levels of lists and objects in a text that may be JSON. */
function depthOf(text: string): number {
    let [depth, most, isText] = [0, 0, false];
    for (let at = 0; at < text.length; at += 1) {
        const character = text[at];
        if (isText && character === "\\") at += 1;
        else if (character === '"') isText = !isText;
        else if (isText) continue;
        else if (character === "{" || character === "[") most = Math.max(most, ++depth);
        else if (character === "}" || character === "]") depth -= 1;
    }
    return most;
}

function versionsIn(entries: unknown, name: string): string[] {
    if (!Array.isArray(entries) || entries.length > mostVersions) throw malformed(`${name} is no list of versions`);
    return entries.map((entry) => {
        const { version } = objectIn(entry, name);
        if (!isVersion(version)) throw malformed(`a version of ${name} is no date`);
        return version;
    });
}

function webhookIn(entries: unknown): string | undefined {
    const urls = (Array.isArray(entries) ? entries : []).flatMap((entry) => {
        const config = isJsonObject(entry) ? entry["config"] : undefined;
        return isJsonObject(config) ? [config["webhook_url"]] : [];
    });
    const [url] = urls.filter((one) => one !== undefined);
    if (url === undefined) return undefined;
    if (isText(url) && URL.canParse(url) && new URL(url).protocol === "https:") return url;
    throw malformed(`the webhook_url of ${capability.order} is no https URL`);
}

function keysIn(keys: unknown): Jwk[] {
    if (!Array.isArray(keys) || keys.length > mostKeys) throw malformed(`the keys are no list of up to ${mostKeys}`);
    return keys.map((key) => {
        const { kid, kty, crv, x, y, use, alg, key_ops: operations } = objectIn(key, "a key");
        if (!isText(kid) || !isText(kty)) throw malformed("a key has no kid or kty");
        if (operations !== undefined && !(Array.isArray(operations) && operations.every(isText))) {
            throw malformed("the key_ops of a key are no list of texts");
        }
        const texts = Object.entries({ crv, x, y, use, alg }).filter(([, value]) => value !== undefined);
        if (!texts.every(([, value]) => isText(value))) throw malformed("a member of a key is no text");
        return { kid, kty, ...Object.fromEntries(texts), ...(operations !== undefined && { key_ops: operations }) };
    });
}

function objectIn(value: unknown, what: string): JsonObject {
    if (!isJsonObject(value)) throw malformed(`${what} is no object`);
    return value;
}

const isVersion = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isText = (value: unknown): value is string => typeof value === "string" && value.length <= longestText;
const malformed = (what: string, cause?: unknown) =>
    new ProfileError("profile_malformed", `the platform's profile cannot be used: ${what}`, { cause });
