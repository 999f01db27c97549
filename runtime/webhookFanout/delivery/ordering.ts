import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { type Delivery, deliveryIn } from "./attemptStore.ts";
import type { DeliveryItem } from "./delivery.ts";
import { versionIn } from "./newDelivery.ts";

/** Milliseconds until all events of the same time are in the index. */
const settlingMs = 2000;
/** Longer than the queue takes to bring an event three times whose function was ended. */
const longestUnknownMs = 16 * 60_000;

/** When a delivery may be attempted. */
type Turn =
    | { readonly is: "now" }
    /** Milliseconds until it is known. */
    | { readonly is: "unknown"; readonly waitMs: number }
    /** Another one comes first, which wakes this one. Milliseconds since 1970. */
    | { readonly is: "after"; readonly dueAt: number }
    /** A later one, which contains this one, was delivered. */
    | { readonly is: "over" };

const now: Turn = { is: "now" };

/** Order of an ordered endpoint's deliveries within a key. */
export class Ordering {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** @param at milliseconds since 1970 */
    async turnOf(delivery: Delivery, { ordered, kind }: Pick<Endpoint, "ordered" | "kind">, at: number): Promise<Turn> {
        const { orderKey } = delivery;
        if (!ordered || orderKey === undefined) return now;
        return kind === "ucp" ? await this.#turnOfVersion(delivery, at) : await this.#turnByAge(delivery, orderKey, at);
    }

    /** The oldest pending delivery. Finds candidates in the index, which may lag, and reads their items. */
    async first(orderKey: string): Promise<Delivery | undefined> {
        const found = await this.#read(await this.#keys(orderKey));
        return found.filter(({ status }) => status === "pending").sort(byAge)[0];
    }

    async #turnByAge(delivery: Delivery, orderKey: string, at: number): Promise<Turn> {
        const unsettledMs = Date.parse(delivery.createdAt) + settlingMs - at;
        if (unsettledMs > 0) return { is: "unknown", waitMs: unsettledMs };
        if (await this.#isOvertaken(delivery)) return { is: "over" };
        const first = await this.first(orderKey);
        return first !== undefined && byAge(first, delivery) < 0 ? afterwards(first) : now;
    }

    /**
     * Whether the next version of the order is delivered, which contains this one: this one came late, through a fault of ours.
     * What the owner asks for again is sent in any case.
     */
    async #isOvertaken({ endpointId, deliveryId, asks }: Delivery): Promise<boolean> {
        const { key, version = 0 } = versionIn(deliveryId) ?? {};
        if (asks !== undefined || !deliveryId.endsWith(":order_update")) return false;
        const [next] = await this.#read([{ endpointId, deliveryId: `${key}:${version + 1}:order_update` }]);
        return next?.status === "delivered";
    }

    /**
     * Of a platform's event of an order: each one is a version of the session, and each version is one. So the one before
     * must be settled, and is waited for where it is not known yet; or no more, after a time.
     */
    async #turnOfVersion(delivery: Delivery, at: number): Promise<Turn> {
        const { endpointId, deliveryId, createdAt } = delivery;
        const { key, version } = versionIn(deliveryId) ?? {};
        if (version === undefined || deliveryId.endsWith(":ucp_order_create")) return now;
        const ids = [
            `${key}:${version - 1}:ucp_order_create`,
            `${key}:${version - 1}:ucp_order_update`,
            `${key}:${version + 1}:ucp_order_update`,
        ];
        const found = await this.#read(ids.map((id) => ({ endpointId, deliveryId: id })));
        const later = found.find((each) => byAge(each, delivery) > 0);
        if (later?.status === "delivered") return { is: "over" };
        const earlier = found.find((each) => byAge(each, delivery) < 0);
        if (earlier !== undefined) return earlier.status === "pending" ? afterwards(earlier) : now;
        const age = at - Date.parse(createdAt);
        return age < longestUnknownMs ? { is: "unknown", waitMs: Math.min(Math.max(age, 2000), 60_000) } : now;
    }

    async #read(keys: readonly Record<string, unknown>[]): Promise<Delivery[]> {
        const read = await batchGet(this.#client, { [this.#table]: [...keys] }, { consistent: true });
        return (read.get(this.#table) ?? []).map(deliveryIn);
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

const afterwards = ({ nextAttemptAt, createdAt }: DeliveryItem): Turn => ({
    is: "after",
    dueAt: Date.parse(nextAttemptAt ?? createdAt),
});

/** Sorts versions of a session as such, since clocks differ; others by event time, then by id. */
function byAge(one: DeliveryItem, other: DeliveryItem): number {
    const [mine, theirs] = [versionIn(one.deliveryId), versionIn(other.deliveryId)];
    if (mine && theirs && mine.key === theirs.key && mine.version !== theirs.version)
        return mine.version - theirs.version;
    return (
        Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || collator.compare(one.deliveryId, other.deliveryId)
    );
}

const collator = new Intl.Collator("en", { numeric: true });
