import { expect } from "chai";
import fc from "fast-check";
import type { Order, Total } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { type Entry, type Ledger, wholeOf } from "../../../runtime/checkoutSessions/money/ledger.ts";
import { unitsOf } from "../../../runtime/shared/money.ts";
import { isProof } from "../../proof.ts";
import { mug, payingWith, readyCart } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { amountOf, berlin } from "../support/market.ts";
import { started, startedAws } from "../support/started.ts";
import { StripeDouble, secretKey, stripeError } from "../support/stripe.ts";
import { accountAt, guides, type Purchase, type Sale, Till } from "../support/till.ts";

/** Random histories: `HISTORIES` of them, if it is set. */
const runs = Number(process.env["HISTORIES"] ?? (isProof ? 150 : 4));

// ----- what the merchant, the buyer, the provider, the network and time do

type Act =
    | { readonly act: "complete"; readonly token: string; readonly key: string; readonly mishap: "none" | "reset" }
    | { readonly act: "settle" | "giveUp" }
    | { readonly act: "refund"; readonly cents: number | undefined; readonly key: string }
    | { readonly act: "refundLine"; readonly line: number; readonly quantity: number; readonly key: string }
    | {
          readonly act: "fulfil" | "cancelPiece" | "cancelPieceOnBus" | "adjust" | "sendPiece";
          readonly line: number;
          readonly quantity: number;
      }
    | { readonly act: (typeof wholes)[number] }
    | { readonly act: "refundAtProvider"; readonly cents: number }
    | { readonly act: "hear"; readonly event: number }
    | { readonly act: "deliver"; readonly message: number; readonly twice: boolean; readonly mishap: Mishap };
/** What is done with the order, or its payment, as a whole. */
const wholes = [
    ...["capture", "capture", "ship", "cancel", "cancelRest", "sendRest", "loseParcel", "cancelFulfilled"],
    ...["shortage", "dispute", "win", "lose"],
] as const;
type Mishap = (typeof mishaps)[number];
const mishaps = ["none", "none", "none", "reset", "fault", "refused", "crash"] as const;

const line = fc.nat({ max: 1 });
const quantity = fc.constantFrom(1, 2);
const cents = fc.integer({ min: 1, max: 3300 });
const key = fc.constantFrom("a", "b", "c", "d");
const place = fc.nat({ max: 50 });
const tokens = ["spt_success", "spt_success", "spt_500", "spt_declined", "spt_processing", "spt_processing_declined"];
const acts: fc.Arbitrary<Act> = fc.oneof(
    {
        weight: 3,
        arbitrary: fc.record({
            act: fc.constant("complete"),
            token: fc.constantFrom(...tokens),
            key,
            mishap: fc.constantFrom("none", "none", "reset"),
        }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constantFrom("settle", "settle", "settle", "giveUp") }) },
    {
        weight: 2,
        arbitrary: fc.record({ act: fc.constant("refund"), cents: fc.option(cents, { nil: undefined }), key }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("refundLine"), line, quantity, key }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom(...wholes) }) },
    {
        weight: 3,
        arbitrary: fc.record({
            act: fc.constantFrom("fulfil", "cancelPiece", "cancelPiece", "cancelPieceOnBus", "adjust", "sendPiece"),
            line,
            quantity,
        }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("refundAtProvider"), cents }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("hear"), event: place }) },
    {
        weight: 8,
        arbitrary: fc.record({
            act: fc.constant("deliver"),
            message: place,
            twice: fc.boolean(),
            mishap: fc.constantFrom(...mishaps),
        }),
    },
) as fc.Arbitrary<Act>;

interface Bought extends Purchase {
    readonly capture: "automatic" | "manual";
}

// ----- what is bought, and where

