import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentDigest, isDigestOf } from "../../runtime/shared/signing/digest.ts";
import type { Jwk } from "../../runtime/shared/signing/jwk.ts";
import { type Signer, signatureHeaders } from "../../runtime/shared/signing/sign.ts";
import { signatureFault } from "../runtime/support/signatureFault.ts";
import { ask } from "./client.ts";
import { copyOfProject } from "./embedded.ts";
import { address, buyer, cleaner } from "./shopping.ts";

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
type Json = any;

/** The profile of the platform that the embedded cloud knows, and how sessions know it. */
export const profileUrl = "https://agent.example/profile";
export const callerId = `ucp:${profileUrl}`;

/** A copy of the project in which that platform hears of orders at a URL, and signs by a key. */
export function projectWithWebhook(webhookUrl: string, key: Jwk): string {
    const directory = copyOfProject();
    const file = join(directory, "tools/embedded/settings.json");
    const settings = JSON.parse(readFileSync(file, "utf8"));
    const [platform] = settings.dev.checkout.ucp.platforms;
    Object.assign(platform, { webhookUrl });
    platform.document.signing_keys = [key];
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

/** A platform of UCP 2026-04-08 by REST and by MCP. It signs all requests, and checks the signatures of all answers. */
export class Platform {
    readonly #url: string;
    readonly #signer: Signer | undefined;

    /** @param signer by default it has an API key instead */
    constructor(url: string, signer?: Signer) {
        this.#url = url;
        this.#signer = signer;
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
        const response = await ask(`${this.#url}/.well-known/ucp`);
        const { signing_keys: keys } = (await response.json()) as { readonly signing_keys: readonly Jwk[] };
        return keys;
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

    async #send(method: string, path: string, body: object | undefined, more: Record<string, string>) {
        const text = body && JSON.stringify(body);
        const headers = {
            "ucp-agent": `profile="${profileUrl}"`,
            ...(text !== undefined && { "content-type": "application/json" }),
            ...more,
        };
        const proof = await this.#proof(method, path, headers, text);
        const response = await ask(`${this.#url}${path}`, {
            method,
            headers: { accept: "application/json", ...headers, ...proof },
            ...(text !== undefined && { body: text }),
        });
        const answer = await response.text();
        const { status } = response;
        if (this.#signer !== undefined && status < 400) await this.#check(response, answer);
        return { status, json: JSON.parse(answer) };
    }

    async #proof(method: string, path: string, sent: Record<string, string>, body: string | undefined) {
        if (this.#signer === undefined) return { "x-api-key": "local-key" };
        const digest = body === undefined ? {} : { "content-digest": contentDigest(Buffer.from(body)) };
        const headers: Record<string, string> = { ...sent, ...digest };
        const target = { method, authority: new URL(this.#url).host, path, query: "" };
        const names = ["@method", "@authority", "@path", ...Object.keys(headers)];
        return { ...digest, ...(await signatureHeaders({ headers, target }, names, this.#signer, Date.now())) };
    }

    /** Throws if the answer is not the merchant's. */
    async #check({ status, headers: sent }: Response, body: string): Promise<void> {
        const headers = Object.fromEntries(sent);
        if (!isDigestOf(headers["content-digest"] ?? "", Buffer.from(body))) throw new Error("it is another answer");
        const required = ["@status", "content-digest", "content-type"];
        const keys = await this.merchantsKeys();
        const fault = signatureFault({ headers, status }, { keys, required, now: Date.now() });
        if (fault !== undefined) throw new Error(`not the merchant's answer: ${fault.reason}`);
    }
}
