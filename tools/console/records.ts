import { paginateQuery, paginateScan, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { inBatches, type Stack } from "../operator/stack.ts";
import type { Listed, ShownDelivery } from "./shown.ts";

/** A list looks at so many items at most: it is there to find what is new, and the search for an id finds the rest. */
const mostItems = 2_000;
const mostShown = 200;

/** What the tables of an environment hold, as the console shows it; the same on AWS and on this machine. */
export class ShopRecords {
    readonly #stack: Stack;

    constructor(stack: Stack) {
        this.#stack = stack;
    }

    async orders(search: string): Promise<Listed[]> {
        const orders = await this.#scan("ecommerce-orders", search, ["orderId", "customer"]);
        const newest = orders
            .map((order): Listed => {
                const meta = isJsonObject(order["meta"]) ? order["meta"] : {};
                const { customer } = order;
                return {
                    id: textIn(order["orderId"]),
                    at: textIn(meta["receivedAt"]) || textIn(order["storedAt"]),
                    status: textIn(order["status"]),
                    who: isJsonObject(customer)
                        ? textIn(customer["email"]) || textIn(customer["name"])
                        : textIn(customer),
                    ...(typeof order["total"] === "number" && { total: order["total"] }),
                    currency: textIn(order["currency"]),
                };
            })
            .sort(newestFirst)
            .slice(0, 60);
        return await inBatches(10, newest, async (order) => {
            const effects = await this.#query("ecommerce-order-effects", "orderId", order.id);
            const done = effects.filter(({ doneAt }) => doneAt !== undefined);
            const reservation = done.find(({ effect }) => effect === "reservation")?.["outcome"];
            const status = isJsonObject(reservation) ? textIn(reservation["status"]) : "";
            return { ...order, ...(status !== "" && { status }), steps: done.map(({ effect }) => textIn(effect)) };
        });
    }

    async sessions(search: string): Promise<Listed[]> {
        const versions = await this.#scan("checkout-sessions", search, ["SessionId"]);
        const last = new Map<string, JsonObject>();
        for (const version of versions) {
            const id = textIn(version["SessionId"]);
            if (Number(last.get(id)?.["Version"] ?? 0) < Number(version["Version"])) last.set(id, version);
        }
        return [...last]
            .map(([id, { Timestamp, Status, Version, Data }]): Listed => {
                const data = isJsonObject(Data) ? Data : {};
                const buyer = isJsonObject(data["buyer"]) ? data["buyer"] : {};
                const totals: readonly unknown[] = Array.isArray(data["totals"]) ? data["totals"] : [];
                const total = totals.filter(isJsonObject).find(({ type }) => type === "total")?.["amount"];
                return {
                    id,
                    at: textIn(Timestamp),
                    status: textIn(Status),
                    who: textIn(buyer["email"]),
                    steps: [`version ${Version}`],
                    ...(typeof total === "number" && { total: total / 100 }),
                    currency: textIn(data["currency"]),
                };
            })
            .sort(newestFirst)
            .slice(0, mostShown);
    }

    async customers(): Promise<JsonObject[]> {
        return (await this.#scan("customer-sync", "", [])).slice(0, mostShown);
    }

    /** All that is stored about an order and the session that it came of. */
    async thing(id: string) {
        const [orderId, sessionId] = [id.replace(/^cs_/, "ord_"), id.replace(/^ord_/, "cs_")];
        const [[order], effects, versions, ledger] = await Promise.all([
            this.#query("ecommerce-orders", "orderId", orderId),
            this.#query("ecommerce-order-effects", "orderId", orderId),
            sessionId.startsWith("cs_") ? this.#query("checkout-sessions", "SessionId", sessionId) : [],
            this.#query("ecommerce-order-payments", "orderId", orderId),
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
        const endpoints = await this.#scan("webhook-endpoints", "", []);
        const names = endpoints.map(({ endpointId }) => textIn(endpointId)).filter((name) => name !== "");
        const all = await inBatches(10, names, (endpointId) =>
            this.#pages({
                TableName: this.#stack.named("webhook-deliveries"),
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
        const meant = all.flat().filter(isAbout);
        const shown = await inBatches(10, meant, async (delivery): Promise<ShownDelivery> => {
            const [endpointId, deliveryId] = [textIn(delivery["endpointId"]), textIn(delivery["deliveryId"])];
            return {
                endpointId,
                deliveryId,
                eventType: textIn(delivery["eventType"]),
                status: textIn(delivery["status"]),
                occurredAt: textIn(delivery["occurredAt"]),
                ...(typeof delivery["body"] === "string" && { body: delivery["body"] }),
                attempts: await this.#query("webhook-attempts", "deliveryKey", `${endpointId}#${deliveryId}`),
            };
        });
        return shown.sort((one, other) => one.occurredAt.localeCompare(other.occurredAt));
    }

    /** Items in which one of the members contains the text. */
    async #scan(table: string, search: string, members: readonly string[]): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        const pages = paginateScan(
            { client: this.#stack.dynamo, pageSize: 500 },
            { TableName: this.#stack.named(table) },
        );
        try {
            for await (const { Items = [] } of pages) {
                items.push(...Items);
                if (items.length >= mostItems) break;
            }
        } catch (error) {
            if (isMissing(error)) return [];
            throw error;
        }
        if (search === "") return items;
        return items.filter((item) => members.some((member) => JSON.stringify(item[member] ?? "").includes(search)));
    }

    #query(table: string, key: string, value: string): Promise<JsonObject[]> {
        return this.#pages({
            TableName: this.#stack.named(table),
            KeyConditionExpression: "#key = :value",
            ExpressionAttributeNames: { "#key": key },
            ExpressionAttributeValues: { ":value": value },
        });
    }

    /** None where the environment has no such table. */
    async #pages(query: QueryCommandInput): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        try {
            for await (const { Items = [] } of paginateQuery({ client: this.#stack.dynamo }, query))
                items.push(...Items);
        } catch (error) {
            if (!isMissing(error)) throw error;
        }
        return items;
    }
}

const newestFirst = (one: Listed, other: Listed): number => other.at.localeCompare(one.at);

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === "ResourceNotFoundException";
