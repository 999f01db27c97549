import { expect } from "chai";
import type { Merchant } from "../../../runtime/checkoutSessions/domain/merchant.ts";
import { paymentDataIn, paymentHandlersOf } from "../../../runtime/checkoutSessions/ucp/payment.ts";
import { ucpJudge, ucpMissing, ucpPresent } from "../../ucp.ts";
import { merchant } from "../support/market.ts";

const googlePay = { merchantId: "BCR2DN4T0000000", publishableKey: "pk_test_51" };
const withStripe: Merchant = { ...merchant, payment: { ...merchant.payment, provider: "stripe", googlePay } };
const sandbox = (token: unknown, more: object = {}) => ({
    id: "pi_1",
    handler_id: "sandbox",
    type: "card",
    credential: { type: "token", token },
    ...more,
});
const gateway = (token: string) => ({
    id: "pi_2",
    handler_id: "google_pay",
    type: "card",
    credential: { type: "PAYMENT_GATEWAY", token },
});
const paid = (instruments: unknown, by = merchant) => paymentDataIn({ instruments }, by);
const charged = (credential: object) => ({
    payment_data: { handler_id: "card_tokenized", instrument: { type: "card", credential } },
});

describe("payment in UCP", () => {
    it("advertises the sandbox, or Stripe with Google Pay where the merchant has it", function () {
        const { payment } = withStripe;
        const { googlePay: _, ...withoutGoogle } = payment;

        expect(Object.keys(paymentHandlersOf(merchant))).to.deep.equal(["com.example.sandbox"]);
        expect(Object.keys(paymentHandlersOf(withStripe))).to.deep.equal(["com.stripe.payments", "com.google.pay"]);
        expect(Object.keys(paymentHandlersOf({ ...merchant, payment: withoutGoogle }))).to.deep.equal([
            "com.stripe.payments",
        ]);
        const [google] = paymentHandlersOf(withStripe)["com.google.pay"] ?? [];
        expect(google?.config).to.deep.include({
            environment: "TEST",
            merchant_info: { merchant_id: "BCR2DN4T0000000" },
        });
        expect(JSON.stringify(google)).to.include('"stripe:publishableKey":"pk_test_51"');
        const live = { ...payment, googlePay: { ...googlePay, publishableKey: "pk_live_51" } };
        const [inProduction] = paymentHandlersOf({ ...withStripe, payment: live })["com.google.pay"] ?? [];
        expect(inProduction?.config).to.include({ environment: "PRODUCTION" });

        if (!ucpPresent) {
            console.log(`      ${ucpMissing}`);
            this.skip();
        }
        const faultsOf = ucpJudge("2026-04-08");
        for (const by of [merchant, withStripe]) {
            const payment_handlers = paymentHandlersOf(by);
            const ucp = { version: "2026-04-08", services: {}, payment_handlers };
            expect(faultsOf("ucp.json#/$defs/business_schema", ucp)).to.deep.equal([]);
            expect(faultsOf("ucp.json#/$defs/response_checkout_schema", ucp)).to.deep.equal([]);
        }
    });

    it("charges no instrument of a type that is not advertised", () => {
        const refusal = paid([sandbox("tok", { type: "gift_card" })]);
        expect("problem" in refusal && refusal.problem.error.param).to.equal("$.payment_data.instrument.type");
    });

    it("charges the selected instrument, or the only one", () => {
        const spt = charged({ type: "spt", token: "spt_success" });

        expect(paid([sandbox("spt_success")])).to.deep.equal(spt);
        expect(paid([sandbox("spt_success", { selected: true }), sandbox("spt_declined")])).to.deep.equal(spt);
        const chosen = { ...sandbox("spt_success"), handler_id: "stripe_payments" };
        expect(paid([chosen], withStripe)).to.deep.equal(spt);
    });

    it("takes of Google Pay the token that Stripe made of the card", () => {
        const token = JSON.stringify({ id: "tok_1Nabc", object: "token", card: { last4: "4242" } });

        expect(paid([gateway(token)], withStripe)).to.deep.equal(charged({ type: "card_token", token: "tok_1Nabc" }));
    });

    it("takes the billing address", () => {
        const billing_address = {
            first_name: "Jo",
            last_name: "van der Doe",
            street_address: "1 Main Street",
            address_locality: "San Francisco",
            address_region: "CA",
            address_country: "US",
            postal_code: "94131",
        };

        expect(paid([sandbox("spt_success", { billing_address })]))
            .to.have.nested.property("payment_data.billing_address")
            .that.deep.equals({
                name: "Jo van der Doe",
                line_one: "1 Main Street",
                city: "San Francisco",
                state: "CA",
                country: "US",
                postal_code: "94131",
            });
    });

    const refusals: [what: string, instruments: unknown, param: string, by?: Merchant][] = [
        ["no instrument", [], "$.payment_data"],
        ["no list", { id: "secret" }, "$.payment_data"],
        ["no objects", ["secret"], "$.payment_data"],
        ["two instruments of which none is selected", [sandbox("secret"), sandbox("secret")], "$.payment_data"],
        [
            "two that are selected",
            [sandbox("secret", { selected: true }), sandbox("secret", { selected: true })],
            "$.payment_data",
        ],
        ["a handler of another shop", [sandbox("secret", { handler_id: "secret" })], "$.payment_data.handler_id"],
        ["a handler that this shop does not have", [sandbox("secret")], "$.payment_data.handler_id", withStripe],
        ["an instrument without a credential", [sandbox("")], "$.payment_data.instrument.credential"],
        ["a credential without a token", [sandbox({ secret: 1 })], "$.payment_data.instrument.credential"],
        ["a token of another gateway", [gateway("secret")], "$.payment_data.instrument.credential", withStripe],
        [
            "what is no token of Stripe",
            [gateway('{"id":"secret"}')],
            "$.payment_data.instrument.credential",
            withStripe,
        ],
    ];
    for (const [what, instruments, param, by] of refusals) {
        it(`refuses ${what}, without a word of the credential`, () => {
            const refused = paid(instruments, by);

            expect(refused).to.have.nested.property("problem.error.param", param);
            expect(JSON.stringify(refused)).not.to.include("secret");
        });
    }
});
