import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { type PlatformProfile, type ProfileError, platformProfileIn } from "./platformProfile.ts";

/** A profile as it was last seen; times in milliseconds since 1970. */
export interface SeenProfile {
    readonly profile: PlatformProfile;
    readonly fetchedAt: number;
    readonly freshUntil: number;
}

/** That a profile could not be had. */
export interface UnseenProfile {
    readonly failure: { readonly code: ProfileError["code"]; readonly reason: string };
    readonly freshUntil: number;
}

/** Profiles of one host that are fetched in a minute without one that counts before, by all functions together. */
const mostDiscoveries = 5;
/** Days that a profile which nobody uses any more is kept, and its platform is no new one. */
const keptDays = 7;

/** The profiles table: one item for each URL, one for the count of a host's minute. */
export class ProfileStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    async read(url: string): Promise<SeenProfile | UnseenProfile | undefined> {
        const { Item: item } = await this.#client.send(new GetCommand({ TableName: this.#table, Key: { url } }));
        return item && seenIn(item);
    }

    async keep(url: string, seen: SeenProfile | UnseenProfile): Promise<void> {
        const expiresAt = Math.floor(seen.freshUntil / 1000) + ("profile" in seen ? keptDays * 24 * 60 * 60 : 0);
        const Item = { url, seen: JSON.stringify(seen), expiresAt };
        await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
    }

    /**
     * Counts a fetch without a profile that counts before. Each host has its own count: so nobody uses up another's.
     * @returns whether there are not too many of them yet
     */
    async mayDiscover(url: string, now: number): Promise<boolean> {
        const minute = Math.floor(now / 60_000);
        const { hostname } = new URL(url);
        const counted = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                // No URL begins so.
                Key: { url: `#discoveries ${hostname} ${minute}` },
                UpdateExpression: "ADD discoveries :one SET expiresAt = :then",
                ConditionExpression: "attribute_not_exists(discoveries) OR discoveries < :most",
                ExpressionAttributeValues: { ":one": 1, ":most": mostDiscoveries, ":then": (minute + 60) * 60 },
            },
        });
        return !(counted instanceof ConditionFailed);
    }
}

/** A pinned profile is as its owner wrote it into the settings (components/checkoutSessions/ucp.ts). */
function seenIn({ seen, document }: JsonObject): SeenProfile | UnseenProfile {
    if (typeof document !== "string") {
        // Written by `keep`.
        return JSON.parse(String(seen));
    }
    return { profile: platformProfileIn(document), fetchedAt: 0, freshUntil: Number.POSITIVE_INFINITY };
}
