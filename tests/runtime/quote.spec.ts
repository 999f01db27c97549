import { expect } from "chai";
import { quote } from "../../runtime/checkoutSessions/pricing/quote.ts";
import { amounts, cartOf, marketOf, merchant, messagesOf, selection } from "./support/market.ts";

describe("a quote", () => {
    it("adds up items, shipping and tax, on every line and in all", () => {
        const { status, lineItems, totals, total } = quote(
            cartOf(
                [
                    ["jacket", 2],
                    ["belt", 1],
                ],
                { selected: [selection("shipping", "shipping_express", "li_1", "li_2")] },
            ),
            marketOf(),
        );

        expect(status).to.equal("ready_for_payment");
        expect(lineItems.map((line) => amounts(line.totals))).to.deep.equal([
            [
                ["items_base_amount", 20_000],
                ["subtotal", 20_000],
                ["tax", 1_450],
                ["total", 21_450],
            ],
            [
                ["items_base_amount", 2_500],
                ["subtotal", 2_500],
                ["tax", 181],
                ["total", 2_681],
            ],
        ]);
        expect(amounts(totals)).to.deep.equal([
            ["items_base_amount", 22_500],
            ["subtotal", 22_500],
            ["fulfillment", 1_500],
            ["tax", 1_631],
            ["total", 25_631],
        ]);
        expect(total).to.equal(25_631);
    });

    it("shows the catalogue's data of a product, under the cart's line id", () => {
        const vase = {
            productId: "vase",
            name: "Vase",
            price: 700,
            currency: "usd",
            description: "Blue",
            images: ["https://shop.example/vase.jpg"],
            taxExempt: true,
        };

        const { lineItems } = quote(cartOf([["vase", 3]]), marketOf({ more: [vase] }));

        expect(lineItems).to.deep.equal([
            {
                id: "li_1",
                item: { id: "vase", name: "Vase", unit_amount: 700 },
                quantity: 3,
                product_id: "vase",
                name: "Vase",
                description: "Blue",
                images: ["https://shop.example/vase.jpg"],
                unit_amount: 700,
                availability_status: "in_stock",
                tax_exempt: true,
                totals: [
                    { type: "items_base_amount", display_text: "Items", amount: 2_100 },
                    { type: "subtotal", display_text: "Subtotal", amount: 2_100 },
                    { type: "tax", display_text: "Tax", amount: 0 },
                    { type: "total", display_text: "Total", amount: 2_100 },
                ],
            },
        ]);
    });

    it("of an empty cart is incomplete and costs nothing", () => {
        const quoted = quote(cartOf([]), marketOf());

        expect(quoted.status).to.equal("incomplete");
        expect(quoted.total).to.equal(0);
        expect(quoted.fulfillmentOptions).to.deep.equal([]);
        expect(messagesOf(quoted, "error")).to.deep.equal(["missing $.line_items"]);
    });

    it("keeps a line whose product is not sold any more, without a price, and asks to remove it", () => {
        const quoted = quote(
            cartOf([
                ["gone", 2],
                ["ebook", 1],
            ]),
            marketOf(),
        );

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(quoted.lineItems.map(({ item, totals }) => [item, amounts(totals).at(-1)])).to.deep.equal([
            [{ id: "gone" }, ["total", 0]],
            [{ id: "ebook", name: "E-book", unit_amount: 1_500 }, ["total", 1_609]],
        ]);
        expect(messagesOf(quoted, "error")).to.deep.equal(["not_found $.line_items[0].item.id"]);
    });

    it("does not sell what has its price in another currency", () => {
        const import_ = { productId: "tea", name: "Tea", price: 5, currency: "eur" };

        const quoted = quote(cartOf([["tea", 1]]), marketOf({ more: [import_] }));

        expect(messagesOf(quoted, "error")).to.deep.equal(["not_found $.line_items[0].item.id"]);
        expect(quoted.total).to.equal(0);
    });

    it("sells a product at its price in the shop's currency", () => {
        const tea = { productId: "tea", name: "Tea", price: 5, currency: "eur", prices: { eur: 5, usd: 7 } };

        const { lineItems } = quote(cartOf([["tea", 2]]), marketOf({ more: [tea] }));

        expect(lineItems[0]).to.deep.include({ item: { id: "tea", name: "Tea", unit_amount: 7 }, unit_amount: 7 });
        expect(amounts(lineItems[0]?.totals ?? [])[0]).to.deep.equal(["items_base_amount", 14]);
    });

    it("sells a product from the moment on that it is available, and not before", () => {
        const tea = (availableFrom: string) => ({
            productId: "tea",
            name: "Tea",
            price: 5,
            currency: "usd",
            availableFrom,
        });
        const quoted = (availableFrom: string) =>
            quote(
                cartOf([["tea", 1]]),
                marketOf({ more: [tea(availableFrom)], now: new Date("2026-12-01T08:00:00Z") }),
            );

        for (const late of ["2026-12-01T08:00:01Z", "2026-12-01T10:00:00+01:00", "soon"]) {
            const unsold = quoted(late);
            const { lineItems, status } = unsold;
            expect(messagesOf(unsold, "error"), late).to.include("out_of_stock $.line_items[0].item.id");
            expect(lineItems[0]).to.include({ availability_status: "out_of_stock", available_quantity: 0 });
            expect(status).to.equal("not_ready_for_payment");
        }
        for (const due of ["2026-12-01T08:00:00Z", "2026-12-01T09:00:00+01:00"]) {
            expect(quoted(due).lineItems[0], due).to.include({ availability_status: "in_stock" });
        }
    });
});

