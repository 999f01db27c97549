import { createHash, timingSafeEqual } from "node:crypto";
import { isJsonObject } from "./json.ts";

/** The secret does not hold the keys in a form that is known. Its text is never part of the message. */
export class KeysUnreadable extends Error {
    override readonly name = "KeysUnreadable";
}

/** Somebody who has a key. */
export interface Caller {
    readonly callerId: string;
    /** What the caller signs requests with, when that was agreed. */
    readonly signingSecret?: string;
}

/** API keys by caller. Only their digests are kept. */
export class Keys {
    readonly #callers: readonly (readonly [caller: Caller, digest: Buffer])[];

    /**
     * @param secret JSON, each caller's key: `{"<callerId>": "<key>"}`, or with a secret for signed requests
     * `{"<callerId>": {"key": "<key>", "signingSecret": "<secret>"}}`. Throws KeysUnreadable.
     */
    constructor(secret: string) {
        this.#callers = Object.entries(parse(secret)).map(([callerId, entry]) => {
            const { key, signingSecret } = isJsonObject(entry) ? entry : { key: entry };
            if (typeof key !== "string" || key === "") throw new KeysUnreadable(`${callerId} has no key`);
            if (signingSecret === undefined) return [{ callerId }, digestOf(key)];
            if (typeof signingSecret !== "string" || signingSecret === "") {
                throw new KeysUnreadable(`${callerId} has a signing secret that is no text`);
            }
            return [{ callerId, signingSecret }, digestOf(key)];
        });
    }

    /** Whose key it is. Takes the same time for every key: each is compared, and as a digest. */
    callerOf(key: string): Caller | undefined {
        const digest = digestOf(key);
        let caller: Caller | undefined;
        for (const [candidate, known] of this.#callers) {
            if (timingSafeEqual(digest, known)) caller = candidate;
        }
        return caller;
    }
}

function parse(secret: string): Readonly<Record<string, unknown>> {
    let value: unknown;
    try {
        value = JSON.parse(secret);
    } catch {
        // Without the parser's error as a cause: it quotes what it could not parse.
        throw new KeysUnreadable("the secret is not JSON");
    }
    if (!isJsonObject(value)) throw new KeysUnreadable("the secret is not a JSON object");
    return value;
}

function digestOf(key: string): Buffer {
    return createHash("sha256").update(key).digest();
}
