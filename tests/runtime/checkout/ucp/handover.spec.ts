import { expect } from "chai";
import { paying } from "../../../ucp.ts";
import { Checkout, guide, mug, payingWith, sell } from "../../support/checkout.ts";
import { Database } from "../../support/database.ts";
import { sanFrancisco } from "../../support/market.ts";
import { started } from "../../support/started.ts";
import { jo } from "../../support/ucp.ts";
import { Platform } from "../../support/ucpPlatform.ts";

const lines = [{ item: { id: "mug" }, quantity: 2 }];
const orderWebhook = "https://agent.example/orders";
const destination = {
    id: "home",
    street_address: "2 Side St",
    address_locality: "San Francisco",
    address_region: "CA",
    address_country: "US",
    postal_code: "94131",
};
const fulfillment = {
    methods: [{ type: "shipping", destinations: [destination], groups: [{ selected_option_id: "shipping_standard" }] }],
};

describe("A checkout that a platform hands over to the shop", () => {
    const database = started(new Database(), (own) => sell(own, guide, mug));
    const of = (options: ConstructorParameters<typeof Platform>[1] = {}) =>
        new Platform(database, { orderWebhook, ...options });
    const shop = () => new Checkout(database.client);
    const page = { caller: "shop-page", isMerchant: true };
    /** Without the capability of delivery. */
    const poor = { capabilities: ["dev.ucp.shopping.checkout", "dev.ucp.shopping.order"] };

    it("is delivered as the buyer chooses at the shop's page, paid there, and completed for the platform", async () => {
        const platform = of(poor);
        const created = await platform.ask("POST /checkout-sessions", { line_items: lines, buyer: jo });
        const { id, status, continue_url: continueUrl } = created.json;
        expect([status, continueUrl]).to.deep.equal(["requires_escalation", `https://shop.example/checkout/${id}`]);

        expect((await shop().read(id, page)).json).to.include({ status: "not_ready_for_payment" });
        const chosen = await shop().update(id, { fulfillment_details: { address: sanFrancisco } }, page);
        expect(chosen.status, JSON.stringify(chosen.json)).to.equal(200);
        const selected = [{ type: "shipping" as const, option_id: "shipping_standard", item_ids: ["mug"] }];
        const ready = await shop().update(id, { selected_fulfillment_options: selected }, page);
        expect(ready.json).to.include({ status: "ready_for_payment" });
        expect((await platform.ask(`GET /checkout-sessions/${id}`)).json).to.include({ status: "ready_for_complete" });
        const paid = await shop().complete(id, payingWith("spt_success"), page);
        expect(paid.json).to.include({ status: "completed" });

        const seen = await platform.ask(`GET /checkout-sessions/${id}`);
        expect(seen.json).to.include({ status: "completed" });
        expect(seen.json["order"]["id"]).to.equal(paid.json.order?.id);
        // The platform hears of its order as if it had paid itself.
        const { hidden } = (await shop().store.versions.latest(id)) ?? {};
        expect(hidden).to.include({
            caller: "ucp:https://agent.example/.well-known/ucp",
            version: "ucp/2026-04-08",
            orderWebhook,
        });
        const order = await platform.ask(`GET /orders/${paid.json.order?.id}`);
        expect(order.json).to.include({ checkout_id: id });
    });

    it("is paid at the shop's page with another card, when the issuer of the platform's wants the buyer", async () => {
        const platform = of();
        const { json } = await platform.ask("POST /checkout-sessions", { line_items: lines, buyer: jo, fulfillment });
        const path = `/checkout-sessions/${json["id"]}`;
        const escalated = await platform.ask(`POST ${path}/complete`, paying("spt_3ds"));
        expect(escalated.json).to.include({ status: "requires_escalation" });
        const asked = await shop().complete(json["id"], payingWith("spt_3ds"), page);
        expect(asked.json).to.include({ status: "authentication_required" });
        const paid = await shop().complete(json["id"], payingWith("spt_success"), page);
        expect(paid.json).to.include({ status: "completed" });
        const charges = await database.all("payments");
        expect(
            charges.filter(({ sessionId, outcome }) => sessionId === json["id"] && outcome === "succeeded"),
        ).to.have.length(1);
        const late = await platform.ask(`POST ${path}/complete`, paying("spt_success"));
        expect(late.json).to.include({ status: "completed" });
        expect(late.json["messages"].at(-1)).to.include({ code: "session_completed", severity: "unrecoverable" });
    });

    it("is told to the platform as it is after the shop has changed buyer and address", async () => {
        const platform = of();
        const consent = { marketing: true };
        const body = { line_items: lines, buyer: { ...jo, consent }, fulfillment };
        const { id } = (await platform.ask("POST /checkout-sessions", body)).json;
        const details = { address: sanFrancisco };
        await shop().update(
            id,
            { buyer: { first_name: "Ann", email: "ann@example.com" }, fulfillment_details: details },
            page,
        );
        const { json } = await platform.ask(`GET /checkout-sessions/${id}`);
        expect(json["buyer"]).to.deep.equal({ first_name: "Ann", email: "ann@example.com", consent });
        const [method] = json["fulfillment"]["methods"];
        expect(method.destinations).to.have.length(1);
        expect(method.destinations[0]).to.include({ street_address: sanFrancisco.line_one });
        expect(method.selected_destination_id).to.equal(method.destinations[0].id);
        expect(json).to.include({ status: "ready_for_complete" });
    });

    it("is canceled at the shop's page", async () => {
        const platform = of();
        const { id } = (await platform.ask("POST /checkout-sessions", { line_items: lines, buyer: jo, fulfillment }))
            .json;
        expect((await shop().cancel(id, {}, page)).json).to.include({ status: "canceled" });
        expect((await platform.ask(`GET /checkout-sessions/${id}`)).json).to.include({ status: "canceled" });
    });

    it("is nobody's but the platform's and the shop's, and none of the shop's without a page", async () => {
        const { id } = (await of(poor).ask("POST /checkout-sessions", { line_items: lines, buyer: jo })).json;
        const alone = of({ over: { continueUrl: undefined } });
        const { id: kept } = (await alone.ask("POST /checkout-sessions", { line_items: lines, buyer: jo })).json;
        const acp = await shop().created();
        for (const [session, by] of [
            [id, { caller: "agent" }],
            [kept, page],
            [acp.id, { caller: "another", isMerchant: true }],
        ] as const) {
            const update = await shop().update(session, { buyer: jo }, by);
            const complete = await shop().complete(session, payingWith("spt_success"), by);
            const cancel = await shop().cancel(session, {}, by);
            expect([update.status, complete.status, cancel.status], session).to.deep.equal([404, 404, 404]);
        }
    });
});
