import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import { type Delivery, deliveryIn } from "./attemptStore.ts";
import type { DeliveryItem } from "./delivery.ts";

/**
 * An ordered endpoint's events settle that long: those that happened at the same time are then all to be seen in the
 * index.
 */
const settlingMs = 2000;

/** Deliveries of one key to an ordered endpoint, which are made one after the other. */
export class Ordering {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** How long an event may still be joined by others of its time, in milliseconds. @param now milliseconds since 1970 */
    unsettledMs({ createdAt }: Delivery, now: number): number {
        return Math.max(0, Date.parse(createdAt) + settlingMs - now);
    }

    /** The one that must be made before this delivery, if there is one. */
    async firstBefore(delivery: Delivery, orderKey: string): Promise<Delivery | undefined> {
        const first = await this.first(orderKey);
        return first !== undefined && byAge(first, delivery) < 0 ? first : undefined;
    }

    /**
     * The oldest that waits to be delivered. The index tells which deliveries those are, and their items how they are
     * now: it may lag behind them.
     */
    async first(orderKey: string): Promise<Delivery | undefined> {
        const wanted = { [this.#table]: await this.#keys(orderKey) };
        const found = (await batchGet(this.#client, wanted, { consistent: true })).get(this.#table) ?? [];
        return found
            .map(deliveryIn)
            .filter(({ status }) => status === "pending")
            .sort(byAge)[0];
    }

    async #keys(orderKey: string): Promise<Record<string, unknown>[]> {
        const keys: Record<string, unknown>[] = [];
        let from: Record<string, unknown> | undefined;
        do {
            const { Items = [], LastEvaluatedKey } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    IndexName: "waiting",
                    KeyConditionExpression: "orderKey = :orderKey",
                    ExpressionAttributeValues: { ":orderKey": orderKey },
                    ...(from && { ExclusiveStartKey: from }),
                }),
            );
            keys.push(...Items.map(({ endpointId, deliveryId }) => ({ endpointId, deliveryId })));
            from = LastEvaluatedKey;
        } while (from !== undefined);
        return keys;
    }
}

/** Of two deliveries of one key, which is to come first. Events of one moment are told apart by the version in their ids. */
function byAge(one: DeliveryItem, other: DeliveryItem): number {
    return (
        Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || collator.compare(one.deliveryId, other.deliveryId)
    );
}

const collator = new Intl.Collator("en", { numeric: true });
