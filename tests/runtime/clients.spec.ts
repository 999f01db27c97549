import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { allow, type Cloud, receive as messagesIn, startCloud } from "embedded-aws/testing";
import { digestOf } from "../../runtime/shared/apiKeys.ts";
import { bundleOf } from "./support/bundles.ts";
import { guide, readyCart } from "./support/checkout.ts";
import { createTables } from "./support/database.ts";
import { cartBody, type HttpAnswer, httpRequest } from "./support/events.ts";
import { RunningFunction } from "./support/function.ts";
import { merchant } from "./support/market.ts";

const secretArn = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:api-keys-AbCdEf";
const key = { id: "one", sha256: digestOf("key-of-agent").toString("hex"), created: "2026-01-01T00:00:00Z" };

/** The specs of the callbacks run with FUNCTIONS_SDK=full too, in `npm run proof`: this one has both beside each other. */
describe("a bundle in front of the embedded cloud", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            roles: {
                allowed: allow(["sqs:*", "dynamodb:*", "secretsmanager:GetSecretValue"], "*"),
                // Of the two rights that `receive` needs, one: its pre-warm goes well, its message does not.
                careless: allow("sqs:GetQueueAttributes", "*"),
            },
            secrets: [
                {
                    arn: secretArn,
                    name: "api-keys",
                    secretString: JSON.stringify({ agent: { scopes: ["checkout"], keys: [key] } }),
                },
            ],
        });
        const sqs = new SQSClient(cloud.as());
        for (const QueueName of ["lean", "full"]) await sqs.send(new CreateQueueCommand({ QueueName }));
        const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(cloud.as()));
        await createTables(dynamo);
        await dynamo.send(new PutCommand({ TableName: "products", Item: { ...guide } }));
    });
    after(() => cloud.stop());

    /** What a bundle answers and logs, in a process of its own that ends with the test. */
    async function running<Result>(
        entry: string,
        sdk: "lean" | "full",
        role: string,
        use: (callback: RunningFunction) => Promise<Result>,
    ): Promise<Result> {
        const { endpoint, region, credentials } = cloud.as(role);
        const callback = await RunningFunction.start(await bundleOf(entry, sdk), {
            AWS_REGION: region,
            AWS_ENDPOINT_URL: endpoint,
            AWS_ACCESS_KEY_ID: credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
            AWS_LAMBDA_FUNCTION_NAME: "function-under-test",
            LOG_LEVEL: "debug",
            ORDERS_QUEUE_URL: `${endpoint}/000000000000/${sdk}`,
            ORDERS_TABLE: "orders",
            EFFECTS_TABLE: "effects",
            HISTORY_DAYS: "0",
            SESSIONS_TABLE: "sessions",
            IDEMPOTENCY_TABLE: "idempotency",
            PRODUCTS_TABLE: "products",
            DISCOUNTS_TABLE: "discounts",
            API_KEYS_SECRET: secretArn,
            PLAIN_KEY_SCOPES: "{}",
            MERCHANT: JSON.stringify(merchant),
        });
        try {
            return await use(callback);
        } finally {
            await callback.kill();
        }
    }

    for (const sdk of ["lean", "full"] as const) {
        it(`takes an order, and checks its id in the table (${sdk})`, async () => {
            const request = httpRequest({ body: JSON.stringify({ ...cartBody, orderId: `${sdk}-1` }) });
            const answer = await running("orderIntake/receive", sdk, "allowed", (receive) => receive.invoke(request));
            expect(answer).to.include({ statusCode: 202 });
            const [message] = await messagesIn(cloud, sdk);
            expect(JSON.parse(message?.Body ?? "{}")).to.deep.include({ orderId: `${sdk}-1`, total: 99.99 });
            expect(message?.MessageAttributes).to.have.nested.property("orderId.StringValue", `${sdk}-1`);
        });

        it(`names what its role does not allow (${sdk})`, async () => {
            await running("orderIntake/receive", sdk, "careless", async (receive) => {
                const answer = await receive.invoke(httpRequest({ body: JSON.stringify(cartBody) }));
                expect(answer).to.include({ statusCode: 503 });
                const { error } = receive.log.find(({ level }) => level === "error") ?? {};
                expect(error).to.include({ name: "AccessDenied" });
                expect(error).to.have.property("message").that.includes("sqs:SendMessage");
            });
        });

        it(`keeps a checkout session, and the answer to its key (${sdk})`, async () => {
            await running("checkoutSessions/manage", sdk, "allowed", async (manage) => {
                const ask = async (
                    routeKey: string,
                    over: object,
                ): Promise<{ status: number; json: { id: string } }> => {
                    const [, rawPath = ""] = routeKey.split(" ");
                    const headers = {
                        authorization: "Bearer key-of-agent",
                        "api-version": "2026-04-17",
                        "idempotency-key": `key-${sdk}`,
                    };
                    const answer = await manage.invoke(httpRequest({ routeKey, rawPath, headers, ...over }));
                    const { statusCode, body } = answer as HttpAnswer;
                    return { status: statusCode, json: JSON.parse(body) };
                };
                const body = JSON.stringify(readyCart);
                const created = await ask("POST /checkout_sessions", { body });
                const again = await ask("POST /checkout_sessions", { body });
                const pathParameters = { id: created.json.id };
                const read = await ask("GET /checkout_sessions/{id}", { pathParameters });

                expect([created.status, again.status, read.status]).to.deep.equal([201, 201, 200]);
                expect(again.json).to.deep.equal(created.json);
                expect(read.json).to.deep.equal(created.json);
            });
        });
    }
});
