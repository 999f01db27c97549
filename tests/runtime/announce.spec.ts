import { expect } from "chai";
import { Aws, Refusal } from "./support/aws.ts";
import { cartBody, meta, productBody, streamRecord } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";

interface Entry {
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
    readonly EventBusName: string;
    readonly Time: number;
}

const itemOf = (order: object) => ({
    ...order,
    lines: [],
    meta,
    fingerprint: "f".repeat(64),
    storedAt: "2026-11-20T10:11:13.000Z",
    status: "received",
});

describe("announce: stream of the orders table to the bus", () => {
    let aws: Aws;
    let announce: RunningFunction;
    const calls = () => aws.inputs("PutEvents").map(({ Entries }) => Entries as Entry[]);
    const announcedIds = () =>
        calls()
            .flat()
            .map(({ Detail }) => JSON.parse(Detail).orderId);
    const orders = (count: number) =>
        Array.from({ length: count }, (_, index) =>
            streamRecord(100 + index, itemOf({ ...cartBody, orderId: `o-${index}` })),
        );

    before(async () => {
        aws = await Aws.start();
        announce = await RunningFunction.start("orderIntake/announce", {
            ...aws.environment,
            EVENT_BUS_NAME: "order-bus",
            UNANNOUNCED_QUEUE_URL: `${aws.url}/000000000000/unannounced`,
        });
    });
    beforeEach(() => {
        aws.reset();
        announce.log.length = 0;
    });
    after(async () => {
        await announce?.stop();
        await aws?.stop();
    });

    it("announces a cart order as received, with its lines and how it came in, at the time it came in", async () => {
        const result = await announce.invoke({ Records: [streamRecord(1, itemOf(cartBody))] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const [[entry] = []] = calls();
        expect(entry).to.include({
            EventBusName: "order-bus",
            Source: "public.api",
            DetailType: "order.received.v1",
            Time: Date.parse(meta.receivedAt) / 1000,
        });
        expect(JSON.parse(entry?.Detail ?? "")).to.deep.equal({
            ...cartBody,
            lines: [
                { name: "Widget A", quantity: 1 },
                { name: "Widget B", quantity: 1 },
            ],
            meta,
        });
    });

    it("announces a single-product order with its own members and those of a cart", async () => {
        const order = { orderId: "p-1", ...productBody };
        await announce.invoke({ Records: [streamRecord(1, itemOf(order))] });

        const [[entry] = []] = calls();
        expect(JSON.parse(entry?.Detail ?? "")).to.deep.equal({
            ...order,
            customer: { email: "customer@example.com" },
            items: [{ productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 2 }],
            lines: [{ productId: "12345", name: "Eco-Friendly Cleaner", quantity: 2 }],
            meta,
        });
    });

    it("passes over changes and deletions", async () => {
        const result = await announce.invoke({
            Records: [streamRecord(1, itemOf(cartBody), "MODIFY"), streamRecord(2, itemOf(cartBody), "REMOVE")],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(calls()).to.deep.equal([]);
    });

    it("announces many in the order of the stream, ten in a call", async () => {
        await announce.invoke({ Records: orders(25) });

        expect(calls().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
        expect(announcedIds()).to.deep.equal(Array.from({ length: 25 }, (_, index) => `o-${index}`));
    });

    it("announces an order whose record comes again as the same event", async () => {
        await announce.invoke({ Records: orders(3) });
        await announce.invoke({ Records: orders(3).slice(1) });

        expect(announcedIds()).to.deep.equal(["o-0", "o-1", "o-2", "o-1", "o-2"]);
        expect(calls()[1]).to.deep.equal(calls()[0]?.slice(1));
    });

    it("keeps a call below the bus's limit when orders are large", async () => {
        const items = Array.from({ length: 99 }, (_, index) => `${index} ${"x".repeat(195)}`);
        const records = Array.from({ length: 10 }, (_, index) =>
            streamRecord(index, itemOf({ ...cartBody, orderId: `o-${index}`, items })),
        );
        await announce.invoke({ Records: records });

        expect(announcedIds()).to.have.length(10);
        for (const entries of calls()) expect(JSON.stringify(entries).length).to.be.lessThan(300_000);
    });

    it("reports the entries that failed inside a call that succeeded, and announces nothing behind them", async () => {
        aws.answers("PutEvents", ({ Entries }) => {
            const entries = Entries as Entry[];
            const failed = (index: number) => index === 2 || index === 5;
            return {
                FailedEntryCount: 2,
                Entries: entries.map((_, index) =>
                    failed(index) ? { ErrorCode: "InternalFailure", ErrorMessage: "sorry" } : { EventId: "e" },
                ),
            };
        });

        const result = await announce.invoke({ Records: orders(15) });

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "102" }, { itemIdentifier: "105" }] });
        expect(calls()).to.have.length(1);
        const errors = announce.log.filter(({ level }) => level === "error");
        expect(errors.map(({ order_id, correlationId }) => [order_id, correlationId])).to.deep.equal([
            ["o-2", "correlation-1"],
            ["o-5", "correlation-1"],
        ]);
    });

    it("reports a whole call that failed", async () => {
        aws.answers("PutEvents", () => new Refusal("AccessDeniedException"));

        const result = await announce.invoke({ Records: orders(2) });

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "100" }, { itemIdentifier: "101" }] });
        expect(announce.text()).to.contain("AccessDeniedException");
    });

    it("puts a record that holds no order aside with the reason, and announces all the others", async () => {
        const [first, second, third] = orders(3);
        const poison = { ...second, ...streamRecord(101, { orderId: "o-1", colour: "red" }) };

        const result = await announce.invoke({ Records: [first, poison, third] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(announcedIds()).to.deep.equal(["o-0", "o-2"]);
        const [aside] = aws.inputs("SendMessage");
        expect(aside?.["QueueUrl"]).to.match(/unannounced$/);
        const { reason, record } = JSON.parse(String(aside?.["MessageBody"]));
        expect(reason).to.match(/NotAnOrder/);
        expect(record).to.deep.equal(poison);
        expect(announce.log.find(({ level }) => level === "error")).to.include({ sequenceNumber: "101" });
    });

    it("fails as a whole when it cannot put such a record aside, so that it comes again", async () => {
        aws.answers("SendMessage", () => new Refusal("AccessDeniedException"));

        const failure = await announce.invoke({ Records: [streamRecord(101, { orderId: "o-1" })] }).catch(String);

        expect(String(failure)).to.contain("AccessDeniedException");
    });
});
