import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { ProtocolError, Session } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { protocolFaults } from "../protocol.ts";
import { ask } from "./client.ts";
import { copyOfProject, Embedded, setWhereThere } from "./embedded.ts";

/** What an agent sends with a call. A header that is undefined is left out. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The products of the sample catalogue by what matters of them. */
export const cleaner = "12345";
export const soap = "67890";
export const cloths = "24680";
export const soldOut = "13579";
export const download = "90001";

export const buyer = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" } as const;

export const address = {
    name: "Ada Lovelace",
    line_one: "12 Main Street",
    city: "San Francisco",
    state: "CA",
    country: "US",
    postal_code: "94107",
} as const;

/** A cart with one download: it can be paid at once. Where its buyer lives there is no tax. */
export const cart = {
    line_items: [{ id: download }],
    currency: "usd",
    capabilities: { interventions: { supported: ["3ds"] } },
    buyer,
    fulfillment_details: { address: { ...address, city: "Auckland", state: "", country: "NZ", postal_code: "1010" } },
} as const;

/** A cart whose goods have to be shipped, and where to. */
export const parcel = {
    ...cart,
    line_items: [{ id: cleaner, quantity: 2 }],
    fulfillment_details: { name: "Ada Lovelace", address },
} as const;

export const standardShipping = (...itemIds: readonly string[]) => ({
    selected_fulfillment_options: [{ type: "shipping", option_id: "shipping_standard", item_ids: itemIds }],
});

/**
 * @param token says what becomes of the payment (`runtime/checkoutSessions/payment/sandbox/sandbox.ts`)
 * @param billing_address by default where the cart's download is taxed
 */
export const payment = (token: string, billing_address: object = cart.fulfillment_details.address) => ({
    payment_data: {
        handler_id: "card_tokenized",
        instrument: { type: "card", credential: { type: "spt", token } },
        billing_address,
    },
});

export const authenticated = {
    outcome: "authenticated",
    outcome_details: {
        three_ds_cryptogram: "AAIBBYNoEwAAAAAAAAAAAAAAAAA=",
        electronic_commerce_indicator: "05",
        transaction_id: "f38e6948-5388-41a6-bca4-b49723c19437",
        version: "2.2.0",
    },
} as const;

/** The sum that a session asks for, in minor units. */
export const totalOf = ({ totals }: Session, type = "total"): number | undefined =>
    totals.find((total) => total.type === type)?.amount;

/** An answer of the checkout API. */
export class Reply {
    readonly status: number;
    readonly headers: globalThis.Headers;
    readonly text: string;
    readonly #body: unknown;

    constructor({ status, headers }: Response, text: string) {
        this.status = status;
        this.headers = headers;
        this.text = text;
        this.#body = JSON.parse(text);
    }

    /** The body, whatever it is. */
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
    get body(): any {
        return this.#body;
    }

    get session(): Session {
        if (this.status > 299) throw new Error(`no session but ${this.status}: ${this.text}`);
        return this.body;
    }

    get error(): ProtocolError {
        if (this.status < 400) throw new Error(`no error but ${this.status}: ${this.text}`);
        return this.body;
    }

    get isReplay(): boolean {
        return this.headers.get("idempotent-replayed") === "true";
    }
}

/** The function failed or timed out, and API Gateway answered itself. */
export class FunctionFailedError extends Error {
    override readonly name = "FunctionFailedError";
}

const gatewayFailures = new Set(['{"message":"Internal Server Error"}', '{"message":"Service Unavailable"}']);

/**
 * Shops as an agent does. Whatever it is answered, to whatever it says, it checks: the body is what the protocol's JSON
 * Schema says, and the headers are those that every answer has.
 */
export class Agent {
    readonly url: string;
    readonly #key: string;
    /** All that it was answered. */
    readonly answers: string[] = [];

    constructor(url: string, key = "local-key") {
        this.url = url;
        this.#key = key;
    }

    create(body: unknown = cart, headers?: Headers): Promise<Reply> {
        return this.post("", body, headers);
    }

    update(id: string, body: unknown, headers?: Headers): Promise<Reply> {
        return this.post(`/${id}`, body, headers);
    }

    complete(id: string, body: unknown = payment("spt_success"), headers?: Headers): Promise<Reply> {
        return this.post(`/${id}/complete`, body, headers);
    }

    cancel(id: string, body?: unknown, headers?: Headers): Promise<Reply> {
        return this.post(`/${id}/cancel`, body, headers);
    }

    get(id: string, headers?: Headers): Promise<Reply> {
        return this.send("GET", `/${id}`, undefined, headers);
    }

    /** A session that can be paid. */
    async ready(body: unknown = cart): Promise<Session> {
        const { session } = await this.create(body);
        expect(session.status, JSON.stringify(session.messages)).to.equal("ready_for_payment");
        return session;
    }

