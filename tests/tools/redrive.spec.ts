import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-dynamodb-streams";
import { ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import {
    CreateQueueCommand,
    GetQueueAttributesCommand,
    type MessageAttributeValue,
    ReceiveMessageCommand,
    SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import {
    account,
    type Cloud,
    eventually,
    type FunctionDefinition,
    failure,
    functionArn,
    queueArn,
    region,
    startCloud,
} from "embedded-aws/testing";
import { Anchors } from "../../tools/operator/auditAnchors.ts";
import { Verification } from "../../tools/operator/auditVerification.ts";
import { Reading, Relations } from "../../tools/operator/queues.ts";
import { discard, type RedriveArgs, type Redriven, redrive } from "../../tools/operator/redrive.ts";
import { Stack } from "../../tools/operator/stack.ts";
import { refusalIn } from "../../tools/operator/streamPlan.ts";

const stream = `arn:aws:dynamodb:${region}:${account}:table/orders`;
const topicArn = `arn:aws:sns:${region}:${account}:events`;
const urlEnding = (name: string) => `https://sqs.example/${account}/${name}`;

const lambda = (name: string, environment: Readonly<Record<string, string>> = {}): FunctionDefinition => ({
    arn: functionArn(name),
    name,
    roleArn: "arn:role",
    codeDirectory: "",
    handler: "index.handler",
    timeoutSeconds: 3,
    memoryMb: 128,
    environment,
    logGroup: `/aws/lambda/${name}`,
    asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 60 },
});

const mapping = {
    roleArn: "arn:role",
    region,
    batchSize: 10,
    maximumBatchingWindowSeconds: 0,
    reportBatchItemFailures: true,
};

describe("Redriving", () => {
    let cloud: Cloud;
    let stack: Stack;
    let relations: Relations;
    let streamArn = "";
    const deliverer: Record<string, string> = {
        EXHAUSTED_QUEUE_URL: urlEnding("exhausted"),
        DELIVERIES_TABLE: "webhook-deliveries-dev",
        ENDPOINTS_TABLE: "webhook-endpoints-dev",
    };

    before(async () => {
        const filterCriteria = { Filters: [] };
        cloud = await startCloud({
            functions: ["store", "announce"],
            topics: [{ arn: topicArn, name: "events" }],
            subscriptions: (["failures", "orders-dlq"] as const).map((letters, index) => ({
                arn: `${topicArn}:${index}`,
                topicArn,
                protocol: index === 0 ? ("lambda" as const) : ("sqs" as const),
                endpoint: index === 0 ? functionArn("store") : queueArn("orders"),
                redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(letters) }),
            })),
            catalogue: {
                functions: [
                    lambda("store", { REJECTED_QUEUE_URL: urlEnding("rejected") }),
                    lambda("announce", { ASIDE_QUEUE_URL: urlEnding("aside"), OTHER: "x" }),
                    lambda("deliver", deliverer),
                ],
                triggers: {
                    queues: [
                        {
                            ...mapping,
                            arn: "arn:m:1",
                            eventSourceArn: queueArn("orders"),
                            functionArn: functionArn("store"),
                            queueUrl: "",
                            filterCriteria,
                        },
                    ],
                    streams: ["announce", "store"].map((name) => ({
                        ...mapping,
                        arn: `arn:m:${name}`,
                        eventSourceArn: stream,
                        functionArn: functionArn(name),
                        filterCriteria,
                        startingPosition: "LATEST" as const,
                        maximumRetryAttempts: 1,
                        maximumRecordAgeSeconds: -1,
                        bisectBatchOnFunctionError: false,
                        parallelizationFactor: 1,
                    })),
                },
            },
        });
        stack = new Stack({ endpoint: cloud.endpoint.origin }, {});
        for (const name of ["orders-dlq", "failures", "aside", "exhausted", "rejected"]) await create(name);
        await create("orders", {
            RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("orders-dlq"), maxReceiveCount: 3 }),
        });
        await create("another environment's", {}, { Environment: "prod" });
        await create("attempts", {}, { Environment: "none" });
        deliverer["ATTEMPTS_QUEUE_URL"] = urlOf("attempts");
        await createTables();
    });
    after(async () => {
        stack.close();
        await cloud.stop();
    });
    beforeEach(async () => {
        for (const name of ["orders-dlq", "failures", "aside", "exhausted", "rejected", "orders"]) {
            // At the engine itself: SQS purges a queue once a minute.
            await fetch(cloud.storage.queues.origin, {
                method: "POST",
                headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.PurgeQueue" },
                body: JSON.stringify({ QueueUrl: urlOf(name) }),
            });
        }
        cloud.invoked.length = 0;
        cloud.ran.length = 0;
        relations = await Relations.of(stack);
    });

    const urlOf = (name: string) => `${cloud.endpoint.origin}/${account}/${name}`;

    async function create(name: string, Attributes: Record<string, string> = {}, tags = { ...stack.tags }) {
        await stack.sqs.send(new CreateQueueCommand({ QueueName: name.replace(/\W/g, "-"), Attributes, tags }));
    }

    async function createTables(): Promise<void> {
        const key = (AttributeName: string, KeyType: "HASH" | "RANGE") => ({ AttributeName, KeyType });
        const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
        const number = (AttributeName: string) => ({ AttributeName, AttributeType: "N" as const });
        const BillingMode = "PAY_PER_REQUEST";
        for (const table of [
            {
                TableName: "pubsub-audit-dev",
                KeySchema: [key("chain", "HASH"), key("sequence", "RANGE")],
                AttributeDefinitions: [text("chain"), number("sequence")],
            },
            {
                TableName: "webhook-deliveries-dev",
                KeySchema: [key("endpointId", "HASH"), key("deliveryId", "RANGE")],
                AttributeDefinitions: [text("endpointId"), text("deliveryId")],
            },
            {
                TableName: "webhook-endpoints-dev",
                KeySchema: [key("tenantId", "HASH"), key("endpointId", "RANGE")],
                AttributeDefinitions: [text("tenantId"), text("endpointId")],
            },
            {
                TableName: "orders",
                KeySchema: [key("orderId", "HASH")],
                AttributeDefinitions: [text("orderId")],
                StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" as const },
            },
        ]) {
            await stack.dynamo.send(new CreateTableCommand({ ...table, BillingMode }));
        }
        const { Table } = await stack.dynamo.send(new DescribeTableCommand({ TableName: "orders" }));
        streamArn = Table?.LatestStreamArn ?? "";
    }

    async function put(queue: string, body: unknown, texts: Record<string, string> = {}): Promise<void> {
        const attributes = Object.entries(texts).map(([name, StringValue]) => [
            name,
            { DataType: "String", StringValue },
        ]);
        const MessageAttributes: Record<string, MessageAttributeValue> = Object.fromEntries(attributes);
        const MessageBody = typeof body === "string" ? body : JSON.stringify(body);
        await stack.sqs.send(new SendMessageCommand({ QueueUrl: urlOf(queue), MessageBody, MessageAttributes }));
    }

    async function run(name: string, how: Partial<RedriveArgs> = {}): Promise<Redriven[]> {
        const queue = relations.deadLettersNamed(name);
        const results: Redriven[] = [];
        for await (const result of redrive({ stack, relations, queue, perSecond: 1000, isDry: false, ...how })) {
            results.push(result);
        }
        return results;
    }

    const outcomes = async (name: string, how?: Partial<RedriveArgs>) =>
        (await run(name, how)).map(({ outcome }) => outcome);

    async function count(name: string): Promise<number> {
        const { Attributes = {} } = await stack.sqs.send(
            new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ["ApproximateNumberOfMessages"] }),
        );
        return Number(Attributes.ApproximateNumberOfMessages);
    }

    const received = async (name: string) => {
        const { Messages = [] } = await stack.sqs.send(
            new ReceiveMessageCommand({
                QueueUrl: urlOf(name),
                MessageAttributeNames: ["All"],
                MaxNumberOfMessages: 10,
            }),
        );
        return Messages;
    };

    async function auditRows(): Promise<Record<string, unknown>[]> {
        const { Items = [] } = await stack.dynamo.send(
            new ScanCommand({ TableName: "pubsub-audit-dev", ConsistentRead: true }),
        );
        const verification = new Verification(Date.now(), new Anchors());
        for (const item of Items) verification.add(item);
        expect(verification.findings()).to.deep.equal([]);
        return Items.filter(({ sequence }) => Number(sequence) > 0).sort(
            (one, other) => one["sequence"] - other["sequence"],
        );
    }

    const invocation = {
        requestContext: { functionArn: `${functionArn("store")}:$LATEST`, requestId: "r" },
        requestPayload: { orderId: "o-1" },
    };

    it("finds an environment's queues by their tags, and their sources by AWS's configuration", async () => {
        expect(relations.queues.map(({ name }) => name)).to.deep.equal([
            "aside",
            "exhausted",
            "failures",
            "orders",
            "orders-dlq",
            "rejected",
        ]);
        expect(relations.deadLetters.map(({ name }) => name)).to.deep.equal([
            "aside",
            "exhausted",
            "failures",
            "orders-dlq",
            "rejected",
        ]);
        expect(relations.sourcesOf(relations.deadLettersNamed("orders-dlq"))).to.deep.equal([queueArn("orders")]);
        expect(relations.queueOf(queueArn("orders"))).to.include({ maxReceives: 3 });
        expect(relations.readersOf(queueArn("orders"))).to.deep.equal([functionArn("store")]);
        expect(() => relations.deadLettersNamed("orders")).to.throw("there are: aside, exhausted");
        const { EventSourceMappings = [] } = await stack.lambda.send(
            new ListEventSourceMappingsCommand({ EventSourceArn: stream }),
        );
        expect(EventSourceMappings.map(({ FunctionArn }) => FunctionArn)).to.deep.equal([
            functionArn("announce"),
            functionArn("store"),
        ]);
        const nowhere = new Stack({ env: "prod", endpoint: cloud.endpoint.origin }, {});
        expect(
            (await failure(Relations.of(Object.assign(nowhere, { tags: { Environment: "unknown" } })))).message,
        ).to.include("Environment=unknown");
        nowhere.close();
    });

    it("sends a message to its queue unchanged, deletes it, and writes to the audit trail before and after", async () => {
        await put("orders-dlq", { orderId: "o-1" }, { correlationId: "c-1" });
        const [done] = await run("orders-dlq");
        expect(done).to.include({ outcome: "redriven", words: "sends it to orders again" });
        const [message] = await received("orders");
        expect(message?.Body).to.equal('{"orderId":"o-1"}');
        expect(message?.MessageAttributes?.["correlationId"]?.StringValue).to.equal("c-1");
        expect(await count("orders-dlq")).to.equal(0);
        const rows = (await auditRows()).slice(-2);
        expect(rows.map(({ result }) => Object(result).step)).to.deep.equal(["begun", "sent"]);
        for (const { correlationId, result } of rows) {
            expect(correlationId).to.equal("c-1");
            expect(result).to.include({
                queue: "orders-dlq",
                orderId: "o-1",
                message: done?.deadLetter.held.messageId,
            });
            expect(Object(result).by).to.match(/^arn:aws:iam::000000000000:root \(.+\)$/);
        }
    });

    it("discards what no redrive can mend, and any one message that is named, each with audit rows", async () => {
        await put("orders-dlq", { orderId: "o-1" });
        await put("rejected", "what nobody wrote");
        const discarded = async (name: string, messageId?: string, isDry = false) => {
            const queue = relations.deadLettersNamed(name);
            const results: Redriven[] = [];
            const args = { stack, relations, queue, messageId, isDry };
            for await (const result of discard(args)) results.push(result);
            return results;
        };
        const [dry] = await discarded("rejected", undefined, true);
        expect(dry).to.include({ outcome: "would be discarded" });
        expect(await count("rejected")).to.equal(1);
        const [done] = await discarded("rejected");
        expect(done).to.include({ outcome: "discarded" });
        expect(await count("rejected")).to.equal(0);

        const [left] = await discarded("orders-dlq");
        expect(left).to.include({ outcome: "left" });
        const messageId = left?.deadLetter.held.messageId;
        expect((await discarded("orders-dlq", messageId)).map(({ outcome }) => outcome)).to.deep.equal(["discarded"]);
        expect(await count("orders-dlq")).to.equal(0);
        const rows = (await auditRows()).slice(-4);
        const told = rows.map(({ messageType, result }) => [messageType, Object(result).step, Object(result).message]);
        expect(told).to.deep.equal([
            ["discard", "begun", done?.deadLetter.held.messageId],
            ["discard", "discarded", done?.deadLetter.held.messageId],
            ["discard", "begun", messageId],
            ["discard", "discarded", messageId],
        ]);
        const words = rows.slice(2).map(({ result }) => Object(result).done);
        expect(words).to.deep.equal(Array.from({ length: 2 }, () => "deletes it, although a redrive can mend it"));
    });

    it("invokes a function with the event that it failed at", async () => {
        await put("failures", invocation);
        expect(await outcomes("failures")).to.deep.equal(["redriven"]);
        expect(cloud.invoked).to.deep.equal([{ arn: functionArn("store"), payload: '{"orderId":"o-1"}' }]);
    });

    it("delivers an event to the one target that missed it, a function or a queue", async () => {
        const event = { id: "e-1", detail: { orderId: "o-1" } };
        const to = (TARGET_ARN: string) => ({ RULE_ARN: "arn:rule/b/route", TARGET_ARN, ERROR_CODE: "NO_PERMISSIONS" });
        await put("failures", event, to(functionArn("store")));
        await put("orders-dlq", event, to(queueArn("orders")));
        expect([...(await outcomes("failures")), ...(await outcomes("orders-dlq"))]).to.deep.equal([
            "redriven",
            "redriven",
        ]);
        expect(cloud.invoked).to.deep.equal([{ arn: functionArn("store"), payload: JSON.stringify(event) }]);
        const [message] = await received("orders");
        expect(message?.Body).to.equal(JSON.stringify(event));
        expect(message).to.not.have.property("MessageAttributes");
    });

    it("delivers a notification to the one subscriber that missed it, in the form that it gets", async () => {
        const notification = { Type: "Notification", MessageId: "n-1", TopicArn: topicArn, Message: "hello" };
        const why = { RequestID: "n-1", ErrorCode: "404" };
        await put("failures", notification, why);
        await put("orders-dlq", notification, why);
        expect([...(await outcomes("failures")), ...(await outcomes("orders-dlq"))]).to.deep.equal([
            "redriven",
            "redriven",
        ]);
        const [{ payload = "{}" } = {}] = cloud.invoked;
        expect(JSON.parse(payload).Records[0]).to.include({
            EventSource: "aws:sns",
            EventSubscriptionArn: `${topicArn}:0`,
        });
        expect(JSON.parse(payload).Records[0].Sns).to.include({ MessageId: "n-1", Message: "hello" });
        const [message] = await received("orders");
        expect(JSON.parse(message?.Body ?? "")).to.deep.equal(notification);
    });

    it("reads a stream's failed records again and no others, and prints the remedy when they have expired", async () => {
        for (const orderId of ["s-1", "s-2", "s-3", "s-4"]) {
            await stack.dynamo.send(new PutCommand({ TableName: "orders", Item: { orderId } }));
        }
        const { StreamDescription } = await stack.streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
        const shardId = StreamDescription?.Shards?.[0]?.ShardId ?? "";
        const { ShardIterator } = await stack.streams.send(
            new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: "TRIM_HORIZON" }),
        );
        const { Records = [] } = await stack.streams.send(new GetRecordsCommand({ ShardIterator }));
        const numbers = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? "");
        const batchOf = (startSequenceNumber = "", endSequenceNumber = "", shard = shardId) => ({
            requestContext: { functionArn: functionArn("announce"), requestId: "r" },
            DDBStreamBatchInfo: {
                streamArn,
                shardId: shard,
                startSequenceNumber,
                endSequenceNumber,
                batchSize: 2,
                approximateArrivalOfFirstRecord: "then",
            },
        });
        await put("failures", batchOf(numbers[1], numbers[2]));
        expect(await outcomes("failures")).to.deep.equal(["redriven"]);
        const [{ arn = "", payload = "{}" } = {}] = cloud.ran;
        expect(arn).to.equal(functionArn("announce"));
        const records: { eventName: string; eventSourceARN: string; dynamodb: Record<string, unknown> }[] =
            JSON.parse(payload).Records;
        expect(records.map(({ dynamodb }) => dynamodb["SequenceNumber"])).to.deep.equal(numbers.slice(1, 3));
        expect(records[0]).to.include({ eventName: "INSERT", eventSourceARN: streamArn });
        expect(records[0]?.dynamodb).to.deep.include({ NewImage: { orderId: { S: "s-2" } } });
        expect(records[0]?.dynamodb["ApproximateCreationDateTime"]).to.be.within(
            Date.now() / 1000 - 60,
            Date.now() / 1000 + 1,
        );

        await put("failures", batchOf("1", "2", "shardId-of-old"));
        const [gone] = await run("failures");
        expect(gone).to.include({ outcome: "left" });
        expect(gone?.words).to.include("forgotten").and.to.include("orders");
        expect(await count("failures")).to.equal(1);
    });

    it("sends a record back to the function that put it aside, although others read the stream", async () => {
        const record = { eventID: "1", eventSourceARN: stream, dynamodb: { NewImage: { orderId: { S: "o-1" } } } };
        await put("aside", { reason: "Error: no order", record });
        expect(await outcomes("aside")).to.deep.equal(["redriven"]);
        expect(cloud.ran).to.deep.equal([
            { arn: functionArn("announce"), payload: JSON.stringify({ Records: [record] }) },
        ]);
    });

    it("reads the item of a record that was put aside with its key only, and reports a deleted item", async () => {
        await stack.dynamo.send(new PutCommand({ TableName: "orders", Item: { orderId: "vast" } }));
        const keyed = (orderId: string) => ({
            eventSourceARN: stream,
            dynamodb: { Keys: { orderId: { S: orderId } } },
        });
        await put("aside", { reason: "TooLarge", record: keyed("vast") });
        expect(await outcomes("aside")).to.deep.equal(["redriven"]);
        const [{ payload = "{}" } = {}] = cloud.ran;
        const record = keyed("vast");
        const dynamodb = { ...record.dynamodb, NewImage: { orderId: { S: "vast" } } };
        expect(JSON.parse(payload)).to.deep.equal({ Records: [{ ...record, dynamodb }] });

        await put("aside", { reason: "TooLarge", record: keyed("forgotten") });
        const [left] = await run("aside");
        expect(left).to.include({ outcome: "left" });
        expect(left?.words).to.include("the item of which the message has the key");
    });

    it("keeps the message when its target does not exist, and writes the failure to the audit trail", async () => {
        await put("failures", { ...invocation, requestContext: { functionArn: functionArn("gone"), requestId: "r" } });
        const [result] = await run("failures");
        expect(result).to.include({ outcome: "failed" });
        expect(result?.words).to.include("gone");
        expect(await count("failures")).to.equal(1);
        expect(Object((await auditRows()).at(-1)?.["result"]).step).to.equal("failed");
    });

    it("keeps the message when the function fails again", async () => {
        await put("aside", { reason: "Error: no order", record: { eventSourceARN: stream, dynamodb: {}, fail: true } });
        const [result] = await run("aside");
        expect(result).to.include({ outcome: "failed" });
        expect(result?.words).to.include("announce failed again");
        expect(await count("aside")).to.equal(1);
    });

    it("uses a function's own report of failures", () => {
        expect(refusalIn({ batchItemFailures: [] }, undefined)).to.equal(undefined);
        expect(refusalIn(null, undefined)).to.equal(undefined);
        expect(refusalIn({ batchItemFailures: [{ itemIdentifier: "1" }] }, undefined)).to.be.a("string");
        expect(refusalIn({ errorType: "TypeError", errorMessage: "x" }, "Unhandled")).to.include("TypeError: x");
    });

    it("makes an exhausted delivery due again once after repeated redrives, where its endpoint exists", async () => {
        const key = { endpointId: "ep_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", deliveryId: "d-1" };
        const delivery = { ...key, status: "exhausted", attempts: 8, correlationId: "c-1" };
        const deadLetter = { reason: "500", tenantId: "shop", ...key };
        const endpoint = { tenantId: "shop", endpointId: key.endpointId, status: "enabled" };
        const keep = (Item: object) =>
            stack.dynamo.send(new PutCommand({ TableName: "webhook-endpoints-dev", Item: { ...Item } }));
        await put("exhausted", deadLetter);
        const [gone] = await run("exhausted");
        expect(gone).to.include({ outcome: "left" });
        expect(gone?.words).to.include("was deleted by its owner");
        await keep({ ...endpoint, status: "disabled" });
        const [disabled] = await run("exhausted");
        expect(disabled).to.include({ outcome: "left" });
        expect(disabled?.words).to.include("is disabled");
        await keep(endpoint);
        await stack.dynamo.send(new PutCommand({ TableName: "webhook-deliveries-dev", Item: delivery }));
        for (let time = 0; time < 2; time += 1) {
            if (time === 1) await put("exhausted", deadLetter);
            expect(await outcomes("exhausted")).to.deep.equal(["redriven"]);
        }
        const { Items = [] } = await stack.dynamo.send(new ScanCommand({ TableName: "webhook-deliveries-dev" }));
        expect(Items[0]).to.include({ status: "pending", attemptsBefore: 8 });
        const wakeUps = (await received("attempts")).map(({ Body = "" }) => JSON.parse(Body));
        expect(wakeUps).to.deep.equal([{ ...key, attempt: 9 }]);
    });

    it("stores another order with a used id under a new id, the same at every redrive", async () => {
        const conflict = {
            ...{ orderId: "o-1", reason: "conflict", error: "another order has its id", messageId: "m-9" },
            ...{ body: '{"orderId":"o-1","total":2}', correlationId: "c-1", receivedAt: "2026-01-02T03:04:05.000Z" },
        };
        await put("rejected", conflict);
        await put("rejected", conflict);
        expect(await outcomes("rejected")).to.deep.equal(["redriven", "redriven"]);
        const messages = await received("orders");
        const [first, second] = messages.map(({ Body = "" }) => JSON.parse(Body));
        expect(first).to.deep.equal(second);
        expect(first.total).to.equal(2);
        expect(first.orderId).to.match(/^[0-9a-f-]{36}$/);
        expect(messages[0]?.MessageAttributes?.["correlationId"]?.StringValue).to.equal("c-1");
    });

    it("keeps an accepted message that is no order, and prints the remedy", async () => {
        const invalid = {
            orderId: "m-9",
            reason: "invalid",
            error: "not an order",
            messageId: "m-9",
            body: "{",
            receivedAt: "",
        };
        await put("rejected", invalid);
        const [left] = await run("rejected");
        expect(left).to.include({ outcome: "left" });
        expect(left?.words).to.include("inform the sender");
        expect(await count("rejected")).to.equal(1);
    });

    it("keeps a message without a known source, and prints the remedy", async () => {
        await put("aside", "anything");
        const [result] = await run("aside");
        expect(result).to.include({ outcome: "left" });
        expect(await count("aside")).to.equal(1);
    });

    it("leaves a message that fails again at once for the next redrive, instead of a loop", async () => {
        await put("orders-dlq", { orderId: "o-1" });
        const queue = relations.deadLettersNamed("orders-dlq");
        const results: Redriven[] = [];
        for await (const result of redrive({ stack, relations, queue, perSecond: 1000, isDry: false })) {
            results.push(result);
            await put("orders-dlq", { orderId: "o-1" });
            if (results.length > 5) break;
        }
        expect(results.slice(0, 2).map(({ outcome }) => outcome)).to.deep.equal(["redriven", "left"]);
        expect(await count("orders")).to.equal(1);
    });

    it("shows the plan in a dry run, and sends, deletes and audits nothing", async () => {
        for (let number = 0; number < 12; number += 1) await put("orders-dlq", { orderId: `o-${number}` });
        const before = (await auditRows()).length;
        expect(await outcomes("orders-dlq", { isDry: true })).to.deep.equal(Array(12).fill("would be redriven"));
        expect([await count("orders-dlq"), await count("orders"), (await auditRows()).length]).to.deep.equal([
            12,
            0,
            before,
        ]);
    });

    it("redrives the named message, and returns the others to the queue", async () => {
        for (let number = 0; number < 12; number += 1) await put("orders-dlq", { orderId: `o-${number}` });
        const all = await run("orders-dlq", { isDry: true });
        const meant = all[7]?.deadLetter.held;
        expect(await outcomes("orders-dlq", { messageId: meant?.messageId })).to.deep.equal(["redriven"]);
        expect((await received("orders")).map(({ Body }) => Body)).to.deep.equal([meant?.body]);
        expect(await count("orders-dlq")).to.equal(11);
        expect(await outcomes("orders-dlq", { messageId: "of another queue" })).to.deep.equal([]);
    });

    it("sends no more a second than is allowed", async () => {
        for (let number = 0; number < 3; number += 1) await put("orders-dlq", { orderId: `o-${number}` });
        const startedAt = performance.now();
        expect(await outcomes("orders-dlq", { perSecond: 10 })).to.have.length(3);
        expect(performance.now() - startedAt).to.be.greaterThan(290);
    });

    it("loses nothing when it is interrupted: received messages that are not deleted return to the queue", async () => {
        for (let number = 0; number < 3; number += 1) await put("orders-dlq", { orderId: `o-${number}` });
        const queue = relations.deadLettersNamed("orders-dlq");
        const sent: string[] = [];
        for await (const { deadLetter } of redrive({ stack, relations, queue, perSecond: 1000, isDry: false })) {
            sent.push(deadLetter.held.body);
            break;
        }
        expect(await count("orders-dlq")).to.equal(2);
        expect((await received("orders")).map(({ Body }) => Body)).to.deep.equal(sent);
        // One that is killed gives nothing back: then the time runs out for which it had hidden them.
        const killed = new Reading(stack.sqs, queue, 1);
        for await (const { body } of killed.messages(2)) expect(sent).to.not.include(body);
        const rest: string[] = [];
        await eventually(async () => {
            rest.push(...(await outcomes("orders-dlq")));
            return rest.length < 2 ? undefined : rest;
        });
        expect(rest).to.deep.equal(["redriven", "redriven"]);
    });
});
