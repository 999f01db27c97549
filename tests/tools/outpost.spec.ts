import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { Webhook } from "standardwebhooks";
import { measureLoad, registerAt } from "../../bench/deliveries/load.ts";
import { Outpost } from "../../bench/deliveries/outpost.ts";
import { Receiver } from "../../bench/deliveries/receiver.ts";
import { LocalServer } from "../runtime/support/server.ts";
import { started } from "../runtime/support/started.ts";

interface Destination {
    readonly type: string;
    readonly topics: readonly string[];
    readonly config: { readonly url: string };
    readonly credentials: { readonly secret: string };
}

interface Published {
    readonly id: string;
    readonly tenant_id: string;
    readonly topic: string;
    readonly data: object;
}

/** The API that Outpost documents, as far as the bench uses it; signs as its mode `standard` says. */
class DocumentedApi extends LocalServer {
    readonly requests: string[] = [];
    readonly tenants = new Map<string, Map<string, Destination>>();

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method, url = "", headers } = request;
        const body = await text(request);
        const answer = (status: number, content: object) => response.writeHead(status).end(JSON.stringify(content));
        if (headers.authorization !== "Bearer key") return void answer(401, { message: "unauthorized" });
        const [, kind, tenantId = "", , id = ""] = url.replace("/api/v1", "").split("/");
        this.requests.push(`${method} ${kind}${id === "" ? "" : "/destination"}`);
        if (kind === "publish") {
            const event: Published = JSON.parse(body);
            answer(202, { id: event.id });
            await Promise.all(
                [...(this.tenants.get(event.tenant_id)?.values() ?? [])].map((to) => this.#send(to, event)),
            );
            return;
        }
        const destinations = this.tenants.get(tenantId);
        if (method === "PUT") {
            this.tenants.set(tenantId, new Map());
            return void answer(201, { id: tenantId });
        }
        if (destinations === undefined) return void answer(404, { message: "not found" });
        if (method === "POST") {
            const created = `des_${destinations.size}`;
            destinations.set(created, JSON.parse(body));
            return void answer(201, { id: created });
        }
        if (id === "") this.tenants.delete(tenantId);
        else destinations.delete(id);
        answer(200, { success: true });
    }

    async #send({ topics, config, credentials }: Destination, { id, topic, data }: Published): Promise<void> {
        if (!topics.includes(topic)) return;
        const [at, body] = [new Date(), JSON.stringify(data)];
        await fetch(config.url, {
            method: "POST",
            headers: {
                "webhook-id": id,
                "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
                "webhook-signature": new Webhook(credentials.secret).sign(id, at, body),
            },
            body,
        });
    }
}

describe("bench --against outpost", () => {
    const api = started(new DocumentedApi());
    let receiver: Receiver;
    before(async () => {
        receiver = await Receiver.start();
    });
    after(() => receiver?.stop());
    const load = { perSecond: 1000, seconds: 0.05 };
    const peer = (key = "key") => new Outpost({ address: `${api.url}/api/v1/`, key });

    it("registers a destination, publishes the bench's events, verifies them, and leaves nothing behind", async () => {
        const outpost = peer();
        const id = await registerAt(outpost, receiver, "outpost");

        const row = await measureLoad(outpost, receiver, { ...load, name: "first" });

        expect(row).to.include({ events: 50, missing: 0, "more than once": 0, unverified: 0 });
        expect(row["p95 ms"]).to.be.greaterThan(0);
        await outpost.remove(id);
        await outpost.close();
        expect(api.tenants.size).to.equal(0);
        expect(api.requests.slice(0, 2)).to.deep.equal(["PUT tenants", "POST tenants"]);
        expect(api.requests.slice(-2)).to.deep.equal(["DELETE tenants/destination", "DELETE tenants"]);
    });

    it("says where the peer refuses", async () => {
        const refused = await peer("other")
            .register("http://127.0.0.1/")
            .catch((error: unknown) => String(error));
        expect(refused).to.match(/PUT \/tenants\/\S+ with 401/);
    });
});
