import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { letterOf } from "../../runtime/orderIntake/customers/letter.ts";
import { type News, newsIn } from "../../runtime/orderIntake/customers/news.ts";
import { meta } from "./support/events.ts";

const folder = "runtime/orderIntake/mails";
const templates = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
const options = { templates, shop: { name: "Example Shop", url: "https://shop.example" }, locale: "en-GB" };

const item = {
    id: "li_1",
    productId: "soap",
    productName: "Floor <Soap> & Co",
    quantity: 1200,
    unitPrice: 24.5,
    discount: 0,
    tax: 0,
    total: 29400,
};
const order = {
    orderId: "ord_1",
    customer: { name: "Jo Doe", email: "jo@example.com" },
    items: [item],
    fulfillments: [
        {
            id: "ful_1",
            type: "shipping",
            title: "Post",
            items: [{ id: "li_1", quantity: 1200 }],
            price: 0,
            discount: 0,
            tax: 0,
            total: 0,
        },
        { id: "ful_2", type: "digital", title: "Download", items: [], price: 0, discount: 0, tax: 0, total: 0 },
    ],
    totals: [
        { type: "subtotal", text: "Subtotal", amount: 29400 },
        { type: "total", text: "Total", amount: 29400 },
    ],
    total: 29400,
    currency: "EUR",
    checkout: { sessionId: "cs_1" },
};
const parcel = {
    status: "shipped",
    carrier: "DHL",
    trackingNumber: "00340434",
    trackingUrl: "https://track.example/00340434?a=1&b=2",
};
const shipment = (id: string, over: object = {}): News => ({
    kind: "shipment",
    id,
    at: undefined,
    parcel: { ...parcel, ...over },
});
const letter = (news: News, over: object = {}, own: object = {}) =>
    letterOf(news, { ...order, ...over }, meta, { ...options, ...own });

