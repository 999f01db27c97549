import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import type { AgentCapabilities, LineItem, Total } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { sumOf } from "../../runtime/checkoutSessions/pricing/amounts.ts";
import type { Cart } from "../../runtime/checkoutSessions/pricing/cart.ts";
import type { DiscountCode, Market, Product } from "../../runtime/checkoutSessions/pricing/market.ts";
import { type Quote, quote } from "../../runtime/checkoutSessions/pricing/quote.ts";
import { isProof } from "../proof.ts";
import { amountOf, merchant, pickupInBerlin, regions, sanFrancisco } from "./support/market.ts";

// ----- all kinds of carts and markets

const price = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 1e8 }));
const percent = fc.oneof(
    fc.constantFrom(0, 0.5, 2.3, 7.25, 8.875, 12.5, 19, 33.333333, 99.9, 100),
    fc.integer({ min: 0, max: 1e8 }).map((millionths) => millionths / 1e6),
);
/** What lets a cart go through to its end, and now and then what does not. */
const mostly = <Value>(usual: Value, other: fc.Arbitrary<Value>) =>
    fc.oneof({ arbitrary: fc.constant(usual), weight: 9 }, { arbitrary: other, weight: 1 });
const productIds = ["p1", "p2", "p3", "p4"];
const productOf = (productId: string): fc.Arbitrary<Product> =>
    fc.record(
        {
            productId: fc.constant(productId),
            name: fc.constant(`Product ${productId}`),
            price,
            currency: mostly("usd", fc.constant("eur")),
            stock: mostly(50_003, fc.integer({ min: 0, max: 20 })),
            digital: fc.boolean(),
            taxExempt: fc.boolean(),
        },
        { requiredKeys: ["productId", "name", "price", "currency"] },
    );
const codeNames = ["A", "B", "C", "D"];
const codeOf = (code: string): fc.Arbitrary<DiscountCode> =>
    fc
        .tuple(
            fc.oneof(
                fc.record({ percentOff: percent }),
                fc.record({ amountOff: fc.oneof(price, fc.integer({ min: 0, max: 1e13 })) }),
            ),
            fc.record(
                {
                    appliesTo: fc.constantFrom("items", "fulfillment"),
                    products: fc.shuffledSubarray(productIds, { minLength: 2 }),
                    minimum: mostly(1, price),
                    endsAt: mostly("2027-01-01", fc.constant("2026-01-01")),
                    usageLimit: fc.integer({ min: 1, max: 2 }),
                    timesRedeemed: mostly(0, fc.constant(2)),
                    combinable: mostly(true, fc.constant(false)),
                    priority: fc.integer({ min: -1, max: 3 }),
                },
                { requiredKeys: [] },
            ),
        )
        .map(([worth, rules]) => ({ code, name: `Code ${code}`, ...worth, ...rules }));
const rate = fc.record({ standard: price, express: price }, { requiredKeys: ["standard"] });
const market: fc.Arbitrary<Market> = fc
    .record({
        products: fc.tuple(...productIds.map(productOf)),
        discounts: fc.tuple(...codeNames.map(codeOf)),
        taxRates: fc.record({ "US-CA": percent, US: percent, DE: percent, "*": percent }, { requiredKeys: [] }),
        shippingRates: fc.oneof(
            fc.record({ US: rate, DE: rate, "*": rate }),
            fc.record({ US: rate, DE: rate }, { requiredKeys: [] }),
        ),
        pickupLocations: fc.constantFrom({}, pickupInBerlin),
        requiredInterventions: mostly<readonly "3ds"[]>([], fc.constant(["3ds"])),
    })
    .map(({ products, discounts, ...rules }) => ({
        products: new Map(products.map((product) => [product.productId, product])),
        discounts: new Map(discounts.map((code) => [code.code, code])),
        merchant: { ...merchant, ...rules },
        regions,
        now: new Date("2026-05-04T15:16:17Z"),
    }));