    /** A session whose parcel can be paid. */
    async parcel(body: unknown = parcel): Promise<Session> {
        const { session: created } = await this.create(body);
        const ids = created.line_items.map(({ id }) => id);
        const { session } = await this.update(created.id, standardShipping(...ids));
        expect(session.status, JSON.stringify(session.messages)).to.equal("ready_for_payment");
        return session;
    }

    post(path: string, body: unknown, headers: Headers = {}): Promise<Reply> {
        return this.send("POST", path, body, { "idempotency-key": randomUUID(), ...headers });
    }

    /**
     * @param path below `/checkout_sessions`
     * @param body texts and bytes go as they are, everything else as JSON
     */
    async send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
        const given = {
            authorization: `Bearer ${this.#key}`,
            "api-version": "2026-04-17",
            "request-id": randomUUID(),
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
        };
        const sent = Object.fromEntries(
            Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])),
        );
        const raw = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
        const response = await ask(`${this.url}/checkout_sessions${path}`, {
            method,
            headers: sent,
            ...(raw !== undefined && { body: raw }),
        });
        const text = await response.text();
        this.answers.push(text, JSON.stringify([...response.headers]));
        if (gatewayFailures.has(text)) throw new FunctionFailedError(`${response.status} ${text}`);
        const said = `${method} ${path.slice(0, 200)} ${raw?.slice(0, 500)} → ${response.status} ${text.slice(0, 2000)}`;
        checkHeaders(response, method, sent, said);
        const reply = new Reply(response, text);
        const isSession = response.ok && !path.includes("/versions");
        if (isSession) expect(protocolFaults("CheckoutSession", reply.body), said).to.deep.equal([]);
        if (!response.ok) expect(protocolFaults("Error", reply.body), said).to.deep.equal([]);
        return reply;
    }
}

/** What every answer has, whatever became of the request (ACP RFC, response headers). */
function checkHeaders({ status, headers }: Response, method: string, sent: Headers, said: string): void {
    expect(headers.get("content-type"), said).to.equal("application/json");
    expect(headers.get("cache-control"), said).to.equal("no-store");
    expect(headers.get("x-correlation-id"), said).to.be.a("string");
    expect(headers.get("request-id"), said).to.equal(sent["request-id"] ?? null);
    const key = method === "POST" ? (sent["idempotency-key"] ?? null) : null;
    expect(headers.get("idempotency-key"), said).to.equal(key);
    expect(headers.get("idempotent-replayed"), said).to.be.oneOf([null, "true"]);
    if (status === 405) expect(headers.get("allow"), said).to.be.a("string");
    if (status === 401) expect(headers.get("www-authenticate"), said).to.equal("Bearer");
    if (status === 503) expect(headers.get("retry-after"), said).to.match(/^[1-9]\d*$/);
}

/** The embedded cloud with an agent, for tests that share it. */
export class Shop {
    #embedded: Embedded | undefined;
    #agent: Agent | undefined;
    #agents: Agent[] = [];

    /** For `before`. */
    async open(): Promise<void> {
        const directory = copyOfProject();
        // Deliveries to endpoints stay in their queue, where the tests read them.
        appendFileSync(join(directory, "Pulumi.dev.yaml"), "  commerce:webhooks:\n    send: false\n");
        // Short waits between the tries of what fails at first.
        this.#embedded = await Embedded.start({ directory, environment: { LOCAL_WAIT_FACTOR: "0.004" } });
        this.#agent = this.anotherAgent("local-key");
    }

    get embedded(): Embedded {
        if (this.#embedded === undefined) throw new Error("the shop is not open");
        return this.#embedded;
    }

    get agent(): Agent {
        if (this.#agent === undefined) throw new Error("the shop is not open");
        return this.#agent;
    }

    anotherAgent(key: string): Agent {
        const agent = new Agent(this.embedded.url, key);
        this.#agents.push(agent);
        return agent;
    }

    /** All that the agents were answered. */
    get answers(): string[] {
        return this.#agents.flatMap(({ answers }) => answers);
    }
}

/** Lets the time go by that the leases of completions last: who held them was killed. */
export async function letLeasesRunOut(embedded: Embedded): Promise<void> {
    const { dynamo } = embedded.clients();
    const TableName = "checkout-idempotency-dev";
    const { Items = [] } = await dynamo.send(
        new ScanCommand({ TableName, ConsistentRead: true, FilterExpression: "attribute_exists(leaseUntil)" }),
    );
    for (const { id } of Items) await setWhereThere(dynamo, TableName, { id }, { leaseUntil: Date.now() - 1 });
    dynamo.destroy();
}
