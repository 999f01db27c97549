import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { Order, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { protocolFaults } from "../../protocol.ts";
import { ask } from "../client.ts";
import { charges, deliveriesOf, documentsBucket, effectsIn, publishedEvents, stockOf, versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { address, cleaner, download, parcel, payment, type Shop, standardShipping, totalOf } from "../shopping.ts";

/** An agent's whole purchase, and all that follows from it. */
export function purchase(shop: Shop): void {
    describe("an agent's purchase", () => {
        let completed: Session;
        let order: Order;
        let stock: number;

        before(async () => {
            stock = await stockOf(shop.embedded, cleaner);
        });

        it("begins with the discovery document, which is public and may be kept for an hour", async () => {
            const answer = await ask(`${shop.embedded.url}/.well-known/acp.json`);
            expect(answer.status).to.equal(200);
            expect(answer.headers.get("content-type")).to.equal("application/json");
            expect(answer.headers.get("cache-control")).to.equal("public, max-age=3600");
            const text = await answer.text();
            const found = JSON.parse(text);
            expect(protocolFaults("DiscoveryResponse", found)).to.deep.equal([]);
            expect(found).to.deep.include({
                protocol: {
                    name: "acp",
                    version: "2026-04-17",
                    supported_versions: ["2025-09-29", "2025-12-12", "2026-01-16", "2026-01-30", "2026-04-17"],
                },
                api_base_url: shop.embedded.url,
                transports: ["rest", "mcp"],
            });
            expect(found.capabilities.services).to.deep.equal(["checkout", "orders", "carts"]);
            expect(found.capabilities.supported_currencies).to.deep.equal(["usd"]);
            expect(text).not.to.include("sandbox_merchant").and.not.to.include("card_tokenized");
        });

        it("goes from a cart by an address and a way to ship it to an order", async () => {
            const { agent } = shop;
            const { fulfillment_details, ...withoutAddress } = parcel;
            const created = await agent.create({
                ...withoutAddress,
                line_items: [{ id: cleaner, quantity: 2 }, { id: download }],
            });
            expect(created.status).to.equal(201);
            const { id } = created.session;
            expect(id).to.match(/^cs_[0-9a-f-]{36}$/);
            expect(created.session.status).to.equal("not_ready_for_payment");
            expect(created.session.messages).to.deep.include({
                type: "error",
                code: "missing",
                severity: "high",
                resolution: "recoverable",
                param: "$.fulfillment_details.address",
                content_type: "plain",
                content: "Give the address to ship to, or choose where to pick it up.",
            });

            const { session: addressed } = await agent.update(id, { fulfillment_details });
            expect(addressed.status).to.equal("not_ready_for_payment");
            const options = addressed.fulfillment_options.map((option) => option.id);
            expect(options).to.include.members(["shipping_standard", "shipping_express", "digital"]);

            const [goods] = addressed.line_items;
            const { session: chosen } = await agent.update(id, standardShipping(goods?.id ?? ""));
            expect(chosen.status).to.equal("ready_for_payment");
            // 2 × 12.99 + 9.99, standard shipping, and 7.25 % on each line.
            expect(totalOf(chosen, "subtotal")).to.equal(3597);
            expect(totalOf(chosen, "fulfillment")).to.equal(599);
            expect(totalOf(chosen, "tax")).to.equal(188 + 72);
            expect(totalOf(chosen)).to.equal(3597 + 599 + 260);

            const paid = await agent.complete(id, payment("spt_success", address), { "request-id": "purchase-1" });
            expect(paid.status).to.equal(200);
            completed = paid.session;
            expect(completed.status).to.equal("completed");
            expect(protocolFaults("CheckoutSessionWithOrder", completed)).to.deep.equal([]);
            expect(completed.order).to.include({
                type: "order",
                id: `ord_${id.slice(3)}`,
                checkout_session_id: id,
                permalink_url: `https://shop.example.com/orders/ord_${id.slice(3)}`,
                status: "created",
            });
            if (completed.order) order = completed.order;
            expect(order.totals).to.deep.equal(chosen.totals);
            expect(order.line_items?.map(({ product_id, quantity }) => [product_id, quantity.ordered])).to.deep.equal([
                [cleaner, 2],
                [download, 1],
            ]);
            const charged = (await charges(shop.embedded)).filter(({ sessionId }) => sessionId === id);
            expect(charged).to.deep.equal([{ sessionId: id, orderId: order.id, amount: totalOf(chosen) }]);
        });

        it("places its order once, with its stock, its document and its notification", async () => {
            await eventually(async () => {
                const found = await ask(`${shop.embedded.url}/orders/${order.id}`);
                const read = await found.json();
                // All that the warehouse and the books need; placedOrder.spec.ts has each member.
                expect(read).to.include.all.keys("fulfillments", "taxes", "totals", "payment", "checkout");
                expect(read).to.deep.include({
                    orderId: order.id,
                    status: "reserved",
                    total: 44.56,
                    currency: "usd",
                    customer: { name: "Ada Lovelace", email: "ada@example.com" },
                    metadata: { checkoutSessionId: completed.id },
                });
                const effects = await effectsIn(shop.embedded);
                expect(effects.notifications.get(order.id), "notified").to.equal(1);
                expect(effects.announcements.get(order.id), "announced").to.equal(1);
                expect(effects.documents.has(order.id), "documented").to.equal(true);
                expect(await stockOf(shop.embedded, cleaner)).to.equal(stock - 2);
            });
            const { s3 } = shop.embedded.clients();
            const bucket = await documentsBucket(shop.embedded);
            const pdf = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: `orders/${order.id}.pdf` }));
            const bytes = Buffer.from((await pdf.Body?.transformToByteArray()) ?? []);
            expect(bytes.subarray(0, 5).toString()).to.equal("%PDF-");
            s3.destroy();
        });

        it("is sent to the endpoints: the new order, then the order with its stock reserved", async () => {
            const deliveries = await eventually(async () => {
                const found = await deliveriesOf(shop.embedded, completed.id);
                const orders = found.filter(({ type }) => type.startsWith("order_"));
                expect(orders.map(({ type }) => type)).to.deep.equal(["order_create", "order_update"]);
                return orders;
            });
            // Of the payment, the protocol's order says nothing; endpoints of the kind `acp` do not get it.
            const orders = deliveries.map(({ data: { payment: charged, ...data } }) => ({ charged, data }));
            for (const { data } of orders) expect(protocolFaults("Order", data)).to.deep.equal([]);
            expect(orders.map(({ data }) => data)).to.deep.equal([order, { ...order, status: "confirmed" }]);
            for (const { charged } of orders)
                expect(charged).to.deep.include({ provider: "sandbox", state: "captured" });
            const { session } = await shop.agent.get(completed.id);
            expect(session.order?.status).to.equal("confirmed");
            expect(session.status).to.equal("completed");
        });

        it("is published with one correlation id on every hop", async () => {
            const trace: { what: string; where: string; text: string }[] = await shop.embedded.look(
                "trace?correlationId=purchase-1",
            );
            const logged = trace.filter(
                ({ what, text }) => what === "log" && text.includes('"correlationId":"purchase-1"'),
            );
            expect(logged.map(({ where }) => where)).to.include.members([
                "session-completer-dev",
                "event-publisher-dev",
                "order-notifications-dev",
                "order-store-dev",
                "inventory-dev",
                "order-follower-dev",
            ]);
        });

        it("is stored as versions 1, 2, 3… and each is published with the session's data", async () => {
            const versions = await versionsOf(shop.embedded, completed.id);
            expect(versions.map(({ Version, Reason }) => [Version, Reason])).to.deep.equal([
                [1, "created"],
                [2, "updated"],
                [3, "updated"],
                [4, "completion_begun"],
                [5, "completed"],
                [6, "order_updated"],
            ]);
            const events = await eventually(async () => {
                const published = await publishedEvents(shop.embedded, completed.id);
                expect(published.map(({ version }) => version)).to.deep.equal([1, 2, 3, 4, 5, 6]);
                return published;
            });
            for (const [index, { type, session, status }] of events.entries()) {
                expect(type).to.equal(`checkout_session.${versions[index]?.Reason}`);
                expect(session).to.deep.equal(versions[index]?.Data);
                expect(session.status).to.equal(status);
                expect(protocolFaults("CheckoutSession", session)).to.deep.equal([]);
            }
        });

        it("is sent again, whole, when the merchant updates the order", async () => {
            const [line, ...others] = order.line_items ?? [];
            if (line === undefined) throw new Error("the order has no lines");
            const shipment = { id: "ful_1", type: "shipping", status: "shipped", tracking_number: "1Z999" };
            const shipped = { ...line, quantity: { ordered: 2, current: 2, fulfilled: 2 }, status: "fulfilled" };
            const refund = {
                id: "adj_1",
                type: "refund",
                status: "completed",
                amount: 500,
                occurred_at: "2026-04-17T10:00:00Z",
            };
            const { events } = shop.embedded.clients();
            const detail = {
                orderId: order.id,
                status: "shipped",
                line_items: [shipped],
                fulfillments: [shipment],
                adjustments: [refund],
            };
            const Entry = {
                EventBusName: "order-processing-bus-dev",
                Source: "merchant",
                DetailType: "order.updated.v1",
                Time: new Date("2026-04-17T10:00:00Z"),
                Detail: JSON.stringify(detail),
            };
            // Twice, as the bus may do by itself: an update without a change writes no version.
            expect((await events.send(new PutEventsCommand({ Entries: [Entry, Entry] }))).FailedEntryCount).to.equal(0);
            events.destroy();
            const update = await eventually(async () => {
                const found = await deliveriesOf(shop.embedded, completed.id);
                const updates = found.filter(({ type }) => type === "order_update");
                expect(updates).to.have.length(2);
                const { payment: _, ...data } = updates.at(-1)?.data ?? {};
                return data;
            });
            expect(protocolFaults("Order", update)).to.deep.equal([]);
            expect(update).to.deep.include({ id: order.id, status: "shipped", permalink_url: order.permalink_url });
            const { session } = await shop.agent.get(completed.id);
            expect(session.order).to.deep.equal(update);
            expect(session.order?.line_items).to.deep.equal([shipped, ...others]);
            expect(session.order?.fulfillments?.[0]).to.include(shipment);
            expect(session.order?.totals?.at(-1)).to.include({ type: "amount_refunded", amount: 500 });
            expect(session.order?.totals?.slice(0, -1)).to.deep.equal(order.totals);
            const versions = await versionsOf(shop.embedded, completed.id);
            expect(versions.map(({ Reason }) => Reason).slice(5)).to.deep.equal(["order_updated", "order_updated"]);
        });

        it("can be read version by version, with the changes between two", async () => {
            const list = await shop.agent.send("GET", `/${completed.id}/versions`);
            expect(
                list.body.versions.map(({ version, reason }: { version: number; reason: string }) => [version, reason]),
            )
                .to.have.length(7)
                .and.to.deep.include([5, "completed"]);
            const page = await shop.agent.send("GET", `/${completed.id}/versions?after=1&limit=2`);
            expect(page.body.versions.map(({ version }: { version: number }) => version)).to.deep.equal([2, 3]);
            expect(page.body.next).to.equal(3);
            const third = await shop.agent.send("GET", `/${completed.id}/versions/3?since=2`);
            expect(protocolFaults("CheckoutSession", third.body.session)).to.deep.equal([]);
            expect(third.body.changes).to.deep.include({
                op: "replace",
                path: "/status",
                value: "ready_for_payment",
            });
            const none = await shop.agent.send("GET", `/${completed.id}/versions/8`);
            expect(none.status).to.equal(404);
            expect((await shop.agent.send("GET", `/${completed.id}/versions/one`)).status).to.equal(404);
            expect((await shop.agent.send("GET", `/${completed.id}/versions?after=x`)).status).to.equal(400);
        });
    });
}
