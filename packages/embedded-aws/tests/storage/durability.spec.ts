import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import {
    ChangeMessageVisibilityCommand,
    CreateQueueCommand,
    type Message,
    ReceiveMessageCommand,
    SendMessageCommand,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import {
    allowService,
    type Cloud,
    type CloudDefinition,
    eventually,
    functionArn,
    startCloud,
} from "../endpoint/startedCloud.ts";

describe("What was accepted before a crash", () => {
    const directory = mkdtempSync(join(tmpdir(), "durable-"));
    const definition: CloudDefinition = {
        directory,
        functions: ["listener"],
        resourcePolicies: allowService("events.amazonaws.com", functionArn("listener")),
        rules: [
            {
                name: "all",
                arn: "arn:aws:events:eu-west-1:000000000000:rule/all",
                eventBusName: "default",
                eventPattern: '{"source":["shop"]}',
                state: "ENABLED",
                targets: [{ id: "function", arn: functionArn("listener") }],
            },
        ],
    };
    let cloud: Cloud | undefined;

    async function start(): Promise<Cloud> {
        cloud = await startCloud(definition);
        return cloud;
    }

    async function crashAndRestart(): Promise<Cloud> {
        await cloud?.crash();
        cloud = undefined;
        return start();
    }

    before(start);
    after(async () => {
        await cloud?.stop();
        rmSync(directory, { recursive: true, force: true });
    });

    it("is there after it: messages, also those under way, items, objects and mail", async () => {
        const first = cloud ?? (await start());
        const sqs = new SQSClient(first.as());
        const Attributes = { VisibilityTimeout: "1" };
        const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes }));
        const bodies = Array.from({ length: 20 }, (_, number) => `order ${number}`);
        await Promise.all(bodies.map((MessageBody) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))));
        await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 5 }));
        const back = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
        const ReceiptHandle = back.Messages?.[0]?.ReceiptHandle;
        await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));

        const database = new DynamoDBClient(first.as());
        await database.send(
            new CreateTableCommand({
                TableName: "orders",
                BillingMode: "PAY_PER_REQUEST",
                KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
                AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
            }),
        );
        const put = (id: string) => database.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id } } }));
        await Promise.all(bodies.map(put));

        const s3 = new S3Client(first.as());
        await s3.send(new CreateBucketCommand({ Bucket: "documents" }));
        await s3.send(new PutObjectCommand({ Bucket: "documents", Key: "a.pdf", Body: "pdf" }));
        await new SESv2Client(first.as()).send(
            new SendEmailCommand({
                FromEmailAddress: "a@b.c",
                Destination: { ToAddresses: ["d@e.f"] },
                Content: { Simple: { Subject: { Data: "kept" }, Body: { Text: { Data: "x" } } } },
            }),
        );

        const second = await crashAndRestart();
        const received: Message[] = [];
        const client = new SQSClient(second.as());
        await eventually(async () => {
            // The queue's URL of the first run names another port, and is still good.
            const { Messages = [] } = await client.send(
                new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
            );
            received.push(...Messages);
            return received.length >= bodies.length ? true : undefined;
        });
        expect(received.map(({ Body }) => Body)).to.have.members(bodies);
        const { Count } = await new DynamoDBClient(second.as()).send(new ScanCommand({ TableName: "orders" }));
        expect(Count).to.equal(bodies.length);
        const object = await new S3Client(second.as()).send(
            new GetObjectCommand({ Bucket: "documents", Key: "a.pdf" }),
        );
        expect(await object.Body?.transformToString()).to.equal("pdf");
        expect(second.outbox.outbox().map(({ subject }) => subject)).to.include("kept");
    });

    it("is delivered after it: an event whose target was busy", async () => {
        const first = cloud ?? (await start());
        const Detail = JSON.stringify({ throttle: true });
        const entry = { Source: "shop", DetailType: "sold", Detail };
        await new EventBridgeClient(first.as()).send(new PutEventsCommand({ Entries: [entry] }));
        await eventually(() =>
            first.traced.find(({ what, text }) => what === "failure" && text.includes("TooManyRequests")),
        );
        const second = await crashAndRestart();
        const again = await eventually(() =>
            second.traced.find(({ what, text }) => what === "failure" && text.includes("TooManyRequests")),
        );
        expect(again.where).to.equal("all");
        expect(second.taskQueue.pending("event")).to.have.length(1);
    });
});
