import { expect } from "chai";
import { confirmation, winAnsi } from "../../runtime/orderIntake/confirmation.ts";
import { Aws, Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, orderReceivedEvent, productBody } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";
import { textOf } from "./support/pdf.ts";

describe("document: order.received.v1 to the bucket", () => {
    let database: Database;
    let aws: Aws;
    let document: RunningFunction;
    let count = 0;
    function order() {
        const orderId = `order-${++count}`;
        return { orderId, event: orderReceivedEvent({ ...cartBody, orderId, lines: [], meta }) };
    }
    const published = () =>
        aws.inputs("PutEvents").flatMap(({ Entries }) => Entries as { DetailType: string; Detail: string }[]);

    before(async () => {
        database = await Database.start();
        aws = await Aws.start(database.url);
        document = await RunningFunction.start("orderIntake/document", {
            ...aws.environment,
            DOCUMENTS_BUCKET: "documents",
            EFFECTS_TABLE: "effects",
            HISTORY_DAYS: "0",
            EVENT_BUS_NAME: "order-bus",
        });
    });
    beforeEach(() => {
        aws.reset();
        document.log.length = 0;
    });
    after(async () => {
        await document?.stop();
        await aws?.stop();
        await database?.stop();
    });

    it("puts a PDF under the order's id, never over another, and says so", async () => {
        const { orderId, event } = order();

        await document.invoke(event);

        const [put, ...more] = aws.inputs("PutObject");
        expect(more).to.deep.equal([]);
        expect(put?.["path"]).to.match(new RegExp(`^/documents/orders/${orderId}\\.pdf`));
        expect(put?.["headers"]).to.include({ "content-type": "application/pdf", "if-none-match": "*" });
        expect(put?.["body"]).to.match(/^%PDF-/);
        expect(published().map(({ DetailType, Detail }) => [DetailType, JSON.parse(Detail)])).to.deep.equal([
            ["document.generated.v1", { orderId, bucket: "documents", key: `orders/${orderId}.pdf`, meta }],
        ]);
    });

    it("does it once, however often the event comes", async () => {
        const { event } = order();

        for (let time = 0; time < 3; time += 1) await document.invoke(event);

        expect(aws.inputs("PutObject")).to.have.length(1);
        expect(published()).to.have.length(1);
    });

    it("has as many pages as the lines need", async () => {
        const items = Array.from({ length: 60 }, (_, index) => `Widget ${index}`);

        await document.invoke(orderReceivedEvent({ ...cartBody, orderId: "long-order", items, lines: [], meta }));

        expect(aws.inputs("PutObject")[0]?.["body"]).to.match(/\/Count [23]\b/);
    });

    it("takes a document that is there already for done", async () => {
        aws.answers("PutObject", () => new Refusal("PreconditionFailed", 412));

        await document.invoke(order().event);

        expect(published()).to.have.length(1);
    });

    it("fails when the bucket refuses, so that the event comes again", async () => {
        const { event } = order();
        aws.answers("PutObject", () => new Refusal("AccessDenied", 403));

        const failure = await document.invoke(event).catch((error: Error) => error);
        aws.reset();
        await document.invoke(event);

        expect(failure).to.be.instanceOf(Error);
        expect(document.log[0]).to.include({ level: "error", correlationId: "correlation-1" });
        expect(aws.inputs("PutObject")).to.have.length(1);
    });
});

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

    it("goes on over as many pages as it needs, with the table's head and the page's number on each", async () => {
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
