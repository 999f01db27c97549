import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { placedOrderOf } from "../../runtime/checkoutSessions/events/placedOrder.ts";
import type { Order } from "../../runtime/orderIntake/order.ts";
import { linesOf } from "../../runtime/orderIntake/order.ts";
import { listingOf } from "../../runtime/orderIntake/progress/listing.ts";
import { validateOrderUpdate } from "../../spec/generated/checkout.validators.js";
import { indexOrders } from "../../tools/indexOrders.ts";
import { documented, judge, protocolFaults } from "../protocol.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { busEvent, type HttpAnswer, httpRequest, meta, productBody, streamRecord } from "./support/events.ts";
import { berlin } from "./support/market.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { checkoutEvent, sessionOf } from "./support/versions.ts";

const faultsOf = judge(documented("orders"));

describe("the life of an order", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const manage = startedCallback(aws, "orderIntake/manageOrders");
    const read = startedCallback(aws, "orderIntake/read");
    const track = startedCallback(aws, "orderIntake/trackOrders");
    const list = startedCallback(aws, "orderIntake/readOrders");
    const publish = startedCallback(aws, "orderIntake/publishUpdates");

    const store = (order: Order, receivedAt = meta.receivedAt) =>
        database.put("orders", {
            ...order,
            lines: linesOf(order),
            meta: { ...meta, receivedAt },
            fingerprint: "f".repeat(64),
            storedAt: receivedAt,
            ...listingOf(order, receivedAt),
        });
    const reserved = (orderId: string, outcome: object = { status: "reserved" }) =>
        database.put("effects", { orderId, effect: "reservation", doneAt: meta.receivedAt, outcome });

    /** An order of POST /orders: three cleaners and two mops. */
    async function placed(over: object = {}) {
        const orderId = `o-${randomUUID()}`;
        const items = [
            { productId: "cleaner", productName: "Cleaner", quantity: 3 },
            { productId: "mop", productName: "Mop", quantity: 2 },
        ];
        const customer = { name: "Ada", email: "Ada@Example.com" };
        await store({ orderId, customer, items, total: 99.99, currency: "USD", ...over });
        await reserved(orderId);
        return orderId;
    }

    async function post(path: string, body: object, headers: Record<string, string> = {}) {
        const [, , orderId = "", kind, fulfillmentId] = path.split("/");
        const route = `POST /orders/{orderId}/${kind}${fulfillmentId ? "/{fulfillmentId}" : ""}`;
        const request = httpRequest({
            routeKey: route,
            rawPath: path,
            pathParameters: { orderId, ...(fulfillmentId && { fulfillmentId }) },
            headers: { "idempotency-key": randomUUID(), ...headers },
            body: JSON.stringify(body),
        });
        const { body: text, ...answer } = (await manage.invoke(request)) as HttpAnswer;
        const json = JSON.parse(text);
        if (answer.statusCode === 200) expect(faultsOf("ChangedOrder", json)).to.deep.equal([]);
        return { ...answer, json };
    }
    async function get(orderId: string) {
        const request = httpRequest({ rawPath: `/orders/${orderId}`, pathParameters: { orderId } });
        const { body, headers } = (await read.invoke(request)) as HttpAnswer;
        return { ...JSON.parse(body), etag: headers["etag"] };
    }
    const versions = async (orderId: string) =>
        (await database.all("orderVersions"))
            .filter((item) => item["orderId"] === orderId)
            .sort((one, other) => Number(one["version"]) - Number(other["version"]));
    const eventsOf = async (orderId: string, type = "order.updated.v1") => {
        const records = (await versions(orderId)).map((item, index) => streamRecord(index + 1, item));
        aws.reset();
        await publish.invoke({ Records: records });
        return aws
            .inputs("PutEvents")
            .flatMap(({ Entries }) =>
                (Entries as { readonly Detail: string; readonly DetailType: string }[])
                    .filter(({ DetailType }) => DetailType === type)
                    .map(({ Detail }) => JSON.parse(Detail)),
            );
    };
    const quantities = (json: { lines: { ordered: number; current: number; fulfilled: number }[] }) =>
        json.lines.map(({ ordered, current, fulfilled }) => [ordered, current, fulfilled]);

    it("is shown from its first moment: lines, no fulfilments, version 1", async () => {
        const orderId = await placed();
        const order = await get(orderId);

        expect(order).to.include({ version: 1, etag: '"1"', status: "reserved" });
        expect(quantities(order)).to.deep.equal([
            [3, 3, 0],
            [2, 2, 0],
        ]);
        expect(order).to.deep.include({ fulfillments: [], shopNotes: [] });
        expect(order.timeline.map(({ type, name }: { type: string; name?: string }) => name ?? type)).to.deep.equal([
            "received",
            "reservation",
        ]);
        const { etag: _, ...body } = order;
        expect(faultsOf("StoredCart", body)).to.deep.equal([]);
    });

    it("goes from two parcels and a cancellation of the rest to delivered, each a version and an event", async () => {
        await database.put("products", { productId: "cleaner", stock: 10 });
        await database.put("products", { productId: "mop", stock: 0 });
        const orderId = await placed();
        const path = `/orders/${orderId}`;
        const first = await post(`${path}/fulfillments`, {
            carrier: "UPS",
            trackingNumber: "1Z1",
            lines: [{ id: "li_1", quantity: 2 }],
        });
        expect(first.json).to.deep.include({ version: 2, status: "processing" });
        expect(first.headers["etag"]).to.equal('"2"');
        expect(first.json.change).to.include({ type: "fulfillment", id: "ful_1" });
        const second = await post(`${path}/fulfillments`, {
            trackingUrl: "https://track.example/2",
            lines: [{ id: "cleaner" }, { id: "mop", quantity: 1 }],
        });
        expect(second.json).to.include({ version: 3, status: "processing" });
        const cancel = await post(`${path}/cancel`, { reason: "Out of season" });
        expect(cancel.json).to.include({ version: 4, status: "shipped" });
        expect(cancel.json.adjustments).to.deep.equal([
            {
                id: "cancel_1",
                type: "cancellation",
                status: "completed",
                at: cancel.json.change.at,
                items: [{ id: "li_2", quantity: 1 }],
                reason: "Out of season",
            },
        ]);
        expect(quantities(cancel.json)).to.deep.equal([
            [3, 3, 3],
            [2, 1, 1],
        ]);
        expect((await database.get("products", { productId: "mop" }))?.["stock"]).to.equal(1);
        expect((await database.get("products", { productId: "cleaner" }))?.["stock"]).to.equal(10);
        await post(`${path}/fulfillments/ful_1`, { status: "delivered" });
        const done = await post(`${path}/fulfillments/ful_2`, {
            status: "delivered",
            event: { description: "Left at the door", location: "Berlin" },
        });
        expect(done.json).to.include({ version: 6, status: "completed" });
        const order = await get(orderId);
        expect(order).to.include({ version: 6, status: "completed" });
        const [one, two] = order.fulfillments;
        expect(one).to.deep.include({ status: "delivered", carrier: "UPS", trackingNumber: "1Z1" });
        expect(two.events.map(({ type }: { type: string }) => type)).to.deep.equal(["shipped", "delivered"]);
        expect(
            order.timeline.slice(2).map(({ type, id }: { type: string; id: string }) => `${type} ${id}`),
        ).to.deep.equal([
            "fulfillment ful_1",
            "fulfillment ful_2",
            "cancellation cancel_1",
            "fulfillment ful_1",
            "fulfillment ful_2",
        ]);

        const events = await eventsOf(orderId);
        expect(events.map(({ status }) => status)).to.deep.equal([
            "processing",
            undefined,
            "shipped",
            undefined,
            "completed",
        ]);
        expect(events.map(({ meta: told }) => told.version)).to.deep.equal([2, 3, 4, 5, 6]);
        const times = events.map(({ meta: told }) => Date.parse(told.occurredAt));
        expect(times).to.deep.equal([...new Set(times)].sort());
        expect(events[1].meta.change).to.deep.equal({
            type: "fulfillment",
            id: "ful_2",
            status: "shipped",
            lines: [
                { id: "li_1", productId: "cleaner", name: "Cleaner", quantity: 1 },
                { id: "li_2", productId: "mop", name: "Mop", quantity: 1 },
            ],
            trackingUrl: "https://track.example/2",
        });
        for (const event of events) expect(validateOrderUpdate(event), JSON.stringify(event)).to.equal(true);
    });

    it("splits a planned fulfilment of the checkout, whose last pieces leave as itself", async () => {
        const session = sessionOf({ fulfillment_details: { address: berlin } });
        const order = placedOrderOf({ ...checkoutEvent("completed", { session }), tenantId: "agent" });
        const orderId = `ord_${randomUUID()}`;
        await store({ ...order, orderId });
        const [line] = order.items;
        const [planned] = order.fulfillments;
        if (line === undefined || planned === undefined) throw new Error("the order has no lines");
        const all = planned.items.map(({ quantity }) => quantity);
        const part = await post(`/orders/${orderId}/fulfillments`, { lines: [{ id: line.id, quantity: 1 }] });
        expect(part.json.change.id).to.equal("ful_2");
        expect(part.json.fulfillments).to.have.length(2);
        const rest = await post(`/orders/${orderId}/fulfillments`, { carrier: "DHL" });
        expect(rest.json.change.id).to.equal("ful_1");
        expect(rest.json).to.include({ status: "processing" });
        const guide = await post(`/orders/${orderId}/fulfillments`, { type: "digital" });
        expect(guide.json).to.include({ status: "shipped" });
        expect(guide.json.fulfillments.at(-1)).to.deep.include({
            id: "ful_3",
            type: "digital",
            status: "delivered",
            items: [{ id: "li_2", quantity: 1 }],
        });
        const shown = await get(orderId);
        expect(shown.fulfillments[0]).to.deep.include({ price: planned.price, carrier: "DHL", status: "shipped" });
        expect(shown.fulfillments[1]).to.deep.include({ title: planned.title, status: "shipped" });
        const sent = shown.fulfillments.slice(0, 2).flatMap(({ items }: { items: { quantity: number }[] }) => items);
        const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
        expect(sum(sent.map(({ quantity }: { quantity: number }) => quantity))).to.equal(sum(all));
        const { etag: _, ...body } = shown;
        expect(faultsOf("StoredCheckoutOrder", body)).to.deep.equal([]);
    });

    it("sends what several fulfilments are planned for in one parcel, each of which leaves with the same tracking", async () => {
        const session = sessionOf({ fulfillment_details: { address: berlin } });
        const order = placedOrderOf({ ...checkoutEvent("completed", { session }), tenantId: "agent" });
        const [planned] = order.fulfillments;
        const plan = (id: string, items: readonly object[], over: object = {}) => ({ ...planned, id, items, ...over });
        const placedWith = async (...fulfillments: readonly object[]) => {
            const orderId = `ord_${randomUUID()}`;
            await store({ ...order, orderId, fulfillments } as Order);
            return orderId;
        };
        const cleaners = (quantity: number) => ({ id: "li_1", quantity });
        const guide = { id: "li_2", quantity: 1 };
        const orderId = await placedWith(plan("ful_1", [cleaners(2)]), plan("ful_2", [cleaners(1), guide]));
        const tracking = { carrier: "DHL", trackingNumber: "0034" };
        const lines = [cleaners(3), guide];
        const { json, statusCode } = await post(`/orders/${orderId}/fulfillments`, { ...tracking, lines });

        expect(statusCode, JSON.stringify(json)).to.equal(200);
        expect(json).to.include({ status: "shipped" });
        for (const [index, items] of [[cleaners(2)], [cleaners(1), guide]].entries()) {
            expect(json.fulfillments[index]).to.deep.include({ ...tracking, items, status: "shipped" });
        }
        const [event] = await eventsOf(orderId);
        expect(event.meta.change).to.deep.include({ type: "fulfillment", id: "ful_1", trackingNumber: "0034" });
        expect(event.meta.change.lines).to.have.length(2);
        expect(validateOrderUpdate(event), JSON.stringify(event)).to.equal(true);
        const [version] = await versions(orderId);
        const { state } = version as unknown as { state: { order: object } };
        const told = { ...state.order, type: "order", permalink_url: "https://shop.example/orders/1" };
        expect(protocolFaults("Order", told)).to.deep.equal([]);

        const partly = await placedWith(plan("ful_1", [cleaners(2)]), plan("ful_2", [cleaners(1), guide]));
        const part = await post(`/orders/${partly}/fulfillments`, { lines: [cleaners(1), guide] });
        expect(
            part.json.fulfillments.map(({ id, items }: { id: string; items: object[] }) => [id, ...items]),
        ).to.deep.equal([
            ["ful_1", cleaners(2)],
            ["ful_2", cleaners(1), guide],
        ]);
        const rest = await post(`/orders/${partly}/fulfillments`, {});
        expect(rest.json).to.include({ status: "shipped" });

        const street = { name: "Ada", line1: "1 Main St", region: "CA", postalCode: "94105", country: "US" };
        const to = (city: string) => ({ address: { ...street, city } });
        const apart = await placedWith(plan("ful_1", [cleaners(3)], to("Berlin")), plan("ful_2", [guide], to("Bonn")));
        const refused = await post(`/orders/${apart}/fulfillments`, { lines });
        expect([refused.statusCode, refused.json.errors[0].pointer]).to.deep.equal([400, "/fulfillmentId"]);
    });

    it("means all lines of a product by the product's id, the first ones first", async () => {
        const item = { productId: "cleaner", productName: "Cleaner", quantity: 2 };
        const orderId = await placed({ items: [item, { ...item, productId: "mop" }, { ...item, quantity: 3 }] });
        const path = `/orders/${orderId}`;
        const sent = await post(`${path}/fulfillments`, { lines: [{ id: "cleaner", quantity: 3 }] });
        expect(sent.json.fulfillments[0].items).to.deep.equal([
            { id: "li_1", quantity: 2 },
            { id: "li_3", quantity: 1 },
        ]);
        const more = await post(`${path}/fulfillments`, { lines: [{ id: "mop" }, { id: "cleaner", quantity: 3 }] });
        expect([more.statusCode, JSON.stringify(more.json)].join()).to.match(/^409.*lines\/1\/quantity.*the 2 that/);
        const cancel = await post(`${path}/cancel`, { lines: [{ id: "cleaner" }], restock: false });
        expect(cancel.json.adjustments[0].items).to.deep.equal([{ id: "li_3", quantity: 2 }]);
    });

    it("sends what is planned and what has failed before in one parcel", async () => {
        const session = sessionOf({ fulfillment_details: { address: berlin } });
        const order = placedOrderOf({ ...checkoutEvent("completed", { session }), tenantId: "agent" });
        const orderId = `ord_${randomUUID()}`;
        await store({ ...order, orderId });
        const [planned] = order.fulfillments;
        const id = order.items[0]?.id ?? "";
        const path = `/orders/${orderId}/fulfillments`;
        const first = await post(path, { lines: [{ id, quantity: 1 }] });
        await post(`${path}/${first.json.change.id}`, { status: "failed" });
        const { json } = await post(path, {});
        const sent = json.fulfillments.find((one: { id: string }) => one.id === json.change.id);
        expect(sent.items).to.have.deep.members(planned?.items ?? []);
    });

    it("is canceled as a whole, and then takes no parcel", async () => {
        const orderId = await placed();
        const { json } = await post(`/orders/${orderId}/cancel`, {});
        expect(json).to.include({ status: "canceled" });
        for (const [path, body] of [
            ["fulfillments", {}],
            ["cancel", {}],
        ] as const) {
            expect((await post(`/orders/${orderId}/${path}`, body)).statusCode).to.equal(409);
        }
        expect((await get(orderId)).status).to.equal("canceled");
    });

    it("is to be sent again after its only parcel failed, also in lists, and canceled once nobody wants it", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}`;
        const listed = async () => {
            const items = await database.all("orders");
            return items.find((item) => item["orderId"] === orderId)?.["status"];
        };
        expect((await post(`${path}/fulfillments`, {})).json).to.include({ status: "shipped" });
        expect((await post(`${path}/fulfillments/ful_1`, { status: "failed" })).json.status).to.equal("processing");
        expect([await listed(), (await get(orderId)).status]).to.deep.equal(["processing", "processing"]);
        // A late report of what was.
        await track.invoke(busEvent("order.updated.v1", { orderId, status: "shipped" }, "merchant"));
        expect((await get(orderId)).status).to.equal("processing");
        expect((await post(`${path}/fulfillments`, {})).json).to.include({ status: "shipped" });
        await post(`${path}/fulfillments/ful_2`, { status: "failed" });
        expect((await post(`${path}/cancel`, { restock: false })).json.status).to.equal("canceled");
        expect(await listed()).to.equal("canceled");
        // The status in the event is what gives the payment back.
        expect((await eventsOf(orderId)).map(({ status }) => status)).to.deep.equal([
            "shipped",
            "processing",
            "shipped",
            "processing",
            "canceled",
        ]);
    });

    it("is not canceled before its stock is decided, unless nothing goes back", async () => {
        const orderId = await placed();
        await database.put("effects", { orderId, effect: "reservation", outcome: { status: "held" } });
        const early = await post(`/orders/${orderId}/cancel`, {});
        expect(early.statusCode).to.equal(409);
        expect(early.headers["retry-after"]).to.equal("2");
        expect((await post(`/orders/${orderId}/cancel`, { restock: false })).statusCode).to.equal(200);
    });

    it("puts back what was taken of a product, not what was not counted when the order was reserved", async () => {
        const orderId = await placed();
        await reserved(orderId, { status: "reserved", uncounted: ["mop"] });
        await database.put("products", { productId: "cleaner", stock: 7 });
        await database.put("products", { productId: "mop", stock: 50 });
        expect((await post(`/orders/${orderId}/cancel`, {})).statusCode).to.equal(200);
        const stock = async (productId: string) => (await database.get("products", { productId }))?.["stock"];
        expect([await stock("cleaner"), await stock("mop")]).to.deep.equal([10, 50]);
    });

    it("puts back the pieces of an order that was canceled on the bus, once, and sends none of them", async () => {
        const orderId = await placed();
        await database.put("products", { productId: "cleaner", stock: 7 });
        await track.invoke(busEvent("order.updated.v1", { orderId, status: "canceled" }, "merchant"));
        const path = `/orders/${orderId}`;
        expect((await post(`${path}/fulfillments`, {})).statusCode).to.equal(409);
        expect((await post(`${path}/cancel`, {})).json).to.include({ status: "canceled" });
        expect((await post(`${path}/cancel`, {})).statusCode).to.equal(409);
        expect((await database.get("products", { productId: "cleaner" }))?.["stock"]).to.equal(10);
    });

    it("puts back nothing of a failed parcel, which may arrive though its pieces were canceled", async () => {
        const stock = async () => (await database.get("products", { productId: "cleaner" }))?.["stock"];
        const some = (quantity: number) => ({ lines: [{ id: "li_1", quantity }] });
        const lost = async (pieces: number) => {
            await database.put("products", { productId: "cleaner", stock: 0 });
            const orderId = await placed();
            const path = `/orders/${orderId}`;
            await post(`${path}/fulfillments`, some(pieces));
            expect((await post(`${path}/fulfillments/ful_1`, { status: "failed" })).statusCode).to.equal(200);
            return { orderId, path };
        };
        const { path } = await lost(1);
        expect((await post(`${path}/cancel`, some(1))).statusCode).to.equal(200);
        expect(await stock()).to.equal(0);
        await post(`${path}/fulfillments`, some(2));
        expect((await post(`${path}/fulfillments/ful_1`, { status: "delivered" })).statusCode).to.equal(200);
        expect(await stock(), "all three are away").to.equal(0);

        const whole = await lost(2);
        await post(`${whole.path}/cancel`, {});
        expect(await stock(), "one had not left").to.equal(1);
        const other = await lost(2);
        await track.invoke(busEvent("order.updated.v1", { orderId: other.orderId, status: "canceled" }, "merchant"));
        expect(await stock(), "one had not left").to.equal(1);
    });

    it("puts back what reports cancel, by quantities or a status, each piece once", async () => {
        const stock = async () => (await database.get("products", { productId: "cleaner" }))?.["stock"];
        const report = (orderId: string, members: object) =>
            track.invoke(busEvent("order.updated.v1", { orderId, ...members }, "merchant"));
        const line = (quantity: object) => ({ line_items: [{ id: "li_1", quantity }] });
        await database.put("products", { productId: "cleaner", stock: 0 });
        const orderId = await placed();
        await report(orderId, line({ current: 2 }));
        await report(orderId, line({ current: 2 }));
        expect(await stock()).to.equal(1);
        expect((await post(`/orders/${orderId}/cancel`, { lines: [{ id: "li_1", quantity: 1 }] })).statusCode).to.equal(
            200,
        );
        expect(await stock()).to.equal(2);
        await report(orderId, { status: "canceled" });
        await report(orderId, line({ current: 0 }));
        await post(`/orders/${orderId}/cancel`, {});
        expect(await stock()).to.equal(3);

        const sent = await placed();
        await post(`/orders/${sent}/fulfillments`, { lines: [{ id: "li_1", quantity: 2 }] });
        const later = { meta: { occurredAt: new Date(Date.now() + 60_000).toISOString() } };
        await report(sent, { ...line({ current: 1 }), ...later });
        expect(await stock(), "one of three is canceled, one is returned").to.equal(4);
        await report(sent, { status: "canceled" });
        expect(await stock()).to.equal(4);
    });

    it("waits with a cancellation on the bus until its stock is decided, and puts back nothing of a shortage", async () => {
        await database.put("products", { productId: "cleaner", stock: 5 });
        const orderId = await placed();
        await reserved(orderId, { status: "held" });
        const event = busEvent("order.updated.v1", { orderId, status: "canceled" }, "merchant");
        expect(await track.invoke(event).catch(({ name }) => name)).to.equal("OrderNotRestockableError");
        await reserved(orderId, { status: "shortage" });
        await track.invoke(event);
        expect((await get(orderId)).status).to.equal("canceled");
        expect((await database.get("products", { productId: "cleaner" }))?.["stock"]).to.equal(5);
    });

    it("keeps notes, of which internal ones are told to nobody outside", async () => {
        const orderId = await placed();
        const { json } = await post(`/orders/${orderId}/notes`, { text: "Called\ntwice" });
        expect(json.shopNotes).to.deep.equal([
            { id: "note_1", text: "Called\ntwice", audience: "internal", at: json.change.at, by: "anonymous" },
        ]);
        const answer = await post(`/orders/${orderId}/notes`, { text: "Gift wrapped", audience: "customer" });
        expect(answer.json.shopNotes[1]).to.include({ id: "note_2", audience: "customer" });
        const told = { orderId, notes: [{ id: "n-7", text: "From the warehouse" }] };
        await track.invoke(busEvent("order.updated.v1", told, "merchant"));
        await track.invoke(busEvent("order.updated.v1", told, "merchant"));
        expect((await get(orderId)).shopNotes.map(({ text }: { text: string }) => text).slice(1)).to.deep.equal([
            "Gift wrapped",
            "From the warehouse",
        ]);
        const [internal, forCustomer, ...others] = await eventsOf(orderId);
        expect(Object.keys(internal)).to.have.members(["orderId", "meta"]);
        expect(forCustomer.notes).to.deep.equal([{ id: "note_2", text: "Gift wrapped" }]);
        expect(others).to.deep.equal([]);
    });

    it("gives its own ids to what it adds, whatever ids a system of the merchant has used", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}`;
        const occurred_at = "2026-11-21T11:00:00Z";
        await post(`${path}/notes`, { text: "one" });
        const items = [{ id: "li_1", quantity: 1 }];
        await track.invoke(
            busEvent(
                "order.updated.v1",
                {
                    orderId,
                    notes: [{ id: "note_5", text: "five" }],
                    adjustments: [{ id: "cancel_2", type: "credit", status: "completed", amount: 5, occurred_at }],
                    fulfillments: [
                        {
                            id: "ful_1",
                            type: "shipping",
                            status: "shipped",
                            line_items: items,
                            events: [{ id: "ful_1_3", type: "shipped", occurred_at }],
                        },
                    ],
                },
                "merchant",
            ),
        );
        const noted = await post(`${path}/notes`, { text: "two", audience: "customer" });
        expect(noted.json.shopNotes.map(({ id }: { id: string }) => id)).to.deep.equal(["note_1", "note_5", "note_6"]);
        for (const status of ["in_transit", "out_for_delivery", "delivered"]) {
            await post(`${path}/fulfillments/ful_1`, { status });
        }
        const [first, second] = [
            await post(`${path}/cancel`, { lines: [{ id: "li_2", quantity: 1 }] }),
            await post(`${path}/cancel`, { lines: [{ id: "li_2", quantity: 1 }] }),
        ];
        expect([first.json.change.id, second.json.change.id]).to.deep.equal(["cancel_3", "cancel_4"]);
        expect(second.json.adjustments.map(({ id }: { id: string }) => id)).to.have.members([
            "cancel_2",
            "cancel_3",
            "cancel_4",
        ]);
        expect(second.json.fulfillments[0].events.map(({ id }: { id: string }) => id)).to.deep.equal([
            "ful_1_3",
            "ful_1_4",
            "ful_1_5",
            "ful_1_6",
        ]);
    });

    it("does the same request once, and another one under its key not at all", async () => {
        const orderId = await placed();
        const headers = { "idempotency-key": "same" };
        const body = { lines: [{ id: "li_1", quantity: 1 }] };
        const path = `/orders/${orderId}/fulfillments`;
        const first = await post(path, body, headers);
        await post(path, body);
        const again = await post(path, body, { ...headers, "if-match": '"1"' });
        expect(again.json.change).to.deep.equal(first.json.change);
        expect(quantities(again.json)[0]).to.deep.equal([3, 3, 2]);
        expect((await post(path, {}, headers)).statusCode).to.equal(422);
        expect(await versions(orderId)).to.have.length(2);
    });

    it("lets one of many changes with the same If-Match win", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}/notes`;
        const answers = await Promise.all(
            ["a", "b", "c", "d"].map((text) => post(path, { text }, { "if-match": '"1"' })),
        );
        expect(answers.map(({ statusCode }) => statusCode).sort()).to.deep.equal([200, 412, 412, 412]);
        expect((await get(orderId)).shopNotes).to.have.length(1);
    });

    it("counts a change of its payment as one, also between reading and writing", async () => {
        const orderId = await placed();
        await database.put("ledgers", { orderId, version: 1, payment: { entries: [] } });
        expect((await get(orderId)).version).to.equal(2);
        expect((await post(`/orders/${orderId}/notes`, { text: "x" }, { "if-match": '"1"' })).statusCode).to.equal(412);
        let isFirst = true;
        aws.answers("TransactWriteItems", async () => {
            if (isFirst) await database.put("ledgers", { orderId, version: 2, payment: { entries: [] } });
            isFirst = false;
            return undefined;
        });
        expect((await post(`/orders/${orderId}/notes`, { text: "x" }, { "if-match": '"2"' })).statusCode).to.equal(412);
        expect((await post(`/orders/${orderId}/notes`, { text: "x" }, { "if-match": "*" })).statusCode).to.equal(200);
    });

    it("sends nothing whose payment is released, also between reading and writing, or about to be", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}/fulfillments`;
        const entry = { id: "void_1", kind: "void", status: "pending" };
        const releasing = { orderId, version: 1, payment: { state: "authorized", entries: [entry] } };
        let isFirst = true;
        aws.answers("TransactWriteItems", async () => {
            if (isFirst) await database.put("ledgers", releasing);
            isFirst = false;
            return undefined;
        });
        const between = await post(path, {});
        expect([between.statusCode, between.json.detail]).to.deep.equal([
            409,
            "the order's payment is released: nothing was paid",
        ]);
        await database.put("ledgers", { orderId, version: 2, payment: { state: "voided", entries: [] } });
        expect((await post(path, {})).statusCode).to.equal(409);
        expect(await versions(orderId)).to.deep.equal([]);
        expect((await post(`/orders/${orderId}/cancel`, {})).statusCode).to.equal(200);
    });

    it("sends what is free of an order whose payment is released since all else is canceled", async () => {
        const orderId = await placed();
        const entry = { id: "nothing_owed", kind: "void", status: "completed" };
        const ledger = { entries: [{ ...entry, isOfCanceled: true }] };
        await database.put("ledgers", { orderId, version: 1, ledger, payment: { state: "voided", entries: [entry] } });
        expect((await post(`/orders/${orderId}/fulfillments`, {})).statusCode).to.equal(200);
    });

    it("has room for parcels and a cancellation after all the notes that it takes", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}`;
        await post(`${path}/notes`, { text: "x" });
        const [first] = await versions(orderId);
        const state = first?.["state"] as { readonly timeline: readonly object[] };
        const timeline = Array.from({ length: 180 }, () => state.timeline[0]);
        await database.put("orderVersions", { ...first, state: { ...state, timeline } });
        const refused = await post(`${path}/notes`, { text: "one more" });
        expect([refused.statusCode, refused.json.detail]).to.deep.equal([
            409,
            "the order has too many changes for another note",
        ]);
        expect((await post(`${path}/fulfillments`, { lines: [{ id: "li_1" }] })).statusCode).to.equal(200);
        expect((await post(`${path}/cancel`, {})).statusCode).to.equal(200);
    });

    const refusals: readonly (readonly [title: string, path: string, body: object, status: number, place: RegExp])[] = [
        [
            "more pieces than are left",
            "fulfillments",
            { lines: [{ id: "li_1", quantity: 4 }] },
            409,
            /lines\/0\/quantity/,
        ],
        ["a line twice", "fulfillments", { lines: [{ id: "li_1" }, { id: "cleaner" }] }, 400, /lines\/1\/id/],
        ["a line that there is not", "cancel", { lines: [{ id: "li_9" }] }, 400, /lines\/0\/id/],
        ["a status of another type", "fulfillments", { status: "ready_for_pickup" }, 400, /status/],
        ["an empty note", "notes", { text: "" }, 400, /text/],
        ["a member that is null", "cancel", { lines: null }, 400, /lines/],
        ["a tracking address that is no address", "fulfillments", { trackingUrl: "javascript:1" }, 400, /trackingUrl/],
        ["a fulfilment that there is not", "fulfillments/ful_9", { status: "delivered" }, 404, /no such fulfilment/],
    ];
    for (const [title, path, body, status, place] of refusals) {
        it(`refuses ${title}, with its place`, async () => {
            const orderId = await placed();
            const { statusCode, json } = await post(`/orders/${orderId}/${path}`, body);
            expect(statusCode).to.equal(status);
            expect(JSON.stringify(json)).to.match(place);
            expect(await versions(orderId)).to.deep.equal([]);
        });
    }

    it("refuses requests without a key, with another form of If-Match, and for orders that there are not", async () => {
        const orderId = await placed();
        const path = `/orders/${orderId}/notes`;
        expect((await post(path, { text: "x" }, { "if-match": "1" })).statusCode).to.equal(400);
        const answer = (await manage.invoke(
            httpRequest({
                routeKey: "POST /orders/{orderId}/notes",
                pathParameters: { orderId },
                body: '{"text":"x"}',
            }),
        )) as HttpAnswer;
        expect([answer.statusCode, answer.body].join()).to.match(/400.*Idempotency-Key/);
        expect((await post("/orders/none/notes", { text: "x" })).statusCode).to.equal(404);
        aws.answers("GetItem", () => new Refusal("AccessDeniedException"));
        expect((await post(path, { text: "x" })).statusCode).to.equal(503);
    });

    it("takes what a system of the merchant reports on the bus into its version, once, and tells nobody but the payment", async () => {
        const orderId = await placed();
        const parcel = { id: "ful_7", type: "shipping", status: "shipped", line_items: [{ id: "li_1", quantity: 3 }] };
        const detail = {
            orderId,
            status: "processing",
            line_items: [{ id: "li_1", quantity: { fulfilled: 3 } }],
            fulfillments: [{ ...parcel, carrier: "GLS" }],
        };
        const event = busEvent("order.updated.v1", detail, "merchant");
        await track.invoke(event);
        await track.invoke(event);
        const order = await get(orderId);
        expect(order).to.include({ version: 2, status: "processing" });
        expect(order.fulfillments[0]).to.include({ id: "ful_7", carrier: "GLS", status: "shipped" });
        expect(order.timeline.at(-1)).to.include({ type: "update", status: "processing" });
        expect(await eventsOf(orderId)).to.deep.equal([]);
        const shown = await eventsOf(orderId, "order.tracked.v1");
        expect(
            shown.map(({ version }) => version),
            "the payment hears that the order shows it",
        ).to.deep.equal((await versions(orderId)).map(({ version }) => version));
        const next = await post(`/orders/${orderId}/fulfillments`, {});
        expect(next.json).to.include({ status: "shipped" });
        expect(next.json.change.id).to.equal("ful_8");
    });

    it("is canceled when its payment was given back since it cannot be fulfilled", async () => {
        const orderId = await placed();
        const payment = { provider: "sandbox", id: "pi_1", state: "refunded", amount: 1, currency: "usd" };
        const detail = { orderId, version: 1, payment, adjustments: [], isPending: false, meta };
        await track.invoke(busEvent("payment.updated.v1", { ...detail, isCanceled: false }, "order.payments"));
        expect((await get(orderId)).version).to.equal(1);
        await track.invoke(busEvent("payment.updated.v1", { ...detail, isCanceled: true }, "order.payments"));
        expect((await get(orderId)).status).to.equal("canceled");
    });

    it("waits for an order that is not stored yet", async () => {
        const event = busEvent("order.updated.v1", { orderId: "o-later", status: "shipped" }, "merchant");
        expect(await track.invoke(event).catch(({ name }) => name)).to.equal("OrderMissingError");
    });

    describe("in the list", () => {
        const own = randomUUID();
        const email = `${own}@example.com`;
        const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, "0")}.000Z`;

        before(async () => {
            await database.clear("orders");
            for (let second = 1; second <= 30; second += 1) {
                const customer = second % 3 === 0 ? { name: "Ada", email: email.toUpperCase() } : "Bob";
                const orderId = `l-${String(second).padStart(2, "0")}`;
                await store({ orderId, customer, items: ["Widget A"], total: second }, at(second));
            }
            const session = sessionOf({ fulfillment_details: { address: berlin } });
            const order = placedOrderOf({ ...checkoutEvent("completed", { session }), tenantId: "agent" });
            await store({ ...order, orderId: "ord_listed" }, at(15));
            await store({ orderId: "p-listed", ...productBody }, at(16));
        });

        async function page(queryStringParameters: Record<string, string> = {}) {
            const request = httpRequest({ routeKey: "GET /orders", queryStringParameters });
            const { statusCode, body } = (await list.invoke(request)) as HttpAnswer;
            return { statusCode, ...JSON.parse(body) } as {
                readonly statusCode: number;
                readonly orders: readonly { readonly orderId: string }[];
                readonly next?: string;
            };
        }
        async function pages(parameters: Record<string, string>) {
            const ids: string[] = [];
            let after: string | undefined;
            do {
                const { orders, next } = await page({ ...parameters, ...(after && { after }) });
                expect(orders.length).to.be.at.most(Number(parameters["limit"] ?? 20));
                for (const order of orders) expect(faultsOf("ListedOrder", order)).to.deep.equal([]);
                ids.push(...orders.map(({ orderId }) => orderId));
                after = next;
            } while (after !== undefined);
            return ids;
        }
        const numbered = (seconds: readonly number[]) =>
            seconds.map((second) => `l-${String(second).padStart(2, "0")}`);
        const upTo = (most: number) => Array.from({ length: most }, (_, index) => most - index);

        for (const limit of ["1", "2", "7", "100"]) {
            it(`stands once, the newest first, in pages of ${limit}`, async () => {
                const all = await pages({ limit });
                expect(all).to.have.length(32);
                expect(all.filter((id) => id.startsWith("l-"))).to.deep.equal(numbered(upTo(30)));
                expect(all.indexOf("ord_listed")).to.be.greaterThan(all.indexOf("l-16"));
                expect(all.indexOf("ord_listed")).to.be.lessThan(all.indexOf("l-14"));
            });
        }

        it("is found by its customer, in any case of letters, and by time", async () => {
            const found = upTo(30).filter((second) => second % 3 === 0);
            expect(await pages({ email, limit: "4" })).to.deep.equal(numbered(found));
            const times = { from: at(6), to: at(12) };
            expect(await pages({ email, ...times, limit: "1" })).to.deep.equal(numbered([9, 6]));
            expect(await pages({ ...times, limit: "2" })).to.deep.equal(numbered([11, 10, 9, 8, 7, 6]));
            expect(await pages({ from: at(12), to: at(6) })).to.deep.equal([]);
        });

        it("is found by its source and its status, which follow what becomes of it", async () => {
            expect(await pages({ source: "checkout" })).to.deep.equal(["ord_listed"]);
            await track.invoke(busEvent("inventory.reserved.v1", { orderId: "l-05", lines: [], untracked: [], meta }));
            await track.invoke(busEvent("inventory.shortage.v1", { orderId: "l-05", lines: [], untracked: [], meta }));
            expect(await pages({ status: "reserved" })).to.deep.equal(["l-05"]);
            await reserved("l-06");
            await post("/orders/l-06/fulfillments", {});
            await track.invoke(busEvent("inventory.reserved.v1", { orderId: "l-06", lines: [], untracked: [], meta }));
            expect(await pages({ status: "shipped" })).to.deep.equal(["l-06"]);
            expect(await pages({ status: "shipped", email, source: "api" })).to.deep.equal(["l-06"]);
            expect(await pages({ status: "shipped", source: "checkout" })).to.deep.equal([]);
            expect(await pages({ status: "received", limit: "9" })).to.have.length(30);
        });

        it("stands there after an upgrade as soon as the command has indexed it, whatever has become of it", async () => {
            const orderId = "old-1";
            const order = { orderId, customer: { email }, items: ["Widget A"], total: 1 };
            const { lines, meta: of } = { lines: linesOf(order), meta: { ...meta, receivedAt: at(40) } };
            await database.put("orders", {
                ...order,
                lines,
                meta: of,
                fingerprint: "f",
                storedAt: at(40),
                status: "received",
            });
            await reserved(orderId);
            await post(`/orders/${orderId}/fulfillments`, {});
            expect(await pages({ email })).not.to.include(orderId);
            const tables = { orders: "orders", versions: "orderVersions", payments: "ledgers", effects: "effects" };
            expect(await indexOrders(database.client, tables)).to.include({ indexed: 1 });
            expect(await indexOrders(database.client, tables)).to.include({ indexed: 0 });
            expect((await pages({ email }))[0]).to.equal(orderId);
            expect(await pages({ status: "shipped", from: at(39) })).to.deep.equal([orderId]);
        });

        it("has no personal data in the keys of its item", async () => {
            const { sourceKey, statusKey, customerKey, listedAt } =
                (await database.get("orders", { orderId: "l-03" })) ?? {};
            expect(JSON.stringify([sourceKey, statusKey, customerKey, listedAt]).toLowerCase()).not.to.include(own);
            expect((await database.get("orders", { orderId: "l-04" }))?.["customerKey"]).to.equal(undefined);
        });

        for (const time of ["2024-02-29t10:00:00.5z", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59-23:59"]) {
            it(`takes the time ${time}`, async () => {
                expect((await page({ from: time })).statusCode).to.equal(200);
            });
        }

        for (const wrong of [
            { limit: "0" },
            { limit: "101" },
            { status: "lost" },
            { source: "shop" },
            { from: "yesterday" },
            { from: "2026-02-30T00:00:00Z" },
            { from: "2026-02-28T00:00:00" },
            { from: "2026-02-28T24:00:00Z" },
            { to: "9999-12-31T23:59:59-23:00" },
            { to: "0000-01-01T00:00:00+23:00" },
            { after: "x" },
            { mail: "x" },
            { email: " " },
        ]) {
            it(`refuses ${JSON.stringify(wrong)}`, async () => {
                expect((await page(wrong as Record<string, string>)).statusCode).to.equal(400);
            });
        }
    });
});
