import { listOrders } from "../../runtime/orderIntake/progress/list.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { unitsOf } from "../../runtime/shared/money.ts";
import { inBatches } from "../operator/stack.ts";
import type { Listed, Page } from "./shown.ts";
import { mostItems, type ShopTables, textIn } from "./tables.ts";

const mostShown = 60;

/** What of a list is asked for. */
interface Asked {
    readonly search: string;
    /** `next` of the page with newer ones. */
    readonly before: string | undefined;
    /** Looks at all stored items, where no index knows their time. */
    readonly isWhole: boolean;
}

export const askedIn = (parameters: URLSearchParams): Asked => ({
    search: parameters.get("search") ?? "",
    before: parameters.get("before") ?? undefined,
    isWhole: parameters.get("look") === "all",
});

/** Orders, sessions and customers, the newest first. */
export class ShopLists {
    readonly #tables: ShopTables;

    constructor(tables: ShopTables) {
        this.#tables = tables;
    }

    /** A page of the index by time, however many orders there are; of those with an address, or a text, in customer or id. */
    async orders(asked: Asked): Promise<Page> {
        const { search, before } = asked;
        const { stack } = this.#tables;
        const isAddress = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(search);
        if (search !== "" && !isAddress) return await this.#ordersWith(asked);
        const request = {
            limit: mostShown,
            ...(isAddress && { email: search }),
            ...(before !== undefined && { after: Buffer.from(before, "base64url").toString() }),
        };
        const { orders, next } = await listOrders(stack.dynamo, stack.named("ecommerce-orders"), request);
        const rows = orders.map(({ orderId, receivedAt, status, customer: { email, name }, total, currency }) => ({
            id: orderId,
            at: receivedAt,
            status,
            who: email ?? name ?? "",
            ...(total !== undefined && { total }),
            currency: currency ?? "",
        }));
        return { rows: await this.#withSteps(rows), ...(next !== undefined && { next }) };
    }

    async #ordersWith(asked: Asked): Promise<Page> {
        const [[exact], { items, isWhole }] = await Promise.all([
            this.#tables.query("ecommerce-orders", "orderId", asked.search),
            this.#scan("ecommerce-orders", asked, ["orderId", "customer"]),
        ]);
        const all = new Map([...items, ...(exact === undefined ? [] : [exact])].map((item) => [item["orderId"], item]));
        const page = pageOf([...all.values()].map(orderIn), asked, isWhole);
        return { ...page, rows: await this.#withSteps(page.rows) };
    }

    #scan(table: string, { search, isWhole }: Asked, members: readonly string[]) {
        return this.#tables.scan(table, search, members, isWhole ? Number.POSITIVE_INFINITY : mostItems);
    }

    #withSteps(rows: readonly Listed[]): Promise<Listed[]> {
        return inBatches(10, rows, async (order) => {
            const effects = await this.#tables.query("ecommerce-order-effects", "orderId", order.id);
            const done = effects.filter(({ doneAt }) => doneAt !== undefined);
            return { ...order, steps: done.map(({ effect }) => textIn(effect)) };
        });
    }

    /** No index knows the time of sessions: of the first that the table gives, or of all, the newest. */
    async sessions(asked: Asked): Promise<Page> {
        const { items, isWhole } = await this.#scan("checkout-sessions", asked, ["SessionId"]);
        const last = new Map<string, JsonObject>();
        for (const version of items) {
            const id = textIn(version["SessionId"]);
            if (Number(last.get(id)?.["Version"] ?? 0) < Number(version["Version"])) last.set(id, version);
        }
        return pageOf([...last].map(sessionIn), asked, isWhole);
    }

    /** What was sent to Segment of each customer; the table has digests of what it was. */
    async customers(asked: Asked): Promise<Page> {
        const { items, isWhole } = await this.#scan("customer-sync", asked, ["customer"]);
        return pageOf(items.map(customerIn), asked, isWhole);
    }
}

/** By time, then by id. */
const placeOf = ({ at, id }: Listed): string => `${at} ${id}`;

/** Of all that was looked at the page before a place, the newest first. */
function pageOf(all: readonly Listed[], { before }: Asked, isWhole: boolean): Page {
    const older = all
        .filter((row) => before === undefined || placeOf(row) < before)
        .sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
    const rows = older.slice(0, mostShown);
    const last = rows.at(-1);
    return {
        rows,
        ...(last !== undefined && older.length > rows.length && { next: placeOf(last) }),
        ...(!isWhole && { bound: mostItems }),
    };
}

function orderIn(order: JsonObject): Listed {
    const meta = isJsonObject(order["meta"]) ? order["meta"] : {};
    const { customer } = order;
    return {
        id: textIn(order["orderId"]),
        at: textIn(meta["receivedAt"]) || textIn(order["storedAt"]),
        status: textIn(order["status"]),
        who: isJsonObject(customer) ? textIn(customer["email"]) || textIn(customer["name"]) : textIn(customer),
        ...(typeof order["total"] === "number" && { total: order["total"] }),
        currency: textIn(order["currency"]),
    };
}

function sessionIn([id, { Timestamp, Status, Version, Data }]: readonly [string, JsonObject]): Listed {
    const data = isJsonObject(Data) ? Data : {};
    const buyer = isJsonObject(data["buyer"]) ? data["buyer"] : {};
    const totals: readonly unknown[] = Array.isArray(data["totals"]) ? data["totals"] : [];
    const total = totals.filter(isJsonObject).find(({ type }) => type === "total")?.["amount"];
    const currency = textIn(data["currency"]);
    return {
        id,
        at: textIn(Timestamp),
        status: textIn(Status),
        who: textIn(buyer["email"]),
        steps: [`version ${Version}`],
        ...(typeof total === "number" && { total: unitsOf(total, currency) }),
        currency,
    };
}

function customerIn({ customer, marks }: JsonObject): Listed {
    const all = Object.entries(isJsonObject(marks) ? marks : {}).flatMap(([name, mark]) =>
        isJsonObject(mark) ? [{ name: name.replace(/^.*:/, ""), at: Number(mark["at"] ?? 0), mark }] : [],
    );
    const last = all.toSorted((one, other) => other.at - one.at)[0];
    return {
        id: textIn(customer),
        at: last === undefined ? "" : new Date(last.at).toISOString(),
        status: all.every(({ mark }) => mark["sent"] === true) ? "sent" : "being sent",
        who: "",
        steps: all.map(({ name }) => name).sort(),
        ...(last !== undefined && { cause: textIn(last.mark["by"]) }),
    };
}
