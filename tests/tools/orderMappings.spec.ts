import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseOrder } from "../../runtime/orderIntake/order.ts";
import { fromExport } from "../../tools/orderMappings/exportRows.ts";
import { fromShopify } from "../../tools/orderMappings/shopify.ts";
import { fromWooCommerce } from "../../tools/orderMappings/wooCommerce.ts";
import { runCommand } from "../command.ts";

const payload = (file: string) => `tests/tools/orderPayloads/${file}`;
const { order } = JSON.parse(readFileSync(payload("shopify.json"), "utf8"));
const [paid] = JSON.parse(readFileSync(payload("wooCommerce.json"), "utf8"));

async function mapped(format: string, file: string) {
    const { code, output, errors } = await runCommand("tools/mapOrders.ts", [format, payload(file)], process.env);
    const orders = output
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    for (const one of orders) expect(parseOrder(one)).not.to.have.property("errors");
    return { code, orders, errors: errors.split("\n").filter(Boolean) };
}

describe("orders of other shops, as POST /orders takes them", () => {
    it("are those of Shopify in the shop's currency, without what was removed", async () => {
        const { code, orders } = await mapped("shopify", "shopify.json");

        expect(code).to.equal(0);
        expect(orders).to.deep.equal([
            {
                orderId: "EN-1001",
                customer: { name: "Ada Lovelace", email: "ada@example.com" },
                items: [
                    { productId: "SHIRT-BLUE-M", productName: "Shirt - Blue / M", quantity: 2, unitPrice: 29.9 },
                    { productName: "Gift wrap", quantity: 1, unitPrice: 0 },
                ],
                total: 58.7,
                currency: "EUR",
                locale: "de-DE",
                metadata: {
                    source: "shopify",
                    shopifyId: "5678901234567",
                    createdAt: "2026-11-20T10:11:12+01:00",
                    financialStatus: "paid",
                    note: "Please ring\ntwice.",
                    tags: "wholesale, vip",
                    shipping: "Standard",
                    shippingAddress: "Ada Lovelace\nHauptstraße 1\n10115 Berlin\nBerlin\nGermany",
                },
            },
        ]);
    });

    it("are Shopify's sales at a counter, which have neither a name nor an e-mail address", () => {
        const sale = { ...order, email: "", contact_email: null, customer: null, shipping_address: null, note: null };

        const { customer, metadata } = fromShopify(sale);
        expect(customer).to.equal("Unknown");
        expect(metadata).not.to.have.any.keys("note", "shippingAddress");
        expect(parseOrder(fromShopify(sale))).not.to.have.property("errors");
    });

    it("are those of WooCommerce with the billing address where there is no other, and none that has ended", async () => {
        const { code, orders, errors } = await mapped("woocommerce", "wooCommerce.json");

        expect([code, errors]).to.deep.equal([1, ["728 is cancelled"]]);
        expect(orders).to.deep.equal([
            {
                orderId: "727",
                customer: { name: "Ada Lovelace", email: "ada@example.com" },
                items: [
                    { productId: "93", productName: "Premium Quality", quantity: 3, unitPrice: 6.666666666666667 },
                    { productId: "Bar3", productName: "Ship Your Idea - Black, L", quantity: 1, unitPrice: 0 },
                ],
                total: 36,
                currency: "GBP",
                metadata: {
                    source: "woocommerce",
                    wooCommerceId: 727,
                    createdAt: "2026-11-20T09:11:12",
                    status: "processing",
                    paymentMethod: "Direct bank transfer",
                    phone: "020 7946 0000",
                    shipping: "Flat rate",
                    shippingAddress: "Ada Lovelace\nEngines Ltd\n12 St James's Square\nSW1Y 4JH London\nGB",
                },
            },
        ]);
        expect(
            fromWooCommerce({ ...paid, line_items: [{ name: "Old", quantity: 4, total: "10.00" }] }).items,
        ).to.deep.equal([{ productName: "Old", quantity: 4, unitPrice: 2.5 }]);
    });

    it("are the rows of an export by order, with numbers as they are written in either way", async () => {
        const { code, orders, errors } = await mapped("export", "export.csv");

        expect(orders).to.deep.equal([
            {
                orderId: "2001",
                customer: { name: "Ada Lovelace", email: "ada@example.com" },
                items: [
                    { productId: "12345", productName: "Cleaner, eco", quantity: 2, unitPrice: 12.99 },
                    { productId: "67890", productName: "Floor soap", quantity: 1, unitPrice: 1010.5 },
                ],
                total: 1036.48,
                currency: "EUR",
                metadata: { source: "export", note: "Ring twice" },
            },
        ]);
        expect([code, errors]).to.deep.equal([
            1,
            ['"1,234" is no amount that can be told', "2003: /items/0/quantity must be an integer"],
        ]);
    });

    it("are refused where they were canceled, or are none", () => {
        for (const wrong of [null, 7, "text", []]) {
            expect(() => fromShopify(wrong)).to.throw("is no object");
            expect(() => fromWooCommerce(wrong)).to.throw("is no object");
        }
        expect(() => fromShopify({ ...order, cancelled_at: "2026-11-20T11:00:00Z" })).to.throw("was canceled");
        expect(() => fromShopify({ ...order, current_total_price: "much" })).to.throw("is no amount");
        expect(() => fromShopify({ ...order, name: "###", id: 1 })).to.throw("no order number");
    });

    it("have an id that is not the checkout's, and names that fit", () => {
        const long = { ...order, name: "ord_17", customer: { first_name: "x".repeat(300), last_name: "y\u0007" } };

        expect(fromShopify(long).orderId).to.match(/^17-[0-9a-f]{8}$/);
        expect(parseOrder(fromShopify(long))).not.to.have.property("errors");
    });

    it("keep numbers apart that differ in what ids cannot have", () => {
        const numbers = ["1", "注文1", "注1", "1/", "ord_1", "-1", "x".repeat(65), "x".repeat(66), "x".repeat(64)];
        const ids = numbers.map((name) => fromShopify({ ...order, name }).orderId);

        expect(new Set(ids)).to.have.property("size", numbers.length);
        for (const id of ids) expect(id).to.match(/^(?!ord_)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
        expect(fromShopify({ ...order, name: "#1" }).orderId).to.equal("1");
    });

    it("are no two of one number in a file", async () => {
        const folder = mkdtempSync(join(tmpdir(), "commerce-orders-"));
        try {
            const file = join(folder, "export.csv");
            writeFileSync(file, "order,customer,product,total,currency\n#1,Ada,Soap,1.00,EUR\n1,Grace,Mop,2.00,EUR\n");
            const { code, output, errors } = await runCommand("tools/mapOrders.ts", ["export", file], process.env);

            expect([code, errors]).to.deep.equal([1, "1 is another order before in the file\n"]);
            expect(JSON.parse(output)).to.include({ orderId: "1", total: 1 });
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it("have the amounts of an export, or are refused where these can be read in two ways or none", () => {
        const totalOf = (total: string) => fromExport([{ order: "1", product: "Soap", total }]).total;
        for (const [text, amount] of [
            ["1234.5", 1234.5],
            ["€12,99", 12.99],
            ["12.99 EUR", 12.99],
            ["US$ 1,234.50", 1234.5],
            ["1.234,50 kr", 1234.5],
            ["1\u00a0234,50 zł", 1234.5],
            ["1'234.50", 1234.5],
            ["12,34,567.00", 1234567],
            ["1,234,567", 1234567],
            ["0.125", 0.125],
            ["-5.00", -5],
            ["-€5.00", -5],
            ["€ -5", -5],
        ] as const) {
            expect(totalOf(text), text).to.equal(amount);
        }
        const untold = [
            "12e3",
            "(5.00)",
            "1,234",
            "1.234",
            "5k",
            "1.5M",
            "5-10",
            "−5",
            "--5",
            "1,2,3",
            "1,234,56",
            "5.",
            ".",
        ];
        for (const text of [...untold, "0x10", "1..2", "2 x 5", "1,234.567,8"]) {
            expect(() => totalOf(text), text).to.throw("is no amount that can be told");
        }
    });

    it("are no test orders", () => {
        expect(() => fromShopify({ ...order, test: true })).to.throw("is a test order");
        expect(fromShopify({ ...order, test: false })).to.have.property("orderId");
    });
});