const lineIds = ["li_1", "li_2", "li_3", "li_4", "li_5"];
const options = [
    ["shipping", "shipping_standard"],
    ["shipping", "shipping_express"],
    ["pickup", "pickup_mitte"],
    ["shipping", "shipping_gone"],
] as const;
const cart: fc.Arbitrary<Cart> = fc
    .tuple(
        fc.array(
            fc.record({
                productId: fc.constantFrom(...productIds).chain((id) => mostly(id, fc.constant("gone"))),
                quantity: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 10_000 })),
            }),
            { maxLength: lineIds.length },
        ),
        fc.record(
            {
                fulfillmentDetails: fc.record({
                    address: fc
                        .constantFrom("US", "us", "de", "FR", "Germany")
                        .map((country) => ({ ...sanFrancisco, country })),
                }),
                selected: fc.array(
                    fc
                        .tuple(fc.constantFrom(...options), fc.oneof(fc.constant(lineIds), fc.subarray(lineIds)))
                        .map(([[type, option_id], item_ids]) => ({ type, option_id, item_ids })),
                    { maxLength: 4 },
                ),
                codes: fc.array(fc.constantFrom(...codeNames, "a", "b", "unknown"), { maxLength: 6 }),
                capabilities: fc.constantFrom<AgentCapabilities>(
                    {},
                    { interventions: { supported: ["3ds"], max_redirects: 0, max_interaction_depth: 1 } },
                ),
            },
            { requiredKeys: ["capabilities"] },
        ),
    )
    .map(([lines, rest]) => ({
        lines: lines.map((line, index) => ({ id: `li_${index + 1}`, ...line })),
        ...rest,
    }));

const assertAlways = (holds: (quoted: Quote, cart: Cart, market: Market) => void) =>
    fc.assert(
        fc.property(cart, market, (aCart, aMarket) => holds(quote(aCart, aMarket), aCart, aMarket)),
        { numRuns: isProof ? 400 : 100 },
    );

// ----- what always holds

describe("totals, for any cart in any market", () => {
    const of = (totals: readonly Total[]) => (type: Total["type"]) => amountOf(totals, type);
    const allocated = ({ discounts }: Quote, path: string) =>
        sumOf(
            (discounts?.applied ?? [])
                .flatMap(({ allocations = [] }) => allocations)
                .filter((allocation) => allocation.path === path)
                .map(({ amount }) => amount),
        );

    it("are whole, never negative, and each type stands once and in the same order", () => {
        const sequence = ["items_base_amount", "items_discount", "subtotal", "discount", "fulfillment", "tax", "total"];
        assertAlways(({ totals, lineItems, fulfillmentOptions }) => {
            for (const all of [totals, ...[...lineItems, ...fulfillmentOptions].map((thing) => thing.totals)]) {
                const types: string[] = all.map(({ type }) => type);
                expect(types).to.deep.equal(sequence.filter((type) => types.includes(type)));
                expect(all.filter(({ amount }) => !(Number.isSafeInteger(amount) && amount >= 0))).to.deep.equal([]);
            }
        });
    });

    it("add up on every line", () => {
        assertAlways(({ lineItems }, { lines }, { products }) => {
            for (const [index, { totals, unit_amount = 0 }] of lineItems.entries()) {
                const amount = of(totals);
                const { productId, quantity } = lines[index] ?? expect.fail("a line too many");
                const product = products.get(productId);
                expect(unit_amount).to.equal(product?.currency === "usd" ? product.price : 0);
                expect(amount("items_base_amount")).to.equal(unit_amount * quantity);
                expect(amount("subtotal")).to.equal(amount("items_base_amount") - amount("items_discount"));
                expect(amount("total")).to.equal(amount("subtotal") + amount("tax"));
            }
        });
    });

    it("add up in all, and to the sum of the lines with fulfilment", () => {
        assertAlways(({ totals, lineItems, total }) => {
            const amount = of(totals);
            const ofLines = (type: Total["type"]) =>
                sumOf(lineItems.map((line: LineItem) => amountOf(line.totals, type)));
            for (const type of ["items_base_amount", "items_discount", "subtotal", "tax"] as const) {
                expect(amount(type), type).to.equal(ofLines(type));
            }
            expect(amount("total")).to.equal(
                amount("subtotal") - amount("discount") + amount("fulfillment") + amount("tax"),
            );
            expect(amount("total")).to.equal(ofLines("total") + amount("fulfillment") - amount("discount"));
            expect(total).to.equal(amount("total"));
        });
    });

    it("have discounts that are allocated to the cent and never exceed what they discount", () => {
        assertAlways((quoted) => {
            const amount = of(quoted.totals);
            for (const [index, { totals, discount_details: details = [] }] of quoted.lineItems.entries()) {
                const discount = amountOf(totals, "items_discount");
                expect(discount).to.be.at.most(amountOf(totals, "items_base_amount"));
                expect(discount).to.equal(sumOf(details.map((detail) => detail.amount)));
                expect(discount).to.equal(allocated(quoted, `$.line_items[${index}]`));
            }
            for (const { amount: taken, allocations = [], coupon } of quoted.discounts?.applied ?? []) {
                expect(sumOf(allocations.map((allocation) => allocation.amount))).to.equal(taken);
                expect(taken).to.be.at.most(coupon.amount_off ?? Number.MAX_SAFE_INTEGER);
            }
            expect(amount("discount")).to.be.at.most(amount("fulfillment"));
            expect(amount("discount")).to.equal(allocated(quoted, "$.totals.fulfillment"));
        });
    });

    it("have a tax that its breakdown explains", () => {
        assertAlways(({ totals }) => {
            const { amount, breakdown = [] } = totals.find(({ type }) => type === "tax") ?? expect.fail("no tax");
            expect(sumOf(breakdown.map((item) => item.amount))).to.equal(amount);
            expect(new Set(breakdown.map(({ jurisdiction }) => jurisdiction)).size).to.equal(breakdown.length);
        });
    });

    it("charge each selected option once, and every line comes by one at most", () => {
        assertAlways(({ totals, selected, fulfillmentOptions }, { lines }) => {
            const costs = selected.map(({ option_id, type }) => {
                const option = fulfillmentOptions.find(({ id }) => id === option_id) ?? expect.fail("not offered");
                expect(option.type).to.equal(type);
                return amountOf(option.totals, "total");
            });
            expect(amountOf(totals, "fulfillment")).to.equal(sumOf(costs));
            const named = selected.flatMap(({ item_ids }) => item_ids);
            expect(new Set(named).size).to.equal(named.length);
            expect(lines.map(({ id }) => id)).to.include.members(named);
        });
    });

    it("are the same for the same cart, which they leave as it was", () => {
        assertAlways((quoted, aCart, aMarket) => {
            const given = () => JSON.stringify([aCart, [...aMarket.products], [...aMarket.discounts]]);
            const before = given();
            expect(quote(structuredClone(aCart), aMarket)).to.deep.equal(quoted);
            expect(given()).to.equal(before);
        });
    });
});

