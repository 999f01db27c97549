import { expect } from "chai";
import { listingOf } from "../../runtime/orderIntake/progress/listing.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, meta, productBody, sqsRecord } from "./support/events.ts";
import { figuresIn } from "./support/figures.ts";
import { Callback, started, startedAws, startedCallback } from "./support/started.ts";

const attributes = { orderId: "12345", ...meta };

describe("store: orders queue to orders table", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const behindLambda = startedCallback(aws, "orderIntake/store", { FRONT: "lambda" });
    const behindQueue = startedCallback(aws, "orderIntake/store", { FRONT: "queue" });
    let count = 0;
    const freshId = () => `order-${++count}`;
    const take = (body: unknown, store = behindLambda, messageAttributes: Record<string, string> = attributes) =>
        store.invoke({ Records: [sqsRecord("m-1", body, messageAttributes)] });
    const stored = (orderId: string) => database.get("orders", { orderId });

    const kept = () => aws.sentTo("rejected");

    it("stores the order as received, with its lines, how it came in and its fingerprint", async () => {
        const order = { ...cartBody, orderId: freshId() };

        const result = await take(order);

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const { fingerprint, storedAt, ...item } = (await stored(order.orderId)) ?? {};
        expect(item).to.deep.equal({
            ...order,
            lines: [
                { name: "Widget A", quantity: 1 },
                { name: "Widget B", quantity: 1 },
            ],
            meta,
            ...listingOf(order, meta.receivedAt),
            region: "eu-west-1",
        });
        expect(fingerprint).to.match(/^[0-9a-f]{64}$/);
        expect(Date.parse(String(storedAt))).to.be.closeTo(Date.now(), 60_000);
        expect(aws.published()).to.deep.equal([]);
    });

    it("takes a byte order mark, and null for what is not there, behind either front", async () => {
        for (const front of [behindLambda, behindQueue]) {
            const order = { ...cartBody, orderId: freshId() };
            const body = `\uFEFF${JSON.stringify({ ...order, currency: null, metadata: { note: null } })}`;

            expect(await front.invoke({ Records: [sqsRecord("m-1", body, attributes)] })).to.deep.equal({
                batchItemFailures: [],
            });
            expect(await stored(order.orderId))
                .to.deep.include({ ...order, metadata: {} })
                .and.not.to.have.property("currency");
        }
        expect(aws.published()).to.deep.equal([]);
    });

    it("accepts the same order again, and changes nothing", async () => {
        const order = { ...productBody, orderId: freshId() };
        await take(order);
        const first = await stored(order.orderId);
        const turned = Object.fromEntries(Object.entries(order).toReversed());

        const result = await behindLambda.invoke({
            Records: [sqsRecord("m-2", turned, { ...attributes, correlationId: "correlation-2" })],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(await stored(order.orderId)).to.deep.equal(first);
        expect(aws.published()).to.deep.equal([]);
    });

    it("stores an order once although five batches at once contain it fifty times", async () => {
        const order = { ...cartBody, orderId: freshId() };
        const batch = { Records: Array.from({ length: 10 }, (_, index) => sqsRecord(`m-${index}`, order, attributes)) };

        const results = await Promise.all(Array.from({ length: 5 }, () => behindLambda.invoke(batch)));

        for (const result of results) expect(result).to.deep.equal({ batchItemFailures: [] });
        const lines = behindLambda.log.map(({ message }) => message);
        expect(lines.filter((message) => message === "Order stored")).to.have.length(1);
        expect(lines.filter((message) => message === "Order stored before")).to.have.length(49);
        expect(aws.published()).to.deep.equal([]);
    });

    it("rejects another order under a used id with an event, and keeps the first", async () => {
        const order = { ...cartBody, orderId: freshId() };
        const other = { ...order, total: 1 };
        await take(order);

        const result = await take(other);

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect((await stored(order.orderId))?.["total"]).to.equal(99.99);
        expect(aws.published()).to.deep.equal([
            {
                EventBusName: "order-bus",
                Source: "public.api",
                DetailType: "order.rejected.v1",
                detail: { orderId: order.orderId, reason: "conflict", order: other, meta },
            },
        ]);
        expect(kept()).to.deep.equal([
            {
                orderId: order.orderId,
                reason: "conflict",
                error: "another order has its id",
                body: JSON.stringify(other),
                messageId: "m-1",
                ...meta,
            },
        ]);
    });

    it("rejects a total with more digits than its currency has, which no function has accepted, behind a queue", async () => {
        const body = { ...cartBody, total: 10.5, currency: "JPY" };
        const [early, fresh] = [freshId(), freshId()];
        await behindLambda.invoke({ Records: [sqsRecord("m-1", { ...body, orderId: early }, attributes)] });
        await behindQueue.invoke({ Records: [sqsRecord("m-2", { ...body, orderId: fresh }, attributes)] });
        expect(await stored(early)).to.include({ total: 10.5 });
        expect(await stored(fresh)).to.equal(undefined);
    });

    for (const front of ["lambda", "queue"] as const) {
        it(`takes an id of the checkout's from the checkout alone, by its attribute, where the front is ${front}`, async () => {
            const store = front === "lambda" ? behindLambda : behindQueue;
            const [stolen, own] = [`ord_${freshId()}`, `ord_${freshId()}`];

            const result = await store.invoke({
                Records: [
                    sqsRecord("m-1", { ...cartBody, orderId: stolen, metadata: { sender: "checkout" } }, attributes),
                    sqsRecord("m-2", { ...cartBody, orderId: own }, { ...attributes, sender: "checkout" }),
                ],
            });

            expect(await stored(stolen)).to.equal(undefined);
            expect(await stored(own)).not.to.equal(undefined);
            // No event is about the checkout's order: it would be taken for news of it.
            expect(aws.published().map(({ detail }) => detail.orderId)).to.deep.equal(front === "queue" ? ["m-1"] : []);
            if (front === "queue") expect(kept()).to.have.length(1);
            else expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
        });
    }

    it("retries the rejection when the bus refuses it inside a successful call", async () => {
        const order = { ...cartBody, orderId: freshId() };
        await take(order);
        aws.answers("PutEvents", () => ({
            FailedEntryCount: 1,
            Entries: [{ ErrorCode: "ThrottlingException", ErrorMessage: "slow down" }],
        }));

        const result = await take({ ...order, total: 1 });

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
        expect(behindLambda.text()).to.contain("ThrottlingException slow down");
    });

    for (const front of ["receiver", "API"] as const) {
        it(`rejects an order behind the ${front} whose event would exceed a consumer's limit, and keeps it whole`, async () => {
            const orderId = freshId();
            const items = Array.from({ length: 99 }, (_, index) => ({
                productName: "🧽".repeat(200),
                quantity: index + 1,
            }));
            const notes = Array.from({ length: 50 }, (_, index) => [`note-${index}`, "🧽".repeat(500)]);
            const order = { ...cartBody, orderId, items, metadata: Object.fromEntries(notes) };
            const store = front === "receiver" ? behindLambda : behindQueue;

            const result = await take(order, store);

            expect(result).to.deep.equal({ batchItemFailures: [] });
            expect(await stored(orderId)).to.equal(undefined);
            const [event, ...others] = aws.published();
            expect(others).to.deep.equal([]);
            expect(event?.detail).to.include({ orderId, reason: "invalid" });
            expect(event?.detail.errors[0].detail).to.match(/^makes an event of \d+ bytes, more than \d+$/);
            expect(kept().map(({ body }) => JSON.parse(body))).to.deep.equal([order]);
        });
    }

    it("keeps the beginning of a body that is too large for a queue with its reasons, and continues", async () => {
        const body = '"'.repeat(1_000_000);

        const result = await behindQueue.invoke({ Records: [sqsRecord("m-1", body)] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const [message] = aws.inputs("SendMessage").map(({ MessageBody }) => String(MessageBody));
        expect(Buffer.byteLength(message ?? "")).to.be.within(100_000, 1_048_576);
        expect(body.startsWith(kept()[0].body)).to.equal(true);
    });

    describe("behind the receiver", () => {
        const faults: [what: string, body: unknown][] = [
            ["a message that is not JSON", '{"orderId":'],
            ["a message that is not an order", { ...cartBody, total: "much" }],
            ["an order without an id", productBody],
        ];
        for (const [what, body] of faults) {
            it(`fails ${what} with its reason in the log, and stores the rest of the batch`, async () => {
                const [first, last] = [freshId(), freshId()];
                const result = await behindLambda.invoke({
                    Records: [
                        sqsRecord("m-1", { ...cartBody, orderId: first }, attributes),
                        sqsRecord("m-poison", body, attributes),
                        sqsRecord("m-3", { ...cartBody, orderId: last }, attributes),
                    ],
                });

                expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-poison" }] });
                expect(await stored(first)).not.to.equal(undefined);
                expect(await stored(last)).not.to.equal(undefined);
                expect(aws.published()).to.deep.equal([]);
                const [error, ...more] = behindLambda.log.filter(({ level }) => level === "error");
                expect(more).to.deep.equal([]);
                expect(error).to.include({ message_id: "m-poison", correlationId: "correlation-1", attempt: 1 });
                expect(JSON.stringify(error)).to.contain("not an order");
            });
        }
    });

    describe("behind API Gateway's own integration", () => {
        it("stores an order without an id under the id of its message", async () => {
            const result = await behindQueue.invoke({
                Records: [sqsRecord("7b3c2a60-message", productBody, { correlationId: "JKJaXmPLvHcESHA=" })],
            });

            expect(result).to.deep.equal({ batchItemFailures: [] });
            expect(await stored("7b3c2a60-message")).to.deep.include({
                ...productBody,
                orderId: "7b3c2a60-message",
                meta: { correlationId: "JKJaXmPLvHcESHA=", receivedAt: "2026-11-20T10:11:12.000Z" },
            });
        });

        it("takes the body's id, and the message's for what ties it together where the attribute is no token", async () => {
            const order = { ...cartBody, orderId: freshId() };
            await take(order, behindQueue, { correlationId: "two words" });

            expect((await stored(order.orderId))?.["meta"]).to.deep.equal({
                correlationId: "m-1",
                receivedAt: "2026-11-20T10:11:12.000Z",
            });
        });

        it("rejects an invalid order with an event with the reason, and keeps it", async () => {
            const body = { orderId: "bad-1", customer: "John Doe", items: [], total: 1 };
            const result = await take(body, behindQueue, { correlationId: "trace-1" });

            expect(result).to.deep.equal({ batchItemFailures: [] });
            expect(aws.published().map(({ DetailType, detail }) => ({ DetailType, detail }))).to.deep.equal([
                {
                    DetailType: "order.rejected.v1",
                    detail: {
                        orderId: "bad-1",
                        reason: "invalid",
                        errors: [{ pointer: "/items", detail: "must have at least 1 elements" }],
                        order: body,
                        meta: { correlationId: "trace-1", receivedAt: "2026-11-20T10:11:12.000Z" },
                    },
                },
            ]);
            expect(await stored("bad-1")).to.equal(undefined);
            expect(kept().map(({ orderId, messageId }) => [orderId, messageId])).to.deep.equal([["bad-1", "m-1"]]);
        });

        it("rejects a body that is not JSON with its text", async () => {
            await behindQueue.invoke({ Records: [sqsRecord("m-text", "customer=John", {})] });

            expect(aws.published()[0]?.detail).to.include({
                orderId: "m-text",
                reason: "invalid",
                order: "customer=John",
            });
        });

        for (const [what, body] of [
            ["too large for an event", JSON.stringify({ customer: "x".repeat(900_000) })],
            ["nested beyond measure", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
        ] as const) {
            it(`rejects a body that is ${what} without repeating it`, async () => {
                const result = await behindQueue.invoke({ Records: [sqsRecord("m-vast", body, {})] });

                expect(result).to.deep.equal({ batchItemFailures: [] });
                expect(aws.published()[0]?.detail).to.include({ orderId: "m-vast", reason: "invalid" });
                expect(aws.published()[0]?.detail).not.to.have.property("order");
            });
        }
    });

    it("leaves a message in the queue when the table does not answer, and logs it", async () => {
        aws.answers("PutItem", () => new Refusal("AccessDeniedException"));

        const result = await behindLambda.invoke({ Records: [sqsRecord("m-1", cartBody, attributes)] });

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
        expect(behindLambda.text()).to.contain("AccessDeniedException");
    });

    it("logs orders with personal data masked", async () => {
        await behindLambda.invoke({ Records: [sqsRecord("m-1", { ...cartBody, orderId: freshId() }, attributes)] });

        expect(behindLambda.log[0]).to.deep.include({
            level: "info",
            message: "Order stored",
            correlationId: "correlation-1",
        });
        expect(behindLambda.text()).to.contain("J*** D***").and.not.to.contain("John");
    });

    it("counts each order once, when it is stored", async () => {
        const order = { ...cartBody, orderId: freshId() };
        await take(order);
        await take(order);

        expect(figuresIn(behindLambda.log)).to.deep.equal([
            { in: "Commerce/Business by function-under-test", OrdersStored: 1 },
            { in: "Commerce/NotDone by function-under-test", OrderRepeated: 1 },
        ]);
    });

    it("does not start behind an unknown front", async () => {
        const failure = await new Callback(aws, "orderIntake/store", { FRONT: "back" }).start().catch(String);

        expect(failure).to.contain("FRONT");
    });
});
