import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, type Message, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { RuleDefinition } from "../../src/events/bus.ts";
import type { TargetDefinition } from "../../src/events/targetCall.ts";
import {
    allow,
    allowService,
    type Cloud,
    eventually,
    failure,
    functionArn,
    queueArn,
    receive,
    roleArn,
    startCloud,
} from "../endpoint/startedCloud.ts";

const busArn = (name: string) => `arn:aws:events:eu-west-1:000000000000:event-bus/${name}`;
const newsArn = "arn:aws:sns:eu-west-1:000000000000:news";
const ruleArn = (name: string) => `arn:aws:events:eu-west-1:000000000000:rule/shop/${name}`;

/** A rule on the bus "shop" for events of the rule's own source. */
function rule(name: string, ...targets: TargetDefinition[]): RuleDefinition {
    const eventPattern = JSON.stringify({ source: [name] });
    return { name, arn: ruleArn(name), eventBusName: "shop", eventPattern, state: "ENABLED", targets };
}

const deadLetterConfig = { arn: queueArn("failed") };

describe("EventBridge", () => {
    let cloud: Cloud;
    let events: EventBridgeClient;
    let sqs: SQSClient;

    before(async () => {
        const queues = ["received", "failed", "grouped.fifo", "small", "small-failed"];
        cloud = await startCloud({
            roles: {
                publisher: allow("events:PutEvents", busArn("shop")),
                forwarder: allow("events:PutEvents", busArn("second")),
            },
            resourcePolicies: {
                ...allowService("events.amazonaws.com", ...queues.map(queueArn)),
                ...allowService("events.amazonaws.com", functionArn("listener"), functionArn("gone"), newsArn),
            },
            functions: ["listener"],
            topics: [{ name: "news", arn: newsArn }],
            subscriptions: [
                {
                    arn: `${newsArn}:1`,
                    topicArn: newsArn,
                    protocol: "email",
                    endpoint: "reader@example.com",
                },
            ],
            buses: ["shop", "second"].map((name) => ({ name, arn: busArn(name) })),
            rules: [
                rule(
                    "all",
                    { id: "queue", arn: queueArn("received") },
                    { id: "function", arn: functionArn("listener") },
                    { id: "topic", arn: newsArn, inputPath: "$.detail.text" },
                ),
                { ...rule("off", { id: "queue", arn: queueArn("received") }), state: "DISABLED" },
                rule("constant", { id: "queue", arn: queueArn("received"), input: '{"task": "cleanup"}' }),
                rule("grouped", {
                    id: "queue",
                    arn: queueArn("grouped.fifo"),
                    sqsParameters: { messageGroupId: "orders" },
                }),
                rule("forwarded", { id: "bus", arn: busArn("second"), roleArn: roleArn("forwarder") }),
                {
                    ...rule("second", { id: "queue", arn: queueArn("received") }),
                    eventBusName: "second",
                    eventPattern: JSON.stringify({ source: ["forwarded"] }),
                },
                rule("forbidden", { id: "queue", arn: queueArn("private"), deadLetterConfig }),
                rule("missing", { id: "function", arn: functionArn("gone"), deadLetterConfig }),
                rule("flaky", {
                    id: "function",
                    arn: functionArn("listener"),
                    deadLetterConfig,
                    retryPolicy: { maximumRetryAttempts: 2 },
                }),
                rule("large", { id: "queue", arn: queueArn("small"), deadLetterConfig }),
                rule("too-large", {
                    id: "queue",
                    arn: queueArn("small"),
                    deadLetterConfig: { arn: queueArn("small-failed") },
                }),
                rule("unburied", { id: "queue", arn: queueArn("small") }),
                rule("ageing", {
                    id: "function",
                    arn: functionArn("listener"),
                    deadLetterConfig,
                    retryPolicy: { maximumEventAgeInSeconds: 60 },
                }),
            ],
        });
        events = new EventBridgeClient(cloud.as());
        sqs = new SQSClient(cloud.as());
        for (const QueueName of ["received", "failed", "private"])
            await sqs.send(new CreateQueueCommand({ QueueName }));
        for (const QueueName of ["small", "small-failed"]) {
            await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { MaximumMessageSize: "262144" } }));
        }
        const Attributes = { FifoQueue: "true", ContentBasedDeduplication: "true" };
        await sqs.send(new CreateQueueCommand({ QueueName: "grouped.fifo", Attributes }));
    });
    after(() => cloud.stop());

    const put = (Source: string, detail: unknown = {}, more: Partial<PutEventsRequestEntry> = {}) =>
        events.send(
            new PutEventsCommand({
                Entries: [
                    { EventBusName: "shop", Source, DetailType: "sold", Detail: JSON.stringify(detail), ...more },
                ],
            }),
        );

    const next = async (queue: string) => (await receive(cloud, queue))[0] ?? {};

    it("brings an event to every target of the rules that match", async () => {
        const { FailedEntryCount, Entries = [] } = await put(
            "all",
            { text: "hello" },
            { Resources: ["arn:x"], Time: new Date("2026-01-02T03:04:05.678Z") },
        );
        expect(FailedEntryCount).to.equal(0);
        const envelope = {
            version: "0",
            id: Entries[0]?.EventId,
            "detail-type": "sold",
            source: "all",
            account: "000000000000",
            time: "2026-01-02T03:04:05Z",
            region: "eu-west-1",
            resources: ["arn:x"],
            detail: { text: "hello" },
        };
        expect(JSON.parse((await next("received")).Body ?? "")).to.deep.equal(envelope);
        const invocation = await eventually(() => cloud.invoked.find(({ payload }) => payload.includes("hello")));
        expect(JSON.parse(invocation.payload)).to.deep.equal(envelope);
        const mail = await eventually(() => cloud.outbox.outbox().find(({ text }) => text?.includes("hello")));
        expect(mail.text).to.match(/^"hello"\n/);
    });

    it("gives a target the input that the rule names in place of the event", async () => {
        await put("constant", { orderId: "o-1" });
        expect(JSON.parse((await next("received")).Body ?? "")).to.deep.equal({ task: "cleanup" });
    });

    it("puts events into a FIFO queue under the target's group", async () => {
        await put("grouped");
        expect((await next("grouped.fifo")).Attributes?.MessageGroupId).to.equal("orders");
    });

    it("forwards to another bus with the right of the target's role", async () => {
        await put("forwarded", { from: "shop" });
        const event = JSON.parse((await next("received")).Body ?? "");
        expect(event).to.include({ source: "forwarded" });
        expect(event.detail).to.deep.equal({ from: "shop" });
    });

    it("takes the good entries of a request and says why it does not take the others", async () => {
        const good = { EventBusName: "shop", Source: "unmatched", DetailType: "d", Detail: "{}" };
        const { FailedEntryCount, Entries = [] } = await events.send(
            new PutEventsCommand({
                Entries: [
                    good,
                    { ...good, Source: "" },
                    { ...good, Detail: "{" },
                    { ...good, Detail: "[1]" },
                    { ...good, Source: "aws.s3" },
                    { ...good, DetailType: "d".repeat(129) },
                    { ...good, Source: "s".repeat(257) },
                ],
            }),
        );
        expect(FailedEntryCount).to.equal(6);
        expect(Entries.map(({ ErrorCode }) => ErrorCode)).to.deep.equal([
            undefined,
            "InvalidArgument",
            "MalformedDetail",
            "MalformedDetail",
            "NotAuthorizedForSource",
            "InvalidArgument",
            "InvalidArgument",
        ]);
        expect(Entries[0]?.EventId).to.match(/^[0-9a-f-]{36}$/);
    });

    it("refuses more than ten entries, none, more than a megabyte, and a trace header above 500", async () => {
        const entry = { EventBusName: "shop", Source: "unmatched", DetailType: "d", Detail: "{}" };
        const Detail = JSON.stringify({ text: "x".repeat(1024 * 1024) });
        const TraceHeader = "x".repeat(501);
        const eleven = Array.from({ length: 11 }, () => entry);
        for (const Entries of [eleven, [], [{ ...entry, Detail }], [{ ...entry, TraceHeader }]]) {
            const refused = await failure(events.send(new PutEventsCommand({ Entries })));
            expect(refused.name).to.equal("ValidationException");
        }
    });

    it("takes an event for a bus that does not exist, as AWS does, and leaves a trace of its loss", async () => {
        const { FailedEntryCount } = await put("all", { text: "lost" }, { EventBusName: "nowhere" });
        expect(FailedEntryCount).to.equal(0);
        const dropped = cloud.traceStore.dropped().find(({ where }) => where === "nowhere");
        const way = cloud.traceStore.of(dropped?.requestId ?? "").map(({ what }) => what);
        expect(way, "with the event itself").to.deep.equal(["event", "dropped"]);
    });

    it("lets a role put events on the bus that it may, and on no other", async () => {
        const publisher = new EventBridgeClient(cloud.as("publisher"));
        const entry = { Source: "unmatched", DetailType: "d", Detail: "{}" };
        await publisher.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName: "shop" }] }));
        for (const EventBusName of [undefined, "second", busArn("second")]) {
            const refused = await failure(
                publisher.send(new PutEventsCommand({ Entries: [{ ...entry, EventBusName }] })),
            );
            expect(refused.name).to.equal("AccessDeniedException");
        }
    });

    const reasons = ({ MessageAttributes = {} }: Message) =>
        Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]));

    for (const [name, why, target, expected] of [
        ["forbidden", "the target lets no rule in", queueArn("private"), "NO_PERMISSIONS"],
        ["missing", "the target does not exist", functionArn("gone"), "NO_RESOURCE"],
    ] as const) {
        it(`sends an event to the dead-letter queue at once when ${why}`, async () => {
            await put(name, { t: '"' });
            const letter = await next("failed");
            expect(JSON.parse(letter.Body ?? "")).to.deep.include({ source: name, detail: { t: '"' } });
            const { ERROR_MESSAGE, ...others } = reasons(letter);
            expect(others).to.deep.equal({
                RULE_ARN: ruleArn(name),
                TARGET_ARN: target,
                ERROR_CODE: expected,
                RETRY_ATTEMPTS: "0",
            });
            expect(ERROR_MESSAGE).not.to.equal("");
        });
    }

    // In wide characters: fewer than 262,144 of them are more than 262,144 bytes.
    const large = { text: "ü".repeat(140_000) };

    it("sends an event that is too large for its target to the dead-letter queue", async () => {
        await put("large", large);
        const letter = await next("failed");
        expect(JSON.parse(letter.Body ?? "")).to.deep.include({ source: "large", detail: large });
        const { ERROR_CODE, ERROR_MESSAGE, RETRY_ATTEMPTS } = reasons(letter);
        expect({ ERROR_CODE, RETRY_ATTEMPTS }).to.deep.equal({ ERROR_CODE: "ERROR_FROM_TARGET", RETRY_ATTEMPTS: "0" });
        expect(ERROR_MESSAGE).to.include("Message must be shorter than 262144 bytes");
    });

    for (const [name, why] of [
        ["too-large", "its dead-letter queue"],
        ["unburied", "has no dead-letter queue"],
    ] as const) {
        it(`drops an event that is too large for its target and nowhere else to go (${why}), and says so`, async () => {
            const { Entries = [] } = await put(name, large);
            const dropped = await eventually(() => cloud.traceStore.dropped().find(({ where }) => where === name));
            expect(dropped.text).to.include("the event is dropped").and.include(why);
            expect(dropped.requestId).to.equal(Entries[0]?.EventId);
            await eventually(() => cloud.taskQueue.pending().length === 0 || undefined);
        });
    }

    for (const [name, condition, retries] of [
        ["flaky", "MaximumRetryAttempts", "2"],
        // 1 + 2 + 4 + 8 + 16 seconds of waiting are 31, with 32 more the event would be older than a minute.
        ["ageing", "MaximumEventAgeInSeconds", "5"],
    ] as const) {
        it(`sends an event to the dead-letter queue after its retries: ${condition}`, async () => {
            await put(name, { throttle: true });
            const letter = await next("failed");
            expect(reasons(letter)).to.include({
                RULE_ARN: ruleArn(name),
                EXHAUSTED_RETRY_CONDITION: condition,
                RETRY_ATTEMPTS: retries,
                ERROR_CODE: "THROTTLING",
            });
        });
    }
});
