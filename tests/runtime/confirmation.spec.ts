import { expect } from "chai";
import { confirmation } from "../../runtime/orderIntake/confirmation.ts";
import { isInStandardFonts, readableText } from "../../runtime/orderIntake/readableText.ts";
import { amountText } from "../../runtime/orderIntake/texts.ts";
import { cartBody, meta, productBody } from "./support/events.ts";
import { paper, textOf } from "./support/pdf.ts";

describe("a confirmation", () => {
    it("shows the order's id, date, customer, lines and total", async () => {
        const items = [{ productId: "67890", productName: "Floor Soap", quantity: 1200, unitPrice: 24.5 }, "Widget A"];
        const customer = { name: "John Doe", email: "john@example.com" };
        const pdf = await confirmation({ ...cartBody, customer, items, currency: "EUR", total: 29400.5 }, meta, paper);

        const text = await textOf(pdf);
        for (const part of [
            "12345",
            "20 November 2026",
            "John Doe <john@example.com>",
            "Floor Soap",
            "67890",
            "1,200",
        ]) {
            expect(text).to.contain(part);
        }
        for (const part of ["EUR\u00a024.50", "EUR\u00a029,400.00", "Widget A", "EUR\u00a029,400.50", "Page 1 of 1"]) {
            expect(text).to.contain(part);
        }
    });

    it("shows a single-product order, which has no price", async () => {
        const text = await textOf(await confirmation({ orderId: "p-1", ...productBody }, meta, paper));

        expect(text).to.contain("Eco-Friendly Cleaner").and.to.contain("customer@example.com");
        expect(text).not.to.contain("Total").and.not.to.contain("Unit price");
    });

    it("is the same bytes for the same order", async () => {
        const [first, second] = [await confirmation(cartBody, meta, paper), await confirmation(cartBody, meta, paper)];

        expect(first.equals(second)).to.equal(true);
    });

    it("spans as many pages as it needs, each with the table's head and the page number", async () => {
        const items = Array.from({ length: 99 }, (_, index) => `Item number ${index + 1}`);
        const text = await textOf(await confirmation({ ...cartBody, items }, meta, paper));

        const pages = [...text.matchAll(/Page (\d) of (\d)/g)].map(([, number, count]) => `${number}/${count}`);
        expect(pages).to.deep.equal(["1/5", "2/5", "3/5", "4/5", "5/5"]);
        expect(text.match(/Quantity/g)).to.have.length(5);
        for (const item of items) expect(text.split("\n")).to.include(item);
    });

    it("breaks words that are longer than their column", async () => {
        const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        const items = [{ productId: "X".repeat(64), productName: word.repeat(2), quantity: 10_000, unitPrice: 1e9 }];
        const text = await textOf(await confirmation({ ...cartBody, items, total: 1e9, currency: "USD" }, meta, paper));

        expect(text.replaceAll("\n", "")).to.contain("Donaudampf").and.to.contain("gesellschaft");
    });

    it("names the seller, and the tax of each rate with what it is on", async () => {
        const seller = {
            name: "Example Shop GmbH",
            address: ["Lindenstr. 1", "10969 Berlin"],
            vatId: "DE123456789",
            details: ["HRB 12345"],
        };
        const text = await textOf(await confirmation(cartBody, meta, { ...paper, seller }));

        for (const part of [...seller.address, ...seller.details, "Example Shop GmbH", "VAT id DE123456789"]) {
            expect(text.split("\n")).to.include(part);
        }
    });

    for (const [locale, date, amount, quantity] of [
        ["de-AT", "20. November 2026", "EUR\u00a024,50", "1\u00a0200"],
        ["de", "20. November 2026", "24,50\u00a0EUR", "1.200"],
        ["fr", "20 novembre 2026", "24,50\u00a0EUR", "1\u00a0200"],
        ["en-US", "November 20, 2026", "EUR\u00a024.50", "1,200"],
        ["no locale at all", "20 November 2026", "EUR\u00a024.50", "1,200"],
    ] as const) {
        it(`writes numbers and dates in the customer's locale (${locale})`, async () => {
            const items = [{ productName: "Floor Soap", quantity: 1200, unitPrice: 24.5 }];
            const pdf = await confirmation({ ...cartBody, locale, items, currency: "EUR", total: 29400 }, meta, paper);

            expect((await textOf(pdf)).split("\n").map((line) => line.trim())).to.include.members([
                date,
                amount,
                quantity,
            ]);
        });
    }

    it("writes amounts with the digits that their currency has", () => {
        expect(amountText(1000, "JPY", "en-GB")).to.equal("JPY\u00a01,000");
        expect(amountText(1.5, "KWD", "en-GB")).to.equal("KWD\u00a01.500");
        expect(amountText(1.5, "HUF", "hu")).to.equal("1,50\u00a0HUF");
    });

    it("has no text that cannot be seen", () => {
        expect(readableText("a\u200bb\u202ec\u00ad\ufeff\u200d\u2060d")).to.equal("abcd");
        expect(readableText("\u3164\ufe0f")).to.equal("");
        expect(readableText("e\u0301 \ud800 \u0000\t.")).to.equal("é \ufffd  .");
        // Joins letters, or keeps them apart.
        expect(readableText("می\u200cخواهم")).to.equal("می\u200cخواهم");
    });

    it("takes no further fonts for Western European text", () => {
        expect(isInStandardFonts("Zoë €5 – „Ångström“ 1\u00a0200 ½")).to.equal(true);
        for (const text of ["Łódź", "5′", "−3", "A\u2011B", "Ω", "清洁剂"])
            expect(isInStandardFonts(text)).to.equal(false);
    });
});
