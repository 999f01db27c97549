import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Jwk } from "../../runtime/shared/signing/jwk.ts";
import type { Signer } from "../../runtime/shared/signing/sign.ts";
import { type MerchantAnswer, PlatformClient } from "../../tools/operator/platformClient.ts";
import { paying } from "../ucp.ts";
import { ask } from "./client.ts";
import { copyOfProject } from "./embedded.ts";
import { address, buyer, cleaner } from "./shopping.ts";

type Json = MerchantAnswer["json"];

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

/** A platform of UCP 2026-04-08 by REST and by MCP. It signs all requests, and checks the signatures of all answers. */
export class Platform {
    readonly #client: PlatformClient;

    /** @param signer by default it has an API key instead */
    constructor(url: string, signer?: Signer) {
        this.#client = new PlatformClient(url, profileUrl, signer ?? { apiKey: "local-key" }, ask);
    }

    async rest(route: string, body?: object, key?: string): Promise<{ status: number; json: Json }> {
        const [method = "", path = ""] = route.split(" ");
        return proven(await this.#client.rest(method, path, body, key));
    }

    /** The content of the tool's result, or its error. */
    async tool(name: string, args: object, key?: string): Promise<Json> {
        return proven(await this.#client.tool(name, args, key)).json;
    }

    /** As the merchant's profile publishes them. */
    async merchantsKeys(): Promise<readonly Jwk[]> {
        return (await this.#client.merchant()).signing_keys;
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
}

function proven(answer: MerchantAnswer): MerchantAnswer {
    if (answer.fault !== undefined) throw new Error(`not the merchant's answer: ${answer.fault}`);
    return answer;
}
