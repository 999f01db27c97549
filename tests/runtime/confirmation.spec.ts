import { expect } from "chai";
import { confirmation } from "../../runtime/orderIntake/confirmation.ts";
import { winAnsi } from "../../runtime/orderIntake/winAnsi.ts";
import { cartBody, meta, productBody } from "./support/events.ts";
import { textOf } from "./support/pdf.ts";

describe("a confirmation", () => {
    it("shows the order's id, date, customer, lines and total", async () => {
        const items = [{ productId: "67890", productName: "Floor Soap", quantity: 1200, unitPrice: 24.5 }, "Widget A"];
        const customer = { name: "John Doe", email: "john@example.com" };
        const pdf = await confirmation({ ...cartBody, customer, items, currency: "EUR", total: 29400.5 }, meta);

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
        const text = await textOf(await confirmation({ orderId: "p-1", ...productBody }, meta));

        expect(text).to.contain("Eco-Friendly Cleaner").and.to.contain("customer@example.com");
        expect(text).not.to.contain("Total").and.not.to.contain("Unit price");
    });

    it("is the same bytes for the same order", async () => {
        const [first, second] = [await confirmation(cartBody, meta), await confirmation(cartBody, meta)];

        expect(first.equals(second)).to.equal(true);
    });

    it("spans as many pages as it needs, each with the table's head and the page number", async () => {
        const items = Array.from({ length: 99 }, (_, index) => `Item number ${index + 1}`);
        const text = await textOf(await confirmation({ ...cartBody, items }, meta));

        const pages = [...text.matchAll(/Page (\d) of (\d)/g)].map(([, number, count]) => `${number}/${count}`);
        expect(pages).to.deep.equal(["1/5", "2/5", "3/5", "4/5", "5/5"]);
        expect(text.match(/Quantity/g)).to.have.length(5);
        for (const item of items) expect(text.split("\n")).to.include(item);
    });

    it("breaks words that are longer than their column", async () => {
        const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        const items = [{ productId: "X".repeat(64), productName: word.repeat(2), quantity: 10_000, unitPrice: 1e9 }];
        const text = await textOf(await confirmation({ ...cartBody, items, total: 1e9, currency: "USD" }, meta));

        expect(text.replaceAll("\n", "")).to.contain("Donaudampf").and.to.contain("gesellschaft");
    });

    it("shows other scripts as far as its fonts can", () => {
        expect(winAnsi("Zoë €5 – „Ångström“")).to.equal("Zoë €5 – „Ångström“");
        expect(winAnsi("Łukasiewicz, Dvořák, őű, e\u0301")).to.equal("Lukasiewicz, Dvorák, ou, é");
        expect(winAnsi("清洁剂")).to.equal("???");
        expect(winAnsi("👩‍👩‍👧 family")).to.equal("? family");
        expect(winAnsi("ﬁve ½")).to.equal("five ½");
    });

    it("does not fail on any script", async () => {
        const items = ["清洁剂", "منظف", "🧽👩‍👩‍👧", "\u0e19\u0e49\u0e33", "a\u200bb\u202ec"];
        const text = await textOf(await confirmation({ ...cartBody, customer: "Ω 張偉", items }, meta));

        expect(text).to.contain("? ??");
    });
});
