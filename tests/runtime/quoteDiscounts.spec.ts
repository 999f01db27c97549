import { expect } from "chai";
import fc from "fast-check";
import { sharesOf, sumOf } from "../../runtime/checkoutSessions/pricing/amounts.ts";
import type { DiscountCode } from "../../runtime/checkoutSessions/pricing/market.ts";
import { quote } from "../../runtime/checkoutSessions/pricing/quote.ts";
import { amounts, cartOf, marketOf, messagesOf, selection } from "./support/market.ts";

const two = [
    ["jacket", 1],
    ["belt", 1],
] as const;
const tenPercent: DiscountCode = { code: "TEN", name: "10 % off", percentOff: 10 };
const fiver: DiscountCode = { code: "FIVER", name: "5 off", amountOff: 500 };
const freeShipping: DiscountCode = {
    code: "FREESHIP",
    name: "Free shipping",
    percentOff: 100,
    appliesTo: "fulfillment",
};

function discounted(
    codes: readonly string[],
    discounts: readonly DiscountCode[],
    more: Parameters<typeof cartOf>[1] = {},
) {
    const express = { selected: [selection("shipping", "shipping_express", "li_1", "li_2")] };
    const quoted = quote(cartOf(two, { ...express, ...more, codes }), marketOf({ discounts }));
    const { applied = [], rejected = [] } = quoted.discounts ?? {};
    return { quoted, applied, rejected };
}
/** Why a code is rejected, alone in a cart. */
const reason = (code: DiscountCode) => discounted([code.code], [code]).rejected[0]?.reason;

