import { expect } from "chai";
import fc from "fast-check";
import { iso31662 } from "iso-3166";
import { quote } from "../../runtime/checkoutSessions/pricing/quote.ts";
import { regionsFor } from "../../runtime/checkoutSessions/session/regions.ts";
import { fractionOf, percentOf } from "../../runtime/shared/percentages.ts";
import {
    amountOf,
    berlin,
    cartOf,
    marketOf,
    merchant,
    messagesOf,
    pickupInBerlin,
    sanFrancisco,
    selection,
} from "./support/market.ts";

const taxOf = (cart: Parameters<typeof quote>[0], market = marketOf()) => {
    const { totals, lineItems } = quote(cart, market);
    return {
        tax: amountOf(totals, "tax"),
        lines: lineItems.map((line) => amountOf(line.totals, "tax")),
        breakdown: totals.find(({ type }) => type === "tax")?.breakdown,
    };
};

describe("a quote, and the tax", () => {
    it("takes the state's rate before the country's before the others'", () => {
        const rates = { ...merchant, taxRates: { "US-CA": 7.25, US: 5, "*": 1 } };
        const percent = (country: string, state: string) =>
            taxOf(
                cartOf([["jacket", 1]], { fulfillmentDetails: { address: { ...sanFrancisco, country, state } } }),
                marketOf({ merchant: rates }),
            );

        expect(percent("us", "ca")).to.deep.equal({
            tax: 725,
            lines: [725],
            breakdown: [{ jurisdiction: "US-CA", rate: 0.0725, amount: 725 }],
        });
        expect(percent("US", "NV").breakdown).to.deep.equal([{ jurisdiction: "US", rate: 0.05, amount: 500 }]);
        expect(percent("FR", "").breakdown).to.deep.equal([{ jurisdiction: "FR", rate: 0.01, amount: 100 }]);
    });

    it("is nothing where no rate is set, and for items that are exempt", () => {
        const elsewhere = { fulfillmentDetails: { address: { ...berlin, country: "FR" } } };

        expect(taxOf(cartOf([["jacket", 1]], elsewhere))).to.deep.equal({ tax: 0, lines: [0], breakdown: undefined });
        expect(
            taxOf(
                cartOf([
                    ["bread", 7],
                    ["belt", 1],
                ]),
            ),
        ).to.deep.equal({
            tax: 181,
            lines: [0, 181],
            breakdown: [{ jurisdiction: "US-CA", rate: 0.0725, amount: 181 }],
        });
    });

    it("is the shop's for items that are picked up, and the buyer's for items that are shipped", () => {
        const cart = cartOf(
            [
                ["jacket", 1],
                ["jacket", 1],
                ["ebook", 1],
            ],
            {
                selected: [
                    selection("pickup", "pickup_mitte", "li_1"),
                    selection("shipping", "shipping_standard", "li_2"),
                ],
            },
        );

        expect(taxOf(cart, marketOf({ merchant: { ...merchant, pickupLocations: pickupInBerlin } }))).to.deep.equal({
            tax: 1_900 + 725 + 109,
            lines: [1_900, 725, 109],
            breakdown: [
                { jurisdiction: "DE", rate: 0.19, amount: 1_900 },
                { jurisdiction: "US-CA", rate: 0.0725, amount: 834 },
            ],
        });
    });

    it("of downloads is that of the billing address, and asks for an address where there is none", () => {
        const cart = cartOf([["ebook", 1]], { fulfillmentDetails: {} });

        expect(taxOf({ ...cart, billingAddress: berlin })).to.deep.include({ tax: 285 });
        const unknown = quote(cart, marketOf());
        expect(messagesOf(unknown, "error")).to.deep.equal(["missing $.fulfillment_details.address"]);
        expect(unknown.status).to.equal("not_ready_for_payment");
        const untaxed = marketOf({ merchant: { ...merchant, taxRates: {} } });
        expect(quote(cart, untaxed).status).to.equal("ready_for_payment");
    });

    it("of downloads is that of the billing address where it is known, whatever address the client gives besides", () => {
        const antarctica = { address: { ...berlin, country: "AQ" } };
        const group = {
            id: "g",
            destination_type: "digital" as const,
            item_ids: ["li_1"],
            fulfillment_details: antarctica,
        };
        for (const more of [{}, { fulfillmentGroups: [group] }]) {
            const cart = cartOf([["ebook", 1]], { fulfillmentDetails: antarctica, ...more });
            expect(taxOf(cart)).to.deep.include({ tax: 0 });
            expect(taxOf({ ...cart, billingAddress: berlin })).to.deep.include({ tax: 285 });
        }
        const goods = cartOf([["jacket", 1]], { billingAddress: berlin });
        expect(taxOf(goods), "goods are taxed where they go").to.deep.include({ tax: 725 });
    });

    it("is the innermost rate of a region, and none is guessed where an address may mean regions of several rates", async () => {
        const parentOf = new Map(iso31662.map(({ code, parent }) => [code, parent]));
        const parents = new Set(parentOf.values());
        const chain = (code: string): string[] => [
            code,
            ...(parentOf.has(code) ? chain(parentOf.get(code) ?? "") : []),
        ];
        const isIn = (code: string, outer: string) => chain(code).includes(outer);
        // All that are in another region, or share their name.
        const countries = [...Map.groupBy(iso31662, ({ code }) => code.slice(0, 2))].flatMap(([country, all]) => {
            const hard = all.filter(
                ({ code, name, parent }) =>
                    parent !== country || all.some((other) => other.code !== code && other.name === name),
            );
            return hard.length > 0 ? [{ country, all, hard }] : [];
        });
        const regions = await regionsFor({
            ...merchant,
            taxRates: Object.fromEntries(countries.map(({ country }) => [`${country}-`, 1])),
        });
        const cases = fc
            .constantFrom(...countries)
            .chain(({ country, all, hard }) =>
                fc.record({
                    country: fc.constant(country),
                    all: fc.constant(all),
                    region: fc.constantFrom(
                        ...hard,
                        ...hard.flatMap(({ parent }) => all.filter(({ code }) => code === parent)),
                    ),
                }),
            )
            .chain(({ country, all, region }) => {
                const near = all.filter(
                    ({ code, name }) =>
                        name === region.name ||
                        chain(region.code).some((outer) => outer !== country && isIn(code, outer)),
                );
                const keys = fc.constantFrom(...near.flatMap(({ code }) => chain(code)));
                const rates = fc.dictionary(keys, fc.constantFrom(0, 5), { minKeys: 1, maxKeys: 3 });
                return fc.record({
                    country: fc.constant(country),
                    all: fc.constant(all),
                    region: fc.constant(region),
                    rates,
                });
            });
        fc.assert(
            fc.property(cases, fc.boolean(), ({ country, all, region, rates }, isByName) => {
                const taxRates: Record<string, number> = { [country]: 21, [`${country}-x`]: 1, ...rates };
                const meant = all.filter(({ code, name }) => (isByName ? name === region.name : code === region.code));
                const inner = all.filter(
                    ({ code }) => !parents.has(code) && meant.some((outer) => isIn(code, outer.code)),
                );
                const percents = inner.map(({ code }) => taxRates[chain(code).find((one) => one in taxRates) ?? ""]);
                const [percent = Number.NaN, ...others] = new Set(percents);
                const address = { ...berlin, country, state: isByName ? region.name : region.code };
                const market = marketOf({ merchant: { ...merchant, taxRates }, regions });
                const quoted = quote(cartOf([["ebook", 1]], { fulfillmentDetails: { address } }), market);
                if (others.length > 0) {
                    expect(messagesOf(quoted, "error")).to.deep.equal(["invalid $.fulfillment_details.address.state"]);
                } else {
                    expect(amountOf(quoted.totals, "tax")).to.equal(percentOf(1_500, percent));
                }
            }),
            { numRuns: 500 },
        );
    });

    it("knows a region also by its name as people write it", async () => {
        const taxRates = { ES: 21, "ES-MD": 5, "ES-CN": 0 };
        const regions = await regionsFor({ ...merchant, taxRates });
        const taxIn = (state: string) => {
            const market = marketOf({ merchant: { ...merchant, taxRates }, regions });
            const address = { ...berlin, country: "ES", state };
            return taxOf(cartOf([["ebook", 1]], { fulfillmentDetails: { address } }), market).tax;
        };
        expect(["Madrid", "Comunidad de Madrid", "Madrid, Comunidad de", "es-m", "MD"].map(taxIn)).to.deep.equal(
            Array(5).fill(75),
        );
        expect(["Canarias", "Las Palmas", "ES-TF"].map(taxIn)).to.deep.equal([0, 0, 0]);
    });

    it("is that of a country's territory by either code, its own country's or the region's", async () => {
        const percentIn = async (country: string, taxRates: Record<string, number>, state = "") => {
            const address = { ...berlin, country, state };
            const taxing = { ...merchant, taxRates };
            const market = marketOf({ merchant: taxing, regions: await regionsFor(taxing) });
            const quoted = quote(cartOf([["ebook", 1]], { fulfillmentDetails: { address } }), market);
            return messagesOf(quoted, "error")[0] ?? amountOf(quoted.totals, "tax") / 15;
        };
        const territories = {
            ...{
                AS: "US-AS",
                GU: "US-GU",
                MP: "US-MP",
                PR: "US-PR",
                UM: "US-UM",
                VI: "US-VI",
                BL: "FR-BL",
                MF: "FR-MF",
            },
            ...{ NC: "FR-NC", PF: "FR-PF", PM: "FR-PM", TF: "FR-TF", WF: "FR-WF", GF: "FR-973", GP: "FR-971" },
            ...{ MQ: "FR-972", RE: "FR-974", YT: "FR-976", AW: "NL-AW", CW: "NL-CW", SX: "NL-SX", AX: "FI-01" },
            ...{ HK: "CN-HK", MO: "CN-MO", TW: "CN-TW" },
        };
        expect(iso31662.map(({ code }) => code)).to.include.members(Object.values(territories));
        for (const [country, code] of Object.entries(territories)) {
            const outer = code.slice(0, 2);
            expect(await percentIn(country, { [code]: 4, [outer]: 20, "*": 9 }), code).to.equal(4);
            expect(await percentIn(country, { [code]: 4, [country]: 3 }), code).to.equal(3);
            expect(await percentIn(country, { [outer]: 20, "*": 9 }), code).to.equal(9);
            const others = { [outer]: 20, [`${outer}-X`]: 1, "*": 9 };
            expect(await percentIn(outer, { ...others, [country]: 3 }, code), `${code} in ${outer}`).to.equal(3);
            expect(await percentIn(outer, others, code), `${code} in ${outer}, which is not around it`).to.equal(9);
        }
        expect(await percentIn("SJ", { "NO-21": 0, "NO-22": 0, NO: 25, "*": 9 })).to.equal(0);
        expect(await percentIn("SJ", { "NO-21": 0, NO: 25, "*": 9 })).to.equal(
            "invalid $.fulfillment_details.address.state",
        );
        expect(await percentIn("US", { PR: 11, US: 5, "US-CA": 7 }, "Puerto Rico")).to.equal(11);
        expect(await percentIn("US", { PR: 11, US: 5, "US-CA": 7, "US-PR": 1 }, "PR")).to.equal(1);
        expect(await percentIn("CA", { "US-CA": 7, "*": 9 }), "Canada is not California").to.equal(9);
    });

    it("knows a region by its code, with and without the country, and by its name", () => {
        const rates = { ...merchant, taxRates: { "US-CA": 7.25, US: 5, "DE-BW": 1, "DE-BE": 2 } };
        const taxed = (country: string, state: string) => {
            const address = { ...(country === "US" ? sanFrancisco : berlin), country, state };
            const quoted = quote(
                cartOf([["ebook", 1]], { fulfillmentDetails: { address } }),
                marketOf({ merchant: rates }),
            );
            const [error] = messagesOf(quoted, "error");
            return error ?? quoted.totals.find(({ type }) => type === "tax")?.breakdown?.[0]?.jurisdiction ?? "none";
        };

        for (const state of ["CA", "us-ca", " US - CA ", "California", "CALIFORNIA ", "cali fornia"]) {
            expect(taxed("US", state), state).to.equal("US-CA");
        }
        // AE is a state of addresses of the United States' armed forces.
        for (const state of ["NV", "AE", "us-ap", "Armed Forces Americas"]) {
            expect(taxed("US", state), state).to.equal("US");
        }
        for (const state of ["Baden-Württemberg", "baden wurttemberg", "DE-BW"]) {
            expect(taxed("DE", state), state).to.equal("DE-BW");
        }
        for (const state of ["", "Atlantis", "DE-CA", "CAX"]) {
            expect(taxed("US", state), state).to.equal("invalid $.fulfillment_details.address.state");
        }
        expect(taxed("XX", "CA")).to.equal("invalid $.fulfillment_details.address.country");
        // Without rates of its regions, a country needs none.
        expect(taxed("FR", "Atlantis")).to.equal("none");
    });

    it("has other rates for a class of products, and the usual ones where the class has none", () => {
        const classes = { reduced: { DE: 7, "US-CA": 0 } };
        const book = { productId: "book", name: "Book", price: 10_000, currency: "usd", taxClass: "reduced" };
        const market = marketOf({ merchant: { ...merchant, taxClasses: classes }, more: [book] });
        const taxAt = (address: typeof berlin) =>
            taxOf(
                cartOf(
                    [
                        ["book", 1],
                        ["jacket", 1],
                    ],
                    { fulfillmentDetails: { address } },
                ),
                market,
            );

        expect(taxAt(berlin).lines).to.deep.equal([700, 1900]);
        expect(taxAt(berlin).breakdown).to.deep.equal([
            { jurisdiction: "DE", rate: 0.07, amount: 700 },
            { jurisdiction: "DE", rate: 0.19, amount: 1900 },
        ]);
        expect(taxAt(sanFrancisco).lines).to.deep.equal([0, 725]);
        expect(taxAt({ ...sanFrancisco, state: "NV" }).lines).to.deep.equal([500, 500]);
    });

    it("is contained in the prices where they include it: nothing is added, and the breakdown says what", () => {
        const market = marketOf({ merchant: { ...merchant, taxIncluded: true, taxOnShipping: true } });
        const { totals, total, lineItems } = quote(
            cartOf([["jacket", 1]], { fulfillmentDetails: { address: berlin } }),
            market,
        );

        expect(total).to.equal(10_000 + 900);
        expect(totals.find(({ type }) => type === "tax")).to.deep.equal({
            type: "tax",
            display_text: "Tax (included in the prices)",
            amount: 0,
            breakdown: [{ jurisdiction: "DE", rate: 0.19, amount: 1597 + 144 }],
        });
        expect(amountOf(lineItems[0]?.totals ?? [], "total")).to.equal(10_000);
    });

    it("is on shipping, after its discounts, where the merchant taxes it", () => {
        const market = marketOf({
            merchant: { ...merchant, taxOnShipping: true },
            discounts: [{ code: "SHIP", name: "Half", percentOff: 50, appliesTo: "fulfillment" }],
        });
        const cart = cartOf([["jacket", 1]], { codes: ["SHIP"], fulfillmentDetails: { address: berlin } });

        expect(taxOf(cart, market).tax).to.equal(1900 + 86);
        expect(quote(cart, market).fulfillments).to.deep.equal([{ cost: 900, discount: 450, tax: 86, percent: 19 }]);
        expect(quote(cart, market).total).to.equal(10_000 + 900 - 450 + 1900 + 86);
    });

    it("on shipping is in the totals of each option, unless its price includes it or the place is not known", () => {
        const optionsOf = (address: typeof berlin, more: Partial<typeof merchant> = {}) =>
            quote(
                cartOf([["jacket", 1]], { fulfillmentDetails: { address } }),
                marketOf({ merchant: { ...merchant, taxOnShipping: true, ...more } }),
            ).fulfillmentOptions.map(({ totals }) => totals.map(({ type, amount }) => [type, amount]));

        expect(optionsOf(sanFrancisco)).to.deep.equal([
            [
                ["fulfillment", 500],
                ["tax", 36],
                ["total", 536],
            ],
            [
                ["fulfillment", 1500],
                ["tax", 109],
                ["total", 1609],
            ],
        ]);
        expect(optionsOf(berlin, { taxIncluded: true })).to.deep.equal([[["total", 900]]]);
        expect(optionsOf({ ...sanFrancisco, state: "Atlantis" })[0]).to.deep.equal([["total", 500]]);
    });

    it("knows regions by their usual names as well, and by the standard's first", async () => {
        const rates = { "DE-BY": 1, "DE-SN": 2, "ES-CT": 3, "CH-GE": 4, "BE-BRU": 5, DE: 9, ES: 9, CH: 9, BE: 9 };
        const rated = { ...merchant, taxRates: rates };
        const market = marketOf({ merchant: rated, regions: await regionsFor(rated) });
        const percent = (country: string, state: string) =>
            taxOf(
                cartOf([["jacket", 1]], { fulfillmentDetails: { address: { ...sanFrancisco, country, state } } }),
                market,
            ).tax / 100;

        expect(["Bavaria", "Bayern", "BY", "saxony"].map((state) => percent("DE", state))).to.deep.equal([1, 1, 1, 2]);
        expect([percent("ES", "Catalonia"), percent("CH", "Geneva"), percent("BE", "Brussels")]).to.deep.equal([
            3, 4, 5,
        ]);
    });

    it("is taken from the items' price after discounts, and never from the delivery", () => {
        const half = { code: "HALF", name: "Half", percentOff: 50 };
        const express = { selected: [selection("shipping", "shipping_express", "li_1")] };

        expect(
            taxOf(cartOf([["jacket", 1]], { ...express, codes: ["half"] }), marketOf({ discounts: [half] })).tax,
        ).to.equal(363);
        expect(taxOf(cartOf([["jacket", 1]], express)).tax).to.equal(725);
    });

    it("ignores a buyer's own statement of exemption", () => {
        const buyer = {
            email: "jo@example.com",
            tax_exemption: { certificate_id: "1", certificate_type: "resale" },
        } as const;

        expect(taxOf(cartOf([["jacket", 1]], { buyer })).tax).to.equal(725);
    });
});

