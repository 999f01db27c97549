import { hash } from "node:crypto";
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
    /** There was one before: the platform is no new one. */
    readonly isReturning?: true;
}

/** Profiles of new platforms that are fetched in a minute, by all functions together: for one source, and of one host. */
const most = { source: 5, host: 20 };
/** Days that a profile that is not used any more is kept, and its platform is no new one. */
const keptDays = 7;

/** The profiles table: one item for each URL, and one for each count of a minute. */
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
        const isKept = "profile" in seen || seen.isReturning === true;
        const expiresAt = Math.floor(seen.freshUntil / 1000) + (isKept ? keptDays * 24 * 60 * 60 : 0);
        const Item = { url, seen: JSON.stringify(seen), expiresAt };
        await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
    }

    /**
     * Counts the fetch of a new platform's profile, first for who asks: so a stranger uses up what is his, and nobody
     * else's count of a host.
     * @returns of what there are too many already
     */
    async countDiscovery(url: string, source: string, now: number): Promise<"source" | "host" | undefined> {
        const minute = Math.floor(now / 60_000);
        // Neither an address nor what is made of it elsewhere: it means something for this minute alone.
        const asker = hash("sha256", `${source} ${minute}`, "base64url");
        if (!(await this.#count(`#source ${asker}`, minute, most.source))) return "source";
        return (await this.#count(`#host ${new URL(url).hostname}`, minute, most.host)) ? undefined : "host";
    }

    /** @returns whether it is not one too many */
    async #count(of: string, minute: number, most: number): Promise<boolean> {
        const counted = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                // No URL begins so.
                Key: { url: `${of} ${minute}` },
                UpdateExpression: "ADD discoveries :one SET expiresAt = :then",
                ConditionExpression: "attribute_not_exists(discoveries) OR discoveries < :most",
                ExpressionAttributeValues: { ":one": 1, ":most": most, ":then": (minute + 60) * 60 },
            },
        });
        return !(counted instanceof ConditionFailed);
    }
}

/** A pinned profile is as its owner wrote it into the settings (components/checkoutSessions/ucp.ts). */
export function seenIn({ seen, document }: JsonObject): SeenProfile | UnseenProfile {
    if (typeof document !== "string") {
        // Written by `keep`.
        return JSON.parse(String(seen));
    }
    return { profile: platformProfileIn(document), fetchedAt: 0, freshUntil: Number.POSITIVE_INFINITY };
}
