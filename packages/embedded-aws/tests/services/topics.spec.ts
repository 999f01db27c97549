import {
    GetTopicAttributesCommand,
    ListSubscriptionsByTopicCommand,
    ListTopicsCommand,
    PublishBatchCommand,
    PublishCommand,
    SNSClient,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, type Message, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { SubscriptionDefinition } from "../../src/topics/definition.ts";
import {
    allow,
    allowService,
    type Cloud,
    eventually,
    failure,
    functionArn,
    queueArn,
    receive,
    startCloud,
} from "../endpoint/startedCloud.ts";

const topicArn = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;

function subscription(
    topic: string,
    id: string,
    protocol: SubscriptionDefinition["protocol"],
    endpoint: string,
    more: Partial<SubscriptionDefinition> = {},
): SubscriptionDefinition {
    return { arn: `${topicArn(topic)}:${id}`, topicArn: topicArn(topic), protocol, endpoint, ...more };
}

const deadLetters = (queue: string) => JSON.stringify({ deadLetterTargetArn: queueArn(queue) });
const redrivePolicy = deadLetters("failed");

describe("SNS", () => {
    let cloud: Cloud;
    let sns: SNSClient;
    let sqs: SQSClient;

    before(async () => {
        const queues = ["wrapped", "raw", "filtered", "failed", "small"];
        cloud = await startCloud({
            roles: { publisher: allow("sns:Publish", topicArn("orders")) },
            resourcePolicies: {
                ...allowService("sns.amazonaws.com", ...queues.map(queueArn)),
                ...allowService("sns.amazonaws.com", functionArn("listener"), functionArn("gone")),
            },
            functions: ["listener"],
            topics: ["orders", "mails", "busy", "broken", "large"].map((name) => ({
                name,
                arn: topicArn(name),
                displayName: "The Shop",
            })),
            subscriptions: [
                subscription("orders", "1", "sqs", queueArn("wrapped")),
                subscription("orders", "2", "sqs", queueArn("raw"), { rawMessageDelivery: true }),
                subscription("orders", "3", "sqs", queueArn("filtered"), { filterPolicy: '{"kind":["urgent"]}' }),
                subscription("orders", "4", "lambda", functionArn("listener")),
                subscription("mails", "1", "email", "reader@example.com"),
                subscription("mails", "2", "email-json", "machine@example.com"),
                subscription("busy", "1", "lambda", functionArn("listener"), { redrivePolicy }),
                subscription("broken", "1", "lambda", functionArn("gone"), { redrivePolicy }),
                subscription("broken", "2", "sqs", queueArn("private"), { redrivePolicy }),
                subscription("large", "1", "sqs", queueArn("small"), { redrivePolicy: deadLetters("small") }),
                subscription("large", "2", "sqs", queueArn("small")),
            ],
        });
        sns = new SNSClient(cloud.as());
        sqs = new SQSClient(cloud.as());
        for (const QueueName of [...queues, "private"]) {
            const Attributes = QueueName === "small" ? { MaximumMessageSize: "262144" } : {};
            await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
        }
    });
    after(() => cloud.stop());

    const body = (message: Message | undefined) => JSON.parse(message?.Body ?? "");

    it("brings a message to queues and functions in the documented forms", async () => {
        const MessageAttributes = { kind: { DataType: "String", StringValue: "urgent" } };
        const { MessageId } = await sns.send(
            new PublishCommand({ TopicArn: topicArn("orders"), Subject: "Sold", Message: "Grüße", MessageAttributes }),
        );
        const [wrapped] = await receive(cloud, "wrapped", 1);
        expect(body(wrapped)).to.include({
            Type: "Notification",
            MessageId,
            TopicArn: topicArn("orders"),
            Subject: "Sold",
            Message: "Grüße",
        });
        expect(body(wrapped).MessageAttributes).to.deep.equal({ kind: { Type: "String", Value: "urgent" } });
        const [raw] = await receive(cloud, "raw", 1);
        expect(raw?.Body).to.equal("Grüße");
        expect(raw?.MessageAttributes?.["kind"]?.StringValue).to.equal("urgent");
        const event = await eventually(() => cloud.invoked.find(({ payload }) => payload.includes(`"${MessageId}"`)));
        const [record] = JSON.parse(event.payload).Records;
        expect(record).to.include({
            EventSource: "aws:sns",
            EventVersion: "1.0",
            EventSubscriptionArn: `${topicArn("orders")}:4`,
        });
        expect(record.Sns).to.include({ Message: "Grüße", Subject: "Sold", Type: "Notification" });
        expect(record.Sns.MessageAttributes).to.deep.equal({ kind: { Type: "String", Value: "urgent" } });
        expect(body((await receive(cloud, "filtered", 1))[0]).Message).to.equal("Grüße");
    });

    it("publishes batches entry by entry, and only what a filter accepts to its subscriber", async () => {
        const urgent = { kind: { DataType: "String", StringValue: "urgent" } };
        const { Successful = [], Failed = [] } = await sns.send(
            new PublishBatchCommand({
                TopicArn: topicArn("orders"),
                PublishBatchRequestEntries: [
                    { Id: "calm", Message: "calm" },
                    { Id: "empty", Message: "" },
                    { Id: "urgent", Message: "urgent", MessageAttributes: urgent },
                ],
            }),
        );
        expect(Successful.map(({ Id }) => Id)).to.deep.equal(["calm", "urgent"]);
        expect(Failed.map(({ Id, Code, SenderFault }) => ({ Id, Code, SenderFault }))).to.deep.equal([
            { Id: "empty", Code: "InvalidParameter", SenderFault: true },
        ]);
        const raw = await receive(cloud, "raw", 2);
        expect(raw.map(({ Body }) => Body)).to.have.members(["calm", "urgent"]);
        expect((await receive(cloud, "filtered", 1)).map((message) => body(message).Message)).to.deep.equal(["urgent"]);
    });

    it("refuses a batch that is larger than a message may be, with all of its messages", async () => {
        const published = (id: string) => cloud.invoked.filter(({ payload }) => payload.includes(id)).length;
        const entry = (Id: string) => ({ Id, Message: `${Id} ${"x".repeat(130 * 1024)}` });
        const batch = (...ids: string[]) =>
            sns.send(
                new PublishBatchCommand({ TopicArn: topicArn("orders"), PublishBatchRequestEntries: ids.map(entry) }),
            );
        expect((await failure(batch("half", "other-half"))).name).to.equal("BatchRequestTooLongException");
        expect((await batch("alone")).Successful).to.have.length(1);
        await eventually(() => published("alone") > 0 || undefined);
        expect(published("half")).to.equal(0);
        await receive(cloud, "raw", 1);
        await receive(cloud, "wrapped", 1);
    });

    it("mails readable text, and JSON to those who want that", async () => {
        const structured = { default: "for all", email: "Dear reader" };
        await sns.send(
            new PublishCommand({
                TopicArn: topicArn("mails"),
                Subject: "News",
                Message: JSON.stringify(structured),
                MessageStructure: "json",
            }),
        );
        const mailTo = (address: string) =>
            eventually(() => cloud.outbox.outbox().find(({ to }) => to.includes(address)));
        const mail = await mailTo("reader@example.com");
        expect(mail).to.include({ subject: "News", sentBy: "sns", from: '"The Shop" <no-reply@sns.amazonaws.com>' });
        expect(mail.text).to.match(/^Dear reader\n\n--\n.*Action=Unsubscribe/);
        expect(JSON.parse((await mailTo("machine@example.com")).text ?? "").Message).to.equal("for all");
    });

    it("tries again while a subscriber is busy, and keeps the message meanwhile", async () => {
        await sns.send(new PublishCommand({ TopicArn: topicArn("busy"), Message: '{"throttle":true}' }));
        const [waiting] = await eventually(() => {
            const tried = cloud.taskQueue.pending("notification").filter(({ attempt }) => attempt > 2);
            return tried.length > 0 ? tried : undefined;
        });
        expect(waiting?.reason).to.include("TooManyRequestsException");
    });

    it("keeps at once what can never be delivered: a missing function, a closed queue", async () => {
        await sns.send(new PublishCommand({ TopicArn: topicArn("broken"), Message: "nowhere to go" }));
        const letters = await receive(cloud, "failed", 2);
        const codes = letters.map(({ MessageAttributes }) => MessageAttributes?.["ErrorCode"]?.StringValue);
        expect(codes).to.have.members(["ResourceNotFoundException", "AccessDenied"]);
    });

    it("drops what neither a subscriber nor its dead-letter queue takes, and says so", async () => {
        // In wide characters, and JSON around them: more than the 262,144 bytes that both queues hold.
        const Message = "ü".repeat(131_000);
        await sns.send(new PublishCommand({ TopicArn: topicArn("large"), Message }));
        const dropped = await eventually(() => {
            const all = cloud.traceStore.dropped().filter(({ where }) => where === "large");
            return all.length === 2 ? all : undefined;
        });
        const texts = dropped.map(({ text }) => text);
        expect(texts.filter((text) => text.includes("its dead-letter queue"))).to.have.length(1);
        expect(texts.filter((text) => text.includes("has no dead-letter queue"))).to.have.length(1);
    });

    it("refuses batches and attributes that SNS does", async () => {
        const batch = (...ids: string[]) =>
            failure(
                sns.send(
                    new PublishBatchCommand({
                        TopicArn: topicArn("mails"),
                        PublishBatchRequestEntries: ids.map((Id) => ({ Id, Message: "x" })),
                    }),
                ),
            );
        expect((await batch()).name).to.equal("EmptyBatchRequestException");
        expect((await batch("1", "1")).name).to.equal("BatchEntryIdsNotDistinctException");
        expect((await batch("a.b")).name).to.equal("InvalidBatchEntryIdException");
        expect((await batch("a".repeat(81))).name).to.equal("InvalidBatchEntryIdException");
        const eleven = Array.from({ length: 11 }, (_, index) => `${index}`);
        expect((await batch(...eleven)).name).to.equal("TooManyEntriesInBatchRequestException");
        for (const [name, value] of [
            ["a b", { DataType: "String", StringValue: "v" }],
            ["AWS.a", { DataType: "String", StringValue: "v" }],
            ["a", { DataType: "String", StringValue: "" }],
            ["a", { DataType: "Text", StringValue: "v" }],
            ["a", { DataType: "Number", StringValue: "ten" }],
            ["a", { DataType: "String", StringValue: "a\u0001" }],
            ["a", { DataType: "Binary", StringValue: "v" }],
        ] as const) {
            const publish = { TopicArn: topicArn("mails"), Message: "x", MessageAttributes: { [name]: value } };
            const refused = await failure(sns.send(new PublishCommand(publish)));
            expect(refused.name, JSON.stringify([name, value])).to.equal("InvalidParameterValueException");
        }
        // It has a meaning for FIFO topics alone.
        const deduplicated = { TopicArn: topicArn("mails"), Message: "x", MessageDeduplicationId: "d" };
        expect((await failure(sns.send(new PublishCommand(deduplicated)))).name).to.equal("InvalidParameterException");
    });

    it("tells its topics and their subscriptions", async () => {
        const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
        expect(Topics.map(({ TopicArn }) => TopicArn)).to.include(topicArn("orders"));
        const TopicArn = topicArn("mails");
        const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
        expect(Attributes).to.include({ TopicArn, DisplayName: "The Shop", SubscriptionsConfirmed: "2" });
        const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
        expect(Subscriptions.map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`)).to.deep.equal([
            "email reader@example.com",
            "email-json machine@example.com",
        ]);
    });

    it("refuses what it does not have, cannot carry, or may not take from a role", async () => {
        const publish = (TopicArn: string, Message: string, Subject?: string) =>
            failure(sns.send(new PublishCommand({ TopicArn, Message, Subject })));
        expect((await publish(topicArn("nowhere"), "x")).name).to.equal("NotFoundException");
        expect((await publish(topicArn("orders"), "x".repeat(256 * 1024 + 1))).name).to.equal(
            "InvalidParameterException",
        );
        expect((await publish(topicArn("orders"), "x", "two\nlines")).name).to.equal("InvalidParameterException");
        const publisher = new SNSClient(cloud.as("publisher"));
        await publisher.send(new PublishCommand({ TopicArn: topicArn("orders"), Message: "may" }));
        const refused = await failure(
            publisher.send(new PublishCommand({ TopicArn: topicArn("mails"), Message: "x" })),
        );
        expect(refused.name).to.equal("AuthorizationErrorException");
    });
});
