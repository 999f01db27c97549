import * as sqsModel from "@aws-sdk/client-sqs";
import {
    ChangeMessageVisibilityBatchCommand,
    ChangeMessageVisibilityCommand,
    CreateQueueCommand,
    DeleteMessageBatchCommand,
    type MessageAttributeValue,
    PurgeQueueCommand,
    ReceiveMessageCommand,
    SendMessageBatchCommand,
    SendMessageCommand,
    type SendMessageCommandInput,
    SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { jsonType, queryCode } from "../../src/aws/queueErrors.ts";
import { Purges } from "../../src/endpoint/queueLimits.ts";
import { type Cloud, failure, queueArn, startCloud } from "./startedCloud.ts";

describe("What SQS refuses", () => {
    let cloud: Cloud;
    let sqs: SQSClient;
    let QueueUrl: string;
    let fifoUrl: string;

    before(async () => {
        cloud = await startCloud();
        sqs = new SQSClient(cloud.as());
        const create = async (QueueName: string, Attributes: Record<string, string>) =>
            (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
        QueueUrl = await create("small", { MaximumMessageSize: "262144" });
        fifoUrl = await create("ordered.fifo", { FifoQueue: "true", ContentBasedDeduplication: "true" });
    });
    after(() => cloud.stop());

    const send = (input: Partial<SendMessageCommandInput>) =>
        sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x", ...input }));
    const attribute = (name: string, value: Partial<MessageAttributeValue>) => ({
        MessageAttributes: { [name]: { DataType: "String", StringValue: "v", ...value } },
    });

    const messages: Readonly<Record<string, Partial<SendMessageCommandInput>>> = {
        "a text one byte above the queue's maximum": { MessageBody: "x".repeat(262_145) },
        "a text that is above the queue's maximum with its attributes": {
            MessageBody: "x".repeat(262_144 - 7),
            ...attribute("a", { StringValue: "v" }),
        },
        "a text in wide characters whose bytes are above the queue's maximum": { MessageBody: "ü".repeat(131_073) },
        "a delay below 0": { DelaySeconds: -1 },
        "a delay above 900": { DelaySeconds: 901 },
        "eleven attributes": {
            MessageAttributes: Object.fromEntries(
                Array.from({ length: 11 }, (_, index) => [`a${index}`, { DataType: "String", StringValue: "v" }]),
            ),
        },
        "an attribute without a value": attribute("a", { StringValue: "" }),
        "an attribute of no type of SQS": attribute("a", { DataType: "Text" }),
        "a number that is none": attribute("a", { DataType: "Number", StringValue: "ten" }),
        "a number of more than 38 digits": attribute("a", { DataType: "Number", StringValue: "1".repeat(39) }),
        "a number that is too large": attribute("a", { DataType: "Number", StringValue: "1e200" }),
        "a number that is too small": attribute("a", { DataType: "Number.float", StringValue: "1e-140" }),
        "an attribute with a character that XML lacks": attribute("a", { StringValue: "a\u0001" }),
        "an attribute with half of a character": attribute("a", { StringValue: "a\ud800" }),
        "a system attribute that senders have not": {
            MessageSystemAttributes: { SenderId: { DataType: "String", StringValue: "me" } } as never,
        },
        "a system attribute that is no text": {
            MessageSystemAttributes: { AWSTraceHeader: { DataType: "Number", StringValue: "1" } },
        },
        "a binary attribute with a text": attribute("a", { DataType: "Binary" }),
        "an attribute whose name has a space": attribute("a b", {}),
        "an attribute whose name begins with AWS.": attribute("AWS.trace", {}),
        "an attribute whose name ends with a dot": attribute("a.", {}),
        "an attribute whose name has two dots in a row": attribute("a..b", {}),
        "an attribute whose name is longer than 256": attribute("a".repeat(257), {}),
        "a deduplication id on a standard queue": { MessageDeduplicationId: "d" },
        "a group with a space": { MessageGroupId: "a b" },
    };
    for (const [what, input] of Object.entries(messages)) {
        it(`refuses ${what}, alone and in a batch, where it fails its own entry`, async () => {
            const refused = await failure(send(input));
            expect(refused).to.include({ name: "InvalidParameterValue", Code: "InvalidParameterValue" });
            const { Successful = [], Failed = [] } = await sqs.send(
                new SendMessageBatchCommand({
                    QueueUrl,
                    Entries: [
                        { Id: "bad", MessageBody: "x", ...input },
                        { Id: "good", MessageBody: "x" },
                    ],
                }),
            );
            expect(Successful.map(({ Id }) => Id)).to.deep.equal(["good"]);
            const [failed] = Failed;
            expect(failed).to.include({ Id: "bad", Code: "InvalidParameterValue", SenderFault: true });
            expect(failed?.Message).to.equal(refused.message);
        });
    }

    it("takes what is just within: the maximum, the longest delay, ten attributes, a fair queue's group", async () => {
        const names = Array.from({ length: 10 }, (_, index) => `a${index}`);
        await send({ MessageBody: "x".repeat(262_144) });
        await send({ DelaySeconds: 900 });
        await send({
            MessageGroupId: "tenant-1",
            MessageAttributes: {
                ...Object.fromEntries(names.slice(2).map((name) => [name, { DataType: "String", StringValue: "v" }])),
                "a.Number-0": { DataType: "Number.int", StringValue: "-1.5e3" },
                binary: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
            },
        });
    });

    it("refuses a message without a text", async () => {
        expect((await failure(send({ MessageBody: "" }))).name).to.equal("MissingParameter");
        const Entries = [{ Id: "1", MessageBody: "" }];
        const refused = await failure(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
        expect(refused.name).to.equal("MissingParameter");
    });

    it("refuses a message of a FIFO queue with a delay of its own", async () => {
        const refused = await failure(send({ QueueUrl: fifoUrl, MessageGroupId: "g", DelaySeconds: 1 }));
        expect(refused.name).to.equal("InvalidParameterValue");
    });

    const entriesOf = (count: number) => Array.from({ length: count }, (_, index) => ({ Id: `${index}` }));
    const batches: readonly [what: string, entries: { Id: string }[], error: string][] = [
        ["no entries", [], "EmptyBatchRequest"],
        ["eleven entries", entriesOf(11), "TooManyEntriesInBatchRequest"],
        ["the same id twice", [{ Id: "1" }, { Id: "1" }], "BatchEntryIdsNotDistinct"],
        ["an id with a dot", [{ Id: "a.b" }], "InvalidBatchEntryId"],
        ["an id longer than 80", [{ Id: "a".repeat(81) }], "InvalidBatchEntryId"],
        ["an empty id", [{ Id: "" }], "InvalidBatchEntryId"],
    ];
    for (const [what, entries, name] of batches) {
        it(`refuses a batch with ${what}: to send, delete and change`, async () => {
            const ReceiptHandle = "01234567-89ab-cdef-0123-456789abcdef";
            const handles = entries.map((entry) => ({ ...entry, ReceiptHandle }));
            const Entries = entries.map((entry) => ({ ...entry, MessageBody: "x" }));
            const shown = handles.map((entry) => ({ ...entry, VisibilityTimeout: 1 }));
            for (const call of [
                sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
                sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles })),
                sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: shown })),
            ]) {
                expect(await failure(call)).to.include({ name, Code: `AWS.SimpleQueueService.${name}` });
            }
        });
    }

    it("refuses a batch whose messages are above a megabyte together", async () => {
        const MessageBody = "x".repeat(209_716);
        const Entries = entriesOf(5).map((entry) => ({ ...entry, MessageBody }));
        const refused = await failure(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
        expect(refused.name).to.equal("BatchRequestTooLong");
        expect(refused.message).to.include("You have sent 1048580 bytes.");
    });

    it("refuses numbers and names that ReceiveMessage and ChangeMessageVisibility do not have", async () => {
        for (const input of [
            { MaxNumberOfMessages: 0 },
            { MaxNumberOfMessages: 11 },
            { WaitTimeSeconds: 21 },
            { VisibilityTimeout: 43_201 },
        ]) {
            const refused = await failure(sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input })));
            expect(refused.name, JSON.stringify(input)).to.equal("InvalidParameterValue");
        }
        const unknown = { input: { QueueUrl, AttributeNames: ["Colour"] } };
        const call = cloud.call({ kind: "administrator" }, "sqs", "ReceiveMessage", unknown.input);
        expect((await failure(call)).name).to.equal("InvalidAttributeName");
        const ReceiptHandle = "01234567-89ab-cdef-0123-456789abcdef";
        const change = { QueueUrl, ReceiptHandle, VisibilityTimeout: 43_201 };
        const changed = await failure(sqs.send(new ChangeMessageVisibilityCommand(change)));
        expect(changed.name).to.equal("InvalidParameterValue");
    });

    it("refuses a dead-letter queue after no receive and after more than a thousand", async () => {
        for (const maxReceiveCount of [0, 1001, "often"]) {
            const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("small"), maxReceiveCount });
            const create = new CreateQueueCommand({ QueueName: "redriven", Attributes: { RedrivePolicy } });
            expect((await failure(sqs.send(create))).name).to.equal("InvalidParameterValue");
        }
    });

    it("purges a queue once in 60 seconds", async () => {
        await sqs.send(new PurgeQueueCommand({ QueueUrl }));
        const refused = await failure(sqs.send(new PurgeQueueCommand({ QueueUrl })));
        expect(refused.name).to.equal("PurgeQueueInProgress");
        await sqs.send(new PurgeQueueCommand({ QueueUrl: fifoUrl }));

        const purges = new Purges();
        purges.admit("small", 1_000);
        expect(() => purges.admit("small", 60_999)).to.throw("every 60 seconds");
        purges.admit("small", 61_000);
    });

    it("tells that a queue does not exist before anything else about it", async () => {
        const nowhere = `${cloud.endpoint.origin}/000000000000/nowhere`;
        for (const call of [
            sqs.send(new PurgeQueueCommand({ QueueUrl: nowhere })),
            sqs.send(new SendMessageCommand({ QueueUrl: nowhere, MessageBody: "x" })),
        ]) {
            const refused = await failure(call);
            expect(refused).to.include({
                name: "QueueDoesNotExist",
                Code: "AWS.SimpleQueueService.NonExistentQueue",
            });
        }
    });

    it("names each error as SQS does in both of its protocols", () => {
        const errors = Object.entries(sqsModel).flatMap(([name, schema]) => {
            const traits: unknown = Array.isArray(schema) && schema[0] === -3 ? schema[3] : undefined;
            const hasQueryName = typeof traits === "object" && traits !== null && "awsQueryError" in traits;
            return hasQueryName && Array.isArray(traits.awsQueryError)
                ? [{ name: name.replace(/\$$/, ""), query: String(traits.awsQueryError[0]) }]
                : [];
        });
        expect(errors.length).to.be.greaterThan(20);
        for (const { name, query } of errors.filter(({ name }) => !name.startsWith("Kms"))) {
            expect(queryCode(name), name).to.equal(query);
            expect(jsonType(name), name).to.equal(`com.amazonaws.sqs#${name}`);
        }
        expect(jsonType("InvalidParameterValue")).to.equal("com.amazon.coral.service#InvalidParameterValueException");
        expect(jsonType("AccessDenied")).to.equal("com.amazon.coral.service#AccessDeniedException");
    });
});
