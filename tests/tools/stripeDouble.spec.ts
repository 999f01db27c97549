import { expect } from "chai";
import { TaskQueue, Waits } from "embedded-aws/doubles";
import Stripe from "stripe";
import { StripeDouble as Double } from "../../tools/embedded/stripe/stripe.ts";
import { Receiver } from "../runtime/support/receiver.ts";
import { StripeDouble } from "../runtime/support/stripe.ts";

const secretKey = "sk_test_of_the_shop";
const apiVersion = "2026-04-22.preview";

/** As Stripe's own library asks it. */
describe("The double of Stripe", () => {
    let double: StripeDouble;
    let stripe: Stripe;
    const charge = (token: string, more: object = {}, idempotencyKey: string = crypto.randomUUID()) =>
        stripe.rawRequest(
            "POST",
            "/v1/payment_intents",
            {
                amount: 2598,
                currency: "usd",
                confirm: true,
                payment_method_data: { shared_payment_granted_token: token },
                metadata: { charge: idempotencyKey },
                ...more,
            },
            { idempotencyKey, apiVersion },
        );
    const grant = async (payment_method: string, max_amount = 2598): Promise<string> => {
        const path = "/v1/test_helpers/shared_payment/granted_tokens";
        const token = { payment_method, usage_limits: { currency: "usd", max_amount } };
        return (await stripe.rawRequest("POST", path, token, { apiVersion })).id;
    };
    const refused = (asked: Promise<unknown>) =>
        asked.then(
            () => "not refused",
            ({ statusCode, code, decline_code, type }) => [statusCode, decline_code ?? code ?? type].join(" "),
        );

    before(async () => {
        double = await new StripeDouble(secretKey).start();
        const { hostname, port } = new URL(double.url);
        stripe = new Stripe(secretKey, { protocol: "http", host: hostname, port, maxNetworkRetries: 0 });
    });
    beforeEach(() => double.reset());
    after(() => double?.stop());

    it("charges a token that an agent granted, once: then it is consumed", async () => {
        const token = await grant("pm_card_visa");
        const { id, status } = await charge(token);
        expect(status).to.equal("succeeded");
        expect(await stripe.paymentIntents.retrieve(id)).to.include({ status: "succeeded", amount_received: 2598 });
        const path = `/v1/shared_payment/granted_tokens/${token}`;
        expect(await stripe.rawRequest("GET", path, {}, { apiVersion })).to.deep.include({
            deactivated_reason: "consumed",
            usage_details: { amount_captured: { value: 2598, currency: "usd" } },
        });

        expect(await refused(charge(token))).to.equal("400 StripeInvalidRequestError");
    });

    it("charges no more than the granted amount, and nothing in an API version without such tokens", async () => {
        const token = await grant("pm_card_visa", 2597);
        expect(await refused(charge(token))).to.equal("400 StripeInvalidRequestError");
        const data = { shared_payment_granted_token: "spt_success" };
        const inGeneral = stripe.paymentIntents.create({
            amount: 1,
            currency: "usd",
            payment_method_data: data as never,
        });
        expect(await refused(inGeneral)).to.equal("400 parameter_unknown");
        expect(double.charges).to.deep.equal([]);
    });

    it("refuses another's key", async () => {
        const { hostname: host, port } = new URL(double.url);
        const other = new Stripe("sk_test_of_somebody", { protocol: "http", host, port, maxNetworkRetries: 0 });
        expect(await refused(other.paymentIntents.list())).to.equal("401 StripeAuthenticationError");
    });

    for (const [method, token, said] of [
        ["pm_card_visa_chargeDeclined", "spt_declined", "generic_decline"],
        ["pm_card_visa_chargeDeclinedInsufficientFunds", "spt_insufficient_funds", "insufficient_funds"],
    ] as const) {
        it(`declines ${method}, and ${token}, with ${said}`, async () => {
            expect(await refused(charge(await grant(method)))).to.equal(`402 ${said}`);
            expect(await refused(charge(token))).to.equal(`402 ${said}`);
        });
    }

    describe("with an idempotency key", () => {
        it("repeats the answer, an error too, with Stripe's header, and charges once", async () => {
            const paid = await charge("spt_success", {}, "key-1");
            const again = await charge("spt_success", {}, "key-1");
            expect(again).to.deep.equal(paid);
            expect(again.lastResponse.headers).to.include({ "idempotent-replayed": "true" });
            for (const _ of [1, 2]) {
                expect(await refused(charge("spt_500", {}, "key-2"))).to.equal("500 StripeAPIError");
            }
            expect(double.charges).to.have.length(2);
        });

        it("refuses other parameters, and another endpoint", async () => {
            const { id } = await charge("spt_success", {}, "key-1");
            expect(await refused(charge("spt_success", { amount: 1 }, "key-1"))).to.match(/^400 .*Idempotency/);
            const refund = stripe.refunds.create({ payment_intent: id }, { idempotencyKey: "key-1" });
            expect(await refused(refund)).to.match(/^400 .*Idempotency/);
        });

        it("does not store a validation error", async () => {
            expect(await refused(charge("spt_unknown_one", {}, "key-1"))).to.equal("404 resource_missing");
            double.tokens.set("spt_unknown_one", { usage_limits: { currency: "usd", max_amount: 2598 } });
            expect(await charge("spt_unknown_one", {}, "key-1")).to.include({ status: "succeeded" });
        });

        it("works on one request at a time", async () => {
            const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
            double.mishaps.charge.push(() => {
                begun.resolve();
                return gate.promise;
            });
            const first = charge("spt_success", {}, "key-1");
            await begun.promise;
            expect(await refused(charge("spt_success", {}, "key-1"))).to.equal("409 idempotency_key_in_use");
            gate.resolve();
            expect(await first).to.include({ status: "succeeded" });
        });

        it("handles a key that is older than a day as new", async () => {
            let now = Date.now();
            const taskQueue = new TaskQueue(":memory:");
            const old = new Double({ secretKey, taskQueue, waits: new Waits(0), now: () => now });
            const post = () =>
                old.answer({
                    method: "POST",
                    path: "/v1/payment_intents",
                    headers: {
                        authorization: `Bearer ${secretKey}`,
                        "stripe-version": apiVersion,
                        "idempotency-key": "key-1",
                    },
                    body: new URLSearchParams({
                        amount: "100",
                        currency: "usd",
                        confirm: "true",
                        "payment_method_data[shared_payment_granted_token]": "spt_success",
                    }).toString(),
                });
            for (const [later, count] of [
                [0, 1],
                [86_400_000, 1],
                [1, 2],
            ] as const) {
                now += later;
                await post();
                expect(old.payments.intents.size).to.equal(count);
            }
            taskQueue.close();
        });
    });

    it("keeps an earlier process's state, and continues its pending payments", async () => {
        const taskQueue = new TaskQueue(":memory:");
        const waits = new Waits(0);
        const first = new Double({ secretKey, taskQueue, waits });
        const headers = {
            authorization: `Bearer ${secretKey}`,
            "stripe-version": apiVersion,
            "idempotency-key": "key-1",
        };
        const body = new URLSearchParams({
            amount: "100",
            currency: "usd",
            confirm: "true",
            "payment_method_data[shared_payment_granted_token]": "spt_processing",
        }).toString();
        const post = { method: "POST", path: "/v1/payment_intents", headers, body };
        const { body: created } = await first.answer(post);

        const second = new Double({ secretKey, taskQueue, waits });
        taskQueue.start();
        expect((await second.answer(post)).body).to.deep.equal(created);
        expect([...second.payments.intents.keys()]).to.deep.equal(["pi_1"]);
        while (second.payments.intents.get("pi_1")?.status === "processing") {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        expect(second.payments.intents.get("pi_1")).to.include({ status: "succeeded", amount_received: 100 });
        taskQueue.close();
    });

    it("refunds a payment, in parts and no more than its amount", async () => {
        const { id } = await charge("spt_success");
        const part = await stripe.refunds.create({ payment_intent: id, amount: 598 });
        expect(part).to.include({ status: "succeeded", amount: 598 });
        const tooMuch = stripe.refunds.create({ payment_intent: id, amount: 2001 });
        expect(await refused(tooMuch)).to.equal("400 StripeInvalidRequestError");
        expect(await stripe.refunds.create({ payment_intent: id })).to.include({ amount: 2000 });
        expect(await refused(stripe.refunds.create({ payment_intent: id }))).to.equal("400 charge_already_refunded");
        const { data } = await stripe.refunds.list({ payment_intent: id });
        expect(data.map(({ amount }) => amount)).to.deep.equal([2000, 598]);
        expect(await stripe.refunds.retrieve(part.id)).to.include({ amount: 598 });
    });

    describe("its events", () => {
        let receiver: Receiver;
        before(async () => {
            receiver = await Receiver.start((response, _, count) => {
                response.writeHead(count === 1 ? 500 : 200).end();
            });
        });
        after(() => receiver?.stop());

        it("are sent to registered endpoints, signed as Stripe's library verifies it, and again after a failure", async () => {
            const wanted = ["payment_intent.succeeded", "charge.refunded"] as const;
            const { secret = "" } = await stripe.webhookEndpoints.create({
                url: receiver.url,
                enabled_events: [...wanted],
            });
            const { id } = await charge("spt_success");
            await stripe.refunds.create({ payment_intent: id });
            await refused(charge("spt_declined"));
            await receiver.has(3);

            const events = receiver.received.map(({ body, headers }) =>
                stripe.webhooks.constructEvent(body, String(headers["stripe-signature"]), secret),
            );
            expect(new Set(events.map(({ type }) => type))).to.deep.equal(new Set(wanted));
            expect(new Set(events.map((event) => event.id)).size).to.equal(2);
            const { data } = await stripe.events.list();
            expect(data.map(({ type }) => type)).to.include.members([...wanted, "payment_intent.payment_failed"]);
        });

        it("are not sent to a removed endpoint", async () => {
            const { id } = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ["*"] });
            await stripe.webhookEndpoints.del(id);
            expect((await stripe.webhookEndpoints.list()).data).to.deep.equal([]);
        });
    });
});
