import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Jwk } from "../../runtime/shared/signing/jwk.ts";
import { copyOfProject } from "./embedded.ts";
import { address, buyer, cleaner } from "./shopping.ts";

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
type Json = any;

/** The profile of the platform that the embedded cloud knows, and how sessions know it. */
export const profileUrl = "https://agent.example/profile";
export const callerId = `ucp:${profileUrl}`;

/** A copy of the project in which that platform hears of orders at a URL. */
export function projectWithWebhook(webhookUrl: string): string {
    const directory = copyOfProject();
    const file = join(directory, "tools/embedded/settings.json");
    const settings = JSON.parse(readFileSync(file, "utf8"));
    const [platform] = settings.dev.checkout.ucp.platforms;
    Object.assign(platform, { webhookUrl });
    settings.dev.orders = { mail: { sender: "shop@example.com" } };
    writeFileSync(file, JSON.stringify(settings));
    return directory;
}

const destination = {
    first_name: "Ada",
    last_name: "Lovelace",
    street_address: address.line_one,
    address_locality: address.city,
    address_region: address.state,
    address_country: address.country,
    postal_code: address.postal_code,
};

/** Two cleaners, to be shipped. */
export const purchase = {
    line_items: [{ item: { id: cleaner }, quantity: 2 }],
    buyer,
    fulfillment: {
        methods: [
            {
                type: "shipping",
                destinations: [destination],
                groups: [{ id: "shipping", selected_option_id: "shipping_standard" }],
            },
        ],
    },
};

export const paying = (token = "spt_success") => ({
    payment: {
        instruments: [{ id: "i_1", handler_id: "sandbox", type: "card", credential: { type: "token", token } }],
    },
});

/** A platform of UCP 2026-04-08 that has an API key, by REST and by MCP. */
export class Platform {
    readonly #url: string;

    constructor(url: string) {
        this.#url = url;
    }

    async rest(route: string, body?: object, key: string = randomUUID()): Promise<{ status: number; json: Json }> {
        const [method = "", path = ""] = route.split(" ");
        return await this.#send(method, `/ucp/2026-04-08${path}`, body, { "idempotency-key": key });
    }

    /** The content of the tool's result, or its error. */
    async tool(name: string, args: object, key: string = randomUUID()): Promise<Json> {
        const meta = { "ucp-agent": { profile: profileUrl }, "idempotency-key": key };
        const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: { meta, ...args } } };
        const { json } = await this.#send("POST", "/mcp", message, {});
        return json.result?.structuredContent ?? json.error;
    }

    /** As the merchant's profile publishes them. */
    async merchantsKeys(): Promise<readonly Jwk[]> {
        const { json } = await this.#send("GET", "/.well-known/ucp", undefined, {});
        return json.signing_keys;
    }

    /** A checkout that can be paid. */
    async ready(): Promise<string> {
        const { status, json } = await this.rest("POST /checkout-sessions", purchase);
        if (json.status !== "ready_for_complete") throw new Error(`not ready: ${status} ${JSON.stringify(json)}`);
        return json.id;
    }

    /** @returns the ids of a paid checkout and its order */
    async bought(): Promise<{ readonly id: string; readonly orderId: string }> {
        const id = await this.ready();
        const { json } = await this.rest(`POST /checkout-sessions/${id}/complete`, paying(), id);
        if (json.status !== "completed") throw new Error(`not completed: ${JSON.stringify(json)}`);
        return { id, orderId: json.order.id };
    }

    async #send(method: string, path: string, body: object | undefined, headers: Record<string, string>) {
        const response = await fetch(`${this.#url}${path}`, {
            method,
            headers: {
                "ucp-agent": `profile="${profileUrl}"`,
                "x-api-key": "local-key",
                accept: "application/json",
                ...(body !== undefined && { "content-type": "application/json" }),
                ...headers,
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, json: JSON.parse(await response.text()) };
    }
}
