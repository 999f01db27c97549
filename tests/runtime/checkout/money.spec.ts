import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { type Entry, type Ledger, refundable } from "../../../runtime/checkoutSessions/money/ledger.ts";
import { decideCanceled } from "../../../runtime/checkoutSessions/money/orderDecisions.ts";
import { paymentUpdated } from "../../../runtime/checkoutSessions/money/paymentEvent.ts";
import { decideRefund } from "../../../runtime/checkoutSessions/money/request.ts";
import { shownPayment } from "../../../runtime/checkoutSessions/money/shownPayment.ts";
import { Database } from "../support/database.ts";
import { started, startedAws } from "../support/started.ts";
import { StripeDouble, secretKey, stripeError } from "../support/stripe.ts";
import { accountAt, type PaidOrder, Till } from "../support/till.ts";

const large: Ledger = {
    orderId: "ord_large",
    sessionId: "cs_large",
    version: 1,
    provider: "stripe",
    paymentId: "pi_large",
    amount: 0,
    currency: "usd",
    captured: 0,
    isVoided: false,
    lines: [],
    entries: [],
};

describe("the payment of an order", () => {
    const database = started(new Database());
    const stripe = started(new StripeDouble(secretKey));
    const aws = startedAws(database, (one) => one.answers("GetSecretValue", () => accountAt(stripe)));
    const till = new Till(database, aws, stripe);
    const kinds = () => till.log.flatMap(({ notDone }) => notDone ?? []);

    beforeEach(() => stripe.reset());

    describe("refunded by the merchant", () => {
        it("means all lines of a product by the product's id, the first ones first", () => {
            const line = (id: string, quantity: number) => ({ id, productId: "soap", quantity, total: quantity * 100 });
            const paid = { ...large, amount: 500, captured: 500, lines: [line("li_1", 2), line("li_2", 3)] };
            const asked = (request: object) => {
                const lines = [{ id: "soap", ...request }];
                const decision = decideRefund(paid, { lines }, { id: "r", at: "2026-11-20T10:00:00.000Z" });
                return "entry" in decision ? decision.entry.lines : decision;
            };
            const first = { id: "li_1", quantity: 2, amount: 200 };
            expect(asked({})).to.deep.equal([first, { id: "li_2", quantity: 3, amount: 300 }]);
            expect(asked({ quantity: 3 })).to.deep.equal([first, { id: "li_2", quantity: 1, amount: 100 }]);
            expect(asked({ quantity: 6 })).to.have.nested.property("problem.errors[0].pointer", "/lines/0/quantity");
            expect(asked({ amount: 1 })).to.have.nested.property("problem.errors[0].pointer", "/lines/0/amount");
        });

        it("is written first, and given back at the provider afterwards", async () => {
            const order = await till.paid();
            const { status, json, headers } = await till.ask(
                order,
                "refunds",
                { amount: 10.5, reason: "Late" },
                "key-1",
            );

            expect(status).to.equal(202);
            expect(headers).to.include({ location: `/orders/${order.orderId}` });
            expect(aws.published().map(({ DetailType, detail }) => [DetailType, detail.meta.change])).to.deep.equal([
                ["payment.updated.v1", undefined],
                ["order.updated.v1", { type: "payment", id: order.paymentId, status: "captured", sequence: 1 }],
            ]);
            expect(json.entry).to.include({ kind: "refund", status: "pending", amount: 10.5, reason: "Late" });
            expect(stripe.refunds.refunds.size).to.equal(0);

            await till.drain(order);
            const [refund] = stripe.refunds.refunds.values();
            expect(refund).to.include({ amount: 1050, payment_intent: order.paymentId });
            const { order: shown, payment, versions } = await till.sessionOf(order);
            expect(shown.adjustments).to.have.length(1);
            expect(shown.adjustments?.[0]).to.include({ type: "refund", status: "completed", amount: 1050 });
            expect(shown.totals?.at(-1)).to.include({ type: "amount_refunded", amount: 1050 });
            expect(payment).to.include({ id: order.paymentId, state: "partially_refunded" });
            expect(versions).to.deep.equal(versions.map((_, index) => index + 1));

            const again = await till.ask(order, "refunds", { amount: 10.5, reason: "Late" }, "key-1");
            expect(again.status).to.equal(200);
            expect(again.json.entry).to.include({ id: json.entry.id, status: "completed" });
            expect(again.json.payment).to.include({ refunded: 10.5, state: "partially_refunded" });
            expect((await till.ask(order, "refunds", { amount: 1 }, "key-1")).status).to.equal(422);
            await till.drain(order);
            expect(stripe.refunds.refunds.size).to.equal(1);
        });

        it("is by default all that is left, and no more", async () => {
            const order = await till.paid();
            expect((await till.ask(order, "refunds", { amount: 10 })).status).to.equal(202);
            const { status, json } = await till.ask(order, "refunds", undefined);

            expect(status).to.equal(202);
            expect(json.entry.amount).to.equal(22.18);
            expect(json.payment).to.include({ amount: 32.18, refundable: 0 });
            expect((await till.ask(order, "refunds")).status).to.equal(409);
            await till.drain(order);
            expect(await till.ledgerOf(order)).to.deep.include({ captured: 3218 });
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(0);
            expect((await till.sessionOf(order)).payment).to.include({ state: "refunded" });
        });

        it("is by lines the share of their pieces, which add up", async () => {
            const order = await till.paid();
            const first = await till.ask(order, "refunds", { lines: [{ id: "guide", quantity: 1 }] });
            const second = await till.ask(order, "refunds", { lines: [{ id: "li_1" }] });

            expect(first.json.entry.lines).to.deep.equal([{ id: "li_1", quantity: 1, amount: 16.09 }]);
            expect(second.json.entry.lines).to.deep.equal([{ id: "li_1", quantity: 1, amount: 16.09 }]);
            expect((await till.ask(order, "refunds", { lines: [{ id: "li_1" }] })).status).to.equal(409);
        });

        it("is possible by amount of a line whose pieces were refunded by less than they cost", async () => {
            const order = await till.paid();
            const line = (members: object) => ({ lines: [{ id: "li_1", ...members }] });
            expect((await till.ask(order, "refunds", line({ quantity: 2, amount: 1 }))).status).to.equal(202);
            const bare = await till.ask(order, "refunds", line({}));
            expect(bare.status).to.equal(409);
            expect(bare.json.errors[0].detail).to.include("31.18 usd");
            expect((await till.ask(order, "refunds", line({ amount: 31.19 }))).status).to.equal(409);
            const rest = await till.ask(order, "refunds", line({ amount: 31.18 }));
            expect(rest.json.entry.lines).to.deep.equal([{ id: "li_1", quantity: 0, amount: 31.18 }]);
            await till.drain(order);

            const { adjustments } = (await till.sessionOf(order)).order;
            expect(adjustments?.map(({ line_items }) => line_items)).to.deep.equal([
                [{ id: "li_1", quantity: 2 }],
                undefined,
            ]);
            expect((await till.sessionOf(order)).payment).to.include({ state: "refunded" });
        });

        it("is possible when the session has expired: the stored order says what was paid", async () => {
            const expired = await till.paid();
            await till.expire(expired);
            const { json } = await till.ask(expired, "refunds", { lines: [{ id: "guide", quantity: 1 }] });
            expect(json.payment).to.include({ amount: 32.18, captured: 32.18, refundable: 16.09 });
            await till.drain(expired);
            expect(stripe.refunds.balanceOf(expired.paymentId)).to.equal(1609);
            await till.expectEqual(expired);

            const dashboard = await till.paid();
            await till.expire(dashboard);
            stripe.refunds.create({ payment_intent: dashboard.paymentId, amount: "100" });
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(dashboard);
            expect((await till.ledgerOf(dashboard))?.entries).to.have.length(1);
            expect(kinds()).not.to.include("PaymentUnmatched");

            const partly = await till.paid();
            await till.expire(partly, 1);
            expect((await till.ask(partly, "refunds")).json.entry).to.include({ amount: 32.18 });
        });

        it("fits into the table with its results, and the rest is refundable however much was before", () => {
            const lines = Array.from({ length: 85 }, (_, index) => ({
                id: `li_${index + 1}`,
                productId: `${index}`.padStart(64, "x"),
                quantity: 1000,
                total: 10_000_000,
            }));
            let ledger: Ledger = { ...large, amount: 850_000_000, captured: 850_000_000, lines };
            const ask = (request: Parameters<typeof decideRefund>[1]) => {
                const id = `ref_${randomUUID()}`;
                const decision = decideRefund(ledger, request, { id, at: "2026-11-30T12:00:00.000Z" });
                if ("after" in decision) ledger = decision.after;
                return "after" in decision;
            };
            const byLines = () => lines.map(({ id }) => ({ id, quantity: 1, amount: 1234.56 }));
            let wide = 0;
            for (; wide < 1000 && ask({ lines: byLines(), reason: "é".repeat(255) }); wide += 1);
            expect(wide).to.be.greaterThan(10);
            let narrow = 0;
            for (; narrow < 1000 && ask({ amount: 1 }); narrow += 1);
            expect(wide + narrow).to.be.at.most(100);
            expect(ask({ reason: "é".repeat(255) })).to.equal(true);

            const failure = "x".repeat(60);
            const entries = ledger.entries.map((entry): Entry => {
                return { ...entry, status: "failed", providerId: `re_${"x".repeat(40)}`, failure };
            });
            const after = { ...ledger, entries };
            expect(Buffer.byteLength(JSON.stringify({ ledger: after, payment: shownPayment(after) }))).to.be.below(
                400 * 1024 * 0.9,
            );
            expect(
                Buffer.byteLength(JSON.stringify(paymentUpdated(after, "c", "2026-11-30T12:00:00.000Z"))),
            ).to.be.below(256 * 1024 * 0.9);
            for (let tries = 0; tries < 10; tries += 1) {
                ledger = { ...ledger, entries: ledger.entries.map((one): Entry => ({ ...one, status: "failed" })) };
                expect(ask({})).to.equal(true);
            }
        });

        for (const [what, body, pointer, status] of [
            ["more than was paid", { amount: 32.19 }, "/amount", 409],
            ["a negative amount", { amount: -1 }, "/amount", 400],
            ["nothing", { amount: 0 }, "/amount", 400],
            ["parts of a cent", { amount: 1.005 }, "/amount", 400],
            ["another currency", { amount: 1, currency: "eur" }, "/currency", 400],
            ["a line that there is not", { lines: [{ id: "li_9" }] }, "/lines/0/id", 400],
            ["a line twice", { lines: [{ id: "li_1" }, { id: "guide" }] }, "/lines/1/id", 400],
            ["more pieces than were ordered", { lines: [{ id: "li_1", quantity: 3 }] }, "/lines/0/quantity", 409],
            ["more than a line cost", { lines: [{ id: "li_1", amount: 32.19 }] }, "/lines/0/amount", 409],
            ["an amount that is null", { amount: null }, "/amount", 400],
            ["lines that are null", { lines: null }, "/lines", 400],
            ["a quantity that is null", { lines: [{ id: "li_1", quantity: null }] }, "/lines/0/quantity", 400],
            ["a line's amount that is null", { lines: [{ id: "li_1", amount: null }] }, "/lines/0/amount", 400],
            ["a body that is no JSON", "{", "", 400],
            ["an amount beside lines", { amount: 1, lines: [{ id: "li_1" }] }, "/amount", 400],
            ["an unknown member", { sum: 1 }, "/sum", 400],
        ] as const) {
            it(`is refused for ${what}, with its place`, async () => {
                const order = await till.paid();
                const answer = await till.ask(order, "refunds", body);

                expect(answer.status, JSON.stringify(answer.json)).to.equal(status);
                expect(answer.json.errors[0].pointer).to.equal(pointer);
                expect(await till.ledgerOf(order)).to.equal(undefined);
            });
        }

        it("is without a body and its type all that is left", async () => {
            const order = await till.paid();
            expect((await till.ask(order, "refunds", "")).json.entry).to.include({ amount: 32.18 });
        });

        it("leaves what the merchant's systems have given back elsewhere, and says so", async () => {
            const order = await till.paid();
            const report = async (id: string, status: string, amount: number, type = "refund") => {
                const adjustment = { id, type, status, amount, occurred_at: "2026-11-25T10:00:00Z" };
                till.tell("order.updated.v1", { orderId: order.orderId, adjustments: [adjustment] });
                await till.drain(order);
            };
            await report("cash", "completed", 3000);
            await report("failed", "failed", 200);
            await report("sent back", "completed", 100, "return");
            const told = await till.ask(order, "refunds", { amount: 2.19 });

            expect(told.status).to.equal(409);
            expect(told.json.errors[0].detail).to.contain("2.18 usd: 30 usd were reported as given back elsewhere");
            expect((await till.shownOf(order))?.refundable, "as GET shows it").to.equal(2.18);
            expect((await till.ask(order, "refunds")).json.entry).to.include({ amount: 2.18 });
            await till.drain(order);
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(3000);

            const canceled = await till.paid();
            const adjustments = [
                { id: "c", type: "credit", status: "pending", amount: 18, occurred_at: "2026-11-25T10:00:00Z" },
            ];
            till.tell("order.updated.v1", { orderId: canceled.orderId, status: "canceled", adjustments });
            await till.drain(canceled);
            expect(stripe.refunds.balanceOf(canceled.paymentId)).to.equal(18);
        });

        it("is there again with its id after another region has overwritten it", async () => {
            const order = await till.paid();
            await till.ask(order, "refunds", { amount: 5 }, "key-1");
            await till.drain(order);
            const [first] = await till.versionsOf(order.orderId);
            const overwritten = { ...first, version: 9, ledger: { ...first?.ledger, version: 9, entries: [] } };
            await database.put("ledgers", overwritten);
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);

            await till.expectEqual(order);
            const again = await till.ask(order, "refunds", { amount: 5 }, "key-1");
            expect([again.status, again.json.entry.status, again.json.payment.refunded]).to.deep.equal([
                200,
                "completed",
                5,
            ]);
        });

        it("needs a key, the scope merchant, and a payment", async () => {
            const order = await till.paid();
            const keyless = { orderId: order.orderId };

            expect((await till.ask(keyless, "refunds", {}, "")).status).to.equal(400);
            expect((await till.ask(order, "refunds", {}, "key", "orders:write orders:read")).status).to.equal(403);
            expect((await till.ask(order, "capture", {}, "key", "checkout")).status).to.equal(403);
            expect((await till.ask({ orderId: "12345" }, "refunds")).status).to.equal(404);
            expect((await till.ask({ orderId: "ord_none" }, "capture")).status).to.equal(404);
        });

        it("is refused if the order or its payment has changed since the client read it, and one of two wins", async () => {
            const order = await till.paid();
            const { orderId } = order;
            const of = (ifMatch: string, key?: string) =>
                till.ask(order, "refunds", { amount: 1 }, key, "merchant", ifMatch);

            await database.put("orderVersions", { orderId, version: 1, state: { order: {}, reports: {} } });
            expect((await of('"1"')).status).to.equal(412);
            const both = await Promise.all([of('"2"'), of('"2"')]);
            expect(both.map(({ status }) => status).sort()).to.deep.equal([202, 412]);
            expect(both.find(({ status }) => status === 202)?.headers).to.include({ etag: '"3"' });
            expect((await of('"2"')).status).to.equal(412);
            await till.drain(order);
            const before = await till.ledgerOf(order);
            // What the ledger notes is no change that clients see.
            const shipped = { orderId, fulfillments: [{ id: "ful_1", status: "shipped" }] };
            till.tell("order.updated.v1", shipped, ["follow", "keep"]);
            await till.drain(order);
            const after = await till.ledgerOf(order);
            expect(after?.version).to.be.greaterThan(before?.version ?? 0);
            expect(after?.changes).to.equal(before?.changes);
            const third = await of(`"${2 + (before?.changes ?? 0)}"`, "third");
            expect(third.status).to.equal(202);
            const again = await of('"2"', "third");
            expect(again.status).to.equal(202);
            expect(again.headers["etag"]).to.equal(third.headers["etag"]);
            expect((await of(String(third.headers["etag"]))).status).to.equal(202);
            expect((await of("2")).status).to.equal(400);
        });

        it("has versions of which each is later than the one before, also by another clock", async () => {
            const order = await till.paid();
            await till.ask(order, "refunds", { amount: 5 });
            const [first] = await till.versionsOf(order.orderId);
            const ahead = new Date(Date.now() + 60_000).toISOString();
            await database.put("ledgers", {
                ...first,
                writtenAt: ahead,
                ledger: { ...first?.ledger, writtenAt: ahead },
            });
            await till.drain(order);

            const times = (await till.versionsOf(order.orderId)).map((version) => String(Object(version).writtenAt));
            expect(times.length).to.be.greaterThan(1);
            expect(
                times.slice(1).every((at, index) => at > String(times[index])),
                times.join(),
            ).to.equal(true);
        });

        it("is done once, whatever becomes of the provider's answers", async () => {
            const order = await till.paid();
            await till.ask(order, "refunds", { amount: 5 });
            stripe.mishaps.charge.push("reset", stripeError(503, "api_error"), stripeError(429, "rate_limit_error"));
            await till.drain(order);

            expect(stripe.refunds.refunds.size).to.equal(1);
            expect((await till.ledgerOf(order))?.entries).to.have.length(1);
            await till.expectEqual(order);
        });

        it("is refused with the reason for what the provider has taken because of a dispute", async () => {
            const order = await till.paid();
            stripe.refunds.dispute(order.paymentId);
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);
            const refused = await till.ask(order, "refunds");

            expect(refused.status).to.equal(409);
            expect(refused.json.detail).to.contain("32.18 usd are disputed");
            expect((await till.ask(order, "refunds", { amount: 1 })).status).to.equal(409);
            for (const id of stripe.refunds.disputes.keys()) stripe.refunds.closeDispute(id, "won");
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);
            expect((await till.ask(order, "refunds")).json.entry).to.include({ amount: 32.18 });
        });

        it("fails visibly where the provider refuses it, and an operator hears of it", async () => {
            const order = await till.paid();
            stripe.refunds.dispute(order.paymentId);
            await till.ask(order, "refunds", { amount: 5 });
            await till.drain(order);

            const entries = (await till.ledgerOf(order))?.entries ?? [];
            expect(entries.find(({ kind }) => kind === "refund")).to.include({
                status: "failed",
                failure: "charge_disputed",
            });
            expect(kinds()).to.have.members(["PaymentDisputed", "PaymentChangeFailed"]);
            expect((await till.sessionOf(order)).order.totals?.map(({ type }) => type)).not.to.include(
                "amount_refunded",
            );
        });

        it("that the bank returns later is no refund any more", async () => {
            const order = await till.paid("automatic", "spt_refund_fails");
            await till.ask(order, "refunds");
            await till.drain(order);
            const failure = async () =>
                (await stripe.events()).find((event) => "type" in event && event.type === "refund.failed");
            let failed = await failure();
            for (; failed === undefined; failed = await failure()) await setImmediate();
            await till.hear(failed);
            await till.drain(order);

            expect((await till.sessionOf(order)).order.adjustments?.[0]).to.include({ status: "failed" });
            expect((await till.sessionOf(order)).payment).to.include({ state: "captured" });
            expect(kinds()).to.include("PaymentChangeFailed");
            await till.expectEqual(order);
        });
    });

    describe("that is only authorised", () => {
        it("is captured once, by a request or the first fulfilment", async () => {
            const order = await till.paid("manual");
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(0);
            expect((await till.sessionOf(order)).payment).to.include({ state: "authorized" });
            const { orderId } = order;
            till.tell("order.updated.v1", { orderId, line_items: [], status: "processing" });
            await till.drain(order);
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(0);

            const fulfillments = [{ id: "ful_1", type: "digital", status: "delivered" }];
            till.tell("order.updated.v1", { orderId, fulfillments });
            till.tell("order.updated.v1", { orderId, fulfillments });
            const asked = await till.ask(order, "capture");
            expect(asked.status).to.equal(202);
            await till.drain(order);

            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(3218);
            expect((await till.sessionOf(order)).payment).to.include({ state: "captured" });
            expect((await till.ask(order, "capture")).status).to.equal(200);
            expect(stripe.attempts.filter(({ path }) => path.endsWith("/capture"))).to.have.length(1);
        });

        it("is an operator's case if the order is delivered after the release", async () => {
            const order = await till.paid("manual");
            await till.ask(order, "refunds");
            await till.drain(order);
            till.tell("order.updated.v1", {
                orderId: order.orderId,
                fulfillments: [{ id: "ful_1", type: "digital", status: "delivered" }],
            });
            await till.drain(order);

            expect(kinds()).to.deep.equal(["PaymentChangeFailed"]);
        });

        it("is released as a whole, never in part, and cannot be captured afterwards", async () => {
            const order = await till.paid("manual");
            expect((await till.ask(order, "refunds", { amount: 5 })).status).to.equal(409);
            expect((await till.ask(order, "refunds")).json.entry).to.include({ kind: "void" });
            expect((await till.ask(order, "capture")).status).to.equal(409);
            await till.drain(order);

            expect(stripe.intents.get(order.paymentId)?.status).to.equal("canceled");
            const { order: shown, payment } = await till.sessionOf(order);
            expect(payment).to.include({ state: "voided" });
            expect(shown.adjustments?.[0]).to.include({ type: "cancellation", status: "completed", amount: 3218 });
            expect((await till.ask(order, "refunds")).status).to.equal(409);
        });

        it("and captured in part in the dashboard shows what was not captured, and an operator hears of it", async () => {
            const order = await till.paid("manual");
            await fetch(`${stripe.url}/v1/payment_intents/${order.paymentId}/capture`, {
                method: "POST",
                headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/x-www-form-urlencoded" },
                body: "amount_to_capture=1000",
            });
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);

            const { order: shown } = await till.sessionOf(order);
            expect(shown.adjustments?.map(({ type, amount }) => ({ type, amount }))).to.deep.equal([
                { type: "cancellation", amount: 2218 },
            ]);
            expect(kinds()).to.deep.equal(["PaymentChangeFailed"]);
            expect((await till.ask(order, "refunds")).json.entry).to.include({ amount: 10 });
        });

        it("and lapses at the provider becomes an adjustment, and an operator hears of it", async () => {
            const order = await till.paid("manual");
            await fetch(`${stripe.url}/v1/payment_intents/${order.paymentId}/cancel`, {
                method: "POST",
                headers: { authorization: `Bearer ${secretKey}` },
            });
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);

            expect((await till.sessionOf(order)).payment).to.include({ state: "voided" });
            expect(kinds()).to.deep.equal(["PaymentChangeFailed"]);
        });
    });

    describe("of which a part is canceled", () => {
        const piece = { lines: [{ id: "li_1", quantity: 1 }] };
        const stored = async (capture?: "manual") => {
            const order = await till.paid(capture);
            await till.store(order);
            return order;
        };
        const entriesOf = async (order: PaidOrder) =>
            ((await till.ledgerOf(order))?.entries ?? []).map(({ kind, status, amount, lines = [] }) => {
                return [kind, status, amount, ...lines.map(({ quantity }) => quantity)];
            });

        for (const [how, capture] of [
            ["by a request", async (order: PaidOrder) => void (await till.ask(order, "capture"))],
            ["by the first fulfilment", async (order: PaidOrder) => void (await till.manage(order, "fulfillments"))],
        ] as const) {
            it(`is captured without it ${how}, and the rest released, whoever hears of the cancellation first`, async () => {
                const order = await stored("manual");
                expect((await till.manage(order, "cancel", piece)).status).to.equal(200);
                await capture(order);
                await till.drain(order);

                expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(1609);
                expect(await entriesOf(order)).to.deep.equal([
                    ["capture", "completed", 1609],
                    ["void", "completed", 1609, 1],
                ]);
                expect(kinds()).to.deep.equal([]);
                const rest = await till.ask(order, "refunds", { lines: [{ id: "li_1", quantity: 2 }] });
                expect(rest.json.errors?.[0].detail).to.contain("more than the 1 that are not refunded");
                expect((await till.ask(order, "refunds")).json.entry).to.include({ amount: 16.09 });
                await till.drain(order);
                await till.expectEqual(order);
            });
        }

        it("is given back once, by line, however often it is heard of", async () => {
            const order = await stored();
            await till.manage(order, "cancel", piece);
            till.under.push(...till.under, ...till.under);
            await till.drain(order);

            expect(await entriesOf(order)).to.deep.equal([["refund", "completed", 1609, 1]]);
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(1609);
            const { order: shown } = await till.sessionOf(order);
            expect(shown.adjustments?.map(({ type }) => type)).to.deep.equal(["cancellation", "refund"]);
            expect(shown.totals?.at(-1)).to.include({ type: "amount_refunded", amount: 1609 });
        });

        it("is given back when the merchant's systems report it on the bus", async () => {
            const order = await stored();
            till.tell("order.updated.v1", {
                orderId: order.orderId,
                line_items: [{ id: "li_1", quantity: { current: 1 } }],
            });
            await till.drain(order);
            till.tell("order.updated.v1", {
                orderId: order.orderId,
                line_items: [{ id: "li_1", quantity: { fulfilled: 1 } }],
            });
            await till.drain(order);
            till.tell("order.updated.v1", {
                orderId: order.orderId,
                line_items: [{ id: "li_1", quantity: { current: 0 } }],
            });
            await till.drain(order);

            expect(await entriesOf(order), "what is returned is no cancellation").to.deep.equal([
                ["refund", "completed", 1609, 1],
            ]);
        });

        it("is released as a whole once all of its pieces are reported as canceled", async () => {
            const order = await stored("manual");
            till.tell("order.updated.v1", {
                orderId: order.orderId,
                line_items: [{ id: "li_1", quantity: { current: 0 } }],
            });
            await till.drain(order);

            expect(stripe.intents.get(order.paymentId)?.status).to.equal("canceled");
            expect((await till.sessionOf(order)).order).to.include({ status: "canceled" });
        });

        it("waits for an operator where the setting says so, who refunds its lines, and once only", async () => {
            const order = await stored();
            await till.manage(order, "cancel", piece);
            await till.drain(order, "propose");
            expect(await entriesOf(order)).to.deep.equal([["refund", "proposed", 1609, 1]]);
            expect(new Set(kinds())).to.deep.equal(new Set(["RefundProposed"]));
            await till.ask(order, "refunds", piece);
            await till.drain(order, "propose");
            await till.manage(order, "fulfillments");
            await till.drain(order, "propose");

            expect(await entriesOf(order)).to.deep.equal([
                ["refund", "replaced", 1609, 1],
                ["refund", "completed", 1609, 1],
            ]);
        });

        it("is not given back again where the merchant has refunded the pieces before", async () => {
            const order = await stored();
            await till.ask(order, "refunds", piece);
            await till.drain(order);
            await till.manage(order, "cancel", piece);
            await till.drain(order);
            expect(await entriesOf(order)).to.deep.equal([["refund", "completed", 1609, 1]]);

            const sent = await stored();
            await till.manage(sent, "fulfillments", piece);
            await till.ask(sent, "refunds", piece);
            await till.drain(sent);
            await till.manage(sent, "cancel");
            await till.drain(sent);
            expect(await entriesOf(sent), "those that have left were refunded").to.deep.equal([
                ["refund", "completed", 1609, 1],
                ["refund", "completed", 1609, 1],
            ]);
        });

        it("is given back with the price of a delivery once all that it was planned for is canceled", () => {
            const paid: Ledger = {
                ...large,
                amount: 1700,
                captured: 1700,
                lines: [
                    { id: "li_1", productId: "mop", quantity: 3, total: 1000 },
                    { id: "li_2", productId: "soap", quantity: 1, total: 200 },
                ],
                deliveries: [
                    { lines: ["li_1", "li_2"], total: 400 },
                    { lines: ["li_2"], total: 100 },
                ],
            };
            const cancel = (ledger: Ledger, ...canceled: readonly [string, number][]) => {
                const progress = canceled.map(([id, quantity]) => ({ id, canceled: quantity, gone: 0 }));
                const at = "2026-11-20T10:00:00.000Z";
                const decision = decideCanceled(ledger, { progress, isCanceled: false, isProposal: false, at });
                if (!("after" in decision)) return expect.fail(JSON.stringify(decision));
                return {
                    ...decision,
                    amounts: [decision.entry.amount, decision.entry.lines?.map(({ amount }) => amount)],
                };
            };
            const first = cancel(paid, ["li_1", 1]);
            expect(first.amounts).to.deep.equal([333, [333]]);
            const second = cancel(first.after, ["li_1", 2], ["li_2", 1]);
            expect(second.amounts, "and the delivery of the second line alone").to.deep.equal([634, [334, 200]]);
            const third = cancel(second.after, ["li_1", 3]);
            expect(third.amounts, "and the delivery of both").to.deep.equal([733, [333]]);
            expect(refundable(third.after)).to.equal(0);
        });

        it("is released once nothing is owed for the rest, which is not canceled by it", () => {
            const lines = [
                { id: "li_1", productId: "mop", quantity: 2, total: 1000 },
                { id: "li_2", productId: "leaflet", quantity: 1, total: 0 },
            ];
            const authorised: Ledger = { ...large, amount: 1000, lines, deliveries: [] };
            const decide = (canceled: number, isProposal = false) => {
                const progress = [{ id: "li_1", canceled, gone: 0 }];
                const at = "2026-11-20T10:00:00.000Z";
                return decideCanceled(authorised, { progress, isCanceled: false, isProposal, at });
            };
            expect(decide(1)).to.have.property("noted");
            expect(decide(2)).to.deep.include({
                entry: {
                    id: "nothing_owed",
                    kind: "void",
                    status: "pending",
                    amount: 1000,
                    reason: "canceled",
                    at: "2026-11-20T10:00:00.000Z",
                    isOfCanceled: true,
                },
            });
        });

        it("is proposed where money was given back elsewhere or is disputed, which may be the same", async () => {
            const order = await stored();
            const cash = {
                id: "cash",
                type: "refund",
                status: "completed",
                amount: 500,
                occurred_at: "2026-11-25T10:00:00Z",
            };
            till.tell("order.updated.v1", { orderId: order.orderId, adjustments: [cash] });
            await till.drain(order);
            await till.manage(order, "cancel", piece);
            await till.drain(order);
            expect(await entriesOf(order)).to.deep.equal([["refund", "proposed", 1609, 1]]);
        });

        it("is given back, too, if the dashboard has captured it after all", async () => {
            const order = await stored("manual");
            await till.manage(order, "cancel", piece);
            await till.drain(order);
            await fetch(`${stripe.url}/v1/payment_intents/${order.paymentId}/capture`, {
                method: "POST",
                headers: { authorization: `Bearer ${secretKey}` },
            });
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order);

            expect(await entriesOf(order)).to.deep.equal([["refund", "completed", 1609, 1]]);
            await till.expectEqual(order);
        });
    });

    describe("whose order cannot be fulfilled", () => {
        for (const [capture, type, state] of [
            ["automatic", "refund", "refunded"],
            ["manual", "cancellation", "voided"],
        ] as const) {
            it(`is given back once, and the order canceled, with capture ${capture}`, async () => {
                const order = await till.paid(capture);
                const short = { orderId: order.orderId, lines: [], untracked: [], short: [], meta: {} };
                till.tell("inventory.shortage.v1", short);
                till.tell("inventory.shortage.v1", short);
                await till.drain(order);

                const { order: shown, payment } = await till.sessionOf(order);
                expect(payment).to.include({ state });
                expect(shown).to.include({ status: "canceled" });
                expect(shown.adjustments?.map((each) => each.type)).to.deep.equal([type]);
                await till.expectEqual(order);
            });
        }

        it("waits for an operator where the setting says so", async () => {
            const order = await till.paid();
            const { orderId } = order;
            till.tell("inventory.shortage.v1", { orderId, lines: [], untracked: [], short: [], meta: {} });
            till.tell("order.updated.v1", { orderId, status: "canceled" });
            await till.drain(order, "propose");

            expect(stripe.refunds.refunds.size).to.equal(0);
            expect(new Set(kinds())).to.deep.equal(new Set(["RefundProposed"]));
            expect((await till.sessionOf(order)).order.adjustments).to.deep.equal([]);
            await till.ask(order, "refunds");
            await till.drain(order, "propose");
            expect((await till.ledgerOf(order))?.entries.map(({ status }) => status)).to.deep.equal([
                "replaced",
                "completed",
            ]);
        });

        const piece = { id: "li_1", title: "Guide", quantity: { ordered: 2, current: 2, fulfilled: 1 } };
        const fulfillment = (status: string) => ({ fulfillments: [{ id: "ful_1", type: "digital", status }] });
        const canceled = { status: "canceled" };
        const left = { id: "e1", type: "shipped", occurred_at: "2026-11-20T10:00:00Z" };
        for (const [what, ...updates] of [
            ["pieces were delivered before", { line_items: [piece] }, canceled],
            ["it was delivered before", fulfillment("delivered"), canceled],
            ["it was shipped before", fulfillment("shipped"), canceled],
            ["pieces were delivered, says the same event", { ...canceled, line_items: [piece] }],
            ["it was shipped, says the same event", { ...canceled, ...fulfillment("shipped") }],
            ["nothing but its status said that it was shipped", { status: "shipped" }, canceled],
            ["its log says that it was shipped", { fulfillments: [{ id: "ful_1", events: [left] }] }, canceled],
            ["the parcel was lost later", fulfillment("shipped"), fulfillment("failed"), canceled],
            ["a delivery was refused", { fulfillments: [{ id: "ful_9", status: "delivered" }] }, canceled],
        ] as const) {
            it(`waits for an operator where ${what}, whichever function comes first`, async () => {
                for (const first of ["keep", "follow"] as const) {
                    till.under.length = 0;
                    const order = await till.paid();
                    for (const update of updates) {
                        till.tell("order.updated.v1", { orderId: order.orderId, ...update });
                    }
                    till.under.sort((a, b) => Number(b.to === first) - Number(a.to === first));
                    await till.drain(order);

                    expect(stripe.refunds.refunds.size, first).to.equal(0);
                    expect((await till.ledgerOf(order))?.entries.map(({ status }) => status)).to.deep.equal([
                        "proposed",
                    ]);
                }
            });
        }

        it("waits for an operator where it was delivered after the cancellation, but is heard of before", async () => {
            const order = await till.paid();
            const { orderId } = order;
            till.tell("order.updated.v1", { orderId, ...canceled });
            till.tell("order.updated.v1", { orderId, ...fulfillment("delivered") });
            const keepsFirst = (message: { readonly to: string }) => message.to === "keep";
            await till.deliver(till.under.findLastIndex(keepsFirst), order);
            await till.drain(order);

            expect(stripe.refunds.refunds.size).to.equal(0);
            expect(kinds()).to.deep.equal(["RefundProposed"]);
        });

        it("captures nothing by a fulfilment that the order refuses, and says so", async () => {
            const order = await till.paid("manual");
            const fulfillments = [{ id: "ful_9", status: "delivered" }];
            till.tell("order.updated.v1", { orderId: order.orderId, fulfillments });
            await till.drain(order);

            expect(till.log.at(-2)).to.include({ level: "warn" });
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(0);
            expect((await till.ledgerOf(order))?.entries).to.deep.equal([]);
            till.tell("order.updated.v1", { orderId: order.orderId, status: "shipped" });
            await till.drain(order);
            expect(stripe.refunds.balanceOf(order.paymentId), "by the status").to.equal(3218);
        });

        it("is told nobody when nothing but a fulfilment is noted", async () => {
            const order = await till.paid();
            till.tell("order.updated.v1", { orderId: order.orderId, ...fulfillment("delivered") });
            const before = await till.sessionOf(order);
            await till.drain(order);

            expect(await till.ledgerOf(order)).to.include({ isFulfilled: true });
            const { versions } = await till.sessionOf(order);
            expect(versions.length - before.versions.length, "the delivery itself").to.equal(1);
            const told = aws.published().filter(({ detail }) => detail["orderId"] === order.orderId);
            expect(told.map(({ DetailType }) => DetailType)).to.deep.equal(["order.tracked.v1"]);
        });

        it("is proposed no longer when a dispute has taken it, or the dashboard", async () => {
            const order = await till.paid();
            const cancel = { orderId: order.orderId, ...canceled };
            const proposals = async () =>
                ((await till.ledgerOf(order))?.entries ?? [])
                    .filter(({ isCancellation }) => isCancellation)
                    .map(({ status, amount }) => [status, amount]);
            const hearAll = async () => {
                for (const event of await stripe.events()) await till.hear(event);
                await till.drain(order, "propose");
            };
            till.tell("order.updated.v1", cancel);
            await till.drain(order, "propose");
            expect(await proposals()).to.deep.equal([["proposed", 3218]]);
            stripe.refunds.create({ payment_intent: order.paymentId, amount: "218" });
            await hearAll();
            expect(await proposals()).to.deep.equal([["proposed", 3000]]);
            stripe.refunds.dispute(order.paymentId);
            for (const id of stripe.refunds.disputes.keys()) stripe.refunds.closeDispute(id, "lost");
            await hearAll();
            expect(await proposals()).to.deep.equal([["replaced", 3000]]);
        });

        it("is proposed as a refund once what was to be released is captured", async () => {
            const order = await till.paid("manual");
            till.tell("order.updated.v1", { orderId: order.orderId, ...canceled });
            await till.drain(order, "propose");
            await fetch(`${stripe.url}/v1/payment_intents/${order.paymentId}/capture`, {
                method: "POST",
                headers: { authorization: `Bearer ${secretKey}` },
            });
            for (const event of await stripe.events()) await till.hear(event);
            await till.drain(order, "propose");

            expect((await till.ledgerOf(order))?.entries[0]).to.include({ kind: "refund", status: "proposed" });
        });

        it("is still proposed as a refund after a fulfilment has captured it", async () => {
            const order = await till.paid("manual");
            const fulfilled = (quantity: number) => ({
                line_items: [{ id: "li_1", quantity: { fulfilled: quantity } }],
            });
            till.tell("order.updated.v1", { orderId: order.orderId, ...canceled, ...fulfilled(1) });
            await till.drain(order);
            till.tell("order.updated.v1", { orderId: order.orderId, ...fulfilled(1) });
            await till.drain(order);

            const entries = (await till.ledgerOf(order))?.entries ?? [];
            expect(entries.map(({ kind, status, amount }) => [kind, status, amount])).to.deep.equal([
                ["refund", "proposed", 3218],
                ["capture", "completed", 3218],
            ]);
        });

        it("is an operator's case if the order is delivered after all", async () => {
            const order = await till.paid();
            till.tell("order.updated.v1", { orderId: order.orderId, ...canceled });
            await till.drain(order);
            expect(kinds()).to.deep.equal([]);
            till.tell("order.updated.v1", { orderId: order.orderId, ...fulfillment("delivered") });
            await till.drain(order);

            expect(kinds()).to.deep.equal(["PaymentChangeFailed"]);
        });

        it("is proposed while it is disputed, and every time that the order is canceled", async () => {
            const order = await till.paid();
            const cancel = async () => {
                till.tell("order.updated.v1", { orderId: order.orderId, ...canceled });
                await till.drain(order);
            };
            stripe.refunds.dispute(order.paymentId);
            await cancel();
            expect(kinds()).to.deep.equal(["PaymentDisputed", "RefundProposed"]);
            for (const id of stripe.refunds.disputes.keys()) stripe.refunds.closeDispute(id, "won");
            await cancel();

            expect(kinds().at(-1)).to.equal("RefundProposed");
            expect((await till.ask(order, "refunds")).status).to.equal(202);
            await till.drain(order);
            expect(stripe.refunds.balanceOf(order.paymentId)).to.equal(0);
            await cancel();
            expect((await till.ledgerOf(order))?.entries).to.have.length(3);
        });

        it("is given back again when a refund has failed and the order is canceled again", async () => {
            const order = await till.paid("automatic", "spt_refund_fails");
            for (const _ of [1, 2]) {
                till.tell("order.updated.v1", { orderId: order.orderId, ...canceled });
                await till.drain(order);
                // The bank returns it.
                const open = () => [...stripe.refunds.refunds.values()].some(({ status }) => status !== "failed");
                while (open()) await setImmediate();
                for (const event of await stripe.events()) await till.hear(event);
                await till.drain(order);
            }

            const entries = (await till.ledgerOf(order))?.entries ?? [];
            expect(entries.map(({ id, status }) => [id, status])).to.deep.equal([
                ["unfulfillable", "failed"],
                ["unfulfillable_2", "failed"],
            ]);
            expect(kinds()).to.deep.equal(["PaymentChangeFailed", "PaymentChangeFailed"]);
        });

        it("is proposed again, what is left of it, after a smaller refund took the proposal's place", async () => {
            const order = await till.paid();
            const cancel = async () => {
                till.tell("order.updated.v1", { orderId: order.orderId, ...canceled });
                await till.drain(order, "propose");
            };
            await cancel();
            await till.ask(order, "refunds", { amount: 1 });
            await cancel();
            await cancel();

            const entries = (await till.ledgerOf(order))?.entries ?? [];
            expect(entries.map(({ status, amount }) => [status, amount])).to.deep.equal([
                ["replaced", 3218],
                ["completed", 100],
                ["proposed", 3118],
            ]);
        });
    });
});
