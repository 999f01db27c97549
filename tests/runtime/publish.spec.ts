import { expect } from "chai";
import { Aws, type BatchEntry, batchIn, Refusal } from "./support/aws.ts";
import { streamRecord } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";
import { order, sessionId, sessionOf, versionItem } from "./support/versions.ts";

describe("publish: stream of the sessions table to the topic", () => {
    let aws: Aws;
    let publish: RunningFunction;
    const calls = () => aws.inputs("PublishBatch").map(batchIn);
    const published = () => calls().flat();
    const events = () => published().map(({ Message }) => JSON.parse(Message));
    const versions = (count: number, session = sessionOf()) =>
        Array.from({ length: count }, (_, index) =>
            streamRecord(100 + index, versionItem({ Data: session, Version: index + 1 })),
        );

    before(async () => {
        aws = await Aws.start();
        publish = await RunningFunction.start("checkoutSessions/publish", {
            ...aws.environment,
            TOPIC_ARN: "arn:aws:sns:eu-west-1:000000000000:checkout-events",
            UNPUBLISHED_QUEUE_URL: `${aws.url}/000000000000/unpublished`,
        });
    });
    beforeEach(() => {
        aws.reset();
        publish.log.length = 0;
    });
    after(async () => {
        await publish?.stop();
        await aws?.stop();
    });

    it("publishes a version with the whole session as clients see it, and what filters go by", async () => {
        const result = await publish.invoke({ Records: [streamRecord(1, versionItem())] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const [entry] = published();
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
            TopicArn: "arn:aws:sns:eu-west-1:000000000000:checkout-events",
        });
    });

    it("publishes nothing of what clients never see, and logs nobody's data", async () => {
        await publish.invoke({ Records: [streamRecord(1, versionItem())] });

        expect(JSON.stringify(aws.calls)).not.to.contain("pay_secret");
        expect(publish.text()).to.contain("correlation-1").and.to.contain(sessionId);
        expect(publish.text()).not.to.contain("pay_secret").and.not.to.contain("Doe");
    });

    it("passes over changes and deletions, which an append-only table does not have", async () => {
        const result = await publish.invoke({
            Records: [streamRecord(1, versionItem(), "MODIFY"), streamRecord(2, versionItem(), "REMOVE")],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(aws.calls).to.deep.equal([]);
    });

    it("publishes many in the order of the stream, ten in a call", async () => {
        await publish.invoke({ Records: versions(25) });

        expect(calls().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
        expect(events().map(({ version }) => version)).to.deep.equal(Array.from({ length: 25 }, (_, i) => i + 1));
    });

    it("publishes a version again when its record comes again, as the same event", async () => {
        await publish.invoke({ Records: versions(3) });
        await publish.invoke({ Records: versions(3).slice(1) });

        expect(events().map(({ id }) => id.split(":")[1])).to.deep.equal(["1", "2", "3", "2", "3"]);
        expect(events()[3]).to.deep.equal(events()[1]);
    });

    it("keeps a call below the topic's limit when sessions are large", async () => {
        const large = sessionOf({ metadata: { note: "ü".repeat(30_000) } });
        await publish.invoke({ Records: versions(10, large) });

        expect(events()).to.have.length(10);
        for (const entries of calls()) {
            expect(entries.reduce((sum, entry) => sum + sizeOf(entry), 0)).to.be.at.most(262_144);
        }
    });

    it("publishes a completed session that no message can hold without what only describes it", async () => {
        const vast = sessionOf({ metadata: { note: "x".repeat(270_000) } });

        const result = await publish.invoke({ Records: [streamRecord(1, versionItem({ Data: vast }))] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const { buyer, line_items, totals } = sessionOf();
        const [{ session }] = events();
        expect(session).to.deep.include({ buyer, line_items, totals, order, status: "completed", currency: "usd" });
        expect(session).not.to.have.property("metadata");
        expect(aws.inputs("SendMessage")).to.deep.equal([]);
    });

    it("puts a session that no message can hold in any form aside, and publishes the others", async () => {
        const [line] = sessionOf().line_items;
        const vast = sessionOf({ line_items: line ? [{ ...line, name: "x".repeat(270_000) }] : [] });
        const [first, , third] = versions(3);

        const result = await publish.invoke({
            Records: [first, streamRecord(101, versionItem({ Data: vast, Version: 2 })), third],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(events().map(({ version }) => version)).to.deep.equal([1, 3]);
        expect(aside().reason).to.match(/TooLarge/);
    });

    it("puts the key of a version aside whose record is more than a queue takes, and publishes the others", async () => {
        // 390 KB in the table; as JSON six bytes a character.
        const [line] = sessionOf().line_items;
        const vast = sessionOf({ line_items: line ? [{ ...line, name: "\u0001".repeat(390_000) }] : [] });
        const record = streamRecord(101, versionItem({ Data: vast, Version: 2 }));
        const Keys = { SessionId: { S: sessionId }, Version: { N: "2" } };
        const [first, , third] = versions(3);

        const result = await publish.invoke({
            Records: [first, { ...record, dynamodb: { ...record.dynamodb, Keys } }, third],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(events().map(({ version }) => version)).to.deep.equal([1, 3]);
        const { NewImage: _, ...place } = record.dynamodb;
        expect(aside().record).to.deep.equal({ ...record, dynamodb: { ...place, Keys } });
        expect(Buffer.byteLength(JSON.stringify(aside()))).to.be.below(1_048_576);
    });

    it("puts a version aside whose numbers JavaScript cannot hold, and publishes the others", async () => {
        const [first, second, third] = versions(3);
        const NewImage = { ...second?.dynamodb.NewImage, Weight: { N: "12345678901234567890.5" } };

        const result = await publish.invoke({
            Records: [first, { ...second, dynamodb: { ...second?.dynamodb, NewImage } }, third],
        });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(events().map(({ version }) => version)).to.deep.equal([1, 3]);
        expect(publish.log.find(({ level }) => level === "error")).to.include({ sessionId, version: 2 });
    });

    it("reports the entries that failed inside a call that succeeded, and publishes nothing behind them", async () => {
        aws.answers("PublishBatch", (input) => {
            const ids = batchIn(input).map(({ Id }) => Id);
            return {
                Successful: ids.filter((id) => id !== "2" && id !== "5").map((Id) => ({ Id, MessageId: "m" })),
                Failed: [{ Id: "2", Code: "InternalFailure", Message: "sorry", SenderFault: false }],
            };
        });

        const result = await publish.invoke({ Records: versions(15) });

        // The answer says nothing of the sixth entry: whoever is not named as taken was not taken.
        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "102" }, { itemIdentifier: "105" }] });
        expect(calls()).to.have.length(1);
        const errors = publish.log.filter(({ level }) => level === "error");
        expect(errors.map(({ version, code }) => [version, code])).to.deep.equal([
            [3, "InternalFailure"],
            [6, "NoAnswer"],
        ]);
    });

    it("reports a whole call that failed", async () => {
        aws.answers("PublishBatch", () => new Refusal("AuthorizationError", 403));

        const result = await publish.invoke({ Records: versions(2) });

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "100" }, { itemIdentifier: "101" }] });
        expect(publish.text()).to.contain("AuthorizationError");
    });

    const records: [what: string, item: object, wrong: RegExp][] = [
        ["without a session", { ...versionItem(), Data: "none" }, /session/],
        ["with an unknown reason", { ...versionItem(), Reason: "improved" }, /type/],
        ["that is no version at all", { colour: "red" }, /sessionId, version, status/],
    ];
    for (const [what, item, wrong] of records) {
        it(`puts a record ${what} aside with the reason, and publishes the others`, async () => {
            const [first, , third] = versions(3);

            const result = await publish.invoke({ Records: [first, streamRecord(101, item), third] });

            expect(result).to.deep.equal({ batchItemFailures: [] });
            expect(events().map(({ version }) => version)).to.deep.equal([1, 3]);
            const { reason, record } = aside();
            expect(reason)
                .to.match(/NotACheckoutEvent/)
                .and.to.match(wrong);
            expect(record).to.deep.equal(streamRecord(101, item));
            expect(publish.log.find(({ level }) => level === "error")).to.include({ sequenceNumber: "101" });
        });
    }

    /** What the one message of the queue for such records holds. */
    function aside() {
        const [message, ...more] = aws.inputs("SendMessage");
        expect(more).to.deep.equal([]);
        expect(message?.["QueueUrl"]).to.match(/unpublished$/);
        return JSON.parse(String(message?.["MessageBody"]));
    }

    /** As SNS counts: the body and the names, types and texts of the attributes. */
    function sizeOf({ Message, attributes }: BatchEntry): number {
        const texts = Object.entries(attributes).flatMap(([name, text]) => [name, "String", text]);
        return [Message, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    }
});
