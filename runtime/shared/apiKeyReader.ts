import type { Scope } from "../../spec/generated/scopes.ts";
import { ApiKeys, type Caller, type PlainKeyScopes } from "./apiKeys.ts";
import { log } from "./log.ts";
import { secretReader } from "./secret.ts";

const unknownAfter = 1000;
const keptFor = 10 * 60_000;

interface ApiKeyReaderOptions {
    /** Scopes of clients whose keys are in the older form. @default none */
    readonly plainKeyScopes?: PlainKeyScopes;
    /** Milliseconds that the keys are cached. @default 5 minutes */
    readonly staleAfter?: number;
    /** Milliseconds since 1970 */
    readonly now?: () => number;
}

/**
 * Caches the secret's API keys. Reads the secret again when the cache is stale, and for an unknown key, at most once a
 * second, so that a rotation needs no deployment. If the secret cannot be read, the cached keys stay valid for 10
 * minutes; then all requests are denied.
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

    /** @param onFailure called for the first of consecutive failed reads. */
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

    /** Whether there are cached keys. */
    get isReadable(): boolean {
        return this.#keys !== undefined;
    }

    /** Undefined for an unknown key, or if there are no cached keys. */
    async callerOf(key: string): Promise<Caller | undefined> {
        if (this.#now() >= this.#staleAt) await this.refresh();
        const caller = this.#keys?.callerOf(key);
        if (caller !== undefined || this.#now() - this.#readAt < unknownAfter) return caller;
        await this.refresh();
        return this.#keys?.callerOf(key);
    }

    /** The ids of the clients that have a scope; undefined if there are no cached keys. */
    async callersWith(scope: Scope): Promise<readonly string[] | undefined> {
        if (this.#now() >= this.#staleAt) await this.refresh();
        return this.#keys?.callersWith(scope);
    }

    /** Concurrent calls share one read. */
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
            // Requests with unknown keys cause reads: a failed one must not deny all other clients.
            if (this.#readAt - this.#knownAt >= keptFor) this.#keys = undefined;
            this.#staleAt = this.#readAt + unknownAfter;
            if (!this.#failing) this.#onFailure(error);
            this.#failing = true;
        }
    }
}

/**
 * The reader of a callback, from its environment variables. Reads the secret at once.
 */
export async function apiKeyReaderOf(
    env: { readonly API_KEYS_SECRET: string; readonly PLAIN_KEY_SCOPES: string },
    options: Pick<ApiKeyReaderOptions, "staleAfter"> = {},
): Promise<ApiKeyReader> {
    // Written by components/parts/apiKeys.ts from a validated setting.
    const plainKeyScopes: PlainKeyScopes = JSON.parse(env.PLAIN_KEY_SCOPES);
    const onFailure = (error: unknown) => log.error("The API keys cannot be read", { error });
    const reader = new ApiKeyReader(secretReader(env.API_KEYS_SECRET), onFailure, { ...options, plainKeyScopes });
    await reader.refresh();
    return reader;
}
