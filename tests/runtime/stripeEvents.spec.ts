import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { payingWith } from "./support/checkout.ts";
import { Database } from "./support/database.ts";
import { type HttpAnswer, httpRequest } from "./support/events.ts";
import { Callback, secretArn, started, startedAws } from "./support/started.ts";
import { StripeDouble, secretKey } from "./support/stripe.ts";
import { accountAt, Till, webhookSecret } from "./support/till.ts";

describe("stripeEvents: POST /payments/stripe", () => {
    const database = started(new Database());
    const stripe = started(new StripeDouble(secretKey));
    const aws = startedAws(database, (one) => one.answers("GetSecretValue", () => accountAt(stripe)));
    const till = new Till(database, aws, stripe);
    const event = (object: object, type = "charge.refunded") => ({
        id: "evt_1",
        object: "event",
        type,
        data: { object },
    });

    it("wakes up for the payment of an intent, a charge, a refund and a dispute, and ignores what is of none", async () => {
        for (const object of [
            { object: "payment_intent", id: "pi_1" },
            { object: "charge", id: "ch_1", payment_intent: "pi_1" },
            { object: "refund", id: "re_1", payment_intent: "pi_1" },
            { object: "dispute", id: "dp_1", payment_intent: "pi_1" },
            { object: "charge", id: "ch_1", payment_intent: null },
            { object: "customer", id: "cus_1" },
        ]) {
            expect(await till.hear(event(object))).to.deep.equal({ status: 200, json: { received: true } });
        }

        expect(aws.sentTo("payment-tasks").map(({ paymentId }) => paymentId)).to.deep.equal(Array(4).fill("pi_1"));
        expect(aws.inputs("SendMessage")[0]).to.include({ DelaySeconds: 10 });
    });

    for (const [what, body] of [
        ["a thin event", { id: "evt_1", object: "v2.core.event", type: "v1.billing.meter.error_report_triggered" }],
        ["an event without an object", { id: "evt_1", type: "charge.refunded", data: {} }],
        ["an event without data", { id: "evt_1", type: "charge.refunded", data: null }],
        ["an empty object", {}],
        ["null", null],
        ["a number", 5],
    ] as const) {
        it(`takes and ignores ${what} that is rightly signed, so that Stripe does not send it again`, async () => {
            expect((await till.hear(body)).status).to.equal(200);
            expect(aws.inputs("SendMessage")).to.deep.equal([]);
        });
    }

    it("refuses a signature of another secret, an old one, and none", async () => {
        const charge = event({ object: "charge", payment_intent: "pi_1" });

        expect((await till.hear(charge, { secret: "whsec_of_another" })).status).to.equal(400);
        expect((await till.hear(charge, { timestamp: Math.floor(Date.now() / 1000) - 600 })).status).to.equal(400);
        expect(aws.inputs("SendMessage")).to.deep.equal([]);
    });

    it("is answered with 503 while the event cannot be kept, so that Stripe sends it again", async () => {
        aws.answers("SendMessage", () => new Refusal("ServiceUnavailable", 503));

        expect((await till.hear(event({ object: "charge", payment_intent: "pi_1" }))).status).to.equal(503);
    });

    describe("in a new environment", () => {
        const hear = () =>
            new Callback(aws, "checkoutSessions/stripeEvents", {
                PAYMENT_PROVIDER: "stripe",
                PAYMENT_RESOURCE: secretArn("payment"),
            });

        it("reads a secret again that could not be read", async () => {
            aws.answers("GetSecretValue", () => new Refusal("AccessDeniedException"));
            const callback = hear();
            await callback.start();
            try {
                const request = httpRequest({ headers: { "stripe-signature": "t=1,v1=00" }, body: "{}" });
                expect(((await callback.invoke(request)) as HttpAnswer).statusCode).to.equal(503);
                aws.answers("GetSecretValue", () => accountAt(stripe));
                expect(((await callback.invoke(request)) as HttpAnswer).statusCode).to.equal(400);
                expect(callback.text()).not.to.contain(webhookSecret);
            } finally {
                await callback.stop();
            }
        });
    });
});

describe("events of Stripe about a payment", () => {
    const database = started(new Database());
    const stripe = started(new StripeDouble(secretKey));
    const aws = startedAws(database, (one) => one.answers("GetSecretValue", () => accountAt(stripe)));
    const till = new Till(database, aws, stripe);

    beforeEach(() => stripe.reset());

    /** The first event of the type, which Stripe makes while or after it answers. */
    async function eventually(wanted: string) {
        for (;;) {
            const found = (await stripe.events()).find((event) => "type" in event && event.type === wanted);
            if (found !== undefined) return found;
            await setImmediate();
        }
    }

    it("make refunds and disputes of the dashboard adjustments, once, in any order", async () => {
        const order = await till.paid();
        stripe.refunds.create({ payment_intent: order.paymentId, amount: "500" });
        stripe.refunds.dispute(order.paymentId);
        const events = await stripe.events();
        for (const event of [...events.toReversed(), ...events]) await till.hear(event);
        await till.drain(order);

        const { order: shown, payment } = await till.sessionOf(order);
        expect(shown.adjustments?.map(({ type, status, amount }) => [type, status, amount])).to.deep.equal([
            ["refund", "completed", 500],
            ["dispute", "pending", 2718],
        ]);
        expect(payment).to.include({ state: "partially_refunded" });
        expect(await till.versionsOf(order.orderId)).to.have.length(1);
        await till.expectEqual(order);

        for (const id of stripe.refunds.disputes.keys()) stripe.refunds.closeDispute(id, "won");
        for (const event of await stripe.events()) await till.hear(event);
        await till.drain(order);
        expect((await till.sessionOf(order)).order.adjustments?.[1]).to.include({ type: "dispute", status: "failed" });
        await till.expectEqual(order);
    });

    it("finish a completion whose payment succeeds late", async () => {
        const order = await till.begun("spt_processing");
        await till.hear(await eventually("payment_intent.succeeded"));
        await till.deliver(0, order);

        expect(aws.sentTo("settlements")).to.deep.include({ sessionId: order.sessionId, version: 2 });
    });

    it("open a session again whose payment is declined late: nothing is charged, and another token pays", async () => {
        const order = await till.begun("spt_processing_declined");
        expect((await till.stateOf(order.sessionId)).state?.session.status).to.equal("complete_in_progress");
        const event = await eventually("payment_intent.payment_failed");
        await till.hear(event);
        await till.deliver(0, order);
        expect(aws.sentTo("settlements")).to.deep.include({ sessionId: order.sessionId, version: 2 });
        await till.checkout().settle(order.sessionId);

        const { session } = (await till.stateOf(order.sessionId)).state ?? {};
        expect(session?.status).to.equal("ready_for_payment");
        expect(session?.messages.at(-1)).to.include({ code: "payment_declined" });
        expect(stripe.charges).to.deep.equal([]);
        await till.checkout().complete(order.sessionId, payingWith("spt_success"));
        expect(stripe.charges).to.have.length(1);
        // Stripe's event comes again, long after.
        await till.hear(event);
        await till.drain(order);
        expect((await till.sessionOf(order)).payment).to.include({ state: "captured" });
    });
});
