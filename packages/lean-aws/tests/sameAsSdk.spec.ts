import { createHash } from "node:crypto";
import type { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import { type Call, json, type Reaction, type Seen, sideBySide } from "./sideBySide.ts";

describe("The lean clients and the AWS SDK's", () => {
    const { aws, both } = sideBySide();
    const queue = () => `${aws.url}/000000000000/orders`;
    const send =
        (input: object = {}): Call =>
        ({ sqs }) =>
            new sqs.SQSClient({}).send(new sqs.SendMessageCommand({ QueueUrl: queue(), MessageBody: "a", ...input }));
    const readSecret: Call = ({ secrets }) =>
        new secrets.SecretsManagerClient({}).send(new secrets.GetSecretValueCommand({ SecretId: "keys" }));
    const md5 = (text: unknown) => createHash("md5").update(String(text)).digest("hex");
    const sent = ({ body }: Seen) =>
        json({ MessageId: "1", MD5OfMessageBody: md5(Object(body)["MessageBody"]), SequenceNumber: undefined });

    describe("send the same and give the same", () => {
        it("for messages of queues, whose MD5 they check", async () => {
            const MessageAttributes = {
                one: { DataType: "String", StringValue: "ü" },
                two: { DataType: "Binary", BinaryValue: Buffer.from([0, 255]) },
                three: { DataType: "Binary", BinaryValue: Uint8Array.of(1) },
            };
            await both(send({ MessageAttributes, DelaySeconds: 0, MessageGroupId: undefined }), sent);
            await both(send({ MessageBody: "" }), sent);
            const { outcome } = await both(send(), json({ MessageId: "1", MD5OfMessageBody: md5("another") }));
            expect(outcome).to.have.nested.property("error.message", "InvalidChecksumError");

            const batch: Call = ({ sqs }) =>
                new sqs.SQSClient({}).send(
                    new sqs.SendMessageBatchCommand({
                        QueueUrl: queue(),
                        Entries: ["1", "2", "3"].map((Id) => ({ Id, MessageBody: `body ${Id}` })),
                    }),
                );
            const entry = (Id: string) => ({ Id, MessageId: `m-${Id}`, MD5OfMessageBody: md5(`body ${Id}`) });
            const Failed = [{ Id: "3", SenderFault: true, Code: "InvalidMessageContents" }];
            await both(batch, json({ Successful: [entry("1"), entry("2")], Failed }));
            await both(batch, json({ Successful: [entry("1"), { ...entry("2"), MD5OfMessageBody: "x" }] }));
            await both(batch, json({ Failed }));
            await both(
                ({ sqs }) =>
                    new sqs.SQSClient({}).send(
                        new sqs.GetQueueAttributesCommand({ QueueUrl: queue(), AttributeNames: ["QueueArn"] }),
                    ),
                json({ Attributes: { QueueArn: "arn" } }),
            );
        });

        it("for secrets, with their times and bytes", async () => {
            const times = { CreatedDate: 1_523_477_145.713, LastChangedDate: 1_700_000_000 };
            await both(readSecret, json({ Name: "keys", CreatedDate: times.CreatedDate, SecretString: "{}" }));
            await both(readSecret, json({ Name: "keys", SecretBinary: "AP8=" }));
            await both(
                ({ secrets }) =>
                    new secrets.SecretsManagerClient({}).send(new secrets.DescribeSecretCommand({ SecretId: "keys" })),
                json({ ...times, NextRotationDate: 1.5, VersionIdsToStages: { v1: ["AWSPENDING"] } }),
            );
            const put =
                (input: object, token?: string): Call =>
                ({ secrets }) => {
                    const asked = { SecretId: "keys", ClientRequestToken: token, ...input };
                    return new secrets.SecretsManagerClient({}).send(new secrets.PutSecretValueCommand(asked));
                };
            await both(put({ SecretString: "a" }, "given"), json({}));
            await both(put({ SecretBinary: Buffer.from("b") }, "given"), json({}));
            await both(
                ({ secrets }) =>
                    new secrets.SecretsManagerClient({ region: "us-west-2" }).send(
                        new secrets.UpdateSecretVersionStageCommand({ SecretId: "k", VersionStage: "AWSCURRENT" }),
                    ),
                json({}),
            );
        });

        it("for signatures and keys, which are bytes", async () => {
            const input = { KeyId: "arn", SigningAlgorithm: "ECDSA_SHA_256", MessageType: "RAW" } as const;
            const sign =
                (Message: Uint8Array): Call =>
                ({ kms }) =>
                    new kms.KMSClient({}).send(new kms.SignCommand({ ...input, Message }));
            const signed = json({ KeyId: "arn", Signature: "AP8=", SigningAlgorithm: "ECDSA_SHA_256" });
            await both(sign(Buffer.from("text")), signed);
            await both(sign(Uint8Array.of(0, 255)), signed);
            const refused = json({ __type: "KMSInvalidStateException", message: "is pending deletion" }, 400);
            const { outcome } = await both(sign(Uint8Array.of(1)), refused);
            expect(outcome).to.have.nested.property("error.class", "KMSInvalidStateException");
            await both(
                ({ kms }) => new kms.KMSClient({}).send(new kms.GetPublicKeyCommand({ KeyId: "arn" })),
                json({ KeyId: "arn", PublicKey: "AP8=", SigningAlgorithms: ["ECDSA_SHA_256"] }),
            );
        });

        it("for any documents, in every operation of items", async () => {
            const number = fc.oneof(
                fc.integer(),
                fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
            );
            const set = fc.oneof(
                fc.uniqueArray(fc.string(), { minLength: 1 }).map((all) => new Set(all)),
                fc.uniqueArray(fc.integer(), { minLength: 1 }).map((all) => new Set(all)),
            );
            const name = fc
                .oneof(fc.string(), fc.constantFrom("B", "BS", "S", "M", "Item"))
                .filter((one) => one !== "__proto__");
            const { value } = fc.letrec((tie) => ({
                leaf: fc.oneof(
                    ...[fc.string(), number, fc.boolean(), fc.constant(null), fc.constant(undefined), set],
                    fc.bigInt({ min: 2n ** 60n, max: 2n ** 64n }),
                    fc.uint8Array(),
                ),
                value: fc.oneof(
                    { maxDepth: 3 },
                    tie("leaf"),
                    fc.array(tie("value")),
                    fc.dictionary(name, tie("value"), { noNullPrototype: true }),
                ),
            }));
            const item = fc.dictionary(name, value, { noNullPrototype: true });
            const same = fc.asyncProperty(item, item, async (one, two) => {
                const values = { ExpressionAttributeValues: { ":one": one, ":two": two["S"] ?? 1 } };
                const inputs = {
                    GetCommand: { TableName: "t", Key: one },
                    PutCommand: { TableName: "t", Item: one, ...values },
                    UpdateCommand: { TableName: "t", Key: one, UpdateExpression: "SET a = :one", ...values },
                    DeleteCommand: { TableName: "t", Key: one, ...values },
                    QueryCommand: { TableName: "t", ExclusiveStartKey: two, ...values },
                    ScanCommand: { TableName: "t", ...values },
                    BatchGetCommand: { RequestItems: { Keys: { Keys: [one, two], ConsistentRead: true } } },
                    BatchWriteCommand: {
                        RequestItems: { Item: [{ PutRequest: { Item: one } }, { DeleteRequest: { Key: two } }] },
                    },
                    TransactGetCommand: { TransactItems: [{ Get: { TableName: "t", Key: one } }] },
                    TransactWriteCommand: {
                        ClientRequestToken: "given",
                        TransactItems: [
                            { Put: { TableName: "t", Item: one, ...values } },
                            { Update: { TableName: "t", Key: two, UpdateExpression: "x", ...values } },
                            { Delete: { TableName: "t", Key: two } },
                            { ConditionCheck: { TableName: "t", Key: one, ConditionExpression: "x" } },
                        ],
                    },
                } as const;
                const names = Object.keys(inputs) as (keyof typeof inputs)[];
                for (const operation of names) {
                    const call: Call = ({ dynamo, documents }) => {
                        const client = documents.DynamoDBDocumentClient.from(new dynamo.DynamoDBClient({}), {
                            marshallOptions: { removeUndefinedValues: true },
                        });
                        // Each has its own input.
                        const Command = documents[operation] as new (input: object) => GetCommand;
                        return client.send(new Command(inputs[operation]));
                    };
                    await both(call, echoed);
                }
            });
            await fc.assert(same, { numRuns: 12 });
        });
    });
});

/** Answers with an item of the request, wherever the output of its operation may have one. */
function echoed({ headers, body }: Seen): Reaction {
    const asked = Object(body);
    const item =
        asked["Item"] ?? asked["Key"] ?? asked["ExclusiveStartKey"] ?? asked["ExpressionAttributeValues"] ?? {};
    const metrics = { ItemCollectionKey: item, SizeEstimateRangeGB: [0, 1] };
    const written = { Attributes: item, ItemCollectionMetrics: metrics };
    const pages = { Items: [item, {}], Count: 2, ScannedCount: 2, LastEvaluatedKey: item };
    const outputs: Readonly<Record<string, object>> = {
        GetItem: { Item: item },
        PutItem: written,
        UpdateItem: written,
        DeleteItem: written,
        Query: pages,
        Scan: pages,
        BatchGetItem: {
            Responses: { Item: [item, {}] },
            UnprocessedKeys: { Keys: { Keys: [item], ProjectionExpression: "a" } },
        },
        BatchWriteItem: {
            UnprocessedItems: { Item: [{ PutRequest: { Item: item } }, { DeleteRequest: { Key: item } }] },
            ItemCollectionMetrics: { Item: [metrics] },
        },
        TransactGetItems: { Responses: [{ Item: item }, {}] },
        TransactWriteItems: { ItemCollectionMetrics: { Item: [metrics] } },
    };
    const [, operation = ""] = String(headers["x-amz-target"]).split(".");
    return json(outputs[operation] ?? {});
}
