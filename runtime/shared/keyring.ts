import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Caller, Keys } from "./keys.ts";
import { log } from "./log.ts";

const staleAfter = 5 * 60_000;
const unknownAfter = 1000;

/**
 * The keys as the secret holds them now, so that a rotation needs no deployment: read again after 5 minutes, and when a
 * key is unknown, then at most every second. While the secret cannot be read the keys known last count for 10 minutes;
 * then nobody gets in.
 */
export class Keyring {
    readonly #read: () => Promise<string>;
    readonly #onFailure: (error: unknown) => void;
    readonly #now: () => number;
    #keys: Keys | undefined;
    #readAt = Number.NEGATIVE_INFINITY;
    #staleAt = Number.NEGATIVE_INFINITY;
    #knownAt = Number.NEGATIVE_INFINITY;
    #reading: Promise<void> | undefined;
    #failing = false;

    /** @param onFailure told once when the secret cannot be read, and again when it failed anew after working. */
    constructor(read: () => Promise<string>, onFailure: (error: unknown) => void, now: () => number = Date.now) {
        this.#read = read;
        this.#onFailure = onFailure;
        this.#now = now;
    }

    /** Whether there are keys to compare with. */
    get isReadable(): boolean {
        return this.#keys !== undefined;
    }

    /** Whose key it is; undefined when nobody's, or when there are no keys to compare with. */
    async callerOf(key: string): Promise<Caller | undefined> {
        if (this.#now() >= this.#staleAt) await this.refresh();
        const caller = this.#keys?.callerOf(key);
        if (caller !== undefined || this.#now() - this.#readAt < unknownAfter) return caller;
        await this.refresh();
        return this.#keys?.callerOf(key);
    }

    /** Reads the secret; those who ask meanwhile wait for the same reading. */
    refresh(): Promise<void> {
        this.#reading ??= this.#refresh().finally(() => {
            this.#reading = undefined;
        });
        return this.#reading;
    }

    async #refresh(): Promise<void> {
        this.#readAt = this.#now();
        try {
            this.#keys = new Keys(await this.#read());
            this.#staleAt = this.#readAt + staleAfter;
            this.#knownAt = this.#readAt;
            this.#failing = false;
        } catch (error) {
            // Anybody can cause readings, by keys that nobody has: one that fails must not lock everybody out.
            if (this.#readAt - this.#knownAt >= 2 * staleAfter) this.#keys = undefined;
            this.#staleAt = this.#readAt + unknownAfter;
            if (!this.#failing) this.#onFailure(error);
            this.#failing = true;
        }
    }
}

/** The keyring of a secret in Secrets Manager, read at once: for the start of a callback. */
export async function keyringOf(secretId: string): Promise<Keyring> {
    const secrets = new SecretsManagerClient({});
    const read = async () => {
        const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
        return SecretString;
    };
    const keyring = new Keyring(read, (error) => log.error("The API keys cannot be read: nobody gets in", { error }));
    await keyring.refresh();
    return keyring;
}