describe("a quote and the stock", () => {
    const stocked = (stock: number, ...quantities: number[]) =>
        quote(
            cartOf(
                quantities.map((quantity) => ["jacket", quantity] as const),
                { selected: [selection("shipping", "shipping_standard", "li_1", "li_2")] },
            ),
            marketOf({ stock: { jacket: stock } }),
        );
    const availability = ({ lineItems }: ReturnType<typeof quote>) =>
        lineItems.map(({ availability_status, available_quantity }) => [availability_status, available_quantity]);

    it("has no message, and not the quantity, while there is enough stock", () => {
        const quoted = stocked(8, 2);

        expect(quoted.status).to.equal("ready_for_payment");
        expect(quoted.messages).to.deep.equal([]);
        expect(availability(quoted)).to.deep.equal([["in_stock", undefined]]);
    });

    it("warns when five or fewer are left after it", () => {
        for (const [stock, wanted] of [
            [7, 2],
            [2, 2],
        ] as const) {
            const quoted = stocked(stock, wanted);

            expect(quoted.status).to.equal("ready_for_payment");
            expect(messagesOf(quoted, "warning")).to.deep.equal(["low_stock $.line_items[0].available_quantity"]);
            expect(availability(quoted)).to.deep.equal([["low_stock", stock]]);
        }
    });

    it("counts all lines of a product together, and gives the stock when they want more", () => {
        const quoted = stocked(4, 3, 2);

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(messagesOf(quoted, "error")).to.deep.equal([
            "quantity_exceeded $.line_items[0].quantity",
            "quantity_exceeded $.line_items[1].quantity",
        ]);
        expect(availability(quoted)).to.deep.equal([
            ["low_stock", 4],
            ["low_stock", 4],
        ]);
    });

    it("refuses a product that is out of stock, and still shows its price", () => {
        const quoted = stocked(0, 1);

        expect(quoted.status).to.equal("not_ready_for_payment");
        expect(messagesOf(quoted, "error")).to.deep.equal(["out_of_stock $.line_items[0].item.id"]);
        expect(quoted.messages[0]).to.include({ severity: "high", resolution: "recoverable", content_type: "plain" });
        expect(availability(quoted)).to.deep.equal([["out_of_stock", 0]]);
        expect(quoted.total).to.equal(10_000 + 725 + 500);
    });

    it("never runs out of a product without a stock count", () => {
        expect(quote(cartOf([["ebook", 10_000]]), marketOf()).messages).to.deep.equal([]);
    });
});

