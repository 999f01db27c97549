import { expect } from "chai";
import fc from "fast-check";
import type { Order } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { decideUpdate } from "../../../runtime/checkoutSessions/session/decide.ts";
import { orderOf } from "../../../runtime/checkoutSessions/session/order.ts";
import { evolve } from "../../../runtime/checkoutSessions/session/session.ts";
import { capability, envelopeOf } from "../../../runtime/checkoutSessions/ucp/capabilities.ts";
import { type UcpOrder, ucpOrder } from "../../../runtime/checkoutSessions/ucp/order.ts";
import { type OrderChanges, progressed } from "../../../runtime/shared/orders/orderProgress.ts";
import type { Reports } from "../../../runtime/shared/orders/reports.ts";
import { ucpJudge, ucpMissing, ucpPresent } from "../../ucp.ts";
import { jo, stateOf } from "../support/checkout.ts";
import { marketOf, merchant, pickupInBerlin, sanFrancisco, selection } from "../support/market.ts";

const at = "2026-05-04T16:00:00.000Z";
const market = marketOf({
    merchant: { ...merchant, pickupLocations: pickupInBerlin },
    discounts: [{ code: "SAVE10", name: "10 % off", percentOff: 10 }],
});
const version = "2026-04-08";
const envelope = envelopeOf({ version, capabilities: new Map([[capability.order, version]]) }, [capability.order]);
const told = (order: Order) => ucpOrder(order, "usd", envelope);

/** Two jackets by post, a belt to collect and an e-book, with a discount. */
function placed(): Order {
    const before = stateOf(
        {
            currency: "usd",
            capabilities: {},
            line_items: [{ id: "jacket", quantity: 2 }, { id: "belt" }, { id: "ebook" }],
            buyer: jo,
            fulfillment_details: { address: sanFrancisco },
            discounts: { codes: ["SAVE10"] },
        },
        market,
    );
    const chosen = [selection("shipping", "shipping_standard", "jacket"), selection("pickup", "pickup_mitte", "belt")];
    const decision = decideUpdate(before, { selected_fulfillment_options: chosen }, market);
    const { session, hidden } =
        "event" in decision ? evolve(before, decision.event, market.merchant) : expect.fail("no update");
    return orderOf(session, hidden, merchant, at);
}

type Step = OrderChanges;
const pieces = fc.constantFrom({ id: "li_1", quantity: 1 }, { id: "li_1", quantity: 2 }, { id: "li_2", quantity: 1 });
const time = fc
    .integer({ min: 0, max: 400 })
    .map((hours) => new Date(Date.parse(at) + hours * 3_600_000).toISOString());
const eventTypes = ["shipped", "in_transit", "delivered", "failed_attempt", "canceled", "returned_to_sender"] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
        fulfillments: fc.array(
            fc.record(
                {
                    id: fc.constantFrom("ful_1", "ful_2", "parcel"),
                    type: fc.constant("shipping" as const),
                    status: fc.constantFrom("processing", "shipped", "delivered", "failed", "canceled"),
                    line_items: fc.array(pieces, { minLength: 1, maxLength: 2 }),
                    carrier: fc.constant("DHL"),
                    tracking_number: fc.constant("JD01"),
                    tracking_url: fc.constant("https://dhl.example/JD01"),
                    events: fc.array(
                        fc.record({
                            id: fc.constantFrom("1", "2", "3"),
                            type: fc.constantFrom(...eventTypes),
                            occurred_at: time,
                        }),
                        { maxLength: 2 },
                    ),
                },
                { requiredKeys: ["id", "type"] },
            ),
            { minLength: 1, maxLength: 2 },
        ),
    }),
    fc.record({
        line_items: fc.array(
            fc.record({
                id: fc.constantFrom("li_1", "li_2", "li_3"),
                quantity: fc.record(
                    { current: fc.integer({ min: 0, max: 2 }), fulfilled: fc.integer({ min: 0, max: 2 }) },
                    { requiredKeys: [] },
                ),
            }),
            { minLength: 1, maxLength: 3 },
        ),
    }),
    fc.record({
        adjustments: fc.array(
            fc.record(
                {
                    id: fc.constantFrom("a", "b", "c"),
                    type: fc.constantFrom("refund", "return", "cancellation", "credit", "dispute", "price_adjustment"),
                    status: fc.constantFrom("pending", "completed", "failed"),
                    occurred_at: time,
                    amount: fc.integer({ min: 0, max: 9000 }),
                    line_items: fc.array(pieces, { minLength: 1, maxLength: 1 }),
                    reason: fc.constant("Defective"),
                },
                { requiredKeys: ["id", "type", "status", "occurred_at"] },
            ),
            { minLength: 1, maxLength: 2 },
        ),
    }),
    fc.record({ status: fc.constantFrom("confirmed", "shipped", "completed", "canceled") }),
) as fc.Arbitrary<Step>;

const sumOf = (totals: UcpOrder["totals"]) =>
    totals.reduce((sum, { type, amount }) => (type === "total" ? sum : sum + amount), 0);
