import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { freePort } from "embedded-aws/freePort";
import { ask } from "../client.ts";
import { stockOf, webhookDeliveries } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { shop } from "./cloud.ts";

const productId = "24680";

// Every answer is compared with the API's document (`ask`).
describe("what becomes of an order of POST /orders, which no session has", () => {
    let embedded: Embedded;
    const orderId = `life-${randomUUID()}`;
    const email = `${orderId}@example.com`;
    const headers = () => ({
        "content-type": "application/json",
        "x-api-key": "local-key",
        "idempotency-key": randomUUID(),
    });

    before(async function () {
        embedded = await shop.open(this);
    });

    async function get(path = `/orders/${orderId}`) {
        const answer = await ask(embedded.url + path, { headers: { "x-api-key": "local-key" } });
        expect(answer.status, path).to.equal(200);
        const json = JSON.parse(await answer.text());
        return { etag: answer.headers.get("etag") ?? "", ...json };
    }
    async function change(what: string, body: object, more: Record<string, string> = {}) {
        const answer = await ask(`${embedded.url}/orders/${orderId}/${what}`, {
            method: "POST",
            headers: { ...headers(), ...more },
            body: JSON.stringify(body),
        });
        return { status: answer.status, json: await answer.json() };
    }

    it("is listed once its stock is reserved, by each filter", async () => {
        const item = (quantity: number) => ({ productId, productName: "Microfibre Cloths", quantity });
        const customer = { name: "Ada", email };
        const order = { orderId, customer, items: [item(2)], total: 15.98, currency: "USD" };
        const hook = { url: `http://127.0.0.1:${await freePort()}/hooks`, eventTypes: ["order.updated.v1"] };
        const endpoint = { method: "POST", headers: headers(), body: JSON.stringify(hook) };
        expect((await ask(`${embedded.url}/webhook_endpoints`, endpoint)).status).to.equal(201);
        expect((await embedded.post(order)).status).to.equal(202);
        await eventually(async () => {
            const { orders } = await get(`/orders?status=reserved&source=api&email=${email.toUpperCase()}`);
            expect(orders.map((one: { orderId: string }) => one.orderId)).to.deep.equal([orderId]);
        });
        expect((await embedded.post({ customer: "Bob", items: ["Widget A"], total: 1 })).status).to.equal(202);
        await eventually(async () => {
            const { orders, next } = await get("/orders?limit=1&from=2026-01-01T00:00:00Z");
            expect([orders.length, typeof next]).to.deep.equal([1, "string"]);
            expect((await get(`/orders?after=${next}`)).orders).not.to.deep.include(orders[0]);
        });
    });

    it("is changed by one of many requests that name the same version", async () => {
        const { etag } = await get();
        const answers = await Promise.all(
            Array.from({ length: 6 }, (_, index) => change("notes", { text: `No. ${index}` }, { "if-match": etag })),
        );
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412, 412, 412, 412]);
        expect((await get()).shopNotes).to.have.length(1);
    });

    it("is sent and canceled, puts back what was reserved, and tells endpoints in order", async () => {
        const stock = await stockOf(embedded, productId);
        expect(
            (await change("fulfillments", { carrier: "UPS", lines: [{ id: "li_1", quantity: 1 }] })).status,
        ).to.equal(200);
        expect((await change("fulfillments/ful_1", { status: "delivered" })).json).to.include({ status: "processing" });
        expect((await change("cancel", { reason: "Sold out" })).json).to.include({ status: "completed" });
        expect((await change("cancel", {})).status).to.equal(409);
        expect(await stockOf(embedded, productId)).to.equal(stock + 1);
        const { timeline, version } = await get();
        expect(timeline.at(-1)).to.include({ type: "cancellation", id: "cancel_1" });
        await eventually(async () => {
            const { orders } = await get(`/orders?status=completed&email=${email}`);
            expect(orders).to.have.length(1);
            const told = (await webhookDeliveries(embedded))
                .filter(({ orderingKey, eventType }) => orderingKey === orderId && eventType === "order.updated.v1")
                .sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1))
                .map(({ body }) => JSON.parse(body).data.meta.version);
            expect(told).to.deep.equal(Array.from({ length: version - 1 }, (_, index) => index + 2));
        });
    });
});
