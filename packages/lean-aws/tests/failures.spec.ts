import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { type Call, json, lean, type Reaction, sideBySide } from "./sideBySide.ts";

/** Exceptions of operations as the SDK documents them. */
function documented(client: string, commands: readonly string[]): string[] {
    const types = join(dirname(createRequire(import.meta.url).resolve(client)), "../dist-types/commands");
    const texts = commands.map((command) => readFileSync(join(types, `${command}Command.d.ts`), "utf8"));
    return [
        ...new Set(
            texts.flatMap((text) =>
                [...text.matchAll(/@throws \{@link (?!\w+ServiceException)(\w+)\}/g)].map(([, name = ""]) => name),
            ),
        ),
    ];
}

const services = {
    sqs: documented("@aws-sdk/client-sqs", ["SendMessage", "SendMessageBatch", "GetQueueAttributes"]),
    secrets: documented("@aws-sdk/client-secrets-manager", [
        ...["GetSecretValue", "DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage"],
    ]),
    dynamo: documented("@aws-sdk/client-dynamodb", [
        ...["GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem", "BatchWriteItem"],
        ...["Query", "Scan", "TransactGetItems", "TransactWriteItems"],
    ]),
};

describe("A failed call, with the lean clients as with the AWS SDK's,", () => {
    const { aws, both } = sideBySide();
    const calls: Readonly<Record<keyof typeof services, Call>> = {
        sqs: ({ sqs }) => {
            const message = { QueueUrl: `${aws.url}/000000000000/orders`, MessageBody: "a" };
            return new sqs.SQSClient({}).send(new sqs.SendMessageCommand(message));
        },
        secrets: ({ secrets }) =>
            new secrets.SecretsManagerClient({}).send(new secrets.PutSecretValueCommand({ SecretId: "keys" })),
        dynamo: ({ dynamo, documents }) =>
            documents.DynamoDBDocumentClient.from(new dynamo.DynamoDBClient({})).send(
                new documents.TransactWriteCommand({ TransactItems: [] }),
            ),
    };
    const message = { MessageId: "1", MD5OfMessageBody: "0cc175b9c0f1b6a831c399e269772661" };

    describe("is an exception with the same class, name and fields", () => {
        for (const [service, names] of Object.entries(services)) {
            for (const name of names) {
                it(`${service}: ${name}`, async () => {
                    const call = calls[service as keyof typeof services];
                    const type = `com.amazonaws.${service}#${name}`;
                    await both(call, json({ __type: type, message: "why" }, 400));
                    await both(
                        call,
                        json({ Message: "why", more: [1, null] }, 400, { "x-amzn-errortype": `${name}:http://x` }),
                    );
                });
            }
        }

        it("also where the service does not say what it is, or says something new", async () => {
            for (const call of Object.values(calls)) {
                await both(call, { status: 400, body: "" });
                await both(call, json({}, 404));
                await both(call, json({ __type: "com.amazon.coral.service#NewException", message: "new" }, 400));
                await both(call, json({ __type: "AccessDeniedException", Message: "not you" }, 400));
                await both(call, json({ code: "Coded", message: "why" }, 403));
            }
        });

        it("also where what the service says is no object, no JSON, or a name that every object has", async () => {
            for (const call of Object.values(calls)) {
                for (const status of [200, 400, 500]) {
                    for (const body of ["null", "[]", "5", '"x"', "true", "{", "<html>"])
                        await both(call, { status, body });
                }
                for (const name of ["toString", "constructor", "__proto__"]) {
                    await both(call, json({ __type: `x#${name}`, message: "why" }, 400));
                    const headers = { "x-amzn-query-error": `${name};Sender` };
                    await both(call, json({ __type: "x#New", message: "why" }, 400, headers));
                }
            }
        });

        it("with the reasons of a cancelled transaction, and their items", async () => {
            const reasons = [
                { Code: "None" },
                {
                    Code: "ConditionalCheckFailed",
                    Message: "The conditional request failed",
                    Item: {
                        id: { S: "1" },
                        B: { B: "AP8=" },
                        all: { L: [{ BS: ["AQ=="] }, { M: { N: { N: "1" } } }] },
                    },
                },
            ];
            const body = {
                __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                CancellationReasons: reasons,
            };
            const { outcome } = await both(calls.dynamo, json({ ...body, Message: "Transaction cancelled" }, 400));
            expect(outcome).to.have.nested.property("error.CancellationReasons[1].Item.B.B.bytes", "00ff");
            await both(calls.dynamo, json({ ...body, message: "Transaction cancelled" }, 400));
            const Item = { data: { B: "AP8=" } };
            await both(calls.dynamo, json({ __type: "x#ConditionalCheckFailedException", message: "no", Item }, 400));
        });

        it("with the code of the older protocol of SQS", async () => {
            const codes = [
                ["AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"],
                ["AWS.SimpleQueueService.UnsupportedOperation", "UnsupportedOperation"],
                ["AWS.SimpleQueueService.InvalidBatchEntryId", "InvalidBatchEntryId"],
                ["AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "TooManyEntriesInBatchRequest"],
                ["AWS.SimpleQueueService.EmptyBatchRequest", "EmptyBatchRequest"],
                ["AWS.SimpleQueueService.BatchRequestTooLong", "BatchRequestTooLong"],
                ["AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "BatchEntryIdsNotDistinct"],
                ["KMS.AccessDeniedException", "KmsAccessDenied"],
                ["KMS.DisabledException", "KmsDisabled"],
                ["KMS.InvalidKeyUsageException", "KmsInvalidKeyUsage"],
                ["KMS.InvalidStateException", "KmsInvalidState"],
                ["KMS.NotFoundException", "KmsNotFound"],
                ["KMS.OptInRequired", "KmsOptInRequired"],
                ["KMS.ThrottlingException", "KmsThrottled"],
                ["InvalidSecurity", "InvalidSecurity"],
                ["Unheard", "UnheardException"],
            ];
            for (const [code, name] of codes) {
                const body = { __type: `com.amazonaws.sqs#${name}`, message: "why" };
                await both(calls.sqs, json(body, 400, { "x-amzn-query-error": `${code};Sender` }));
                await both(
                    calls.sqs,
                    json({ ...body, message: undefined, Message: "why" }, 400, {
                        "x-amzn-query-error": `${code};Sender`,
                    }),
                );
            }
        });

        it("where the response is no JSON", async () => {
            for (const status of [200, 400]) await both(calls.secrets, { status, body: "<html>" });
            await both(calls.secrets, { status: 503, body: "<html>" });
        });
    });

    describe("is tried again the same number of times", () => {
        const throttled = json({ __type: "ThrottlingException", message: "slower" }, 400);
        const done = json(message);
        const cases: Readonly<Record<string, readonly Reaction[]>> = {
            "after throttling": [throttled, done],
            "after throttling that goes on": [throttled],
            "after 429": [json({ __type: "Other", message: "" }, 429), done],
            "after 500": [json({ __type: "InternalFailure" }, 500), json({ __type: "InternalFailure" }, 500), done],
            "after 502": [{ status: 502, body: "" }],
            "after 503 in HTML": [{ status: 503, body: "<html>" }, done],
            "after 504": [{ status: 504, body: "{}" }],
            "and not after 501": [json({ __type: "NotImplemented" }, 501)],
            "and not after a refusal": [json({ __type: "ValidationException", message: "" }, 400)],
            "when the connection ends": ["hang up", done],
            "when the connection ends each time": ["hang up"],
            "when the response is cut off": ["break off", done],
            "when the signature has expired": [
                json(
                    { __type: "InvalidSignatureException", message: "Signature expired: 1 is now earlier than 2" },
                    403,
                ),
                done,
            ],
        };
        for (const [what, reactions] of Object.entries(cases)) {
            it(what, async () => {
                await both(calls.sqs, ...reactions);
                // The outputs of the others have no members of a message.
                const others = reactions.map((reaction) => (reaction === done ? {} : reaction));
                for (const call of [calls.secrets, calls.dynamo]) await both(call, ...others);
            });
        }

        it("when a middleware of the program asks for it", async () => {
            const conflicting: Call = ({ dynamo, documents }) => {
                const client = new dynamo.DynamoDBClient({});
                client.middlewareStack.add(
                    (next) => async (request) => {
                        try {
                            return await next(request);
                        } catch (error) {
                            throw Object.assign(Object(error), { $retryable: { throttling: false } });
                        }
                    },
                    { step: "finalizeRequest", priority: "low" },
                );
                const command = new documents.PutCommand({ TableName: "orders", Item: { orderId: "1" } });
                return documents.DynamoDBDocumentClient.from(client).send(command);
            };
            const conflict = json({ __type: "TransactionConflictException", message: "another writes" }, 400);
            expect((await both(conflicting, conflict, conflict, {})).requests).to.have.length(3);
            expect((await both(conflicting, conflict)).requests).to.have.length(4);
        });

        it("as the code and the environment say", async () => {
            const limited: Call = ({ dynamo }) =>
                new dynamo.DynamoDBClient({ maxAttempts: 2 }).send(
                    new dynamo.GetItemCommand({ TableName: "t", Key: {} }),
                );
            const { requests } = await both(limited, throttled);
            expect(requests).to.have.length(2);
            process.env["AWS_MAX_ATTEMPTS"] = "5";
            expect((await both(calls.sqs, throttled)).requests).to.have.length(5);
            expect((await both(limited, throttled)).requests).to.have.length(2);
        });

        it("until the quota of retries is used up, which successes fill again", async () => {
            const many: Call = async ({ secrets }) => {
                const client = new secrets.SecretsManagerClient({});
                const attempts: unknown[] = [];
                for (let call = 0; call < 60; call += 1) {
                    const answer = client.send(new secrets.GetSecretValueCommand({ SecretId: "keys" }));
                    attempts.push((await answer.catch((error) => error)).$metadata.attempts);
                }
                return { attempts };
            };
            let count = 0;
            const usually = () => {
                count += 1;
                return count % 50 === 0 ? json({}) : json({ __type: "InternalFailure" }, 500);
            };
            // Both start at the same place of the series.
            const { outcome } = await both(many, ({ headers }) => {
                if (headers["amz-sdk-request"]?.toString().startsWith("attempt=1") && aws.seen.length === 1) count = 0;
                return usually();
            });
            expect(JSON.stringify(outcome)).to.include("1,1,1");
        });
    });

    it("has the same id and the same token at every try, and another one at the next call", async () => {
        const ids: string[] = [];
        for (const call of [calls.secrets, calls.dynamo]) {
            aws.forget();
            aws.reactions = [{ status: 500 }, "hang up", {}];
            await call(lean);
            const tokens = new Set(aws.seen.map(({ body }) => Object(body)["ClientRequestToken"]));
            const invocations = new Set(aws.seen.map(({ headers }) => headers["amz-sdk-invocation-id"]));
            expect(aws.seen).to.have.length(3);
            expect([tokens.size, invocations.size]).to.deep.equal([1, 1]);
            ids.push(...[...tokens, ...invocations].map(String));
        }
        expect(new Set(ids).size).to.equal(4);
        for (const id of ids) expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    });

    it("waits as long as the service asks, before it is tried again", async () => {
        for (const headers of [{ "x-amz-retry-after": "120" }, { "retry-after": "0.12" }]) {
            const start = performance.now();
            await both(calls.secrets, json({ __type: "ThrottlingException" }, 400, headers), json({}));
            // Each kind of clients once; a timer may be a little early.
            expect(performance.now() - start).to.be.greaterThan(230);
        }
        await both(calls.secrets, json({ __type: "ThrottlingException" }, 400, { "retry-after": "soon" }), json({}));
    });

    it("is signed with the time of AWS when this machine's clock is wrong", async () => {
        for (const wrong of [-3_600_000, 3_600_000]) {
            const { outcome } = await both(calls.sqs, ({ headers }) => {
                const there = Date.now() + wrong;
                const signed = String(headers["x-amz-date"]).replace(
                    /(....)(..)(..)T(..)(..)(..)Z/,
                    "$1-$2-$3T$4:$5:$6Z",
                );
                const date = { date: new Date(there).toUTCString() };
                if (Math.abs(Date.parse(signed) - there) < 300_000) return json(message, 200, date);
                return json({ __type: "InvalidSignatureException", message: "Signature not yet current" }, 403, date);
            });
            expect(outcome).to.have.nested.property("output.metadata.attempts", 2);
        }
    });

    describe("is stopped by its caller's signal", () => {
        let controller: AbortController;
        const stoppable: Call = ({ secrets }) => {
            controller = new AbortController();
            return new secrets.SecretsManagerClient({}).send(new secrets.GetSecretValueCommand({ SecretId: "keys" }), {
                abortSignal: controller.signal,
            });
        };
        const isAborted = { name: "AbortError", message: "Request aborted" };

        it("before it is sent", async () => {
            const stopped: Call = (clients) => {
                const answer = stoppable(clients);
                controller.abort("enough");
                return answer;
            };
            const { requests, outcome } = await both(stopped, {});
            expect(requests).to.have.length(0);
            expect(outcome).to.have.property("error").that.includes(isAborted);
        });

        it("while it waits for the response", async () => {
            const { requests, outcome } = await both(stoppable, () => {
                controller.abort();
                return "no answer";
            });
            expect(requests).to.have.length(1);
            expect(outcome).to.have.property("error").that.includes(isAborted);
        });

        it("while it waits for the next try", async () => {
            const { requests, outcome } = await both(stoppable, () => {
                setTimeout(() => controller.abort(), 50);
                return json({ __type: "ThrottlingException" }, 400, { "x-amz-retry-after": "4000" });
            });
            expect(requests).to.have.length(1);
            expect(outcome).to.have.property("error").that.includes(isAborted);
        });
    });
});