const berliner = { name: "Bo Roe", address: { ...berlin, name: "Bo Roe" } };
/** Lines to two places, with codes that have a limit, and taxes on everything. */
const parcels: Sale = {
    things: [
        mug,
        { ...mug, productId: "lamp", name: "Lamp", price: 3333 },
        { code: "TEN", name: "10 % off", percentOff: 10, usageLimit: 1_000_000 },
        {
            code: "SHIP",
            name: "A third of the delivery",
            percentOff: 33.3,
            appliesTo: "fulfillment",
            usageLimit: 1_000_000,
        },
    ],
    cart: {
        ...readyCart,
        line_items: [
            { id: "mug", quantity: 2 },
            { id: "lamp", quantity: 3 },
        ],
        fulfillment_groups: [
            { id: "gift", item_ids: ["mug"], destination_type: "shipping", fulfillment_details: berliner },
        ],
        discounts: { codes: ["TEN", "SHIP"] },
    },
    shop: { taxOnShipping: true, shippingRates: { US: { standard: 501 }, DE: { standard: 900 } } },
};
/** The same goods, for other minor units. */
const soldIn = (currency: string, things: Sale["things"]): Sale => ({
    ...parcels,
    things: things.map((thing) => ("productId" in thing ? { ...thing, currency } : thing)),
    cart: { ...parcels.cart, currency },
    shop: { ...parcels.shop, currency },
});
const sales: Readonly<Record<string, Sale | undefined>> = {
    downloads: undefined,
    parcels,
    "taxes included": { ...parcels, shop: { ...parcels.shop, taxIncluded: true } },
    yen: soldIn("jpy", parcels.things),
    // Stripe takes no thousandths.
    dinars: { ...soldIn("bhd", parcels.things), provider: "sandbox" },
};

function expectAddedUp(totals: readonly Total[]): void {
    const of = (type: Total["type"]) => totals.find((total) => total.type === type)?.amount ?? 0;
    expect(of("total"), JSON.stringify(totals)).to.equal(
        of("subtotal") - of("discount") + of("fulfillment") + of("tax"),
    );
    expect(of("subtotal")).to.equal(of("items_base_amount") - of("items_discount"));
    expect(of("amount_refunded")).to.be.within(0, of("total"));
}

