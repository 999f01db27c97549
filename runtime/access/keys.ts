import { createHash, timingSafeEqual } from "node:crypto";
import { isJsonObject } from "../shared/json.ts";

/** The secret does not hold `{"<callerId>": "<key>", …}`. Its text is never part of the message. */
export class KeysUnreadable extends Error {
    override readonly name = "KeysUnreadable";
}

/** API keys by caller. Only their digests are kept. */
export class Keys {
    readonly #digests: readonly (readonly [callerId: string, digest: Buffer])[];

    /** @param secret JSON: each caller's key. Throws KeysUnreadable. */
    constructor(secret: string) {
        this.#digests = Object.entries(parse(secret)).map(([callerId, key]) => {
            if (typeof key !== "string" || key === "") throw new KeysUnreadable(`${callerId} has no key`);
            return [callerId, digestOf(key)];
        });
    }

    /** Whose key it is. Takes the same time for every key: each is compared, and as a digest. */
    callerOf(key: string): string | undefined {
        const digest = digestOf(key);
        let caller: string | undefined;
        for (const [callerId, known] of this.#digests) {
            if (timingSafeEqual(digest, known)) caller = callerId;
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
