import { expect } from "chai";
import { paying, ucpJudge, ucpPresent } from "../../../ucp.ts";
import { mug, sell } from "../../support/checkout.ts";
import { Database } from "../../support/database.ts";
import { started } from "../../support/started.ts";
import { home, jo, shippedTo } from "../../support/ucp.ts";
import { Platform } from "../../support/ucpPlatform.ts";

const fulfillment = shippedTo(home);
const cart = { line_items: [{ item: { id: "mug" }, quantity: 2 }], buyer: jo, fulfillment };
const judge = ucpPresent ? ucpJudge("2026-04-08") : () => [];

describe("a platform's orders", () => {
    const database = started(new Database(), (own) => sell(own, mug));
    const of = (options: ConstructorParameters<typeof Platform>[1] = {}) => new Platform(database, options);

    async function bought(platform: Platform, token = "spt_success") {
        const { json: created } = await platform.ask("POST /checkout-sessions", cart);
        const path = `/checkout-sessions/${created["id"]}`;
        const { json } = await platform.ask(`POST ${path}/complete`, paying(token));
        return { path, json };
    }

    it("are shown to it as they are now", async () => {
        const platform = of();
        const { json } = await bought(platform);
        const { status, json: order } = await platform.ask(`GET /orders/${json["order"].id}`);

        expect(status).to.equal(200);
        expect(judge("shopping/order.json", order)).to.deep.equal([]);
        expect(order).to.include({ id: json["order"].id, checkout_id: json["id"], currency: "USD" });
        expect(order["ucp"]).to.deep.equal({
            version: "2026-04-08",
            status: "success",
            capabilities: { "dev.ucp.shopping.order": [{ version: "2026-04-08" }] },
        });
        const totals = (of: { totals: { type: string; amount: number }[] }) =>
            of.totals.map(({ type, amount }) => [type, amount]);
        expect(totals(order as never)).to.deep.equal(totals(json as never));
    });

    it("are shown to no other platform, nor to one that does not prove who it is", async () => {
        const { json } = await bought(of());
        const id = json["order"].id;
        const answers = [
            await of({ url: "https://other.example/.well-known/ucp" }).ask(`GET /orders/${id}`),
            await of().ask("GET /orders/ord_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"),
            await of().ask("GET /orders/12345"),
            await of({ isProven: false }).ask(`GET /orders/${id}`),
        ];

        for (const { status, json: told } of answers) {
            expect(status).to.equal(200);
            expect(told["ucp"].status).to.equal("error");
            expect(judge("shopping/types/error_response.json", told)).to.deep.equal([]);
            expect(JSON.stringify(told)).not.to.include("mug");
        }
        expect(answers.map(({ json: told }) => told["messages"][0].code)).to.deep.equal([
            "not_found",
            "not_found",
            "not_found",
            "unauthorized",
        ]);
    });

    it("are none of one that bought without a proof: such callers have nothing in common but the session's id", async () => {
        const { json } = await bought(of({ isProven: false }));
        expect(json["status"]).to.equal("completed");
        const told = await of({ isProven: false }).ask(`GET /orders/${json["order"].id}`);
        expect(told.json["messages"][0].code).to.equal("unauthorized");
    });

    it("are not offered where they are not in common", async () => {
        const platform = of({ capabilities: ["dev.ucp.shopping.checkout"] });
        const told = await platform.ask("GET /orders/ord_1");
        expect(told.json["messages"][0].code).to.equal("capabilities_incompatible");
    });

    describe("where the card's issuer wants the buyer", () => {
        const continueUrl = "https://shop.example/checkout/{id}";

        it("are declined without a page of the shop, and nothing is charged", async () => {
            const platform = of({ over: { continueUrl: undefined } });
            const { path, json } = await bought(platform, "spt_3ds");

            expect(json).to.include({ status: "ready_for_complete" });
            expect(json).not.to.have.property("continue_url");
            const message = json["messages"].at(-1);
            expect(message).to.include({ code: "requires_3ds", severity: "unrecoverable" });
            expect(message.content).to.match(/authentication/);
            const paid = await platform.ask(`POST ${path}/complete`, paying("spt_success"));
            expect(paid.json["status"]).to.equal("completed");
        });

        it("escalate to that page, and can be paid with another card", async () => {
            const platform = of({ over: { continueUrl } });
            const { path, json } = await bought(platform, "spt_3ds");

            expect(json).to.include({
                status: "requires_escalation",
                continue_url: `https://shop.example/checkout/${json["id"]}`,
            });
            expect(json["messages"].at(-1)).to.include({ code: "requires_3ds", severity: "requires_buyer_input" });
            const payments = await database.all("payments");
            expect(payments.filter(({ sessionId, outcome }) => sessionId === json["id"] && outcome === "succeeded")).to
                .be.empty;
            const paid = await platform.ask(`POST ${path}/complete`, paying("spt_success"));
            expect(paid.json["status"]).to.equal("completed");
            expect(paid.json).not.to.have.property("payment.credential");
        });

        it("end where the platform cancels them", async () => {
            const platform = of({ over: { continueUrl } });
            const { path } = await bought(platform, "spt_3ds");
            const { json } = await platform.ask(`POST ${path}/cancel`);
            expect(json["status"]).to.equal("canceled");
        });
    });

    it("keep nothing of the credential, in no answer and no stored session", async () => {
        const { json } = await bought(of());
        expect(JSON.stringify(json)).not.to.include("spt_success");
        for (const table of ["sessions", "idempotency", "payments"]) {
            expect(JSON.stringify(await database.all(table)), table).not.to.include("spt_success");
        }
    });
});