describe("random histories of a payment", () => {
    const database = started(new Database());
    const stripe = started(new StripeDouble(secretKey));
    const aws = startedAws(database, (one) => one.answers("GetSecretValue", () => accountAt(stripe)));
    const till = new Till(database, aws, stripe, true);

    /** The provider has done something for others, or for a call without an answer, and nobody has looked since. */
    let isBlind = false;

    it("end with the same balance at the provider and in the ledger, and tell the agent of it", async () => {
        const history = fc.record({
            sold: fc.constantFrom("downloads", ...Object.keys(sales)),
            capture: fc.constantFrom("automatic" as const, "manual" as const),
            isPaid: fc.boolean(),
            happened: fc.array(acts, { minLength: 5, maxLength: 30, size: "max" }),
        });
        await fc.assert(
            fc.asyncProperty(history, async ({ sold, capture, isPaid, happened }) => {
                till.under.length = 0;
                till.sale = sales[sold] ?? guides();
                stripe.reset();
                isBlind = false;
                const order: Bought = { ...(isPaid ? await till.paid(capture) : await till.open()), capture };
                for (const act of happened) {
                    await happen(act, order);
                    await expectSound(order);
                }
                stripe.beforeAnswer = async () => {};
                for (const mishap of Object.values(stripe.mishaps)) mishap.length = 0;
                await settled(order);
                if ((await paymentOf(order)) === undefined) return await expectUnpaid(order);
                await till.drain(order);
                for (const event of await stripe.events()) await till.hear(event);
                await till.drain(order);
                await expectSound(order);
                await expectTold(order);
            }),
            { numRuns: runs, endOnFailure: isProof },
        );
    }).timeout(60_000 * (4 + runs));

    async function happen(act: Act, order: Bought): Promise<void> {
        const { orderId, sessionId } = order;
        const paymentId = await paymentOf(order);
        switch (act.act) {
            case "complete":
                if (act.mishap === "reset") stripe.mishaps.charge.push("reset", "reset", "reset");
                await till
                    .checkout(order.capture)
                    .complete(sessionId, payingWith(till.tokenFor(act.token)), { key: act.key });
                stripe.mishaps.charge.length = 0;
                break;
            case "settle":
                await till
                    .checkout(order.capture)
                    .settle(sessionId)
                    .catch(() => undefined);
                break;
            case "giveUp":
                await till.checkout(order.capture).cancel(sessionId);
                break;
            case "refund":
                await till.ask(order, "refunds", act.cents === undefined ? {} : { amount: units(act.cents) }, act.key);
                break;
            case "refundLine":
                await till.ask(order, "refunds", { lines: [pieces(act)] }, act.key);
                break;
            case "capture":
                await till.ask(order, "capture");
                break;
            case "fulfil":
                report(order, { line_items: [{ id: pieces(act).id, quantity: { fulfilled: act.quantity } }] });
                break;
            case "ship":
                report(order, { fulfillments: [{ id: "ful_1", status: "shipped" }] });
                break;
            case "loseParcel":
                report(order, { fulfillments: [{ id: "ful_1", status: "failed" }] });
                break;
            case "cancelFulfilled":
                report(order, { status: "canceled", line_items: [{ id: "li_1", quantity: { fulfilled: 2 } }] });
                break;
            case "cancel":
                report(order, { status: "canceled" });
                break;
            case "cancelPiece":
            case "sendPiece":
                await till.store(order);
                await till.manage(order, act.act === "sendPiece" ? "fulfillments" : "cancel", { lines: [pieces(act)] });
                break;
            case "cancelRest":
            case "sendRest":
                await till.store(order);
                await till.manage(order, act.act === "sendRest" ? "fulfillments" : "cancel");
                break;
            case "cancelPieceOnBus":
                report(order, { line_items: [{ id: pieces(act).id, quantity: { current: 2 - act.quantity } }] });
                break;
            case "adjust":
                report(order, {
                    adjustments: [
                        {
                            id: `erp-${act.line}`,
                            type: "cancellation",
                            status: "completed",
                            occurred_at: "2026-11-25T10:00:00Z",
                            line_items: [pieces({ ...act, quantity: 1 })],
                        },
                    ],
                });
                break;
            case "shortage":
                till.tell("inventory.shortage.v1", { orderId, lines: [], untracked: [], short: [], meta: {} });
                break;
            case "dispute":
                if (paymentId === undefined || !isAtStripe()) break;
                isBlind = true;
                stripe.refunds.dispute(paymentId);
                break;
            case "win":
            case "lose":
                isBlind = true;
                for (const id of stripe.refunds.disputes.keys()) {
                    stripe.refunds.closeDispute(id, act.act === "win" ? "won" : "lost");
                }
                break;
            case "refundAtProvider":
                if (paymentId === undefined || !isAtStripe()) break;
                isBlind = true;
                stripe.refunds.create({ payment_intent: paymentId, amount: String(act.cents) });
                break;
            case "hear": {
                const events = await stripe.events();
                const event = events[act.event % events.length];
                if (event !== undefined) await till.hear(event);
                break;
            }
            case "deliver":
                await deliver(act, order);
        }
    }

    async function deliver(
        { message, twice, mishap }: Extract<Act, { readonly act: "deliver" }>,
        order: Bought,
    ): Promise<void> {
        if (till.under.length === 0) return;
        const at = message % till.under.length;
        const copy = till.under[at];
        if (twice && copy !== undefined) till.under.push(copy);
        if (mishap === "reset") stripe.mishaps.charge.push("reset", "reset");
        if (mishap === "fault") stripe.mishaps.charge.push(stripeError(500, "api_error"));
        if (mishap === "refused") stripe.mishaps.charge.push(stripeError(429, "rate_limit_error"));
        if (mishap === "crash") till.crashNext();
        const wasLooking = copy?.to === "keep";
        const attempts = stripe.requests.length;
        const done = await till.deliver(at, order);
        // Who has looked at the payment, and has ended well, knows all that has happened to it.
        const paymentId = await paymentOf(order);
        const hasLooked = stripe.requests.slice(attempts).some(({ path }) => path.endsWith(`/${paymentId}`));
        if (wasLooking && hasLooked) isBlind = !done;
        stripe.beforeAnswer = async () => {};
        stripe.mishaps.charge.length = 0;
    }

    const isAtStripe = () => till.sale.provider === undefined;
    const units = (minor: number) => unitsOf(minor, till.sale.cart.currency);
    /** Of one of the order's lines. */
    const pieces = ({ line: at, quantity: count }: { readonly line: number; readonly quantity: number }) => ({
        id: `li_${1 + (at % till.sale.cart.line_items.length)}`,
        quantity: count,
    });
    const report = ({ orderId }: Bought, members: object) => till.tell("order.updated.v1", { orderId, ...members });
    const paymentOf = async ({ sessionId }: Bought) => (await till.stateOf(sessionId)).state?.hidden.payment?.id;

    /** The completion has ended: the provider decides meanwhile about what it was thinking over. */
    async function settled({ sessionId, capture }: Bought): Promise<void> {
        while ((await till.stateOf(sessionId)).state?.session.status === "complete_in_progress") {
            await till
                .checkout(capture)
                .settle(sessionId)
                .catch(() => undefined);
        }
    }

    const isOfOrder = ({ kind, status, isOfCanceled, failure }: Entry) =>
        (kind === "capture" || kind === "void" || isOfCanceled) && failure === undefined && status === "completed";
    const holdsMoney = ({ status }: { readonly status: string }) => /^(succeeded|requires_capture)$/.test(status);

    async function expectUnpaid({ sessionId }: Bought): Promise<void> {
        const { state } = await till.stateOf(sessionId);
        expect(state?.session).not.to.have.property("order");
        expect([...stripe.intents.values()].filter(holdsMoney)).to.deep.equal([]);
    }

    /** What holds in every step. */
    async function expectSound(order: Bought): Promise<void> {
        const { state, versions: numbers } = await till.stateOf(order.sessionId);
        expect(numbers, "the session's versions").to.deep.equal(numbers.map((_, index) => index + 1));
        expect([...stripe.intents.values()].filter(holdsMoney).length, "payments").to.be.at.most(1);
        const { status, order: shown, totals = [] } = state?.session ?? {};
        expect(shown !== undefined).to.equal(status === "completed");
        expectAddedUp(totals);
        if (shown) expectAddedUp(shown.totals ?? []);
        const versions = await till.versionsOf(order.orderId);
        expect(versions.map(({ version }) => version)).to.deep.equal(versions.map((_, index) => index + 1));
        const paymentId = state?.hidden.payment?.id;
        if (shown === undefined || paymentId === undefined) return expect(versions).to.have.length(0) && undefined;
        const ledger = versions.at(-1)?.ledger;
        // Paid minus refunded is what the provider has, unless it has done what nobody has looked at.
        if (!isBlind) await till.expectEqual(order, paymentId);
        if (ledger === undefined) return;
        const { captured, amount } = ledger;
        expect(captured).to.be.within(0, amount);
        expect(await till.balanceAtProvider(paymentId), "at the provider").to.be.within(0, amount);
        // All that was paid is of a line or of a delivery.
        const { lines, deliveries = [] } = ledger;
        expect([...lines, ...deliveries].reduce((sum, { total }) => sum + total, 0)).to.equal(amount);
        // Each entry was done at most once.
        const done = [...stripe.refunds.refunds.values()].flatMap((refund) =>
            "metadata" in refund ? ((refund.metadata as { entry?: string }).entry ?? []) : [],
        );
        expect(new Set(done).size, done.join()).to.equal(done.length);
        // Only what others did meanwhile at the provider can exceed what is left.
        const own = ledger.entries.filter(
            ({ kind, id, status }) => kind === "refund" && !/^re_/.test(id) && status !== "failed",
        );
        const given = own.filter(({ status }) => status === "pending" || status === "completed");
        if (own.length === ledger.entries.length) {
            expect(given.reduce((sum, entry) => sum + entry.amount, 0)).to.be.at.most(captured);
        }
    }

    /** What agents and the merchant see when all has been delivered. */
    async function expectTold(order: Bought): Promise<void> {
        const paymentId = (await paymentOf(order)) ?? "";
        await till.expectEqual(order, paymentId);
        const { order: shown, payment, versions } = await till.sessionOf(order);
        expect(versions).to.deep.equal(versions.map((_, index) => index + 1));
        const ledger = await till.ledgerOf(order);
        const refunds = (shown.adjustments ?? []).filter(
            ({ type, status }) => type === "refund" && status === "completed",
        );
        const refunded = refunds.reduce((sum, { amount = 0 }) => sum + amount, 0);
        const totals = shown.totals ?? [];
        expect(totals.find(({ type }) => type === "amount_refunded")?.amount ?? 0).to.equal(refunded);
        expect(amountOf(totals, "total")).to.equal(payment?.amount);
        if (ledger === undefined) return;
        expect(ledger.entries.filter(({ status, kind }) => status === "pending" && kind !== "dispute")).to.deep.equal(
            [],
        );
        const ofDisputes = ledger.entries.reduce((sum, { withdrawn = 0 }) => sum + withdrawn, 0);
        const balance = await till.balanceAtProvider(paymentId);
        expect(refunded).to.equal(ledger.captured - ofDisputes - balance);
        // Where nothing but the order has moved it, what the provider has is what is owed for the pieces that are left.
        // Of reports that contradict each other, session and order may show another one.
        const canceled = canceledOf((await till.trackedOf(order)) ?? shown, ledger);
        if (ledger.captured > 0 && ledger.entries.every(isOfOrder)) {
            expect(balance, JSON.stringify(ledger)).to.equal(owedOf(ledger, canceled));
        }
        if (!isAtStripe()) return;
        expect(payment?.state === "voided").to.equal(stripe.intents.get(paymentId)?.status === "canceled");
    }

    /** Pieces of each line that are not to be paid: what was given back before it was heard that it had left stays so. */
    function canceledOf({ status: is, line_items: lines = [], fulfillments = [] }: Order, ledger: Ledger): number[] {
        const isWhole = ledger.isVoided || is === "canceled";
        // Of an order that is canceled as a whole all is given back, or waits for an operator.
        const waits = ({ status }: Entry) => status === "proposed" || status === "failed";
        if (isWhole && !ledger.entries.some(waits)) expect(wholeOf(ledger).amount, "is left").to.equal(0);
        return lines.map(({ id, quantity: { ordered, current, fulfilled = 0 } }) => {
            const inParcels = (statuses: readonly string[]) =>
                fulfillments
                    .filter(({ status = "" }) => statuses.includes(status))
                    .flatMap(({ line_items = [] }) => line_items)
                    .reduce((sum, one) => (one.id === id ? sum + one.quantity : sum), 0);
            const left = Math.min(
                ordered,
                Math.max(inParcels(["shipped", "delivered"]), fulfilled - inParcels(["failed"])),
            );
            const shown = ordered - Math.max(current, left);
            const counted = ledger.canceled?.find((one) => one.id === id)?.quantity ?? 0;
            expect(counted, `canceled of ${id}`).to.be.at.least(isWhole ? 0 : shown);
            return counted;
        });
    }

    /** A delivery is due as long as a piece of it is. */
    function owedOf({ lines, deliveries = [] }: Ledger, canceled: readonly number[]): number {
        const isGone = (id: string) => lines.some((one, at) => one.id === id && canceled[at] === one.quantity);
        const due = deliveries.filter((one) => !one.lines.every(isGone));
        const ofLines = lines.map(({ total, quantity: ordered }, at) => {
            return total - Math.round((total * (canceled[at] ?? 0)) / ordered);
        });
        return [...ofLines, ...due.map(({ total }) => total)].reduce((sum, amount) => sum + amount, 0);
    }
});
