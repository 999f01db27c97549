import { once } from "node:events";
import http from "node:http";
import {
    ChangeMessageVisibilityCommand,
    CreateQueueCommand,
    DeleteMessageBatchCommand,
    DeleteMessageCommand,
    GetQueueUrlCommand,
    ListQueuesCommand,
    ReceiveMessageCommand,
    SendMessageBatchCommand,
    SendMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { unlessHidden } from "../../src/aws/service.ts";
import { allow, type Cloud, eventually, failure, queueArn, startCloud } from "./startedCloud.ts";

describe("SQS at the local endpoint", () => {
    let cloud: Cloud;
    let sqs: SQSClient;
    let names = 0;

    before(async () => {
        cloud = await startCloud({
            roles: { sender: allow("sqs:SendMessage", queueArn("granted")), stranger: allow("s3:*", "*") },
        });
        sqs = new SQSClient(cloud.as());
    });
    after(() => cloud.stop());

    async function newQueue(Attributes: Record<string, string> = {}): Promise<string> {
        names += 1;
        const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${names}`, Attributes }));
        return QueueUrl;
    }

    it("gives queue URLs on its own address, under which the queue works", async () => {
        const QueueUrl = await newQueue();
        expect(QueueUrl).to.equal(`${cloud.endpoint.origin}/000000000000/queue-${names}`);
        const found = await sqs.send(new GetQueueUrlCommand({ QueueName: `queue-${names}` }));
        expect(found.QueueUrl).to.equal(QueueUrl);
        const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
        expect(QueueUrls).to.include(QueueUrl);
    });

    it("carries a message with its attributes from sender to receiver", async () => {
        const QueueUrl = await newQueue();
        const sent = await sqs.send(
            new SendMessageCommand({
                QueueUrl,
                MessageBody: "Grüße",
                MessageAttributes: { correlationId: { DataType: "String", StringValue: "c-1" } },
            }),
        );
        const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({
                QueueUrl,
                MessageAttributeNames: ["All"],
                MessageSystemAttributeNames: ["All"],
            }),
        );
        expect(Messages).to.have.length(1);
        expect(Messages[0]).to.include({ MessageId: sent.MessageId, Body: "Grüße" });
        expect(Messages[0]?.MessageAttributes?.["correlationId"]?.StringValue).to.equal("c-1");
        expect(Messages[0]?.Attributes?.ApproximateReceiveCount).to.equal("1");
    });

    it("makes a message visible at once when its visibility is set to zero, and keeps its receive count", async () => {
        const QueueUrl = await newQueue();
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "again" }));
        const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        const ReceiptHandle = first.Messages?.[0]?.ReceiptHandle;
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
        const second = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ["All"] }));
        expect(second.Messages?.[0]?.Attributes?.ApproximateReceiveCount).to.equal("2");
    });

    it("leaves a message hidden for as long as its receiver has said, when mappings give back what failed", async () => {
        const QueueUrl = await newQueue();
        for (const MessageBody of ["paused", "failed"])
            await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
        const handles = new Map<string | undefined, string | undefined>();
        while (handles.size < 2) {
            const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
            for (const { Body, ReceiptHandle } of Messages) handles.set(Body, ReceiptHandle);
        }
        const ReceiptHandle = handles.get("paused");
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 600 }));
        const giveBack = (...bodies: string[]) =>
            cloud.call({ kind: "administrator" }, "sqs", "ChangeMessageVisibilityBatch", {
                QueueUrl,
                [unlessHidden]: true,
                Entries: bodies.map((body, index) => ({
                    Id: String(index),
                    ReceiptHandle: handles.get(body),
                    VisibilityTimeout: 0,
                })),
            });
        await giveBack("paused", "failed");
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        expect(Messages.map(({ Body }) => Body)).to.deep.equal(["failed"]);
        // It said so once: the next failure is one like any other.
        await giveBack("paused");
        const later = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        expect(later.Messages?.map(({ Body }) => Body)).to.deep.equal(["paused"]);
    });

    it("moves a message to the dead-letter queue after its receives and tells where it came from", async () => {
        const deadLetterUrl = await newQueue();
        const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(`queue-${names}`), maxReceiveCount: 2 });
        const QueueUrl = await newQueue({ VisibilityTimeout: "0", RedrivePolicy });
        const source = queueArn(`queue-${names}`);
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "poison" }));
        for (const expected of [1, 1, 0]) {
            const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
            expect(Messages).to.have.length(expected);
        }
        const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({ QueueUrl: deadLetterUrl, MessageSystemAttributeNames: ["All"] }),
        );
        expect(Messages[0]?.Body).to.equal("poison");
        expect(Messages[0]?.Attributes?.DeadLetterQueueSourceArn).to.equal(source);
    });

    it("wakes a long poll when a message arrives", async () => {
        const QueueUrl = await newQueue();
        const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "wake" }));
        expect((await poll).Messages?.[0]?.Body).to.equal("wake");
    });

    it("holds a message back for as long as its sender asks", async () => {
        const QueueUrl = await newQueue();
        const sentAt = Date.now();
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 1 }));
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "now" }));
        const bodies: unknown[] = [];
        await eventually(async () => {
            const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
            bodies.push(...Messages.map(({ Body }) => Body));
            return bodies.length === 2 || undefined;
        });
        expect(bodies).to.deep.equal(["now", "later"]);
        expect(Date.now() - sentAt).to.be.at.least(950);
    });

    it("gives messages back that arrive for a receiver who has left", async () => {
        const QueueUrl = await newQueue({ VisibilityTimeout: "600" });
        const leaving = http.request(cloud.endpoint.origin, {
            method: "POST",
            headers: {
                authorization:
                    "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host",
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": "AmazonSQS.ReceiveMessage",
                expect: "100-continue",
            },
        });
        leaving.flushHeaders();
        await once(leaving, "continue");
        await new Promise<void>((resolve) => {
            leaving.end(JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 }), resolve);
        });
        // Its own end is an error to the client: "socket hang up".
        const left = failure(once(leaving, "close"));
        leaving.destroy();
        await left;
        // Delayed, so that it arrives when the connection is gone on both sides.
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "for the next", DelaySeconds: 1 }));
        const next = await eventually(async () => {
            // Waits behind the one who left, so that the message goes there first.
            const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
            return Messages?.[0];
        });
        expect(next.Body).to.equal("for the next");
    });

    it("refuses receipt handles that it never gave, one by one in a batch", async () => {
        const QueueUrl = await newQueue();
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        const good = Messages?.[0]?.ReceiptHandle;
        const refused = await failure(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "garbage" })));
        expect(refused.name).to.equal("ReceiptHandleIsInvalid");
        const { Successful = [], Failed = [] } = await sqs.send(
            new DeleteMessageBatchCommand({
                QueueUrl,
                Entries: [
                    { Id: "good", ReceiptHandle: good },
                    { Id: "bad", ReceiptHandle: "garbage" },
                ],
            }),
        );
        expect(Successful.map(({ Id }) => Id)).to.deep.equal(["good"]);
        expect(Failed.map(({ Id, Code, SenderFault }) => ({ Id, Code, SenderFault }))).to.deep.equal([
            { Id: "bad", Code: "ReceiptHandleIsInvalid", SenderFault: true },
        ]);
    });

    const refusals: readonly [what: string, name: string, attributes: Record<string, string>, error: string][] = [
        ["a name with a dot", "a.b", {}, "InvalidParameterValue"],
        ["a name above 80 characters", "a".repeat(81), {}, "InvalidParameterValue"],
        ["a .fifo name of a standard queue", "orders.fifo", {}, "InvalidParameterValue"],
        ["an attribute that SQS does not have", "attributed", { Colour: "red" }, "InvalidAttributeName"],
        [
            "a dead-letter queue that does not exist",
            "redriven",
            { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("nowhere"), maxReceiveCount: 3 }) },
            "InvalidParameterValue",
        ],
    ];
    for (const [what, QueueName, Attributes, error] of refusals) {
        it(`refuses ${what}`, async () => {
            const refused = await failure(sqs.send(new CreateQueueCommand({ QueueName, Attributes })));
            expect(refused.name).to.equal(error);
        });
    }

    it("names a queue that does not exist", async () => {
        const QueueUrl = `${cloud.endpoint.origin}/000000000000/nowhere`;
        const refused = await failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })));
        expect(refused.name).to.equal("QueueDoesNotExist");
    });

    it("lets a role send where it may, also in batches, and refuses the rest as AccessDenied", async () => {
        const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "granted" }));
        const sender = new SQSClient(cloud.as("sender"));
        await sender.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
        await sender.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: "y" }] }));
        const receiving = await failure(sender.send(new ReceiveMessageCommand({ QueueUrl })));
        expect(receiving.name).to.equal("AccessDenied");
        expect(receiving.message).to.include(
            "sqs:ReceiveMessage on resource: arn:aws:sqs:eu-west-1:000000000000:granted",
        );
        const stranger = new SQSClient(cloud.as("stranger"));
        const sending = await failure(stranger.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })));
        expect(sending.name).to.equal("AccessDenied");
        const denied = cloud.traced.filter(({ what }) => what === "denied").map(({ where }) => where);
        expect(denied).to.include.members(["sender-session", "stranger-session"]);
    });

    it("answers a call from inside the cloud as it answers over HTTP", async () => {
        const QueueUrl = await newQueue();
        const role = { kind: "role", roleArn: "arn:aws:iam::000000000000:role/stranger", session: "s" } as const;
        const input = { QueueUrl, MessageBody: "inside" };
        expect((await failure(cloud.call(role, "sqs", "SendMessage", input))).name).to.equal("AccessDenied");
        await cloud.call({ kind: "administrator" }, "sqs", "SendMessage", input);
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        expect(Messages?.[0]?.Body).to.equal("inside");
    });
});
