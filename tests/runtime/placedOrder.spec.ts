import { expect } from "chai";
import fc from "fast-check";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { CreateRequest } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { placedOrderOf } from "../../runtime/checkoutSessions/events/placedOrder.ts";
import { eventOf } from "../../runtime/checkoutSessions/events/publication.ts";
import type { Market } from "../../runtime/checkoutSessions/pricing/market.ts";
import { decideOutcome } from "../../runtime/checkoutSessions/session/charge.ts";
import { decideCompletion, decideUpdate } from "../../runtime/checkoutSessions/session/decide.ts";
import { evolve, type State } from "../../runtime/checkoutSessions/session/session.ts";
import { confirmation } from "../../runtime/orderIntake/confirmation.ts";
import { orderReceived, oversizeOf, readOrderReceived } from "../../runtime/orderIntake/events.ts";
import { notificationMessage, readNotification } from "../../runtime/orderIntake/notification.ts";
import { type CheckoutOrder, parseCheckoutOrder, parseOrder } from "../../runtime/orderIntake/order.ts";
import { payingWith, stateOf } from "./support/checkout.ts";
import { meta } from "./support/events.ts";
import { berlin, marketOf, merchant, sanFrancisco, selection } from "./support/market.ts";
import { paper, textOf } from "./support/pdf.ts";
import { checkoutEvent, sessionOf, timestamp } from "./support/versions.ts";

const discounts = [
    { code: "TEN", name: "10 % off", percentOff: 10 },
    { code: "SHIP", name: "Half the delivery", percentOff: 50, appliesTo: "fulfillment" as const },
];
const market = marketOf({ discounts });

/** The order of a session that was paid; all goods are shipped in the standard way. */
const bought = (...purchase: Parameters<typeof paidFor>): CheckoutOrder => placedBy(paidFor(...purchase));

function paidFor(
    body: CreateRequest,
    selects?: readonly ReturnType<typeof selection>[],
    at: Merchant = market.merchant,
    sold: Market = { ...market, merchant: at },
): State {
    const created = stateOf(body, sold);
    const goods = created.session.line_items.filter(({ item }) => item.id !== "ebook").map(({ id }) => id);
    const selected = goods.length > 0 ? [selection("shipping", "shipping_standard", ...goods)] : [];
    const ready = next(created, decideUpdate(created, { selected_fulfillment_options: selects ?? selected }, sold));
    const first = next(ready, decideCompletion(ready, paying, "record", sold));
    // Downloads are taxed by the billing address: the buyer has agreed to the new total.
    const isRepriced = first.session.status !== "complete_in_progress";
    const begun = isRepriced ? next(first, decideCompletion(first, paying, "record", sold)) : first;
    const paid = decideOutcome(begun, { status: "succeeded", paymentId: "pay_1" }, market.merchant, market.now);
    return evolve(begun, paid, market.merchant);
}

const next = (state: State, decision: ReturnType<typeof decideUpdate>): State =>
    "event" in decision ? evolve(state, decision.event, market.merchant) : expect.fail(JSON.stringify(decision));

function placedBy({ session, hidden, version }: State): CheckoutOrder {
    const item = {
        SessionId: session.id,
        Version: version,
        Status: session.status,
        Data: session,
        Timestamp: timestamp,
    };
    const written = { Hidden: JSON.stringify(hidden), Payment: hidden.payment, Caller: hidden.caller };
    return placedOrderOf(eventOf({ ...item, ...written, Reason: "completed", RequestId: "c-1" }));
}

const paying = (() => {
    const { payment_data } = payingWith("spt_success");
    return { payment_data: { ...payment_data, billing_address: berlin } };
})();

const jacketAndBook: CreateRequest = {
    currency: "usd",
    capabilities: {},
    line_items: [{ id: "jacket", quantity: 2 }, { id: "ebook" }],
    buyer: { email: "jo@example.com", full_name: "Jo Doe", phone_number: "+14155550100" },
    fulfillment_details: { name: "Bo Roe", phone_number: "+14155550199", address: sanFrancisco },
    discounts: { codes: ["TEN", "SHIP"] },
    order_notes: "Ring twice",
};

