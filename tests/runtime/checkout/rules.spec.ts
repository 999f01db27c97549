import { expect } from "chai";
import { AskedRules } from "../../../runtime/checkoutSessions/askedRules.lazy.ts";
import type { Merchant } from "../../../runtime/checkoutSessions/domain/merchant.ts";
import type { Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { ShopRules } from "../../../runtime/checkoutSessions/pricing/rules.ts";
import type { RulesMaker } from "../../../runtime/checkoutSessions/session/shopRules.ts";
import { Log } from "../../../runtime/shared/log.ts";
import { Checkout, jo, payingWith, sell, sessionIn, short, totalOf, traceOf } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { amountOf, berlin, merchant } from "../support/market.ts";
import { started } from "../support/started.ts";

const shirt = {
    productId: "shirt",
    name: "Shirt",
    price: 1000,
    currency: "usd",
    prices: { usd: 1000, eur: 900 },
    weight: 200,
};
const cart = {
    currency: "usd",
    capabilities: {},
    line_items: [{ id: "shirt", quantity: 2 }],
    buyer: jo,
    fulfillment_details: { address: berlin },
};
const chosen = (option_id: string) => ({
    selected_fulfillment_options: [{ type: "shipping" as const, option_id, item_ids: ["shirt"] }],
});

const codesIn = ({ messages }: Session) => messages.map((message) => ("code" in message ? message.code : undefined));

describe("the shop's own rules", () => {
    const database = started(new Database());
    const checkoutWith = ({ rules, ...over }: { readonly rules: ShopRules; readonly merchant?: Merchant }) => {
        const checkout = new Checkout(database.client);
        const rulesFor: RulesMaker = (tables, log) => new AskedRules(rules, tables, log);
        Object.assign(checkout.shop, { ...over, rules: rulesFor });
        return checkout;
    };

    before(async () => {
        await sell(database, shirt, { code: "OFF5", name: "Five off", amountOff: 500 });
        await sell(database, { code: "TENTH", name: "A tenth off", percentOff: 10 });
    });

    const good: Required<ShopRules> = {
        prices: async (questions) => questions.map(({ price, quantity }) => price - quantity),
        shipping: async ({ items }) => [
            { id: "bike", title: "By bike", days: [0, 1], cost: items.reduce((sum, { weight }) => sum + weight, 0) },
        ],
        taxes: async (questions) =>
            questions.map(({ productId }) => ({ percent: productId ? 10 : 20, jurisdiction: "BERLIN" })),
    };

    it("price, ship and tax in place of the tables, each on its own or all together", async () => {
        const totals = async (rules: ShopRules, option?: string) => {
            const checkout = checkoutWith({ rules, merchant: { ...merchant, taxOnShipping: true } });
            const { id } = await checkout.created(cart);
            const session = option
                ? sessionIn(await checkout.update(id, chosen(option)))
                : await checkout.created(cart);
            return ["subtotal", "fulfillment", "tax", "total"].map((type) => amountOf(session.totals, type as "total"));
        };
        expect(await totals({}, "shipping_standard")).to.deep.equal([2000, 900, 380 + 171, 3451]);
        expect(await totals({ prices: good.prices }, "shipping_standard")).to.deep.equal([1996, 900, 379 + 171, 3446]);
        expect(await totals({ shipping: good.shipping }, "bike")).to.deep.equal([2000, 400, 380 + 76, 2856]);
        expect(await totals({ taxes: good.taxes }, "shipping_standard")).to.deep.equal([2000, 900, 200 + 180, 3280]);
        expect(await totals(good, "bike")).to.deep.equal([1996, 400, 200 + 80, 2676]);
    });

    it("are asked together, once for each question, with what they need to know", async () => {
        const asked: unknown[] = [];
        const checkout = checkoutWith({
            rules: {
                prices: async (questions) => {
                    asked.push(questions);
                    return questions.map(({ price }) => price);
                },
            },
        });
        await checkout.created(cart);

        const { email } = jo;
        const question = { productId: "shirt", quantity: 2, price: 1000, currency: "usd", buyer: { email } };
        expect(asked).to.deep.equal([[question]]);
    });

    it("sell a product to some buyers only, and ship to some places only", async () => {
        const unsold = await checkoutWith({ rules: { prices: async (all) => all.map(() => null) } }).created(cart);
        expect(codesIn(unsold)).to.deep.equal(["not_found"]);
        const unshipped = await checkoutWith({ rules: { shipping: async () => [] } }).created(cart);
        expect(codesIn(unshipped)).to.deep.equal(["region_restricted"]);
    });

    const never = new Promise<never>(() => undefined);
    const way = { id: "bike", title: "By bike", days: [0, 1], cost: 400 };
    const rate = { percent: 10, jurisdiction: "BERLIN" };
    const failures: readonly (readonly [what: string, kind: keyof ShopRules, answer: () => unknown])[] = [
        ...(["prices", "shipping", "taxes"] as const).flatMap((kind) => [
            [
                `${kind}, which throw`,
                kind,
                () => {
                    throw new Error("out of order");
                },
            ] as const,
            [`${kind}, which reject`, kind, () => Promise.reject(new Error("out of order"))] as const,
            [`${kind}, which hang`, kind, () => never] as const,
            ...[undefined, null, {}, "12", [undefined], [{}], [Number.NaN]].map(
                (answer) => [`${kind}, which answer ${JSON.stringify(answer)}`, kind, () => answer] as const,
            ),
        ]),
        ...[-1, 0.5, "1000", 1_000_000_001, Number.POSITIVE_INFINITY].map(
            (price) => [`a price of ${price}`, "prices", () => [price]] as const,
        ),
        ["prices for more than was asked", "prices", () => [1, 2]],
        ...[
            { cost: -1 },
            { cost: undefined },
            { days: [2, 1] },
            { days: [1] },
            { id: "" },
            { id: "a b" },
            { title: " " },
        ].map((over) => [`a way with ${JSON.stringify(over)}`, "shipping", () => [{ ...way, ...over }]] as const),
        ["two ways of one id", "shipping", () => [way, way]],
        ...[{ percent: -1 }, { percent: 101 }, { percent: "19" }, { percent: Number.NaN }, { jurisdiction: "" }].map(
            (over) => [`a tax with ${JSON.stringify(over)}`, "taxes", () => [{ ...rate, ...over }]] as const,
        ),
        ["no rate for some", "taxes", () => []],
    ];
    for (const [what, kind, answer] of failures) {
        it(`never bring a total to a buyer: ${what}`, async () => {
            const rules = { ...good, [kind]: async () => answer() } as ShopRules;
            const wrong = checkoutWith({ rules });
            const limit = AskedRules.patienceMs;
            AskedRules.patienceMs = 20;
            try {
                const session = await wrong.created(cart);
                expect(session.status).to.equal("not_ready_for_payment");
                expect(session.messages.map(({ content }) => content)).to.deep.equal([
                    "The shop cannot price this cart at the moment. Nothing here is a price. Try again in a minute.",
                ]);
                const { id } = session;
                expect(sessionIn(await wrong.update(id, chosen("bike"))).status).to.equal("not_ready_for_payment");
                expect(short(await wrong.complete(id, payingWith("spt_success", {}, berlin)))).to.equal(
                    "200 not_ready_for_payment",
                );
                expect((await traceOf(database, id)).taken).to.deep.equal([]);

                // Once there are prices again the buyer sees them first.
                const mended = checkoutWith({ rules: good });
                expect(short(await mended.complete(id, payingWith("spt_success", {}, berlin)))).to.equal(
                    "200 ready_for_payment",
                );
                const paid = sessionIn(await mended.complete(id, payingWith("spt_success", {}, berlin)));
                expect(paid.status).to.equal("completed");
                expect(totalOf(paid)).to.equal(1996 + 400 + 200);
            } finally {
                AskedRules.patienceMs = limit;
            }
        });
    }

    it("that fail at a completion leave it unpaid, although the session was ready", async () => {
        const { id } = await checkoutWith({ rules: good }).created(cart);
        await checkoutWith({ rules: good }).update(id, chosen("bike"));
        const away = checkoutWith({ rules: { ...good, taxes: () => Promise.reject(new Error("away")) } });

        expect(short(await away.complete(id, payingWith("spt_success", {}, berlin)))).to.equal(
            "200 not_ready_for_payment",
        );
        expect((await traceOf(database, id)).taken).to.deep.equal([]);
    });

    it("are told when their time is over, and what failed is logged without what was asked", async () => {
        const lines: string[] = [];
        let signal: AbortSignal | undefined;
        const rules = new AskedRules(
            {
                prices: async (_, given) => {
                    signal = given;
                    return await never;
                },
            },
            {
                price: () => 1,
                shipping: { waysFor: () => [], cost: () => 1 },
                tax: { applies: false, rate: () => rate },
                hasGaps: () => false,
            },
            new Log({}, "info", (line) => lines.push(JSON.stringify(line))),
            5,
        );
        const question = {
            productId: "shirt",
            quantity: 1,
            price: 1,
            currency: "usd",
            buyer: { email: "jo@example.com" },
        };
        expect(await rules.decided(() => [rules.price(question), rules.hasGaps()])).to.deep.equal([0, true]);

        expect(signal?.aborted).to.equal(true);
        expect(lines.join()).to.contain("no answer within 5 ms").and.not.to.contain("jo@example.com");
    });
});

describe("a session in one of the shop's currencies", () => {
    const database = started(new Database());
    const checkout = () => {
        const one = new Checkout(database.client);
        const currencies = { eur: { shippingRates: { DE: { standard: 490 } } } };
        Object.assign(one.shop, { merchant: { ...merchant, currencies } satisfies Merchant });
        return one;
    };

    before(async () => {
        await sell(database, shirt, { productId: "cap", name: "Cap", price: 500, currency: "usd" });
        await sell(database, { code: "OFF5", name: "Five off", amountOff: 500 });
        await sell(database, { code: "TENTH", name: "A tenth off", percentOff: 10 });
    });

    it("keeps it until its order, with the prices, the shipping and the payment of that currency", async () => {
        const { id, currency } = await checkout().created({ ...cart, currency: "EUR" });
        expect(currency).to.equal("eur");
        const ready = sessionIn(
            await checkout().update(id, { line_items: [{ id: "shirt" }], ...chosen("shipping_standard") }),
        );
        expect([ready.currency, ready.line_items[0]?.unit_amount, totalOf(ready)]).to.deep.equal([
            "eur",
            900,
            900 + 490 + 171,
        ]);
        const paid = sessionIn(await checkout().complete(id, payingWith("spt_success", {}, berlin)));

        expect(paid.status).to.equal("completed");
        expect((await checkout().store.versions.latest(id))?.hidden.payment).to.include({
            currency: "eur",
            amount: 1561,
        });
    });

    it("has no products without a price in it, and no codes with an amount", async () => {
        const eur = { ...cart, currency: "eur" };
        expect(short(await checkout().create({ ...eur, line_items: [{ id: "cap" }] }))).to.equal("400 invalid_item_id");
        const { discounts } = await checkout().created({ ...eur, discounts: { codes: ["OFF5", "TENTH"] } });
        expect(discounts?.applied?.map(({ code }) => code)).to.deep.equal(["TENTH"]);
        expect(discounts?.rejected?.map(({ code, message }) => [code, message])).to.deep.equal([
            ["OFF5", "The code 'OFF5' is for another currency."],
        ]);
        const own = await checkout().created({ ...cart, discounts: { codes: ["OFF5"] } });
        expect(own.discounts?.applied?.map(({ code }) => code)).to.deep.equal(["OFF5"]);
    });

    it("is refused in any other, with those that there are, and ships nothing once the shop has given it up", async () => {
        const { json } = await checkout().create({ ...cart, currency: "gbp" });
        expect(json).to.include({ message: "this shop sells in usd, eur", param: "$.currency" });
        for (const code of ["__proto__", "constructor"]) {
            expect((await checkout().create({ ...cart, currency: code })).status).to.equal(400);
        }
        const { id } = await checkout().created({ ...cart, currency: "eur" });
        const given = sessionIn(await new Checkout(database.client).update(id, { buyer: jo }));
        expect(given.currency).to.equal("eur");
        expect(codesIn(given)).to.deep.equal(["region_restricted"]);
    });
});