describe("a percentage", () => {
    it("keeps the half cent that doubles lose", () => {
        expect((3_000 * 7.25) / 100, "exactly 217.5").to.equal(217.5);
        expect(3_000 * (7.25 / 100), "but not in this order").to.be.lessThan(217.5);
        expect((1_500 * 2.3) / 100, "nor for 2.3 in that").to.be.lessThan(34.5);

        expect(percentOf(3_000, 7.25)).to.equal(218);
        expect(percentOf(1_500, 2.3)).to.equal(35);
        expect(percentOf(1_499, 2.3)).to.equal(34);
    });

    it("is the nearest whole amount, a half rounded up, for all amounts and six places", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 0, max: 1e13 }),
                fc.oneof(
                    fc.integer({ min: 0, max: 1e8 }),
                    fc.integer({ min: 0, max: 200 }).map((halves) => halves * 5e5),
                ),
                (amount, millionths) => {
                    const error =
                        100_000_000n * BigInt(percentOf(amount, millionths / 1e6)) -
                        BigInt(amount) * BigInt(millionths);
                    expect(error > -50_000_000n && error <= 50_000_000n).to.equal(true);
                },
            ),
        );
    });

    it("is a fraction without dust", () => {
        expect([7.25, 1.1, 8.875, 0, 100].map(fractionOf)).to.deep.equal([0.0725, 0.011, 0.08875, 0, 1]);
        expect(1.1 / 100).not.to.equal(0.011);
    });
});
