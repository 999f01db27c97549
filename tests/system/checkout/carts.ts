import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { CheckoutOrder } from "../../../runtime/orderIntake/order.ts";
import { ask } from "../client.ts";
import { eventually } from "../embedded.ts";
import {
    address,
    cart,
    cleaner,
    cloths,
    download,
    parcel,
    payment,
    type Shop,
    soap,
    soldOut,
    standardShipping,
    totalOf,
} from "../shopping.ts";

const codesOf = ({ messages }: Session) =>
    messages.map((message) => (message.type === "info" ? message.content : message.code));

/** What a session says of its cart: lines, stock, delivery, discounts and capabilities. */
export function carts(shop: Shop): void {
    describe("the cart of a session", () => {
        it("takes both forms of a line, and the catalogue's names and prices instead of the client's", async () => {
            const { session } = await shop.agent.create({
                ...cart,
                line_items: [
                    { id: cleaner, quantity: 3, name: "Free lunch", unit_amount: 0 },
                    { item: { id: soap }, quantity: 1 },
                    { id: download },
                ],
            });
            expect(
                session.line_items.map(({ item, name, quantity, unit_amount }) => [
                    item.id,
                    name,
                    quantity,
                    unit_amount,
                ]),
            ).to.deep.equal([
                [cleaner, "Eco-Friendly Cleaner", 3, 1299],
                [soap, "Floor Soap 5 L", 1, 2450],
                [download, "Cleaning Guide", 1, 999],
            ]);
        });

        it("keeps what an update leaves out, replaces lists whole, and may be empty", async () => {
            const { session: created } = await shop.agent.create({ ...parcel, metadata: { basket: "A" } });
            const { session: more } = await shop.agent.update(created.id, {
                line_items: [{ id: cleaner, quantity: 5 }, { id: soap }],
            });
            expect(more.line_items.map(({ id, quantity }) => [id, quantity])).to.deep.equal([
                ["li_1", 5],
                ["li_2", 1],
            ]);
            expect(more.buyer).to.deep.equal(created.buyer);
            expect(more.fulfillment_details).to.deep.equal(created.fulfillment_details);
            expect(more.metadata).to.deep.equal({ basket: "A" });
            const { session: same } = await shop.agent.update(created.id, {});
            expect(same.line_items).to.deep.equal(more.line_items);
            const { session: none } = await shop.agent.update(created.id, { line_items: [] });
            expect(none.status).to.equal("incomplete");
            expect(none.line_items).to.deep.equal([]);
        });

        it("that the stock cannot serve is not ready for payment and says why", async () => {
            const { session } = await shop.agent.create({
                ...parcel,
                line_items: [{ id: soldOut }, { id: cloths, quantity: 4 }, { id: soap }],
            });
            expect(session.status).to.equal("not_ready_for_payment");
            const problems = session.messages.filter(({ type }) => type === "error");
            expect(problems).to.have.length(3);
            expect(problems[0]).to.include({ code: "out_of_stock", param: "$.line_items[0].item.id" });
            expect(problems[1]).to.include({ code: "quantity_exceeded", param: "$.line_items[1].quantity" });
            expect(session.line_items[1]).to.include({ availability_status: "low_stock", available_quantity: 3 });
            const { session: fewer } = await shop.agent.update(session.id, {
                line_items: [{ id: cloths, quantity: 2 }],
                ...standardShipping(cloths),
            });
            expect(fewer.status).to.equal("ready_for_payment");
            expect(codesOf(fewer)).to.deep.equal(["low_stock"]);
        });

        it("is delivered as chosen, by the ids of lines or of items", async () => {
            const { session } = await shop.agent.create({ ...parcel, line_items: [{ id: cleaner }, { id: soap }] });
            const express = { type: "shipping", option_id: "shipping_express" };
            const { session: chosen } = await shop.agent.update(session.id, {
                selected_fulfillment_options: [
                    { ...express, item_ids: [cleaner] },
                    { type: "pickup", option_id: "pickup_downtown", item_ids: ["li_2"] },
                ],
            });
            expect(chosen.selected_fulfillment_options).to.have.deep.members([
                { ...express, item_ids: ["li_1"] },
                { type: "pickup", option_id: "pickup_downtown", item_ids: ["li_2"] },
            ]);
            expect(chosen.status).to.equal("ready_for_payment");
            expect(totalOf(chosen, "fulfillment")).to.equal(1499);
        });

        it("refuses an option that is not offered, and a line that is not in it", async () => {
            const { session } = await shop.agent.create(parcel);
            const standard = { type: "shipping", option_id: "shipping_standard", item_ids: ["li_1"] };
            for (const [selection, param] of [
                [[{ ...standard, option_id: "teleport" }], "$.selected_fulfillment_options[0].option_id"],
                [[{ ...standard, type: "pickup" }], "$.selected_fulfillment_options[0].type"],
                [
                    [standard, { ...standard, item_ids: ["li_1", "li_9"] }],
                    "$.selected_fulfillment_options[1].item_ids[1]",
                ],
            ] as const) {
                const reply = await shop.agent.update(session.id, { selected_fulfillment_options: selection });
                expect(reply.status).to.equal(400);
                expect(reply.error).to.include({ code: "invalid", param });
            }
            const group = { id: "g", item_ids: ["li_9"], destination_type: "shipping" };
            const reply = await shop.agent.update(session.id, { fulfillment_groups: [group] });
            expect(reply.error).to.include({ param: "$.fulfillment_groups[0].item_ids[0]" });
        });

        it("has the country's taxes and prices", async () => {
            const abroad = { ...address, country: "DE", state: "BE", city: "Berlin", postal_code: "10115" };
            const session = await shop.agent.parcel({ ...parcel, fulfillment_details: { address: abroad } });
            expect(totalOf(session, "fulfillment")).to.equal(490);
            expect(totalOf(session, "tax")).to.equal(Math.round(2598 * 0.19));
            const { session: moved } = await shop.agent.update(session.id, { fulfillment_details: { address } });
            expect(totalOf(moved, "fulfillment")).to.equal(599);
        });

        it("applies discount codes, rejects invalid ones, and removes them", async () => {
            const { session } = await shop.agent.create({
                ...parcel,
                discounts: { codes: ["save10", "SUMMER24", "NONSENSE"] },
            });
            expect(totalOf(session, "items_discount")).to.equal(260);
            expect(session.discounts?.codes).to.deep.equal(["save10", "SUMMER24", "NONSENSE"]);
            expect(session.discounts?.applied?.map(({ code, amount }) => [code, amount])).to.deep.equal([
                ["save10", 260],
            ]);
            expect(session.discounts?.rejected?.map(({ code, reason }) => [code, reason])).to.deep.equal([
                ["SUMMER24", "discount_code_expired"],
                ["NONSENSE", "discount_code_invalid"],
            ]);
            const warnings = session.messages.filter(({ type }) => type === "warning");
            expect(
                warnings.map((message) => [message.type === "warning" && message.code, message.param]),
            ).to.deep.equal([
                ["discount_code_expired", "$.discounts.codes[1]"],
                ["discount_code_invalid", "$.discounts.codes[2]"],
            ]);
            expect(session.capabilities.extensions?.[0]).to.include({ name: "discount" });
            const { session: cleared } = await shop.agent.update(session.id, { discounts: { codes: [] } });
            expect(cleared.discounts?.applied).to.deep.equal([]);
            expect(totalOf(cleared, "items_discount") ?? 0).to.equal(0);
            const { session: former } = await shop.agent.update(session.id, {
                coupons: ["FREESHIP"],
                ...standardShipping(cleaner),
            });
            expect(former.discounts?.applied?.map(({ amount }) => amount)).to.deep.equal([599]);
            expect(totalOf(former)).to.equal(2598 + 188);
        });

        it("a code with a limit is used once by a purchase, and is free again after a declined one", async () => {
            const codes = { discounts: { codes: ["WELCOME"] } };
            const left = async () => (await discountCode(shop, "WELCOME"))["timesRedeemed"] ?? 0;
            const before = Number(await left());
            const { id } = await shop.agent.ready({ ...cart, ...codes });
            await shop.agent.complete(id, payment("spt_declined"));
            expect(await left()).to.equal(before);
            const { session } = await shop.agent.complete(id, payment("spt_success"));
            expect(session.status).to.equal("completed");
            expect(await left()).to.equal(before + 1);
        });
    });

    describe("the capabilities of a session", () => {
        it("are those of both sides; unknown ones are ignored", async () => {
            const { session } = await shop.agent.create({
                ...cart,
                capabilities: {
                    interventions: {
                        supported: ["telepathy", "3ds", "biometric"],
                        display_context: "hologram",
                        max_redirects: 2,
                    },
                    extensions: ["discount@2026-01-27", "com.example.gifts"],
                },
            });
            const { interventions, extensions = [], payment: offered } = session.capabilities;
            expect(interventions?.supported).to.deep.equal(["3ds"]);
            expect(interventions).not.to.have.any.keys("display_context", "redirect_context", "max_redirects");
            expect(extensions.map((extension) => typeof extension === "object" && extension.name)).to.deep.equal([
                "discount",
            ]);
            expect(offered?.handlers.map(({ id }) => id)).to.deep.equal(["card_tokenized"]);
        });

        it("are part of every answer, also when the agent can do nothing", async () => {
            const { session: created } = await shop.agent.create({ ...cart, capabilities: {} });
            const { session: updated } = await shop.agent.update(created.id, {});
            const { session: read } = await shop.agent.get(created.id);
            const { session: completed } = await shop.agent.complete(created.id);
            const { session: another } = await shop.agent.create({
                ...cart,
                capabilities: { interventions: { supported: [] } },
            });
            const { session: canceled } = await shop.agent.cancel(another.id);
            for (const { capabilities } of [created, updated, read, completed, canceled]) {
                expect(capabilities.payment?.handlers).to.have.length(1);
                expect(capabilities.interventions?.supported).to.deep.equal([]);
            }
        });
    });

    describe("a cart that goes several ways", () => {
        it("has options and a price for each, and an order with a fulfilment for each", async () => {
            const { agent } = shop;
            const berlin = { ...address, city: "Berlin", state: "Berlin", country: "DE", postal_code: "10115" };
            const { session: created } = await agent.create({
                ...parcel,
                line_items: [{ id: cleaner }, { id: soap }, { id: download }],
                fulfillment_groups: [
                    {
                        id: "gift",
                        item_ids: [cleaner],
                        destination_type: "shipping",
                        fulfillment_details: { name: "Charles Babbage", address: berlin },
                        instructions: "Ring twice",
                    },
                    { id: "own", item_ids: [soap], destination_type: "pickup", location_id: "downtown" },
                ],
            });
            const options = created.fulfillment_options.map(({ id }) => id);
            expect(options).to.deep.equal([
                "shipping_standard@gift",
                "shipping_express@gift",
                "pickup_downtown@own",
                "digital",
            ]);
            const { session: ready } = await agent.update(created.id, {
                selected_fulfillment_options: [
                    { type: "shipping", option_id: "shipping_express@gift", item_ids: [cleaner] },
                ],
            });
            expect(ready.status, JSON.stringify(ready.messages)).to.equal("ready_for_payment");
            expect(totalOf(ready, "fulfillment")).to.equal(990);

            const { session } = await agent.complete(created.id, payment("spt_success", address));
            const ways = session.order?.fulfillments?.map(({ type, destination, line_items }) => {
                return [type, destination?.city, line_items?.map(({ id }) => id).join()];
            });
            expect(ways).to.deep.equal([
                ["shipping", "Berlin", "li_1"],
                ["pickup", "San Francisco", "li_2"],
                ["digital", undefined, "li_3"],
            ]);
            await eventually(async () => {
                const read = await ask(`${shop.embedded.url}/orders/${session.order?.id}`);
                const { fulfillments = [], total }: Partial<CheckoutOrder> = JSON.parse(await read.text());
                expect(fulfillments.map(({ price, recipient }) => [price, recipient?.name])).to.deep.equal([
                    [9.9, "Charles Babbage"],
                    [0, "Ada Lovelace"],
                    [0, "Ada Lovelace"],
                ]);
                expect(total).to.equal(Number(totalOf(session)) / 100);
            });
        });

        it("is not sold to a region that cannot be told, where regions have taxes", async () => {
            const nowhere = { fulfillment_details: { address: { ...address, state: "Atlantis" } } };
            const { session } = await shop.agent.create({ ...cart, ...nowhere });

            expect(session.status).to.equal("not_ready_for_payment");
            expect(session.messages).to.have.length(1);
            expect(session.messages[0]).to.include({
                code: "invalid",
                param: "$.fulfillment_details.address.state",
            });
            const named = { fulfillment_details: { address: { ...address, state: "california" } } };
            const { session: known } = await shop.agent.update(session.id, named);
            expect(totalOf(known, "tax")).to.equal(72);
        });
    });
}

async function discountCode(shop: Shop, code: string): Promise<Record<string, unknown>> {
    const { dynamo } = shop.embedded.clients();
    const { Item = {} } = await dynamo.send(
        new GetCommand({ TableName: "catalog-discounts-dev", Key: { code }, ConsistentRead: true }),
    );
    dynamo.destroy();
    return Item;
}