describe("a mail to a customer", () => {
    it("confirms the order", () => {
        const { subject, text, html } = letter({ kind: "confirmation", document: "orders/ord_1.pdf", at: undefined });

        expect(subject).to.equal("Your order ord_1 at Example Shop");
        expect(text.split("\n")).to.deep.equal(
            [
                "Hello Jo Doe,",
                "",
                "thank you for your order ord_1 of 20 November 2026. The confirmation is attached.",
                "",
                "1,200 x Floor <Soap> & Co: EUR\u00a029,400.00",
                "Post: EUR\u00a00.00",
                "Download: EUR\u00a00.00",
                "",
                "Subtotal: EUR\u00a029,400.00",
                "Total: EUR\u00a029,400.00",
                "",
                "Delivery: Post, EUR\u00a00.00",
                "1,200 x Floor <Soap> & Co",
                "",
                "Delivery: Download, EUR\u00a00.00",
                "",
                "",
                "Example Shop",
                "https://shop.example",
                "",
            ].filter((line, index, all) => line !== "" || all[index - 1] !== ""),
        );
        expect(html).to.contain("Floor &lt;Soap&gt; &amp; Co").and.to.contain("EUR\u00a029,400.00");
        expect(html).not.to.contain("<Soap>");
    });

    it("tells of a parcel, with its pieces and how to track it", () => {
        const { subject, text, html } = letter(shipment("ful_1", { pieces: [{ id: "li_1", quantity: 2 }] }));

        expect(subject).to.equal("Your order ord_1 is on its way");
        for (const part of ["2 x Floor <Soap> & Co", "Tracking number: 00340434 (DHL)", parcel.trackingUrl]) {
            expect(text).to.contain(part);
        }
        expect(html).to.contain('href="https:&#x2F;&#x2F;track.example&#x2F;00340434?a&#x3D;1&amp;b&#x3D;2"');
    });

    it("names the pieces of a planned fulfilment that its event does not name", () => {
        expect(letter(shipment("ful_1")).text).to.contain("1,200 x Floor <Soap> & Co");
    });

    it("says what a customer can pick up, or download", () => {
        expect(letter(shipment("ful_9", { status: "ready_for_pickup" })).subject).to.contain("is ready for pickup");
        expect(letter(shipment("ful_2", { status: "delivered" })).subject).to.equal(
            "Your download of order ord_1 is ready",
        );
    });

    it("has no link that a browser would run", () => {
        const { text, html } = letter(shipment("ful_1", { trackingUrl: "javascript:alert(1)" }));

        expect(text + html).not.to.contain("javascript");
    });

    it("tells of a refund and of a cancellation, of some pieces or of all", () => {
        const change = { amount: 550, pieces: [{ id: "li_1", quantity: 1 }], reason: "Late <delivery>" };
        const refund = letter({ kind: "refund", id: "re_1", change, at: undefined });
        const some = letter({ kind: "cancellation", id: "cancel_1", change, at: undefined });
        const all = letter({ kind: "cancellation", id: "order", change: {}, at: undefined });

        for (const part of ["EUR\u00a05.50", "1 x Floor <Soap> & Co", "Reason: Late <delivery>"]) {
            expect(refund.text).to.contain(part);
        }
        expect(refund.html).to.contain("Late &lt;delivery&gt;");
        expect(some.text).to.contain("these items of your order ord_1").and.to.contain("1 x Floor");
        expect(all.text).to.contain("your order ord_1 of 20 November 2026 is canceled.");
    });

    it("has what the shop says in its own words, line by line", () => {
        const { subject, text, html } = letter({
            kind: "note",
            id: "note_1",
            text: "Gift <wrapped>.\nSoon!",
            at: undefined,
        });

        expect(subject).to.equal("About your order ord_1");
        expect(text).to.contain("Gift <wrapped>.\nSoon!");
        expect(html).to.contain("Gift &lt;wrapped&gt;.</bdi><br><bdi>Soon!");
    });

    for (const [locale, currency, amount] of [
        ["de", "EUR", "5,50\u00a0EUR"],
        ["ja", "JPY", "JPY\u00a0550"],
        ["en-GB", "KWD", "KWD\u00a00.550"],
        ["ar-EG", "EGP", "٥٫٥٠\u00a0EGP"],
    ] as const) {
        it(`has amounts in the customer's locale, with the digits of the currency (${locale}, ${currency})`, () => {
            const news: News = { kind: "refund", id: "re_1", change: { amount: 550 }, at: undefined };

            expect(letter(news, { locale, currency }).text).to.contain(amount);
        });
    }

    it("has no line of a client's in its subject, and no invisible characters", () => {
        const own = new Map([...templates, ["refund.txt", "Subject: {{customer.name}}\n\nx"]]);
        const news: News = { kind: "refund", id: "re_1", change: {}, at: undefined };
        const customer = { name: "Jo\r\nBcc: all@example.com\u202e\u200b", email: "jo@example.com" };

        expect(letter(news, { customer }, { templates: own }).subject).to.equal("Jo Bcc: all@example.com");
    });

    it("is written in the customer's language where there is a template of it", () => {
        const german: [string, string][] = [
            ["refund.de.txt", "Subject: Erstattung {{order.id}}\n\nHallo"],
            ["refund.de.html", "<p>Hallo</p>"],
        ];
        const own = { templates: new Map([...templates, ...german]) };
        const news: News = { kind: "refund", id: "re_1", change: {}, at: undefined };

        expect(letter(news, { locale: "de-AT" }, own)).to.include({
            subject: "Erstattung ord_1",
            text: "Hallo",
            html: "<p>Hallo</p>",
        });
        expect(letter(news, { locale: "fr" }, own).subject).to.equal("Refund for your order ord_1");
    });

    it("is refused where a template is missing, or has no subject", () => {
        const news: News = { kind: "refund", id: "re_1", change: {}, at: undefined };

        expect(() => letter(news, {}, { templates: new Map() })).to.throw("there is no template refund.txt");
        expect(() => letter(news, {}, { templates: new Map([["refund.txt", "Hello"]]) })).to.throw(
            /must begin with "Subject: "/,
        );
    });
});

