import { randomUUID } from "node:crypto";
import { type DynamoDBDocumentClient, GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, type ConditionFailed, conditionally } from "../shared/conditionally.ts";
import type { JsonObject } from "../shared/json.ts";
import { writtenHere } from "../shared/region.ts";

/** A change of an item. */
interface ItemChange {
    readonly id: string;
    /** As it was read: the change is made only to this version. */
    readonly found: JsonObject | undefined;
    /** All attributes that changes write. Those that `data` lacks are removed. */
    readonly names: readonly string[];
    readonly data: JsonObject;
    /** Further parts of the update. */
    readonly set?: readonly string[];
    readonly remove?: readonly string[];
    readonly condition?: readonly string[];
    readonly values?: JsonObject;
    readonly correlationId: string;
    /** Milliseconds since 1970 */
    readonly now: number;
}

interface Page {
    readonly items: readonly JsonObject[];
    /** Where the next page begins. */
    readonly next?: string;
}

/** Items of a call while a page is looked for. */
const perCall = 100;

/**
 * What the merchant keeps up to date: each change makes the item's `version` one higher. Other writers of it, such as
 * completions, change attributes of their own, and no version. A deleted item stays without its data, so that versions
 * go on, and the table's stream tells of the deletion in the region that made it.
 */
export class CatalogTable {
    readonly #client: DynamoDBDocumentClient;
    readonly #name: string;
    readonly #key: "productId" | "code";
    readonly #region: string | undefined;

    /** @param region that writes. @default this function's */
    constructor(
        client: DynamoDBDocumentClient,
        name: string,
        key: "productId" | "code",
        region: string | undefined = writtenHere.region,
    ) {
        this.#client = client;
        this.#name = name;
        this.#key = key;
        this.#region = region;
    }

    /** Also what is left of a deleted one. */
    async get(id: string): Promise<JsonObject | undefined> {
        const Key = { [this.#key]: id };
        const { Item } = await this.#client.send(new GetCommand({ TableName: this.#name, Key, ConsistentRead: true }));
        return Item;
    }

    /** A page of those that are to be shown, in the table's order. The cursor never names another. */
    async page(limit: number, after: string | undefined, isShown: (item: JsonObject) => boolean): Promise<Page> {
        const shown: JsonObject[] = [];
        let from: Record<string, unknown> | undefined = after === undefined ? undefined : { [this.#key]: after };
        do {
            const scan = new ScanCommand({ TableName: this.#name, Limit: perCall, ExclusiveStartKey: from });
            const { Items = [], LastEvaluatedKey } = await this.#client.send(scan);
            shown.push(...Items.filter(isShown));
            from = LastEvaluatedKey;
        } while (shown.length <= limit && from !== undefined);
        const items = shown.slice(0, limit);
        const last = items.at(-1)?.[this.#key];
        return { items, ...(shown.length > limit && typeof last === "string" && { next: last }) };
    }

    /** @returns the item as it is now, or that it is another version, or does not meet the further condition. */
    change(change: ItemChange): Promise<JsonObject | ConditionFailed> {
        const { id, found, names, data, set = [], remove = [], condition = [], values, correlationId, now } = change;
        const version = versionOf(found) + 1;
        const updatedAt = new Date(now).toISOString();
        // Tells this change from another of the same request's id and time.
        const changeId = randomUUID();
        const own = { version, updatedAt, requestId: correlationId, changeId, region: this.#region };
        const all: readonly [string, unknown][] = [
            ...names.map((name): [string, unknown] => [name, data[name]]),
            ["deletedAt", data["deletedAt"]],
            ...Object.entries(own),
        ];
        const written = all.filter(([, value]) => value !== undefined);
        const gone = all.filter(([name, value]) => value === undefined && found?.[name] !== undefined);
        const removed = [...gone.map(([name]) => `#${name}`), ...remove];
        const sets = [...written.map(([name]) => `#${name} = :${name}`), ...set];
        const isVersion =
            found === undefined
                ? `attribute_not_exists(${this.#key})`
                : versionOf(found) === 0
                  ? "attribute_not_exists(#version)"
                  : "#version = :found";
        const update: ConditionalUpdate = {
            TableName: this.#name,
            Key: { [this.#key]: id },
            UpdateExpression: `SET ${sets.join(", ")}${removed.length > 0 ? ` REMOVE ${removed.join(", ")}` : ""}`,
            ConditionExpression: [isVersion, ...condition].join(" AND "),
            ExpressionAttributeNames: Object.fromEntries(
                [...written, ...gone, ["version"] as const].map(([name]) => [`#${name}`, name]),
            ),
            ExpressionAttributeValues: {
                ...Object.fromEntries(written.map(([name, value]) => [`:${name}`, value])),
                ...(versionOf(found) > 0 && { ":found": versionOf(found) }),
                ...values,
            },
            ReturnValues: "ALL_NEW",
        };
        const isDone = (item: JsonObject) => item["changeId"] === changeId;
        return conditionally(this.#client, { Update: update }, isDone);
    }
}

/** 0 for an item that was written by another way. */
export const versionOf = (item: JsonObject | undefined): number => {
    const version = item?.["version"];
    return typeof version === "number" ? version : 0;
};
