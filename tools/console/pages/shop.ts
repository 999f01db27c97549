import { go, href, isRecord, parsed, post } from "embedded-aws/console/kit";

/** A request to the shop's API with its answer. */
export interface Exchange {
    readonly title: string;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | undefined;
    readonly status: number;
    readonly answer: string;
    readonly tookMs: number;
    readonly correlationId: string | null;
}

interface Sent {
    readonly title: string;
    readonly method: string;
    readonly path: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the API as a client with every scope; the key is the one that each embedded cloud has. */
export async function send({ title, method, path, body, headers = {} }: Sent): Promise<Exchange> {
    const all = {
        authorization: "Bearer local-key",
        "x-api-key": "local-key",
        ...(method !== "GET" && { "content-type": "application/json" }),
        ...headers,
    };
    const startedAt = performance.now();
    const response = await fetch(path, { method, headers: all, ...(body !== undefined && { body }) });
    const answer = await response.text();
    const tookMs = performance.now() - startedAt;
    const correlationId = response.headers.get("x-correlation-id");
    return { title, method, path, headers: all, body, status: response.status, answer, tookMs, correlationId };
}

/** The answer of a request that must succeed. */
export async function call(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>) {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const exchange = await send({ title: path, method, path, ...text, ...(headers !== undefined && { headers }) });
    const value = parsed(exchange.answer);
    const answer = isRecord(value) ? value : {};
    if (exchange.status < 400) return answer;
    throw new Error(
        String(answer["detail"] ?? answer["message"] ?? answer["title"] ?? `${exchange.status}: ${exchange.answer}`),
    );
}

export const freshKey = (): string => crypto.randomUUID();

const version = { "api-version": "2026-04-17" };
export const agentHeaders = (key: string): Record<string, string> => ({ ...version, "idempotency-key": key });

const address = {
    name: "Ada Lovelace",
    line_one: "1 Main St",
    city: "San Francisco",
    state: "CA",
    country: "US",
    postal_code: "94105",
};

/** What the steps of the protocol's conversation send. */
export const bodies = {
    create: {
        currency: "usd",
        capabilities: {},
        line_items: [{ id: "12345", quantity: 2 }],
        buyer: { full_name: "Ada Lovelace", email: "ada@example.com", phone_number: "+14155550100" },
        fulfillment_details: { address },
    },
    update: {
        selected_fulfillment_options: [{ type: "shipping", option_id: "shipping_standard", item_ids: ["12345"] }],
    },
    complete: (token: string) => ({
        payment_data: {
            handler_id: "card_tokenized",
            instrument: { type: "card", credential: { type: "spt", token } },
            billing_address: address,
        },
    }),
    cancel: {},
} as const;

/** Buys as an agent does, with the inbox as a receiver of webhooks, and shows the purchase while it runs. */
export const buyAsAgent = (): Promise<void> => buy(bodies.create);

async function buy(created: object): Promise<void> {
    await post("program/open-inbox", {});
    const agent = (path: string, body: object) =>
        call("POST", `/checkout_sessions${path}`, body, agentHeaders(freshKey()));
    const { id, fulfillment_options: ways, line_items: lines } = await agent("", created);
    if (typeof id !== "string") throw new Error("the checkout returned no session");
    go(href("orders", id.replace(/^cs_/, "ord_")));
    await agent(`/${id}`, chosen(ways, lines));
    await agent(`/${id}/complete`, bodies.complete("spt_success"));
}

/** The first way of shipping that is offered. */
function chosen(ways: unknown, lines: unknown): object {
    const [way] = [ways].flat().filter(isRecord);
    const items = [lines].flat().filter(isRecord);
    const item_ids = items.flatMap(({ item }) => (isRecord(item) ? [item["id"]] : []));
    if (way === undefined) return {};
    return { selected_fulfillment_options: [{ type: way["type"], option_id: way["id"], item_ids }] };
}

/** Orders the same again: a purchase by the first version of its session, another order by itself. */
export async function repeat(of: {
    readonly order: unknown;
    readonly versions: readonly { readonly Data: unknown }[];
}) {
    const first = of.versions[0]?.Data;
    if (isRecord(first)) {
        const { currency, buyer, fulfillment_details, line_items } = first;
        const lines = [line_items].flat().filter(isRecord);
        const wanted = lines.map(({ item, quantity }) => ({ id: isRecord(item) ? item["id"] : item, quantity }));
        await buy({ ...bodies.create, currency, buyer, fulfillment_details, line_items: wanted });
        return;
    }
    const { customer, items, total, currency } = isRecord(of.order) ? of.order : {};
    const { orderId } = await call("POST", "/orders", { customer, items, total, currency });
    go(href("orders", String(orderId)));
}

export async function placeOrder(): Promise<void> {
    await post("program/open-inbox", {});
    const items = [{ productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 1, unitPrice: 12.99 }];
    const { orderId } = await call("POST", "/orders", {
        customer: { name: "Ada Lovelace", email: "ada@example.com" },
        items,
        total: 12.99,
        currency: "usd",
    });
    go(href("orders", String(orderId)));
}

export async function changeCustomer(): Promise<void> {
    const { messageId } = await post<{ readonly messageId: string }>("program/change-customer", {});
    go(href("trace", messageId));
}

export async function publishMessage(): Promise<void> {
    const { correlationId, messageId } = await call("POST", "/messages", {
        messageType: "note.written",
        message: { text: "hello" },
    });
    go(href("trace", String(correlationId ?? messageId)));
}
