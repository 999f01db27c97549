import { randomBytes, randomUUID } from "node:crypto";
import { BenchError } from "../benchError.ts";
import type { PublishedEvent, WebhookSystem } from "./load.ts";
import { order } from "./order.ts";

interface Access {
    /** Base URL of the API: `http://127.0.0.1:3333/api/v1` */
    readonly address: string;
    readonly key: string;
}

/** The topic of the events: one of the installation's `TOPICS`. */
const topic = "order_create";

/**
 * Hookdeck Outpost, as its documentation describes the API: https://hookdeck.com/docs/outpost/api. An installation signs
 * as Standard Webhooks says with `DESTINATIONS_WEBHOOK_MODE=standard`.
 */
export class Outpost implements WebhookSystem {
    readonly #access: Access;
    readonly #tenantId = `bench-${randomUUID()}`;
    #isCreated = false;

    constructor(access: Access) {
        this.#access = access;
    }

    async register(url: string) {
        if (!this.#isCreated) await this.#call("PUT", `/tenants/${this.#tenantId}`);
        this.#isCreated = true;
        const secret = `whsec_${randomBytes(24).toString("base64")}`;
        const destination = await this.#call("POST", `/tenants/${this.#tenantId}/destinations`, {
            type: "webhook",
            topics: [topic],
            config: { url },
            credentials: { secret },
        });
        const { id } = JSON.parse(destination) as { id?: string };
        if (id === undefined) throw new BenchError("the peer did not name the new destination");
        return { id, secret };
    }

    async remove(id: string): Promise<void> {
        await this.#call("DELETE", `/tenants/${this.#tenantId}/destinations/${id}`);
    }

    async publish(events: readonly PublishedEvent[]): Promise<void> {
        await Promise.all(
            events.map(({ id }) =>
                this.#call("POST", "/publish", { id, tenant_id: this.#tenantId, topic, data: order }),
            ),
        );
    }

    async close(): Promise<void> {
        if (this.#isCreated) await this.#call("DELETE", `/tenants/${this.#tenantId}`);
    }

    async #call(method: string, path: string, body?: object): Promise<string> {
        const { address, key } = this.#access;
        const response = await fetch(`${address.replace(/\/$/, "")}${path}`, {
            method,
            headers: { authorization: `Bearer ${key}`, ...(body && { "content-type": "application/json" }) },
            ...(body && { body: JSON.stringify(body) }),
        }).catch((cause: unknown) => {
            throw new BenchError(`the peer does not answer at ${address}`, { cause });
        });
        const answer = await response.text();
        if (!response.ok) throw new BenchError(`the peer answers ${method} ${path} with ${response.status}: ${answer}`);
        return answer;
    }
}
