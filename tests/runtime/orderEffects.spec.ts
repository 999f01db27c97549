import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, orderReceivedEvent, productBody } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

/** As `order.received.v1` has a single-product order: in the form of a cart besides its own. */
const product = {
    ...productBody,
    customer: { email: "customer@example.com" },
    items: [{ productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 2 }],
};

describe("the consumers of order.received.v1", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    let count = 0;
    const order = (over: object = {}) => ({ ...cartBody, orderId: `order-${++count}`, ...over });
    const event = (of: object = order()) => orderReceivedEvent({ ...of, lines: [], meta });

    const announcements = startedCallback(aws, "orderIntake/announcements");
    const notify = startedCallback(aws, "orderIntake/notify");
    const document = startedCallback(aws, "orderIntake/document");

    for (const [what, callback, action, said] of [
        ["the announcement", announcements, "Publish", "Announcement published"],
        ["the notification", notify, "SendMessage", "Notification queued"],
        ["the document", document, "PutObject", "Document generated"],
    ] as const) {
        describe(what, () => {
            it("is done once, although the event arrives many times", async () => {
                const repeated = event();
                for (let time = 0; time < 3; time += 1) await callback.invoke(repeated);

                expect(aws.inputs(action)).to.have.length(1);
                expect(aws.inputs("PutEvents").length).to.be.at.most(1);
                const again = `${said} before`;
                expect(callback.log.map(({ message }) => message)).to.deep.equal([said, again, again]);
            });

            it("fails when AWS refuses it, and is done when the event is retried", async () => {
                const refused = event();
                aws.answers(action, () => new Refusal("AccessDenied", 403));
                const failure = await callback.invoke(refused).catch((error: Error) => error);
                aws.reset();
                await callback.invoke(refused);

                expect(String(failure)).to.match(/AccessDenied/);
                expect(callback.log[0]).to.include({ level: "error", correlationId: "correlation-1" });
                expect(aws.inputs(action)).to.have.length(1);
            });

            it("fails for an event without an order, and logs the event", async () => {
                const failure = await callback.invoke(orderReceivedEvent({ orderId: "x", meta })).catch(String);

                expect(failure).to.match(/InvalidOrderError/);
                expect(callback.log[0]).to.include({
                    level: "error",
                    event_id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
                });
                expect(aws.inputs(action)).to.deep.equal([]);
            });

            it("logs the order's id, and no content of the order", async () => {
                const { orderId, ...rest } = order();
                await callback.invoke(event({ orderId, ...rest }));

                expect(callback.log[0]).to.include({ order_id: orderId, correlationId: "correlation-1" });
                expect(callback.text()).not.to.match(/order_data|John|Widget/);
            });
        });
    }

    describe("the announcement", () => {
        it("lists the ordered items in words, and nothing about the customer", async () => {
            await announcements.invoke(event(order({ orderId: "o-1", currency: "EUR" })));

            const [published] = aws.inputs("Publish");
            expect(published).to.include({
                TopicArn: "arn:aws:sns:eu-west-1:000000000000:topic-under-test",
                Subject: "Order o-1",
                Message: `Order o-1 was received at ${meta.receivedAt}.\n\n1 x Widget A\n1 x Widget B\n\nTotal: EUR\u00a099.99\n`,
            });
            expect(JSON.stringify(published)).to.include("correlation-1").and.not.to.include("John");
        });

        it("leaves the total out where there is none", async () => {
            await announcements.invoke(event({ orderId: "o-2", ...product }));

            expect(aws.inputs("Publish")[0]?.["Message"]).to.match(/\n\n2 x Eco-Friendly Cleaner\n$/);
        });
    });

    describe("the notification", () => {
        it("is as documented, with currency and notes where the order has them", async () => {
            const orderData = order({ currency: "EUR", metadata: { channel: "web" } });
            const { orderId } = orderData;

            await notify.invoke(event(orderData));

            expect(aws.sentTo("order-notifications-queue")).to.deep.equal([
                { recipient: "sales@example.com", subject: `New Order Received: ${orderId}`, orderData },
            ]);
            const [message] = aws.inputs("SendMessage");
            expect(message?.["MessageAttributes"]).to.deep.equal({
                orderId: { DataType: "String", StringValue: orderId },
                correlationId: { DataType: "String", StringValue: "correlation-1" },
            });
        });

        it("gives a single-product order the form of a cart", async () => {
            const { orderId } = order();

            await notify.invoke(event({ orderId, ...product }));

            const { customer, items } = product;
            expect(aws.sentTo("order-notifications-queue")[0].orderData).to.deep.equal({ orderId, customer, items });
        });
    });

    describe("the document", () => {
        it("stores a PDF under the order's id, never over another, and publishes an event", async () => {
            const orderId = "order-of-document";

            await document.invoke(event(order({ orderId })));

            const [put, ...more] = aws.inputs("PutObject");
            expect(more).to.deep.equal([]);
            expect(put?.["path"]).to.match(new RegExp(`^/documents/orders/${orderId}\\.pdf`));
            expect(put?.["headers"]).to.include({ "content-type": "application/pdf", "if-none-match": "*" });
            expect(put?.["body"]).to.match(/^%PDF-/);
            expect(aws.published().map(({ DetailType, detail }) => [DetailType, detail])).to.deep.equal([
                ["document.generated.v1", { orderId, bucket: "documents", key: `orders/${orderId}.pdf`, meta }],
            ]);
        });

        it("is written in scripts that the standard fonts lack, by what is loaded for them", async () => {
            await document.invoke(event(order({ customer: "Łukasz Żółć", items: ["منظف الأرضيات", "床用石鹸"] })));

            expect(document.log[0]).to.include({ message: "Document generated" });
            expect(aws.inputs("PutObject")[0]?.["body"])
                .to.match(/noto-sans-latin/)
                .and.to.match(/noto-naskh-arabic/);
        });

        it("has as many pages as the lines need", async () => {
            const items = Array.from({ length: 60 }, (_, index) => `Widget ${index}`);

            await document.invoke(event(order({ items })));

            expect(aws.inputs("PutObject")[0]?.["body"]).to.match(/\/Count [23]\b/);
        });

        it("shows where the parts of a purchase are shipped, on as many pages as that needs", async () => {
            const address = {
                name: "Jo Doe",
                line1: "1 Main Street",
                city: "Berlin",
                postalCode: "10115",
                country: "DE",
            };
            const items = Array.from({ length: 20 }, (_, index) => ({
                id: `li_${index}`,
                productId: "book",
                productName: "Book",
                quantity: 1,
                unitPrice: 10,
                discount: 0,
                tax: 0,
                total: 10,
            }));
            const shipped = { type: "shipping", title: "Post", address, price: 5, discount: 0, tax: 0, total: 5 };
            const fulfillments = items.map(({ id }) => ({ id: `ful_${id}`, items: [{ id, quantity: 1 }], ...shipped }));
            const totals = [
                { type: "items_base_amount", text: "Items", amount: 200 },
                { type: "fulfillment", text: "Shipping", amount: 100 },
                { type: "total", text: "Total", amount: 300 },
            ];
            const bought = { customer: { email: "jo@example.com" }, currency: "eur", checkout: { sessionId: "cs_1" } };

            await document.invoke(event(order({ items, fulfillments, totals, total: 300, ...bought })));

            expect(aws.inputs("PutObject")[0]?.["body"]).to.match(/\/Count [2-9]\b/);
        });

        it("accepts a document that exists", async () => {
            aws.answers("PutObject", () => new Refusal("PreconditionFailed", 412));

            await document.invoke(event());

            expect(aws.published()).to.have.length(1);
        });
    });
});
