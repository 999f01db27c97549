import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { inBatches } from "../operator/stack.ts";
import { shownDelivery } from "./endpoints.ts";
import type { ShownDelivery } from "./shown.ts";
import { type ShopTables, textIn } from "./tables.ts";

/** What the tables of an environment hold about one thing, as the console shows it; the same on AWS and on this machine. */
export class ShopRecords {
    readonly #tables: ShopTables;

    constructor(tables: ShopTables) {
        this.#tables = tables;
    }

    /** What bears an id: an order, a session, an endpoint. */
    async named(id: string): Promise<readonly { readonly kind: string; readonly id: string }[]> {
        const [orders, sessions, { items: endpoints }] = await Promise.all([
            this.#tables.query("ecommerce-orders", "orderId", id),
            this.#tables.query("checkout-sessions", "SessionId", id),
            this.#tables.scan("webhook-endpoints"),
        ]);
        return [
            ...orders.slice(0, 1).map(() => ({ kind: "orders", id })),
            ...sessions.slice(0, 1).map(() => ({ kind: "sessions", id })),
            ...endpoints.filter(({ endpointId }) => endpointId === id).map(() => ({ kind: "webhooks", id })),
        ];
    }

    /** All that is stored about an order and the session that it came of. */
    async thing(id: string) {
        const [orderId, sessionId] = [id.replace(/^cs_/, "ord_"), id.replace(/^ord_/, "cs_")];
        const [[order], effects, versions, ledger] = await Promise.all([
            this.#tables.query("ecommerce-orders", "orderId", orderId),
            this.#tables.query("ecommerce-order-effects", "orderId", orderId),
            sessionId.startsWith("cs_") ? this.#tables.query("checkout-sessions", "SessionId", sessionId) : [],
            this.#tables.query("ecommerce-order-payments", "orderId", orderId),
        ]);
        const meta = isJsonObject(order?.["meta"]) ? order["meta"] : {};
        const correlationIds = new Set([
            textIn(meta["correlationId"]),
            ...versions.map(({ RequestId }) => textIn(RequestId)),
        ]);
        const since = textIn(versions[0]?.["Timestamp"]) || textIn(meta["receivedAt"]) || textIn(order?.["storedAt"]);
        const ids = [...new Set([id, orderId, sessionId])];
        return {
            order: order ?? null,
            effects,
            versions,
            ledger,
            correlationIds: [...correlationIds].filter((one) => one !== ""),
            deliveries: since === "" ? [] : await this.#deliveries(since, ids, correlationIds),
        };
    }

    async #deliveries(
        since: string,
        ids: readonly string[],
        correlationIds: ReadonlySet<string>,
    ): Promise<ShownDelivery[]> {
        const { items: endpoints } = await this.#tables.scan("webhook-endpoints");
        const names = endpoints.map(({ endpointId }) => textIn(endpointId)).filter((name) => name !== "");
        const found = await inBatches(10, names, (endpointId) =>
            this.#tables.pages({
                TableName: this.#tables.stack.named("webhook-deliveries"),
                IndexName: "byTime",
                KeyConditionExpression: "endpointId = :endpoint AND occurredAt >= :since",
                ExpressionAttributeValues: {
                    ":endpoint": endpointId,
                    ":since": new Date(Date.parse(since) - 2000).toISOString(),
                },
            }),
        );
        const isAbout = (delivery: JsonObject) =>
            correlationIds.has(textIn(delivery["correlationId"])) ||
            ids.some((id) => textIn(delivery["deliveryId"]).includes(id));
        const meant = found.flat().filter(isAbout);
        const all = await inBatches(10, meant, ({ endpointId, deliveryId }) =>
            shownDelivery(this.#tables.stack, textIn(endpointId), textIn(deliveryId)),
        );
        const shown = all.filter((each) => each !== undefined);
        return shown.sort((one, other) => one.occurredAt.localeCompare(other.occurredAt));
    }
}
