import { thumbprint } from "../../shared/signing/jwk.ts";
import { KeyChangedError, type PlatformProfile, ProfileError } from "./platformProfile.ts";
import type { FetchedProfile } from "./profileFetch.ts";
import type { ProfileStore, SeenProfile } from "./profileStore.ts";

interface ProfilesParts {
    readonly store: Pick<ProfileStore, "read" | "keep" | "countDiscovery">;
    /** Throws ProfileError. */
    readonly fetch: (url: string) => Promise<FetchedProfile>;
    /** URLs of platforms that the settings name: their profiles are kept fresh by a schedule, or pinned. */
    readonly known: ReadonlySet<string>;
    /** Milliseconds since 1970. */
    readonly now?: () => number;
}

const failureMs = 30_000;
/** Least time between two fetches of a profile, however many signatures name keys that it does not have. */
const renewalMs = 60_000;
/** Most time that a process relies upon its own memory, and most profiles in it. */
const [rememberedMs, mostRemembered] = [60_000, 200];

/** The profiles of platforms, from memory, from the table, and from the platforms themselves. */
export class Profiles {
    readonly #parts: ProfilesParts;
    readonly #now: () => number;
    readonly #looking = new Map<string, Promise<SeenProfile>>();
    readonly #remembered = new Map<string, { readonly seen: SeenProfile; readonly until: number }>();

    constructor(parts: ProfilesParts) {
        this.#parts = parts;
        this.#now = parts.now ?? Date.now;
    }

    /** @param source address of the caller, by which new platforms are counted. Throws ProfileError. */
    async of(url: string, source: string): Promise<PlatformProfile> {
        return (await this.#seen(url, source)).profile;
    }

    /** The profile fetched anew, for a key that is not in it; undefined so soon after the last time. Throws ProfileError. */
    async renewed(url: string, source: string): Promise<PlatformProfile | undefined> {
        const seen = await this.#seen(url, source);
        if (seen.freshUntil === Number.POSITIVE_INFINITY || this.#now() - seen.fetchedAt < renewalMs) return undefined;
        // Before the fetch, which may fail: so it is not tried again at once.
        await this.#keep(url, { ...seen, fetchedAt: this.#now() });
        return await this.refreshed(url, seen.profile);
    }

    /** Of a platform that is known, as the schedule brings it: the one before always counts. Throws ProfileError. */
    async refreshedByPlan(url: string): Promise<PlatformProfile> {
        const kept = await this.#parts.store.read(url);
        return await this.refreshed(url, kept !== undefined && "profile" in kept ? kept.profile : undefined);
    }

    /**
     * Fetches and keeps a profile. Throws ProfileError, also where a key is another one than it was: who has taken over a
     * host would go on under its keys' names. Such a profile counts when the one before has expired.
     * @param before as long as it counts
     */
    async refreshed(url: string, before?: PlatformProfile): Promise<PlatformProfile> {
        const { profile, maxAge } = await this.#parts.fetch(url);
        const named = new Map(before?.keys.map((key) => [key.kid, thumbprint(key)]));
        if (profile.keys.some((key) => (named.get(key.kid) ?? thumbprint(key)) !== thumbprint(key))) {
            throw new KeyChangedError();
        }
        const fetchedAt = this.#now();
        await this.#keep(url, { profile, fetchedAt, freshUntil: fetchedAt + maxAge * 1000 });
        return profile;
    }

    /** Requests at once wait for the same answer. */
    #seen(url: string, source: string): Promise<SeenProfile> {
        const remembered = this.#remembered.get(url);
        if (remembered !== undefined && this.#now() < remembered.until) return Promise.resolve(remembered.seen);
        // What is too much for one source is not for another.
        const name = `${source} ${url}`;
        const looking =
            this.#looking.get(name) ?? this.#lookedUp(url, source).finally(() => this.#looking.delete(name));
        this.#looking.set(name, looking);
        return looking;
    }

    async #lookedUp(url: string, source: string): Promise<SeenProfile> {
        const { store, known } = this.#parts;
        const kept = await store.read(url);
        // Of a platform that is known the last profile counts until the schedule brings the next one.
        if (kept !== undefined && "profile" in kept && (known.has(url) || this.#now() < kept.freshUntil)) {
            return this.#remember(url, kept);
        }
        if (kept !== undefined && "failure" in kept && this.#now() < kept.freshUntil) {
            throw new ProfileError(kept.failure.code, kept.failure.reason);
        }
        const isReturning = kept !== undefined && ("profile" in kept || kept.isReturning === true);
        const exceeded =
            known.has(url) || isReturning ? undefined : await store.countDiscovery(url, source, this.#now());
        if (exceeded !== undefined) throw tooMany[exceeded]();
        return await this.#fetched(url, isReturning);
    }

    async #fetched(url: string, isReturning: boolean): Promise<SeenProfile> {
        const { store, fetch } = this.#parts;
        try {
            const { profile, maxAge } = await fetch(url);
            const fetchedAt = this.#now();
            return await this.#keep(url, { profile, fetchedAt, freshUntil: fetchedAt + maxAge * 1000 });
        } catch (error) {
            if (!(error instanceof ProfileError)) throw error;
            const failure = { code: error.code, reason: error.message };
            const freshUntil = this.#now() + failureMs;
            await store.keep(url, { failure, freshUntil, ...(isReturning && { isReturning }) });
            throw error;
        }
    }

    async #keep(url: string, seen: SeenProfile): Promise<SeenProfile> {
        await this.#parts.store.keep(url, seen);
        return this.#remember(url, seen);
    }

    #remember(url: string, seen: SeenProfile): SeenProfile {
        if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
        this.#remembered.set(url, { seen, until: Math.min(seen.freshUntil, this.#now() + rememberedMs) });
        return seen;
    }
}

const tooMany = {
    source: () => new ProfileError("rate_limit_exceeded", "too many new platforms from here: try again in a minute"),
    host: () => new ProfileError("too_many_platforms", "too many new platforms of one host: try again in a minute"),
};
