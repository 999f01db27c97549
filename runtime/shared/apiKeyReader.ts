import type { Scope } from "../../spec/generated/scopes.ts";
import { ApiKeys, type Caller, type PlainKeyScopes } from "./apiKeys.ts";
import { log } from "./log.ts";
import { secretReader } from "./secret.ts";

const unknownAfter = 1000;
const keptFor = 10 * 60_000;

interface ApiKeyReaderOptions {
    /** Scopes of clients whose keys are in the older form. @default none */
    readonly plainKeyScopes?: PlainKeyScopes;
    /** Milliseconds after which the secret is read again. @default 5 minutes */
    readonly staleAfter?: number;
    /** Milliseconds since 1970 */
    readonly now?: () => number;
}

/**
 * The keys as the secret holds them now, so that a rotation needs no deployment: read again when they are stale, and when
 * a key is unknown, then at most every second. While the secret cannot be read the keys known last count for 10 minutes;
 * then nobody gets in.
 */
export class ApiKeyReader {
    readonly #read: () => Promise<string>;
    readonly #onFailure: (error: unknown) => void;
    readonly #plainKeyScopes: PlainKeyScopes;
    readonly #staleAfter: number;
    readonly #now: () => number;
    #keys: ApiKeys | undefined;
    #readAt = Number.NEGATIVE_INFINITY;
    #staleAt = Number.NEGATIVE_INFINITY;
    #knownAt = Number.NEGATIVE_INFINITY;
    #reading: Promise<void> | undefined;
    #failing = false;

    /** @param onFailure told once when the secret cannot be read, and again when it failed anew after working. */
    constructor(
        read: () => Promise<string>,
        onFailure: (error: unknown) => void,
        { plainKeyScopes = {}, staleAfter = 5 * 60_000, now = Date.now }: ApiKeyReaderOptions = {},
    ) {
        this.#read = read;
        this.#onFailure = onFailure;
        this.#plainKeyScopes = plainKeyScopes;
        this.#staleAfter = staleAfter;
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

    /** The ids of the clients that have a scope; undefined when there are no keys to look at. */
    async callersWith(scope: Scope): Promise<readonly string[] | undefined> {
        if (this.#now() >= this.#staleAt) await this.refresh();
        return this.#keys?.callersWith(scope);
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
            this.#keys = new ApiKeys(await this.#read(), this.#plainKeyScopes);
            this.#staleAt = this.#readAt + this.#staleAfter;
            this.#knownAt = this.#readAt;
            this.#failing = false;
        } catch (error) {
            // Anybody can cause readings, by keys that nobody has: one that fails must not lock everybody out.
            if (this.#readAt - this.#knownAt >= keptFor) this.#keys = undefined;
            this.#staleAt = this.#readAt + unknownAfter;
            if (!this.#failing) this.#onFailure(error);
            this.#failing = true;
        }
    }
}

/**
 * The keyring of a callback, by its variables: the secret in Secrets Manager, read at once, and the setting
 * `plainKeyScopes` in JSON.
 */
export async function apiKeyReaderOf(
    env: { readonly API_KEYS_SECRET: string; readonly PLAIN_KEY_SCOPES: string },
    options: Pick<ApiKeyReaderOptions, "staleAfter"> = {},
): Promise<ApiKeyReader> {
    // Written by components/parts/apiKeys.ts from a setting that was checked.
    const plainKeyScopes: PlainKeyScopes = JSON.parse(env.PLAIN_KEY_SCOPES);
    const onFailure = (error: unknown) => log.error("The API keys cannot be read", { error });
    const keyring = new ApiKeyReader(secretReader(env.API_KEYS_SECRET), onFailure, { ...options, plainKeyScopes });
    await keyring.refresh();
    return keyring;
}
