import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { isJsonObject } from "../../shared/json.ts";
import { InvalidSecretValueError, type SecretRotation } from "../../shared/secretRotation.ts";

/** The master keys have an invalid form. The message never contains them. */
class SealingKeysUnreadableError extends Error {
    override readonly name = "SealingKeysUnreadableError";
}

/** A sealed text cannot be opened: its key is missing, it was changed, or it belongs to another endpoint. */
class UnsealError extends Error {
    override readonly name = "UnsealError";
}

interface MasterKeys {
    readonly current: string;
    readonly keys: ReadonlyMap<string, Buffer>;
}

const algorithm = "aes-256-gcm";
const [ivBytes, tagBytes] = [12, 16];
const keyLength = 32;
const mostOpened = 1000;

/**
 * Encrypts the secrets of endpoints at rest, bound to the endpoint's id. A rotation adds a master key to the secret and
 * makes it the current one; older keys stay for the texts that they sealed.
 */
export class Sealing {
    readonly #read: () => Promise<string>;
    /** Cache of opened texts: all deliveries to an endpoint need the same. */
    readonly #opened = new Map<string, string>();
    #masterKeys: MasterKeys;

    private constructor(read: () => Promise<string>, masterKeys: MasterKeys) {
        this.#read = read;
        this.#masterKeys = masterKeys;
    }

    /**
     * @param read returns `{"current": "<key id>", "keys": {"<key id>": "<base64 of 32 bytes>"}}`; called again for an
     * unknown key id. Throws SealingKeysUnreadableError.
     */
    static async from(read: () => Promise<string>): Promise<Sealing> {
        return new Sealing(read, masterKeysIn(await read()));
    }

    /** `<key id>.<base64url of nonce, ciphertext and tag>` */
    seal(text: string, endpointId: string): string {
        const { current, keys } = this.#masterKeys;
        const key = keys.get(current);
        if (key === undefined) throw new SealingKeysUnreadableError(`there is no key ${current}`);
        const iv = randomBytes(ivBytes);
        const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(boundTo(endpointId));
        const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
        return `${current}.${sealed.toString("base64url")}`;
    }

    /** Throws UnsealError. */
    async open(sealed: string, endpointId: string): Promise<string> {
        const name = `${endpointId} ${sealed}`;
        const opened = this.#opened.get(name) ?? (await this.#open(sealed, endpointId));
        if (this.#opened.size >= mostOpened) this.#opened.clear();
        this.#opened.set(name, opened);
        return opened;
    }

    async #open(sealed: string, endpointId: string): Promise<string> {
        const [keyId = "", content = ""] = sealed.split(".");
        if (!this.#masterKeys.keys.has(keyId)) this.#masterKeys = masterKeysIn(await this.#read());
        const key = this.#masterKeys.keys.get(keyId);
        if (key === undefined) throw new UnsealError(`the key ${keyId} of a secret of ${endpointId} is gone`);
        const bytes = Buffer.from(content, "base64url");
        const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(-tagBytes)];
        try {
            const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes })
                .setAAD(boundTo(endpointId))
                .setAuthTag(tag);
            const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
            return text.toString("utf8");
        } catch (error) {
            throw new UnsealError(`a secret of ${endpointId} cannot be opened`, { cause: error });
        }
    }
}

const boundTo = (endpointId: string) => Buffer.from(endpointId, "utf8");

/** Throws SealingKeysUnreadableError. */
function masterKeysIn(secret: string): MasterKeys {
    const { current, keys } = parsed(secret);
    if (typeof current !== "string" || !isJsonObject(keys))
        throw new SealingKeysUnreadableError("current or keys is missing");
    const known = new Map(Object.entries(keys).map(([keyId, key]) => [keyId, keyBytes(keyId, key)]));
    if (!known.has(current)) throw new SealingKeysUnreadableError(`there is no key ${current}`);
    return { current, keys: known };
}

function parsed(secret: string): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(secret);
        if (isJsonObject(value)) return value;
    } catch {
        // Without the parser's error as cause, which quotes the secret.
    }
    throw new SealingKeysUnreadableError("the secret is not a JSON object");
}

function keyBytes(keyId: string, key: unknown): Buffer {
    if (!/^[\w-]{1,64}$/.test(keyId))
        throw new SealingKeysUnreadableError("a key's id is not made of a-z, 0-9, _ and -");
    const bytes = Buffer.from(typeof key === "string" ? key : "", "base64");
    if (bytes.length !== keyLength) throw new SealingKeysUnreadableError(`the key ${keyId} is not 32 bytes in base64`);
    return bytes;
}

/** Adds a key and makes it the current one; older keys stay. */
export const sealingRotation: SecretRotation = {
    next: (current, id) => {
        const before = current === undefined ? [] : [...masterKeysIn(current).keys];
        const keys = [...before, [id, randomBytes(keyLength)] as const];
        return JSON.stringify({
            current: id,
            keys: Object.fromEntries(keys.map(([keyId, key]) => [keyId, key.toString("base64")])),
        });
    },
    check: (next, current) => {
        const { keys } = masterKeysIn(next);
        const before = current === undefined ? [] : masterKeysIn(current).keys;
        for (const [keyId, key] of before) {
            if (!keys.get(keyId)?.equals(key))
                throw new InvalidSecretValueError(`the key ${keyId} is gone, and every secret sealed by it`);
        }
    },
};