describe("the news in an event", () => {
    it("are the parcels that have left, with the names that the order API gives", () => {
        const fulfillments = [
            { id: "ful_1", status: "pending", line_items: [] },
            { id: "ful_2", status: "shipped", carrier: "DHL", line_items: [{ id: "li_1", quantity: 2 }] },
        ];
        const change = { type: "fulfillment", id: "ful_2", lines: [{ id: "li_1", name: "Soap", quantity: 2 }] };

        const [news, ...more] = newsIn("order.updated.v1", { orderId: "1", fulfillments, meta: { change } });
        expect(more).to.deep.equal([]);
        expect(news).to.deep.include({ kind: "shipment", id: "ful_2" });
        expect(JSON.parse(JSON.stringify(news)).parcel).to.deep.equal({
            status: "shipped",
            carrier: "DHL",
            pieces: [{ id: "li_1", name: "Soap", quantity: 2 }],
        });
    });

    it("are notes for the customer; pieces have the names that the order API gives them", () => {
        const meta = { change: { id: "cancel_1", lines: [{ id: "li_1", name: "Soap", quantity: 1 }] } };
        const adjustments = [{ id: "cancel_1", type: "cancellation", status: "completed", line_items: [] }];
        const notes = [{ id: "note_1", text: "Soon" }, { id: "note_2" }];

        const [cancellation, note, ...others] = newsIn("order.updated.v1", { orderId: "1", adjustments, notes, meta });
        expect(cancellation).to.deep.nested.include({ "change.pieces": [{ id: "li_1", name: "Soap", quantity: 1 }] });
        expect(note).to.deep.include({ kind: "note", id: "note_1", text: "Soon" });
        expect(others).to.deep.equal([]);
    });

    it("are completed refunds and cancellations, and no released payment", () => {
        const entry = (id: string, type: string, status = "completed") => ({ id, type, status, amount: 1 });
        const adjustments = [
            entry("1", "refund"),
            entry("2", "refund", "failed"),
            entry("3", "cancellation"),
            entry("4", "dispute"),
        ];
        const ids = (type: string, more: object = {}) =>
            newsIn(type, { orderId: "1", adjustments, ...more }).map((one) => [one.kind, "id" in one && one.id]);

        expect(ids("order.updated.v1")).to.deep.equal([
            ["refund", "1"],
            ["cancellation", "3"],
        ]);
        expect(ids("payment.updated.v1")).to.deep.equal([["refund", "1"]]);
        expect(ids("payment.updated.v1", { isCanceled: true })).to.deep.equal([
            ["refund", "1"],
            ["cancellation", "order"],
        ]);
    });

    it("are one cancellation, by whichever event it is told first, with the reason in the shop's words", () => {
        const adjustments = [{ id: "cancel_2", type: "cancellation", status: "completed", reason: "Out of season" }];
        const [told, ...others] = newsIn("order.updated.v1", { orderId: "1", status: "canceled", adjustments });
        const codes = (reason: string) => [{ id: "unfulfillable", type: "refund", status: "completed", reason }];
        const paid = (reason: string) =>
            newsIn("payment.updated.v1", { orderId: "1", isCanceled: true, adjustments: codes(reason) });

        expect(others).to.deep.equal([]);
        expect(told).to.deep.include({ kind: "cancellation", id: "order", change: { reason: "Out of season" } });
        expect(paid("canceled").map(({ kind }) => kind)).to.deep.equal(["refund", "cancellation"]);
        expect(
            paid("canceled")
                .map((one) => letter(one).text)
                .join(),
        ).not.to.contain("Reason");
        expect(paid("canceled")[1]).to.deep.include({ id: "order" });
        expect(paid("out_of_stock").map((one) => letter(one).text.match(/Reason: .*/)?.[0])).to.deep.equal([
            undefined,
            "Reason: not everything of it is in stock.",
        ]);
        const byClient = [{ id: "ref_1", type: "refund", status: "completed", reason: "Late" }];
        const byStripe = [{ id: "re_1", type: "refund", status: "completed", reason: "requested_by_customer" }];
        const reasons = [byClient, byStripe].flatMap((one) => newsIn("payment.updated.v1", { adjustments: one }));
        expect(reasons.map((one) => letter(one).text.match(/Reason: .*/)?.[0])).to.deep.equal([
            "Reason: Late",
            undefined,
        ]);
    });

    it("are none in what is not about customers, or unreadable", () => {
        for (const detail of [
            {},
            { fulfillments: "x", adjustments: [1, null] },
            { fulfillments: [{ status: "shipped" }] },
        ]) {
            expect(newsIn("order.updated.v1", detail)).to.deep.equal([]);
        }
        expect(newsIn("order.received.v1", { key: "x" })).to.deep.equal([]);
    });
});