describe("the order of a paid session", () => {
    const order = bought(jacketAndBook);

    it("has all that a warehouse and a book-keeper need", () => {
        const address = {
            line1: "1 Main Street",
            city: "San Francisco",
            region: "CA",
            postalCode: "94131",
            country: "US",
        };
        expect(order).to.deep.equal({
            orderId: "ord_1",
            customer: { name: "Jo Doe", email: "jo@example.com", phone: "+14155550100" },
            billingAddress: {
                name: "Jo Doe",
                line1: "Hauptstraße 1",
                city: "Berlin",
                region: "BE",
                postalCode: "10115",
                country: "DE",
            },
            items: [
                {
                    id: "li_1",
                    productId: "jacket",
                    productName: "Jacket",
                    quantity: 2,
                    unitPrice: 100,
                    discount: 20,
                    discountCodes: ["TEN"],
                    tax: 13.05,
                    taxRate: 7.25,
                    total: 193.05,
                },
                {
                    id: "li_2",
                    productId: "ebook",
                    productName: "E-book",
                    quantity: 1,
                    unitPrice: 15,
                    discount: 1.5,
                    discountCodes: ["TEN"],
                    tax: 2.57,
                    taxRate: 19,
                    total: 16.07,
                },
            ],
            fulfillments: [
                {
                    id: "ful_1",
                    type: "shipping",
                    title: "Standard shipping",
                    items: [{ id: "li_1", quantity: 2 }],
                    earliest: "2026-05-07T00:00:00Z",
                    latest: "2026-05-09T23:59:59Z",
                    recipient: { name: "Bo Roe", phone: "+14155550199" },
                    address: { name: "Jo Doe", ...address },
                    price: 5,
                    discount: 2.5,
                    discountCodes: ["SHIP"],
                    tax: 0,
                    total: 2.5,
                },
                {
                    id: "ful_2",
                    type: "digital",
                    title: "Digital delivery",
                    items: [{ id: "li_2", quantity: 1 }],
                    recipient: { name: "Bo Roe", phone: "+14155550199" },
                    price: 0,
                    discount: 0,
                    tax: 0,
                    total: 0,
                },
            ],
            taxes: [
                { jurisdiction: "US-CA", rate: 7.25, amount: 13.05 },
                { jurisdiction: "DE", rate: 19, amount: 2.57 },
            ],
            totals: [
                { type: "items_base_amount", text: "Items", amount: 215 },
                { type: "items_discount", text: "Item discounts", amount: 21.5 },
                { type: "subtotal", text: "Subtotal", amount: 193.5 },
                { type: "discount", text: "Delivery discounts", amount: 2.5 },
                { type: "fulfillment", text: "Delivery", amount: 5 },
                { type: "tax", text: "Tax", amount: 15.62 },
                { type: "total", text: "Total", amount: 211.62 },
            ],
            total: 211.62,
            currency: "usd",
            notes: "Ring twice",
            payment: { provider: "sandbox", id: "pay_1", state: "captured", amount: 211.62 },
            checkout: { sessionId: "cs_1", clientId: "agent" },
            metadata: { checkoutSessionId: "cs_1" },
        });
    });

    it("is the same in the event, the notification, and when it is read from them", () => {
        const { detail } = orderReceived(order, meta);
        expect(detail).to.deep.include(order);
        expect(readOrderReceived(JSON.parse(JSON.stringify(detail))).order).to.deep.equal(order);
        const { MessageBody } = notificationMessage(order, meta, "sales@example.com");
        expect(readNotification(MessageBody).orderData).to.deep.equal(order);
    });

    it("is shown whole by its PDF", async () => {
        const text = (await textOf(await confirmation(order, meta, paper)))
            .replaceAll("\u00a0", " ")
            .replaceAll("\n", " ");
        for (const part of [
            "Jo Doe <jo@example.com>",
            "+14155550100",
            "Ring twice",
            "Hauptstraße 1",
            "1 Main Street",
            "San Francisco, CA, 94131",
            "Bo Roe, +14155550199",
            "Standard shipping, USD 5.00",
            "From 7 May 2026 to 9 May 2026",
            "USD 13.05",
            "(7.25 %)",
            "USD 180.00",
            "(TEN)",
            "(SHIP)",
            "Item discounts",
            "of which US-CA 7.25 % on USD 180.00",
            "USD 211.62",
            "USD 211.62 captured, sandbox pay_1",
            "cs_1, agent",
        ]) {
            expect(text).to.contain(part);
        }
    });

    it("is in its PDF to the last member, but for ids, kinds that have a text, and sums of what is shown", async () => {
        const text = (await textOf(await confirmation(order, meta, paper))).replaceAll(/\s/g, " ");
        const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
        const shown = (value: unknown, name: string): string => {
            if (typeof value !== "number")
                return /^\d{4}-/.test(String(value)) ? day.format(new Date(String(value))) : String(value);
            return name === "quantity" || name === "taxRate" || name === "rate" ? String(value) : value.toFixed(2);
        };
        const missing = new Set<string>();
        (function look(value: unknown, name: string, path: string): void {
            if (typeof value === "object" && value !== null) {
                for (const [key, member] of Object.entries(value)) {
                    look(member, Array.isArray(value) ? name : key, Array.isArray(value) ? path : `${path}/${key}`);
                }
            } else if (!text.includes(shown(value, name))) missing.add(path);
        })(order, "", "");
        expect([...missing]).to.deep.equal([
            ...["/items/id", "/items/total", "/fulfillments/id", "/fulfillments/items/id", "/fulfillments/type"],
            ...["/totals/type", "/currency"],
        ]);
    });

    for (const taxIncluded of [false, true]) {
        it(`is shown by its PDF in amounts that add up, with taxes ${taxIncluded ? "included" : "on top"}`, async () => {
            const taxed = bought(jacketAndBook, undefined, { ...merchant, taxIncluded, taxOnShipping: true });
            const text = (await textOf(await confirmation(taxed, meta, paper))).replaceAll("\u00a0", " ");
            // Without what is above the table, which has a head on each page.
            const [, ...parts] = text.split(taxIncluded ? "Included tax\nAmount" : "Before tax");
            const shown = parts.flatMap((part) => part.split("\n").map((each) => each.trim()));
            const of = (label: string) => centsIn(shown[shown.lastIndexOf(label) + 1]);
            // Of each row: price, discount if there is one, tax, amount.
            const starts = ["Jacket", "E-book", "Standard shipping", "Digital delivery", "Items"].map((name) =>
                shown.indexOf(name),
            );
            const rows = starts.slice(0, -1).map((start, index) => {
                const amounts = shown
                    .slice(start, starts[index + 1])
                    .filter((each) => each.startsWith("USD "))
                    .map(centsIn);
                const quantity = Number(shown.slice(start).find((each) => /^\d+$/.test(each)));
                return {
                    price: amounts[0] ?? 0,
                    quantity: index < 2 ? quantity : 1,
                    discount: amounts.length > 3 ? (amounts[1] ?? 0) : 0,
                    tax: amounts.at(-2) ?? 0,
                    amount: amounts.at(-1) ?? 0,
                };
            });
            const sum = (of: "discount" | "tax" | "amount", ...some: typeof rows) =>
                some.reduce((all, row) => all + row[of], 0);
            const [items, deliveries] = [rows.slice(0, 2), rows.slice(2)];

            for (const { price, quantity, discount, amount } of rows)
                expect(price * quantity - discount).to.equal(amount);
            expect(sum("discount", ...items))
                .to.equal(-of("Item discounts"))
                .and.to.be.above(0);
            expect(sum("discount", ...deliveries))
                .to.equal(-of("Delivery discounts"))
                .and.to.be.above(0);
            expect(of("Items") + of("Item discounts")).to.equal(of("Subtotal"));
            expect(sum("amount", ...items)).to.equal(of("Subtotal"));
            expect(sum("amount", ...deliveries)).to.equal(of("Delivery") + of("Delivery discounts"));
            const [taxes, added] = [sum("tax", ...rows), of(taxIncluded ? "Tax (included in the prices)" : "Tax")];
            const rates = shown.filter((each) => /^(included|of which) .* % on USD/.test(each));
            expect(rates.reduce((all, rate) => all + of(rate), 0))
                .to.equal(taxes)
                .and.to.be.above(0);
            expect(added).to.equal(taxIncluded ? 0 : taxes);
            expect(sum("amount", ...rows) + added)
                .to.equal(of("Total"))
                .and.to.equal(Math.round(taxed.total * 100));
        });
    }

    it("is shown on as many pages as it needs, with long names in their column", async () => {
        const [item] = order.items;
        const [shipment] = order.fulfillments;
        if (item === undefined || shipment === undefined) expect.fail("the order has no item");
        const productName = "A cleaner with a name that does not fit into one line";
        const fulfillments = Array.from({ length: 20 }, (_, index) => ({
            ...shipment,
            title: `Parcel number ${index}`,
        }));
        const notes = "Please ring.\n".repeat(100);
        const long = { ...order, notes, fulfillments, items: Array(30).fill({ ...item, productName }) };

        const lines = (await textOf(await confirmation(long, meta, paper))).split("\n").map((line) => line.trim());

        for (const { title } of fulfillments)
            expect(lines.filter((line) => line.startsWith(`Delivery address: ${title}`))).not.to.equal([]);
        expect(lines.filter((line) => line === productName)).to.deep.equal([]);
        expect(lines.filter((line) => line === "jacket").length).to.equal(30);
        expect(lines).to.include("USD\u00a0211.62");
    });

    it("fits into its event whenever its session fits into one", () => {
        let fitting = 0;
        for (const character of ["x", '"', "龍", "🧽"]) {
            for (const [names, texts] of [
                [1, 255],
                [100, 100],
                [255, 1],
                [60, 250],
            ] as const) {
                const ids = Array.from({ length: 85 }, (_, index) => `p${index}`);
                const name = character.repeat(names / character.length);
                const more = ids.map((productId) => ({ productId, name, price: 1, currency: "usd" }));
                const text = character.repeat(Math.ceil(texts / character.length));
                const { country, postal_code } = berlin;
                const address = {
                    name: text,
                    line_one: text,
                    line_two: text,
                    city: text,
                    state: text,
                    country,
                    postal_code,
                };
                const fulfillment_groups = ids.slice(0, 20).map((id) => ({
                    id,
                    item_ids: [id],
                    destination_type: "shipping" as const,
                    fulfillment_details: { name: text, address },
                }));
                const body = {
                    ...jacketAndBook,
                    line_items: ids.map((id) => ({ id })),
                    fulfillment_details: { address: berlin },
                    fulfillment_groups,
                };
                const state = paidFor(body, [], market.merchant, marketOf({ more }));
                if (Buffer.byteLength(JSON.stringify(state.session)) > 240_000) continue;
                fitting += 1;
                expect(oversizeOf(placedBy(state)), `${character} ${names} ${texts}`).to.equal(undefined);
            }
        }
        expect(fitting).to.be.above(5);
    });

    it("cannot be placed by a client", () => {
        expect(parseOrder(order)).to.have.property("errors");
    });

    it("has a fulfilment for each group, with its address, recipient and instructions", () => {
        const group = (id: string, item: string, address: typeof berlin, more: object) => ({
            id,
            item_ids: [item],
            destination_type: "shipping" as const,
            fulfillment_details: { ...more, address },
            instructions: `For ${id}`,
        });
        const { fulfillments } = bought(
            {
                ...jacketAndBook,
                fulfillment_groups: [
                    group("home", "jacket", berlin, { name: "Bo Roe" }),
                    group("office", "belt", sanFrancisco, { phone_number: "+14155550142" }),
                ],
                line_items: [{ id: "jacket" }, { id: "belt" }, { id: "ebook" }],
            },
            [selection("shipping", "shipping_express@office", "belt")],
        );

        expect(
            fulfillments.map(({ title, address, recipient, instructions, items }) => [
                title,
                address?.city,
                recipient,
                instructions,
                items.map(({ id }) => id).join(),
            ]),
        ).to.deep.equal([
            ["Standard shipping", "Berlin", { name: "Bo Roe" }, "For home", "li_1"],
            ["Express shipping", "San Francisco", { phone: "+14155550142" }, "For office", "li_2"],
            ["Digital delivery", undefined, { name: "Bo Roe", phone: "+14155550199" }, undefined, "li_3"],
        ]);
    });

    it("adds up: items and fulfilments to the total, and each of them from its parts", () => {
        const lines = fc.array(
            fc.record({
                id: fc.constantFrom("jacket", "belt", "ebook", "bread"),
                quantity: fc.integer({ min: 1, max: 9 }),
            }),
            { minLength: 1, maxLength: 5 },
        );
        const some = fc.subarray(["TEN", "SHIP"]);
        const taxing = fc.record({ taxIncluded: fc.boolean(), taxOnShipping: fc.boolean() });
        fc.assert(
            fc.property(
                lines,
                some,
                fc.constantFrom(berlin, sanFrancisco),
                taxing,
                (line_items, codes, address, taxes) => {
                    const chosen = { discounts: { codes }, fulfillment_details: { address } };
                    expectSums(
                        bought({ ...jacketAndBook, line_items, ...chosen }, undefined, { ...merchant, ...taxes }),
                    );
                },
            ),
        );
    });
});