describe("a quote and the capabilities of agent and merchant", () => {
    const agent = {
        interventions: {
            supported: ["biometric", "3ds", "address_verification"],
            display_context: "webview",
            redirect_context: "in_app",
            max_redirects: 1,
            max_interaction_depth: 2,
        },
        extensions: ["discount@2026-01-27", "loyalty"],
    } as const;
    const demanding = { ...merchant, requiredInterventions: ["3ds"] } as const;

    it("offers 3-D Secure with Stripe only where an acquirer is set", () => {
        const acquirer = {
            acquirer_bin: "411111",
            acquirer_country: "DE",
            acquirer_merchant_id: "m-1",
            merchant_name: "Example Shop",
        };
        const withStripe = { ...merchant.payment, provider: "stripe" } as const;
        for (const [payment, supported] of [
            [withStripe, []],
            [{ ...withStripe, acquirer }, ["3ds"]],
        ] as const) {
            const market = marketOf({ merchant: { ...merchant, payment } });
            const { capabilities } = quote(cartOf([["ebook", 1]], { capabilities: agent }), market);
            expect(capabilities.interventions?.supported).to.deep.equal(supported);
            expect(capabilities.payment?.handlers[0]?.config["supports_3ds"]).to.equal(supported.length > 0);
        }
    });

    it("answers with what both support, and never echoes the agent's own settings", () => {
        const { capabilities } = quote(cartOf([["ebook", 1]], { capabilities: agent }), marketOf());

        expect(capabilities.interventions).to.deep.equal({
            supported: ["3ds"],
            required: [],
            enforcement: "conditional",
        });
        expect(capabilities.extensions).to.deep.equal([
            {
                name: "discount",
                extends: [
                    "$.CheckoutSessionCreateRequest.discounts",
                    "$.CheckoutSessionUpdateRequest.discounts",
                    "$.CheckoutSession.discounts",
                ],
            },
        ]);
    });

    it("offers one way to pay, with the account to give the token to", () => {
        const { payment } = quote(cartOf([["ebook", 1]]), marketOf()).capabilities;

        expect(payment?.handlers.map(({ id, name, psp, config }) => ({ id, name, psp, config }))).to.deep.equal([
            {
                id: "card_tokenized",
                name: "dev.acp.tokenized.card",
                psp: "sandbox",
                config: { merchant_id: "merchant_1", psp: "sandbox", supports_3ds: true },
            },
        ]);
    });

    it("declares the discount extension to those who use it or say that they can", () => {
        const declared = (more: Parameters<typeof cartOf>[1]) =>
            quote(cartOf([["ebook", 1]], more), marketOf()).capabilities.extensions?.length ?? 0;

        expect(declared({})).to.equal(0);
        expect(declared({ capabilities: { extensions: ["loyalty", "discounts"] } })).to.equal(0);
        expect(declared({ capabilities: { extensions: ["discount"] } })).to.equal(1);
        expect(declared({ capabilities: { extensions: [{ name: "discount" }] } })).to.equal(1);
        expect(declared({ codes: [] })).to.equal(1);
    });

    it("is not ready for an agent that cannot do what the merchant requires", () => {
        const unable = quote(cartOf([["ebook", 1]]), marketOf({ merchant: demanding }));
        const able = quote(cartOf([["ebook", 1]], { capabilities: agent }), marketOf({ merchant: demanding }));

        expect(unable.status).to.equal("not_ready_for_payment");
        expect(messagesOf(unable, "error")).to.deep.equal([
            "intervention_required $.capabilities.interventions.supported",
        ]);
        expect(able.status).to.equal("ready_for_payment");
        expect(able.capabilities.interventions).to.deep.equal({
            supported: ["3ds"],
            required: ["3ds"],
            enforcement: "always",
        });
    });
});
