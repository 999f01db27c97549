import { expect } from "chai";
import { Aws, Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, orderReceivedEvent, productBody } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";

describe("notify: order.received.v1 to the e-mail queue", () => {
    let database: Database;
    let aws: Aws;
    let notify: RunningFunction;
    let count = 0;
    const freshOrder = (over: object = {}) => ({ ...cartBody, orderId: `order-${++count}`, ...over });
    const sent = () => aws.inputs("SendMessage").map(({ MessageBody }) => JSON.parse(String(MessageBody)));

    before(async () => {
        database = await Database.start();
        aws = await Aws.start(database.url);
        notify = await RunningFunction.start("orderIntake/notify", {
            ...aws.environment,
            QUEUE_URL: `${aws.url}/000000000000/order-notifications-queue`,
            RECIPIENT: "sales@example.com",
            EFFECTS_TABLE: "effects",
            HISTORY_DAYS: "0",
        });
    });
    beforeEach(() => {
        aws.reset();
        notify.log.length = 0;
    });
    after(async () => {
        await notify?.stop();
        await aws?.stop();
        await database?.stop();
    });

    it("sends the notification as documented", async () => {
        const order = freshOrder();

        await notify.invoke(orderReceivedEvent({ ...order, lines: [], meta }));

        expect(sent()).to.deep.equal([
            { recipient: "sales@example.com", subject: `New Order Received: ${order.orderId}`, orderData: order },
        ]);
        const [message] = aws.inputs("SendMessage");
        expect(message?.["QueueUrl"]).to.contain("order-notifications-queue");
        expect(message?.["MessageAttributes"]).to.deep.equal({
            orderId: { DataType: "String", StringValue: order.orderId },
            correlationId: { DataType: "String", StringValue: "correlation-1" },
        });
    });

    it("adds currency and notes where the order has them", async () => {
        const order = freshOrder({ currency: "EUR", metadata: { channel: "web" } });

        await notify.invoke(orderReceivedEvent({ ...order, lines: [], meta }));

        expect(sent()[0].orderData).to.deep.equal(order);
    });

    it("gives a single-product order the form of a cart", async () => {
        const orderId = freshOrder().orderId;
        const items = [{ productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 2 }];
        const customer = { email: "customer@example.com" };

        await notify.invoke(orderReceivedEvent({ orderId, ...productBody, customer, items, lines: [], meta }));

        expect(sent()[0].orderData).to.deep.equal({ orderId, customer, items });
    });

    it("sends once, however often the event comes", async () => {
        const event = orderReceivedEvent({ ...freshOrder(), lines: [], meta });

        for (let time = 0; time < 3; time += 1) await notify.invoke(event);

        expect(sent()).to.have.length(1);
        expect(notify.log.map(({ message }) => message)).to.deep.equal([
            "Notification queued",
            "Notification queued before",
            "Notification queued before",
        ]);
    });

    it("fails when the queue refuses, so that the event comes again, and sends then", async () => {
        const event = orderReceivedEvent({ ...freshOrder(), lines: [], meta });
        aws.answers("SendMessage", () => new Refusal("AccessDeniedException", 403));

        const failure = await notify.invoke(event).catch((error: Error) => error.name);
        aws.reset();
        await notify.invoke(event);

        expect(failure).to.equal("AccessDeniedException");
        expect(sent()).to.have.length(1);
        expect(notify.log[0]).to.include({ level: "error", correlationId: "correlation-1" });
    });

    it("fails for an event that holds no order, and says which", async () => {
        const failure = await notify
            .invoke(orderReceivedEvent({ orderId: "x", meta }))
            .catch((error: Error) => error.name);

        expect(failure).to.equal("NotAnOrder");
        expect(notify.log[0]).to.include({ level: "error", event_id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718" });
        expect(sent()).to.deep.equal([]);
    });

    it("logs the order's id, and nothing of what it says", async () => {
        const order = freshOrder();
        await notify.invoke(orderReceivedEvent({ ...order, lines: [], meta }));

        expect(notify.log[0]).to.deep.include({
            order_id: order.orderId,
            correlationId: "correlation-1",
        });
        expect(notify.text()).not.to.match(/order_data|John|Widget/);
    });
});
