import { expect } from "chai";
import { Aws, Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, orderReceivedEvent, productBody } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";

describe("announcements: order.received.v1 to those who read along", () => {
    let database: Database;
    let aws: Aws;
    let announcements: RunningFunction;
    let count = 0;
    const event = (over: object = {}) =>
        orderReceivedEvent({ ...cartBody, orderId: `order-${++count}`, ...over, lines: [], meta });

    before(async () => {
        database = await Database.start();
        aws = await Aws.start(database.url);
        announcements = await RunningFunction.start("orderIntake/announcements", {
            ...aws.environment,
            TOPIC_ARN: "arn:aws:sns:eu-west-1:000000000000:order-announcements",
            EFFECTS_TABLE: "effects",
            HISTORY_DAYS: "0",
        });
    });
    beforeEach(() => aws.reset());
    after(async () => {
        await announcements?.stop();
        await aws?.stop();
        await database?.stop();
    });

    it("publish what was ordered in words, and nothing about the customer", async () => {
        await announcements.invoke(event({ orderId: "o-1", currency: "EUR" }));

        const [published] = aws.inputs("Publish");
        expect(published).to.include({
            TopicArn: "arn:aws:sns:eu-west-1:000000000000:order-announcements",
            Subject: "Order o-1",
        });
        expect(published?.["Message"]).to.equal(
            `Order o-1 was received at ${meta.receivedAt}.\n\n1 x Widget A\n1 x Widget B\n\nTotal: EUR 99.99\n`.replace(
                "EUR ",
                "EUR\u00a0",
            ),
        );
        expect(JSON.stringify(published)).to.include("correlation-1").and.not.to.include("John");
    });

    it("leave the total out where there is none", async () => {
        const items = [{ productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 2 }];
        const customer = { email: "customer@example.com" };
        await announcements.invoke(
            orderReceivedEvent({ orderId: "o-2", ...productBody, customer, items, lines: [], meta }),
        );

        expect(aws.inputs("Publish")[0]?.["Message"]).to.match(/\n\n2 x Eco-Friendly Cleaner\n$/);
    });

    it("are published once, however often the event comes", async () => {
        const repeated = event();
        for (let time = 0; time < 3; time += 1) await announcements.invoke(repeated);

        expect(aws.inputs("Publish")).to.have.length(1);
    });

    it("are published by the next try when the topic did not take them", async () => {
        const refused = event();
        aws.answers("Publish", () => new Refusal("AuthorizationError", 403));
        const failure = await announcements.invoke(refused).catch(String);
        aws.reset();
        await announcements.invoke(refused);

        expect(failure).to.match(/AuthorizationError/);
        expect(aws.inputs("Publish")).to.have.length(1);
    });
});
