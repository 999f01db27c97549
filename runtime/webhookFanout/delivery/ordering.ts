import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import { type Delivery, deliveryIn } from "./attemptStore.ts";
import type { DeliveryItem } from "./delivery.ts";

/**
 * Milliseconds until all events of the same time are in the index.
 */
const settlingMs = 2000;

/** Order of an ordered endpoint's deliveries within a key. */
export class Ordering {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** Remaining milliseconds of that wait. @param now milliseconds since 1970 */
    unsettledMs({ createdAt }: Delivery, now: number): number {
        return Math.max(0, Date.parse(createdAt) + settlingMs - now);
    }

    /** The delivery that must precede this one, if any. */
    async firstBefore(delivery: Delivery, orderKey: string): Promise<Delivery | undefined> {
        const first = await this.first(orderKey);
        return first !== undefined && byAge(first, delivery) < 0 ? first : undefined;
    }

    /**
     * The oldest pending delivery. Finds candidates in the index, which may lag, and reads their items.
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

/** Sorts by event time, then by the version in the ids. */
function byAge(one: DeliveryItem, other: DeliveryItem): number {
    return (
        Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || collator.compare(one.deliveryId, other.deliveryId)
    );
}

const collator = new Intl.Collator("en", { numeric: true });