const totalOf = (totals: UcpOrder["totals"]) => totals.find(({ type }) => type === "total")?.amount;

describe("an order in terms of UCP", () => {
    it("tells what was bought, what the buyer may expect, and nothing of a parcel that is only pending", () => {
        const { line_items, fulfillment, totals, ...order } = told(placed());

        expect(order).to.deep.include({ currency: "USD", checkout_id: "cs_1", adjustments: [] });
        expect(line_items.map(({ item, quantity, status }) => [item.id, item.price, quantity, status])).to.deep.equal([
            ["jacket", 10_000, { original: 2, total: 2, fulfilled: 0 }, "processing"],
            ["belt", 2500, { original: 1, total: 1, fulfilled: 0 }, "processing"],
            ["ebook", 1500, { original: 1, total: 1, fulfilled: 0 }, "processing"],
        ]);
        const { expectations, events } = fulfillment;
        expect(
            expectations.map(({ method_type, destination }) => [method_type, destination.address_locality]),
        ).to.have.deep.members([
            ["shipping", "San Francisco"],
            ["pickup", "Berlin"],
            ["digital", undefined],
        ]);
        expect(expectations.find(({ method_type }) => method_type === "shipping")?.description).to.match(
            /, 2026-05-07 to 2026-05-09$/,
        );
        expect(events.map(({ type }) => type)).to.deep.equal(["processing", "processing", "processing"]);
        expect(totals.filter(({ type }) => /discount/.test(type)).every(({ amount }) => amount < 0)).to.equal(true);
        expect(totals.some(({ type }) => type === "items_discount")).to.equal(true);
        expect(sumOf(totals)).to.equal(totalOf(totals));
    });

    it("tells a return of shipped pieces as a negative adjustment, and the line as it is then", () => {
        const order = placed();
        const { order: returned } = progressed(
            { order, reports: {} },
            [
                { update: { line_items: [{ id: "li_1", quantity: { fulfilled: 2 } }] } },
                {
                    update: {
                        line_items: [{ id: "li_1", quantity: { current: 1 } }],
                        adjustments: [
                            {
                                id: "adj_1",
                                type: "return",
                                status: "completed",
                                occurred_at: at,
                                amount: 10_000,
                                line_items: [{ id: "li_1", quantity: 1 }],
                                reason: "Too small",
                            },
                        ],
                    },
                },
            ],
            { sent: Date.parse(at), currency: "usd", ledgerEntries: [] },
        );
        const { line_items, adjustments, totals } = told(returned);

        expect(line_items[0]).to.deep.include({
            quantity: { original: 2, total: 1, fulfilled: 1 },
            status: "fulfilled",
        });
        expect(adjustments).to.deep.equal([
            {
                id: "adj_1",
                type: "return",
                occurred_at: at,
                status: "completed",
                line_items: [{ id: "li_1", quantity: -1 }],
                totals: [{ type: "total", amount: -10_000 }],
                description: "Too small",
            },
        ]);
        expect(totals).to.deep.equal(told(order).totals);
    });

    it("is valid by UCP's schemas, adds up, and loses no event, through every history", function () {
        if (!ucpPresent) {
            console.log(`      ${ucpMissing}`);
            this.skip();
        }
        const judges = [ucpJudge("2026-04-08"), ucpJudge("2026-08-22-pre-2026-08-25")];
        const first = placed();
        fc.assert(
            fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
                let progress: { readonly order: Order; readonly reports: Reports } = { order: first, reports: {} };
                let known = new Set<string>();
                for (const [index, update] of [{}, ...steps].entries()) {
                    const sent = Date.parse(at) + index * 1000;
                    progress = progressed(progress, [{ update }], { sent, currency: "usd", ledgerEntries: [] });
                    const order = told(progress.order);
                    for (const judge of judges) expect(judge("shopping/order.json", order)).to.deep.equal([]);
                    expect(order.totals).to.deep.equal(told(first).totals);
                    for (const totals of [order.totals, ...order.line_items.map((line) => line.totals)]) {
                        expect(sumOf(totals)).to.equal(totalOf(totals));
                    }
                    for (const { quantity, status } of order.line_items) {
                        const { original, total, fulfilled } = quantity;
                        expect(total).to.be.within(0, original);
                        expect(fulfilled).to.be.within(0, total);
                        const derived = fulfilled === total ? "fulfilled" : fulfilled > 0 ? "partial" : "processing";
                        expect(status).to.equal(total === 0 ? "removed" : derived);
                    }
                    for (const { line_items = [], totals = [] } of order.adjustments) {
                        for (const { quantity } of line_items) expect(quantity).to.be.below(0);
                        for (const { amount } of totals) expect(amount).to.be.below(0);
                    }
                    const { events } = order.fulfillment;
                    const ids = new Set(events.map(({ id }) => id));
                    expect(ids.size).to.equal(events.length);
                    expect([...known].filter((id) => !ids.has(id))).to.deep.equal([]);
                    known = ids;
                }
            }),
            { numRuns: 200 },
        );
    });
});
