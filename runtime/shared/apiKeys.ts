import { createHash, timingSafeEqual } from "node:crypto";
import type { Scope } from "../../spec/generated/scopes.ts";
import { isJsonObject } from "./json.ts";

/** The secret's value has an unknown form. The message never contains it. */
export class ApiKeysUnreadableError extends Error {
    override readonly name = "ApiKeysUnreadableError";
}

/** A client in the secret `commerce-api-keys-<environment>`: JSON, `{"<client>": StoredClient | PlainKey, …}`. */
export interface StoredClient {
    readonly scopes: readonly string[];
    /** All are valid: a client has several while it changes to a new one. */
    readonly keys: readonly StoredKey[];
}

/** A key has 256 random bits, so its digest needs no salt. */
export interface StoredKey {
    /** The readable part of the key: `commerce_<id>_<random>`. */
    readonly id: string;
    /** SHA-256 of the whole key, in hexadecimal. */
    readonly sha256: string;
    /** RFC 3339 */
    readonly created: string;
    /** Secret for signed requests, if agreed. */
    readonly signingSecret?: string;
}

/** The older form, with the plain key and no scopes: `"<key>"`, or an object with a secret for signed requests. */
export type PlainKey = string | { readonly key: string; readonly signingSecret?: string };

/** Scopes of clients in the older form, by client: the setting `api.plainKeyScopes`. */
export type PlainKeyScopes = Readonly<Record<string, readonly string[]>>;

/** A client of the API, identified by one of its keys. */
export interface Caller {
    readonly callerId: string;
    /** Absent for a key in the older form. */
    readonly keyId?: string;
    readonly scopes: readonly string[];
    /** Secret for signed requests, if agreed. */
    readonly signingSecret?: string;
}

/** The digests of all API keys. */
export class ApiKeys {
    readonly #callers: readonly (readonly [caller: Caller, digest: Buffer])[];

    /** @param secret the secret's value. Throws ApiKeysUnreadableError. */
    constructor(secret: string, plainKeyScopes: PlainKeyScopes = {}) {
        this.#callers = Object.entries(clientsIn(secret)).flatMap(([callerId, client]) => {
            if (!isStored(client)) {
                const { key, ...signing } = typeof client === "string" ? { key: client } : client;
                const scopes = Object.hasOwn(plainKeyScopes, callerId) ? plainKeyScopes[callerId] : undefined;
                return [[{ callerId, scopes: scopes ?? [], ...signing }, digestOf(key)] as const];
            }
            const { scopes, keys } = client;
            return keys.map(({ id, sha256, signingSecret }) => {
                const caller = { callerId, keyId: id, scopes, ...(signingSecret !== undefined && { signingSecret }) };
                return [caller, Buffer.from(sha256, "hex")] as const;
            });
        });
    }

    /** Constant time: compares the digest with all others. */
    callerOf(key: string): Caller | undefined {
        const digest = digestOf(key);
        let caller: Caller | undefined;
        for (const [candidate, known] of this.#callers) {
            if (timingSafeEqual(digest, known)) caller = candidate;
        }
        return caller;
    }

    callersWith(scope: Scope): string[] {
        const having = this.#callers.filter(([{ scopes }]) => scopes.includes(scope));
        return [...new Set(having.map(([{ callerId }]) => callerId))];
    }
}

/** The clients in the secret's value. Throws ApiKeysUnreadableError. */
export function clientsIn(secret: string): Readonly<Record<string, StoredClient | PlainKey>> {
    const clients = parse(secret);
    for (const [name, client] of Object.entries(clients)) {
        const fault = reasonInvalid(client);
        if (fault !== undefined) throw new ApiKeysUnreadableError(`${name} ${fault}`);
    }
    // Validated above.
    return clients as Readonly<Record<string, StoredClient | PlainKey>>;
}

export const isStored = (client: StoredClient | PlainKey): client is StoredClient =>
    typeof client === "object" && "keys" in client;

export function digestOf(key: string): Buffer {
    return createHash("sha256").update(key).digest();
}

function reasonInvalid(client: unknown): string | undefined {
    if (!isJsonObject(client)) return isText(client) ? undefined : "has no key";
    const { keys, scopes, key } = client;
    if (keys === undefined) return isText(key) ? reasonSigningInvalid(client) : "has no key";
    if (!Array.isArray(scopes) || !scopes.every(isText)) return "has scopes that are no list of texts";
    if (!Array.isArray(keys) || !keys.every(isJsonObject)) return "has keys that are no list of objects";
    for (const { id, sha256, created, signingSecret } of keys) {
        if (!isText(id) || !isText(created)) return "has a key without id or created";
        if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return `has a key ${id} without its SHA-256`;
        const fault = reasonSigningInvalid({ signingSecret });
        if (fault !== undefined) return fault;
    }
    return undefined;
}

const reasonSigningInvalid = ({ signingSecret }: Readonly<Record<string, unknown>>): string | undefined =>
    signingSecret === undefined || isText(signingSecret) ? undefined : "has a signing secret that is no text";

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function parse(secret: string): Readonly<Record<string, unknown>> {
    let value: unknown;
    try {
        value = JSON.parse(secret);
    } catch {
        // Without the parser's error as cause, which quotes the secret.
        throw new ApiKeysUnreadableError("the secret is not JSON");
    }
    if (!isJsonObject(value)) throw new ApiKeysUnreadableError("the secret is not a JSON object");
    return value;
}
