import { expect } from "chai";
import { placedOrderOf } from "../../runtime/checkoutSessions/events/placedOrder.ts";
import { documented, judge } from "../protocol.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, type HttpAnswer, httpRequest, meta, productBody } from "./support/events.ts";
import { berlin } from "./support/market.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { checkoutEvent, sessionOf } from "./support/versions.ts";

describe("read: GET /orders/{orderId}", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const read = startedCallback(aws, "orderIntake/read");

    async function get(orderId: string | undefined) {
        const request = httpRequest({ rawPath: `/orders/${orderId}`, pathParameters: orderId && { orderId } });
        const answer = (await read.invoke(request)) as HttpAnswer;
        return { ...answer, json: JSON.parse(answer.body) };
    }
    const store = (order: object) =>
        database.put("orders", {
            ...order,
            lines: [],
            meta,
            fingerprint: "f".repeat(64),
            storedAt: "2026-11-20T10:11:13.000Z",
            status: "received",
        });

    it("gives the order as received and its status, and no internal members", async () => {
        await store(cartBody);

        const { statusCode, headers, json } = await get("12345");

        expect(statusCode).to.equal(200);
        expect(headers["x-correlation-id"]).to.equal("JKJaXmPLvHcESHA=");
        const line = { ordered: 1, current: 1, fulfilled: 0 };
        expect(json).to.deep.equal({
            ...cartBody,
            receivedAt: meta.receivedAt,
            status: "received",
            steps: [],
            version: 1,
            lines: [
                { id: "li_1", name: "Widget A", ...line },
                { id: "li_2", name: "Widget B", ...line },
            ],
            fulfillments: [],
            shopNotes: [],
            timeline: [{ at: meta.receivedAt, type: "received" }],
        });
        expect(headers["etag"]).to.equal('"1"');
    });

    it("gives the checkout's order with all that it has, as the document describes it", async () => {
        const session = sessionOf({ fulfillment_details: { address: berlin } });
        const order = placedOrderOf({ ...checkoutEvent("completed", { session }), tenantId: "agent" });
        await store(order);

        const { json } = await get(order.orderId);

        const { fulfillments, ...others } = order;
        expect(json).to.deep.include(others);
        const [{ status, events, ...placed }] = json.fulfillments;
        expect([placed]).to.deep.equal(fulfillments);
        expect([status, events.length]).to.deep.equal(["pending", 1]);
        const faultsOf = judge(documented("orders"));
        expect(faultsOf("StoredCheckoutOrder", json)).to.deep.equal([]);
    });

    it("gives the payment as it was last written, and not as the order was placed", async () => {
        await store({ ...cartBody, orderId: "ord_paid" });
        for (const version of [1, 2, 11]) {
            await database.put("ledgers", { orderId: "ord_paid", version, payment: { state: `state ${version}` } });
        }

        expect((await get("ord_paid")).json.payment).to.deep.equal({ state: "state 11" });
    });

    it("gives a single-product order in its own form", async () => {
        await store({ orderId: "p-1", ...productBody });

        const { json } = await get("p-1");

        expect(json).to.include({ orderId: "p-1", ...productBody });
        expect(json).not.to.have.any.keys("items", "customer", "meta");
    });

    for (const status of ["reserved", "shortage"]) {
        it(`lists the steps, oldest first, with the stock ${status}`, async () => {
            const orderId = `order-${status}`;
            await store({ ...cartBody, orderId });
            const effect = (name: string, doneAt: string | undefined, outcome: object) =>
                database.put("effects", { orderId, effect: name, ...(doneAt && { doneAt }), outcome });
            await effect("reservation", "2026-11-20T10:11:15.000Z", { status, lines: [], untracked: [] });
            await effect("document", "2026-11-20T10:11:14.000Z", { bucket: "b", key: "k" });
            await effect("mail", undefined, {});

            const { json } = await get(orderId);

            expect(json.status).to.equal(status);
            expect(json.steps).to.deep.equal([
                { name: "document", at: "2026-11-20T10:11:14.000Z" },
                { name: "reservation", at: "2026-11-20T10:11:15.000Z" },
            ]);
        });
    }

    it("answers 404 with problem details when there is no such order", async () => {
        const { statusCode, headers, json } = await get("no-such-order");

        expect(statusCode).to.equal(404);
        expect(headers["content-type"]).to.equal("application/problem+json");
        expect(json).to.include({ status: 404, instance: "/orders/no-such-order" });
    });

    for (const impossible of ["-x", "a b", "x".repeat(65), undefined]) {
        it(`answers 400 to an id that no order can have: ${String(impossible).slice(0, 10)}`, async () => {
            const { statusCode } = await get(impossible);

            expect(statusCode).to.equal(400);
            expect(aws.calls).to.deep.equal([]);
        });
    }

    it("answers 503 with Retry-After when a table does not answer, and logs the reason", async () => {
        aws.answers("GetItem", () => new Refusal("AccessDeniedException"));

        const { statusCode, headers } = await get("12345");

        expect(statusCode).to.equal(503);
        expect(headers["retry-after"]).to.equal("5");
        expect(read.log[0]).to.include({ level: "error", order_id: "12345" });
    });
});