describe("a quote, and discount codes", () => {
    it("has no discounts for clients that never sent codes", () => {
        const { discounts, messages } = quote(cartOf([["ebook", 1]]), marketOf({ discounts: [tenPercent] }));

        expect(discounts).to.equal(undefined);
        expect(messages).to.deep.equal([]);
        expect(quote(cartOf([["ebook", 1]], { codes: [] }), marketOf()).discounts).to.deep.equal({
            codes: [],
            applied: [],
            rejected: [],
        });
    });

    it("takes a percentage off the items and gives each line its share", () => {
        const { quoted, applied } = discounted(["ten"], [tenPercent]);

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.discounts?.codes).to.deep.equal(["ten"]);
        expect(applied).to.deep.equal([
            {
                id: "discount_TEN",
                code: "ten",
                coupon: { id: "TEN", name: "10 % off", percent_off: 10 },
                amount: 1_250,
                automatic: false,
                method: "across",
                priority: 1,
                allocations: [
                    { path: "$.line_items[0]", amount: 1_000 },
                    { path: "$.line_items[1]", amount: 250 },
                ],
            },
        ]);
        expect(quoted.lineItems[1]?.discount_details).to.deep.equal([
            { code: "ten", type: "percentage", amount: 250, description: "10 % off", source: "coupon" },
        ]);
        expect(amounts(quoted.lineItems[1]?.totals ?? [])).to.deep.equal([
            ["items_base_amount", 2_500],
            ["items_discount", 250],
            ["subtotal", 2_250],
            ["tax", 163],
            ["total", 2_413],
        ]);
        expect(amounts(quoted.totals)).to.deep.equal([
            ["items_base_amount", 12_500],
            ["items_discount", 1_250],
            ["subtotal", 11_250],
            ["fulfillment", 1_500],
            ["tax", 653 + 163],
            ["total", 13_566],
        ]);
    });

    it("takes a fulfilment discount off the fulfilment", () => {
        const { quoted, applied } = discounted(["FREESHIP"], [freeShipping]);

        expect(applied[0]?.allocations).to.deep.equal([{ path: "$.totals.fulfillment", amount: 1_500 }]);
        expect(amounts(quoted.totals)).to.deep.equal([
            ["items_base_amount", 12_500],
            ["subtotal", 12_500],
            ["discount", 1_500],
            ["fulfillment", 1_500],
            ["tax", 906],
            ["total", 13_406],
        ]);
    });

    it("keeps a code for the fulfilment until one is chosen, and does not count its use before", () => {
        const limited = { ...freeShipping, usageLimit: 1 };
        const early = discounted(["FREESHIP"], [limited], { selected: [] });

        expect(early.applied.map(({ amount, allocations }) => ({ amount, allocations }))).to.deep.equal([
            { amount: 0, allocations: [] },
        ]);
        expect(early.quoted.redeems).to.deep.equal([]);
        expect(discounted(["FREESHIP"], [limited]).quoted.redeems).to.deep.equal(["FREESHIP"]);
    });

    it("takes nothing off lines that a code is not for", () => {
        const { applied, quoted } = discounted(["TEN"], [{ ...tenPercent, products: ["belt"] }]);

        expect(applied[0]?.allocations).to.deep.equal([{ path: "$.line_items[1]", amount: 250 }]);
        expect(quoted.lineItems[0]?.discount_details).to.equal(undefined);
    });

    it("never takes off more than the price", () => {
        const all = { ...tenPercent, percentOff: 100 };
        const { quoted, applied } = discounted(
            ["FIVER", "TEN", "HUGE", "FREESHIP"],
            [fiver, all, { ...fiver, code: "HUGE", amountOff: 1e9 }, freeShipping],
        );

        expect(applied[0]?.coupon).to.include({ amount_off: 500, currency: "usd" });
        expect(applied.map(({ code, amount }) => [code, amount])).to.deep.equal([
            ["FIVER", 500],
            ["TEN", 12_000],
            ["HUGE", 0],
            ["FREESHIP", 1_500],
        ]);
        expect(quoted.total).to.equal(0);
        expect(quoted.status).to.equal("ready_for_payment");
    });

    it("takes codes off one after the other by priority, equal ones as the client sent them", () => {
        const sequence = (codes: readonly string[], discounts: readonly DiscountCode[]) =>
            discounted(codes, discounts).applied.map(({ code, amount, priority }) => [priority, code, amount]);

        expect(sequence(["FIVER", "TEN"], [fiver, tenPercent])).to.deep.equal([
            [1, "FIVER", 500],
            [2, "TEN", 1_200],
        ]);
        expect(sequence(["TEN", "FIVER"], [fiver, tenPercent])).to.deep.equal([
            [1, "TEN", 1_250],
            [2, "FIVER", 500],
        ]);
        expect(sequence(["FIVER", "TEN"], [fiver, { ...tenPercent, priority: 1 }])).to.deep.equal([
            [1, "TEN", 1_250],
            [2, "FIVER", 500],
        ]);
    });

    it("rejects a code that is not known, and warns at its place", () => {
        const { quoted, applied, rejected } = discounted(["TEN", "nope"], [tenPercent]);

        expect(applied).to.have.length(1);
        expect(rejected).to.deep.equal([
            { code: "nope", reason: "discount_code_invalid", message: "The code 'nope' is not known." },
        ]);
        expect(messagesOf(quoted, "warning")).to.deep.equal(["discount_code_invalid $.discounts.codes[1]"]);
        expect(quoted.status).to.equal("ready_for_payment");
    });

    it("rejects a code sent twice in whatever case, once it is applied", () => {
        expect(discounted(["TEN", "ten", "x", "X"], [tenPercent]).rejected.map((code) => code.reason)).to.deep.equal([
            "discount_code_already_applied",
            "discount_code_invalid",
            "discount_code_invalid",
        ]);
    });

    it("rejects a code before its time, after it, and when its dates cannot be read", () => {
        // It is 2026-05-04T15:16:17.181Z.
        expect(reason({ ...tenPercent, startsAt: "2026-05-04T15:16:17.182Z" })).to.equal("discount_code_expired");
        expect(reason({ ...tenPercent, endsAt: "2026-05-04T15:16:17.181Z" })).to.equal("discount_code_expired");
        expect(reason({ ...tenPercent, endsAt: "soon" })).to.equal("discount_code_expired");
        expect(reason({ ...tenPercent, startsAt: "2026-05-04", endsAt: "2026-05-05" })).to.equal(undefined);
        expect(reason({ ...tenPercent, startsAt: "2026-05-04T15:16:17.181Z" })).to.equal(undefined);
    });

    it("rejects a code below its minimum, used up, or for other products", () => {
        expect(reason({ ...tenPercent, minimum: 12_501 })).to.equal("discount_code_minimum_not_met");
        expect(reason({ ...tenPercent, minimum: 12_500 })).to.equal(undefined);
        expect(reason({ ...tenPercent, usageLimit: 3, timesRedeemed: 3 })).to.equal(
            "discount_code_usage_limit_reached",
        );
        expect(reason({ ...tenPercent, usageLimit: 3, timesRedeemed: 2 })).to.equal(undefined);
        expect(reason({ ...tenPercent, products: ["ebook"] })).to.equal("discount_code_invalid");
    });

    it("lets the first good code win where codes do not go together", () => {
        const alone = { ...fiver, combinable: false };
        const outcome = (...codes: string[]) => {
            const { applied, rejected } = discounted(codes, [tenPercent, alone]);
            return [applied.map(({ code }) => code), rejected.map(({ code, reason }) => [code, reason])];
        };

        expect(outcome("TEN", "FIVER")).to.deep.equal([["TEN"], [["FIVER", "discount_code_combination_disallowed"]]]);
        expect(outcome("FIVER", "TEN")).to.deep.equal([["FIVER"], [["TEN", "discount_code_combination_disallowed"]]]);
        expect(outcome("unknown", "FIVER")[0]).to.deep.equal(["FIVER"]);
    });

    it("never shows a code's redemptions or their limit", () => {
        const { quoted } = discounted(["TEN"], [{ ...tenPercent, usageLimit: 77_777, timesRedeemed: 55_555 }]);

        expect(quoted.redeems).to.deep.equal(["TEN"]);
        expect(JSON.stringify(quoted)).not.to.match(/77777|55555/);
    });

    it("gives no discount on products that are not sold", () => {
        const cart = cartOf([["gone", 1]], { codes: ["TEN", "HUGE"] });
        const { discounts, total } = quote(
            cart,
            marketOf({ discounts: [tenPercent, { ...fiver, code: "HUGE", products: ["gone"] }] }),
        );

        expect(discounts?.applied).to.deep.equal([]);
        expect(total).to.equal(0);
    });
});

