import { expect } from "chai";
import { batchIn, Refusal } from "./support/aws.ts";
import { cartBody, meta, productBody, streamRecord } from "./support/events.ts";
import { startedAws, startedCallback } from "./support/started.ts";
import { order, sessionId, sessionOf, versionItem } from "./support/versions.ts";

const itemOf = (placed: object) => ({
    ...placed,
    lines: [],
    meta,
    fingerprint: "f".repeat(64),
    storedAt: "2026-11-20T10:11:13.000Z",
    status: "received",
});

/** The events that a table's stream publishes: orders to the bus, versions of sessions to the topic. */
describe("a stream's records", () => {
    const aws = startedAws();
    const announce = startedCallback(aws, "orderIntake/publish");
    const publish = startedCallback(aws, "checkoutSessions/publish");

    const announcements = () => aws.inputs("PutEvents").map(({ Entries }) => [Entries].flat() as object[]);
    const versionCalls = () => aws.inputs("PublishBatch").map(batchIn);
    const versions = (count: number, session = sessionOf()) =>
        Array.from({ length: count }, (_, index) =>
            streamRecord(100 + index, versionItem({ Data: session, Version: index + 1 })),
        );
    const events = () =>
        versionCalls()
            .flat()
            .map(({ Message }) => JSON.parse(Message));
    /** The body of the one message in the queue for records that cannot be published. */
    function aside(queue: string) {
        const [message, ...more] = aws.inputs("SendMessage");
        expect(more).to.deep.equal([]);
        expect(message?.["QueueUrl"]).to.match(new RegExp(`${queue}$`));
        return JSON.parse(String(message?.["MessageBody"]));
    }

    const outboxes = [
        {
            what: "orders on the bus",
            callback: announce,
            action: "PutEvents",
            limit: 300_000,
            calls: (): readonly (readonly object[])[] => announcements(),
            /** The numbers of the published records. */
            published: () => aws.published().map(({ detail }) => Number(detail.orderId.slice(2))),
            records: (count: number, isLarge = false) =>
                Array.from({ length: count }, (_, index) => {
                    const items = Array.from({ length: 99 }, (_, item) => `${item} ${"x".repeat(195)}`);
                    const large = { ...cartBody, orderId: `o-${index + 1}`, ...(isLarge && { items }) };
                    return streamRecord(100 + index, itemOf(large));
                }),
            aside: { queue: "unannounced", item: { orderId: "o-1", colour: "red" }, reason: /InvalidOrderError/ },
            /** An answer that takes the third and the sixth of the entries not. */
            partly: (input: Readonly<Record<string, unknown>>) => ({
                FailedEntryCount: 2,
                Entries: [input["Entries"]].flat().map((_, index) => {
                    const isFailed = index === 2 || index === 5;
                    return isFailed ? { ErrorCode: "InternalFailure", ErrorMessage: "sorry" } : { EventId: "e" };
                }),
            }),
            failed: [
                { order_id: "o-3", correlationId: "correlation-1" },
                { order_id: "o-6", correlationId: "correlation-1" },
            ],
        },
        {
            what: "versions of sessions on the topic",
            callback: publish,
            action: "PublishBatch",
            limit: 275_000,
            calls: (): readonly (readonly object[])[] => versionCalls(),
            published: () => events().map(({ version }) => version),
            records: (count: number, isLarge = false) =>
                versions(count, isLarge ? sessionOf({ metadata: { note: "x".repeat(60_000) } }) : sessionOf()),
            aside: { queue: "unpublished", item: { colour: "red" }, reason: /sessionId, version, status/ },
            partly: (input: Readonly<Record<string, unknown>>) => {
                const ids = batchIn(input).map(({ Id }) => Id);
                return {
                    Successful: ids.filter((id) => id !== "2" && id !== "5").map((Id) => ({ Id, MessageId: "m" })),
                    // It says nothing of the sixth entry: what is not named as taken was not taken.
                    Failed: [{ Id: "2", Code: "InternalFailure", Message: "sorry", SenderFault: false }],
                };
            },
            failed: [
                { version: 3, code: "InternalFailure" },
                { version: 6, code: "NoAnswer" },
            ],
        },
    ];
    for (const { what, callback, action, limit, calls, published, records, aside: bad, partly, failed } of outboxes) {
        describe(`of ${what}`, () => {
            const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
            const done = { batchItemFailures: [] };

            it("are published when they are inserts: changes and deletions are ignored", async () => {
                const kept = records(2).map((record, index) => ({ ...record, eventName: ["MODIFY", "REMOVE"][index] }));

                expect(await callback.invoke({ Records: kept })).to.deep.equal(done);
                expect(aws.calls).to.deep.equal([]);
            });

            it("are published in the order of the stream, ten in a call", async () => {
                expect(await callback.invoke({ Records: records(25) })).to.deep.equal(done);

                expect(calls().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
                expect(published()).to.deep.equal(upTo(25));
            });

            it("are published as the same event when they arrive again", async () => {
                await callback.invoke({ Records: records(3) });
                await callback.invoke({ Records: records(3).slice(1) });

                expect(published()).to.deep.equal([1, 2, 3, 2, 3]);
                const contents = calls().map((entries) => entries.map((entry) => ({ ...entry, Id: undefined })));
                expect(contents[1]).to.deep.equal(contents[0]?.slice(1));
            });

            it("are published in calls below the limit when they are large", async () => {
                await callback.invoke({ Records: records(10, true) });

                expect(published()).to.deep.equal(upTo(10));
                for (const entries of calls()) expect(JSON.stringify(entries).length).to.be.lessThan(limit);
            });

            it("that failed inside a successful call are reported, and no later record is published", async () => {
                aws.answers(action, partly);

                expect(await callback.invoke({ Records: records(15) })).to.deep.equal({
                    batchItemFailures: [{ itemIdentifier: "102" }, { itemIdentifier: "105" }],
                });

                expect(calls()).to.have.length(1);
                const errors = callback.log.filter(({ level }) => level === "error");
                expect(errors).to.have.length(2);
                for (const [index, error] of errors.entries()) expect(error).to.include(failed[index]);
            });

            it("are reported when a whole call failed", async () => {
                aws.answers(action, () => new Refusal("AuthorizationError", 403));

                expect(await callback.invoke({ Records: records(2) })).to.deep.equal({
                    batchItemFailures: [{ itemIdentifier: "100" }, { itemIdentifier: "101" }],
                });
                expect(callback.text()).to.contain("AuthorizationError");
            });

            it("that cannot be published are sent to a queue with the reason, and all others are published", async () => {
                const [first, , third] = records(3);
                const poison = streamRecord(101, bad.item);

                expect(await callback.invoke({ Records: [first, poison, third] })).to.deep.equal(done);

                expect(published()).to.deep.equal([1, 3]);
                expect(aside(bad.queue).reason).to.match(bad.reason);
                expect(aside(bad.queue).record).to.deep.equal(poison);
                expect(callback.log.find(({ level }) => level === "error")).to.include({ sequenceNumber: "101" });
            });

            it("are all retried when one cannot be sent to that queue", async () => {
                aws.answers("SendMessage", () => new Refusal("AccessDeniedException"));

                const failure = await callback.invoke({ Records: [streamRecord(101, bad.item)] }).catch(String);

                expect(String(failure)).to.contain("AccessDeniedException");
            });
        });
    }

    describe("of orders", () => {
        it("announce a cart order as received, with its lines and how it came in, at the time it came in", async () => {
            await announce.invoke({ Records: [streamRecord(1, itemOf(cartBody))] });

            const lines = ["Widget A", "Widget B"].map((name) => ({ name, quantity: 1 }));
            expect(aws.published()).to.deep.equal([
                {
                    EventBusName: "order-bus",
                    Source: "public.api",
                    DetailType: "order.received.v1",
                    Time: Date.parse(meta.receivedAt) / 1000,
                    detail: { ...cartBody, lines, meta },
                },
            ]);
        });

        it("announce a single-product order with its own members and those of a cart", async () => {
            const single = { orderId: "p-1", ...productBody };
            await announce.invoke({ Records: [streamRecord(1, itemOf(single))] });

            const productName = "Eco-Friendly Cleaner";
            expect(aws.published().map(({ detail }) => detail)).to.deep.equal([
                {
                    ...single,
                    customer: { email: "customer@example.com" },
                    items: [{ productId: "12345", productName, quantity: 2 }],
                    lines: [{ productId: "12345", name: productName, quantity: 2 }],
                    meta,
                },
            ]);
        });
    });

    describe("of versions", () => {
        it("publish the whole session as clients see it, with what filters go by, and nothing else", async () => {
            await publish.invoke({ Records: [streamRecord(1, versionItem())] });

            const [entry] = versionCalls().flat();
            expect(JSON.parse(entry?.Message ?? "")).to.deep.equal({
                id: `${sessionId}:4`,
                type: "checkout_session.completed",
                sessionId,
                version: 4,
                status: "completed",
                timestamp: "2026-11-20T10:11:12.000Z",
                correlationId: "correlation-1",
                session: sessionOf(),
            });
            expect(entry?.attributes).to.deep.equal({
                type: "checkout_session.completed",
                status: "completed",
                sessionId,
                correlationId: "correlation-1",
            });
            expect(aws.inputs("PublishBatch")[0]).to.include({
                TopicArn: "arn:aws:sns:eu-west-1:000000000000:topic-under-test",
            });
            expect(publish.text()).to.contain("correlation-1").and.to.contain(sessionId);
            expect(publish.text()).not.to.contain("pay_secret").and.not.to.contain("Doe");
        });

        it("publish a completed session that no message can hold without what only describes it", async () => {
            const vast = sessionOf({ metadata: { note: "x".repeat(270_000) } });

            await publish.invoke({ Records: [streamRecord(1, versionItem({ Data: vast }))] });

            const { buyer, line_items, totals } = sessionOf();
            const [{ session }] = events();
            expect(session).to.deep.include({ buyer, line_items, totals, order, status: "completed", currency: "usd" });
            expect(session).not.to.have.property("metadata");
            expect(aws.inputs("SendMessage")).to.deep.equal([]);
        });

        const [line] = sessionOf().line_items;
        const named = (name: string) => sessionOf({ line_items: line ? [{ ...line, name }] : [] });
        const [, second] = versions(3);
        const Keys = { SessionId: { S: sessionId }, Version: { N: "2" } };
        const unpublishable: [what: string, record: object, reason: RegExp, place?: object][] = [
            [
                "without a session",
                streamRecord(101, { ...versionItem(), Data: "none" }),
                /InvalidCheckoutEventError.*session/,
            ],
            [
                "with an unknown reason",
                streamRecord(101, { ...versionItem(), Reason: "improved" }),
                /InvalidCheckoutEventError.*type/,
            ],
            [
                "that no message can hold in any form",
                streamRecord(101, versionItem({ Data: named("x".repeat(270_000)), Version: 2 })),
                /EventTooLargeError/,
            ],
            // 390 KB in the table; as JSON six bytes a character.
            [
                "whose record is more than a queue takes, by its key,",
                withKeys(streamRecord(101, versionItem({ Data: named("\u0001".repeat(390_000)), Version: 2 }))),
                /EventTooLargeError/,
                { Keys },
            ],
            [
                "whose numbers JavaScript cannot hold",
                {
                    ...second,
                    dynamodb: {
                        ...second?.dynamodb,
                        NewImage: { ...second?.dynamodb.NewImage, Weight: { N: "12345678901234567890.5" } },
                    },
                },
                /./,
            ],
        ];
        for (const [what, record, reason, place] of unpublishable) {
            it(`send a version ${what} to a queue with the reason, and publish the others`, async () => {
                const [first, , third] = versions(3);

                expect(await publish.invoke({ Records: [first, record, third] })).to.deep.equal({
                    batchItemFailures: [],
                });

                expect(events().map(({ version }) => version)).to.deep.equal([1, 3]);
                expect(aside("unpublished").reason).to.match(reason);
                expect(Buffer.byteLength(JSON.stringify(aside("unpublished")))).to.be.below(1_048_576);
                expect(publish.log.find(({ level }) => level === "error")).to.include({ sequenceNumber: "101" });
                if (place === undefined) expect(aside("unpublished").record).to.deep.equal(record);
                else {
                    expect(aside("unpublished").record.dynamodb)
                        .to.deep.include(place)
                        .and.not.to.have.property("NewImage");
                }
            });
        }

        function withKeys(record: ReturnType<typeof streamRecord>) {
            return { ...record, dynamodb: { ...record.dynamodb, Keys } };
        }
    });
});