/** The cents of a text as "USD 1,234.50". */
const centsIn = (text = ""): number => Math.round(Number(text.replace(/ \(.*/, "").replace(/USD |,/g, "")) * 100);

function expectSums({ items, fulfillments, taxes = [], taxIncluded = false, totals, total }: CheckoutOrder): void {
    const added = (tax: number) => (taxIncluded ? 0 : cents(tax));
    const cents = (amount: number) => Math.round(amount * 100);
    const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + cents(amount), 0);
    for (const item of items) {
        const { unitPrice, quantity, discount, tax, total: amount } = item;
        expect(cents(unitPrice) * quantity - cents(discount) + added(tax)).to.equal(cents(amount));
    }
    for (const { price, discount, tax, total: amount } of fulfillments) {
        expect(cents(price) - cents(discount) + added(tax)).to.equal(cents(amount));
    }
    const parts = [...items, ...fulfillments];
    expect(sum(parts.map((part) => part.total))).to.equal(cents(total));
    expect(sum(parts.map((part) => part.tax))).to.equal(sum(taxes.map(({ amount }) => amount)));
    expect(totals.at(-1)).to.deep.include({ type: "total", amount: total });
}

describe("an order that is placed", () => {
    const placed = (over: Parameters<typeof sessionOf>[0]) =>
        placedOrderOf(checkoutEvent("completed", { session: sessionOf(over) }));
    const [line] = sessionOf().line_items;
    const lineWith = (over: object) => (line ? [{ ...line, ...over }] : []);

    it("counts in units of the currency, as many digits as it has", () => {
        const total = [{ type: "total" as const, display_text: "Total", amount: 5434 }];
        const unitPrices = (currency: string) => {
            const { total: sum, items } = placed({
                currency,
                totals: total,
                line_items: lineWith({ unit_amount: 1299 }),
            });
            return [sum, items.map((item) => item.unitPrice)];
        };

        expect(unitPrices("eur")).to.deep.equal([54.34, [12.99]]);
        expect(unitPrices("jpy")).to.deep.equal([5434, [1299]]);
        expect(unitPrices("kwd")).to.deep.equal([5.434, [1.299]]);
    });

    const customers: [what: string, session: Parameters<typeof sessionOf>[0], customer: unknown][] = [
        ["the buyer's full name", { buyer: { email: "a@b.example", full_name: "Ann B", first_name: "C" } }, "Ann B"],
        ["the buyer's first name alone", { buyer: { email: "a@b.example", first_name: "Ann" } }, "Ann"],
        [
            "the name of who gets the goods",
            { buyer: { email: "a@b.example" }, fulfillment_details: { name: "Bo C" } },
            "Bo C",
        ],
        [
            "who gets the goods where the buyer's name is invisible",
            { buyer: { email: "a@b.example", full_name: "\u200b\u2800" }, fulfillment_details: { name: "Bo C" } },
            "Bo C",
        ],
    ];
    for (const [what, session, name] of customers) {
        it(`names ${what}`, () => {
            expect(placed(session).customer).to.deep.equal({ name, email: "a@b.example" });
        });
    }

    it("uses the recipient's address where there is no buyer", () => {
        const { buyer: _, ...session } = sessionOf({ fulfillment_details: { email: "bo@c.example" } });

        expect(placedOrderOf(checkoutEvent("completed", { session })).customer).to.deep.equal({
            email: "bo@c.example",
        });
    });

    it("keeps an address that the order intake does not accept from its clients", () => {
        const buyer = { email: '"jo doe"@[192.0.2.1]', full_name: "Jo Doe" };

        expect(placed({ buyer }).customer).to.deep.equal({ name: "Jo Doe", email: '"jo doe"@[192.0.2.1]' });
    });

    it("cuts long names, and leaves control characters out", () => {
        const { items } = placed({ line_items: lineWith({ name: `Soap\n\u0000${"x".repeat(400)}` }) });

        expect(items.map(({ productName }) => productName)).to.deep.equal([`Soap ${"x".repeat(249)}…`]);
    });

    it("calls a product without a readable name by its id", () => {
        const { items } = placed({ line_items: lineWith({ name: " \u0007 " }) });

        expect(items[0]).to.include({ productName: "12345" });
    });

    it("is one that the order intake takes, whatever names and addresses the session has", () => {
        const text = fc.string({ unit: "binary", maxLength: 300 });
        const optional = { requiredKeys: ["email"] as ["email"] };
        const sessions = fc.record({
            buyer: fc.record({ email: text, full_name: text, first_name: text, last_name: text }, optional),
            fulfillment_details: fc.record({ name: text }),
            currency: fc.constantFrom("usd", "jpy", "kwd", "clf"),
            line_items: fc.array(
                fc
                    .record({
                        name: text,
                        quantity: fc.integer({ min: 1, max: 10_000 }),
                        unit_amount: fc.nat(1_000_000_000),
                    })
                    .map((over) => lineWith(over)),
                { minLength: 1, maxLength: 99 },
            ),
        });
        fc.assert(
            fc.property(sessions, ({ line_items, ...session }) => {
                const made = placed({ ...session, line_items: line_items.flat() });

                expect(parseCheckoutOrder(JSON.parse(JSON.stringify(made)))).to.have.property("order");
            }),
        );
    });
});