describe("shares", () => {
    const cents = fc.integer({ min: 0, max: 1e12 });

    it("add up to the amount, and each is its proportion rounded down or up", () => {
        const split = fc
            .array(cents, { minLength: 1, maxLength: 20 })
            .chain((weights) => fc.tuple(fc.constant(weights), fc.integer({ min: 0, max: sumOf(weights) })));
        fc.assert(
            fc.property(split, ([weights, amount]) => {
                const shares = sharesOf(amount, weights);
                const sum = BigInt(sumOf(weights));

                expect(sumOf(shares)).to.equal(amount);
                for (const [index, weight] of weights.entries()) {
                    const share = shares[index] ?? -1;
                    const error = BigInt(share) * sum - BigInt(amount) * BigInt(weight);
                    expect(share).to.be.within(0, weight);
                    expect(error > -sum && error < sum, `${share} of ${amount}`).to.equal(sum > 0n);
                }
            }),
        );
    });

    it("give the odd cents to the largest remainders, to the first of equal ones", () => {
        expect(
            sharesOf(
                100,
                [1, 1, 1].map((weight) => weight * 50),
            ),
        ).to.deep.equal([34, 33, 33]);
        expect(sharesOf(10, [12, 46, 42])).to.deep.equal([1, 5, 4]);
        expect(sharesOf(0, [0, 0])).to.deep.equal([0, 0]);
        expect(sharesOf(0, [])).to.deep.equal([]);
    });
});