describe("a quote, for any cart in any market", () => {
    it("is ready for payment exactly when nothing is wrong, and then every line is had and comes somehow", () => {
        assertAlways(({ status, messages, selected, lineItems }, { lines }) => {
            const isWrong = messages.some(({ type }) => type === "error");
            expect(status).to.equal(
                lines.length === 0 ? "incomplete" : isWrong ? "not_ready_for_payment" : "ready_for_payment",
            );
            if (status !== "ready_for_payment") return;
            expect(selected.flatMap(({ item_ids }) => item_ids)).to.have.members(lines.map(({ id }) => id));
            for (const { availability_status } of lineItems) {
                expect(availability_status).to.be.oneOf(["in_stock", "low_stock"]);
            }
        });
    });

    it("applies or rejects every code, and warns of every rejected one at its place", () => {
        assertAlways(({ discounts, messages, redeems }, { codes }, market) => {
            if (codes === undefined) {
                expect(discounts).to.equal(undefined);
                return;
            }
            const { applied = [], rejected = [] } = discounts ?? expect.fail("no discounts");
            expect([...applied, ...rejected].map(({ code }) => code)).to.have.members(codes);
            const warnings = messages.flatMap((message) =>
                message.type === "warning" && message.code.startsWith("discount_code_") ? [message] : [],
            );
            expect(
                warnings.map(({ code, param }) => [codes[Number(/\d+/.exec(param ?? "")?.[0])], code]),
            ).to.deep.equal(rejected.map(({ code, reason }) => [code, reason]));
            expect(redeems).to.deep.equal(
                applied
                    .filter(({ coupon, amount }) => amount > 0 && market.discounts.get(coupon.id)?.usageLimit)
                    .map(({ coupon }) => coupon.id),
            );
        });
    });

    it("makes a session that the document in spec/ describes", () => {
        const ajv = new Ajv2020({ strict: false });
        formats.default(ajv);
        ajv.addSchema(parse(readFileSync("spec/checkout.openapi.yaml", "utf8")), "checkout");
        const validate = ajv.compile({ $ref: "checkout#/components/schemas/CheckoutSession" });
        assertAlways((quoted) => {
            const session = {
                id: "cs_1",
                status: quoted.status,
                currency: "usd",
                capabilities: quoted.capabilities,
                line_items: quoted.lineItems,
                fulfillment_options: quoted.fulfillmentOptions,
                selected_fulfillment_options: quoted.selected,
                totals: quoted.totals,
                messages: quoted.messages,
                links: [],
                ...(quoted.discounts && { discounts: quoted.discounts }),
            };
            validate(session);
            expect(validate.errors).to.equal(null);
        });
    });
});
