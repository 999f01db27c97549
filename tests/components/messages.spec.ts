import { expect } from "chai";
import { contextOf } from "../../components/parts/context.ts";
import { HttpApi } from "../../components/parts/httpApi.ts";
import { takeInventory } from "../../components/parts/inventory.ts";
import { Key } from "../../components/parts/key.ts";
import { Monitoring } from "../../components/production/monitoring.ts";
import { Messages, type MessagesArgs } from "../../components/webhookFanout/messages.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";
import { several } from "../variants.ts";

const types = {
    topic: "aws:sns/topic:Topic",
    subscription: "aws:sns/topicSubscription:TopicSubscription",
    table: "aws:dynamodb/table:Table",
    queue: "aws:sqs/queue:Queue",
    queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
    function: "aws:lambda/function:Function",
    mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
    route: "aws:apigatewayv2/route:Route",
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
} as const;

/** Another program, which publishes messages and adds two subscribers. */
const programWith = (publishes: boolean) => async (): Promise<object> => {
    const context = contextOf();
    const inventory = takeInventory();
    const key = new Key("messages-key", { description: "Messages.", services: [], context });
    const api = new HttpApi("api", { name: "shop", context });
    const publisher: MessagesArgs["publisher"] = { api, authorization: { type: "AWS_IAM" } };
    const messages = new Messages("messages", { ...(publishes && { publisher }), retentionDays: 400, key, context });
    messages.subscribe<typeof import("../../runtime/webhookFanout/alertOnMessage.ts")>("urgent", {
        entry: "webhookFanout/alertOnMessage",
        name: "urgent-alerts",
        description: "Logs the urgent ones.",
        filter: { MessageType: ["urgent"], Environment: ["dev"] },
        concurrency: 5,
    });
    messages.subscribe<typeof import("../../runtime/webhookFanout/recordMessage.ts")>("archive", {
        entry: "webhookFanout/recordMessage",
        name: "message-archive",
        description: "Keeps the orders' messages.",
        filter: { MessageType: [{ prefix: "order." }] },
        batch: 50,
        concurrency: 4,
        timeout: 20,
        environment: { MESSAGES_TABLE: "archive" },
    });
    new Monitoring("monitoring", { inventory, key, context });
    return {};
};

describe("messages", () => {
    let graph: Recorded;
    const topicArn = () => graph.one(types.topic, "messages-topic-topic").outputs["arn"];
    const variablesOf = (callback: string) =>
        (graph.one(types.function, `${callback}-function`).inputs["environment"] as { variables: object }).variables;
    before(async () => {
        graph = await graphOf("dev", {}, "up", programWith(true));
    });

    for (const mode of ["up", "preview"] as const) {
        it(`are a topic, two tables that forget in time, and a callback for each subscriber (${mode})`, async () => {
            const whole = mode === "up" ? graph : await graphOf("dev", {}, mode, programWith(true));
            expect(whole.one(types.topic, "messages-topic-topic").inputs).to.include({ name: "pubsub-topic-dev" });
            for (const [name, table] of [
                ["messages-audit-table", "pubsub-audit-dev"],
                ["messages-copies-table", "pubsub-messages-dev"],
            ] as const) {
                const { inputs } = whole.one(types.table, name);
                expect(inputs).to.deep.include({
                    name: table,
                    ttl: { attributeName: "expiresAt", enabled: true },
                    pointInTimeRecovery: { enabled: true },
                });
            }
            expect(whole.of(types.function).map(({ inputs }) => inputs["name"])).to.have.members([
                "pubsub-publisher-dev",
                "message-recorder-dev",
                "message-alerts-dev",
                "urgent-alerts-dev",
                "message-archive-dev",
                "audit-anchor-dev",
            ]);
        });
    }

    it("have the heads of their audit trail in a bucket with versions, locked where the setting says so", async () => {
        const lock = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
        const whole = await graphOf(several.stack, several.settings);
        const bucket = whole.one("aws:s3/bucket:Bucket", "messages-anchors-bucket").id;
        expect(
            whole.one("aws:s3/bucketVersioning:BucketVersioning", "messages-anchors-versions").inputs,
        ).to.deep.include({
            bucket,
            versioningConfiguration: { status: "Enabled" },
        });
        expect(whole.one(lock, "messages-anchors-lock").inputs).to.deep.include({
            bucket,
            rule: { defaultRetention: { mode: "COMPLIANCE", days: 92 } },
        });
        expect((await graphOf("dev")).of(lock)).to.deep.equal([]);
    });

    it("are published by POST /messages, for authenticated callers, in half a minute at most", () => {
        const [route, ...more] = graph.of(types.route);
        expect(more).to.deep.equal([]);
        expect(route?.inputs).to.include({ routeKey: "POST /messages", authorizationType: "AWS_IAM" });
        expect(graph.one(types.function, "messages-publish-function").inputs).to.include({ timeout: 30 });
        expect(variablesOf("messages-publish")).to.deep.include({ TOPIC_ARN: topicArn(), ENVIRONMENT: "dev" });
    });

    it("are published only with the permission to publish to the topic where the program has no API", async () => {
        const closed = await graphOf("dev", {}, "up", programWith(false));

        expect(closed.of(types.route)).to.deep.equal([]);
        expect(closed.of(types.function).map(({ name }) => name)).not.to.include("messages-publish-function");
        expect(closed.of(types.function)).to.have.length(5);
    });

    it("reach a function directly from the topic, by its filter, with a queue for failed messages", () => {
        const { inputs } = graph.one(types.subscription, "messages-urgent-messages");
        expect(inputs).to.include({ topic: topicArn(), protocol: "lambda" });
        expect(JSON.parse(String(inputs["filterPolicy"]))).to.deep.equal({
            MessageType: ["urgent"],
            Environment: ["dev"],
        });
        const failures = graph.one(types.queue, "messages-urgent-failures").outputs["arn"];
        expect(JSON.parse(String(inputs["redrivePolicy"]))).to.deep.equal({ deadLetterTargetArn: failures });
        expect(graph.one(types.function, "messages-urgent-function").inputs).to.include({
            reservedConcurrentExecutions: 5,
        });
    });

    it("reach a function in batches by a queue that admits the topic, whole and not raw, and fail one by one", () => {
        const { inputs } = graph.one(types.subscription, "messages-archive-messages");
        const queue = graph.one(types.queue, "messages-archive-queue");
        const deadLetters = graph.one(types.queue, "messages-archive-dead-letters").outputs["arn"];
        expect(inputs).to.include({ topic: topicArn(), protocol: "sqs", endpoint: queue.outputs["arn"] });
        expect(inputs).not.to.have.property("rawMessageDelivery");
        expect(JSON.parse(String(inputs["filterPolicy"]))).to.deep.equal({ MessageType: [{ prefix: "order." }] });
        expect(JSON.parse(String(inputs["redrivePolicy"]))).to.deep.equal({ deadLetterTargetArn: deadLetters });
        expect(queue.inputs).to.include({ visibilityTimeoutSeconds: 120, messageRetentionSeconds: 1_209_600 });
        expect(JSON.parse(String(queue.inputs["redrivePolicy"]))).to.deep.equal({
            deadLetterTargetArn: deadLetters,
            maxReceiveCount: 3,
        });
        for (const [policy, resource] of [
            ["messages-archive-queue-policy", queue.outputs["arn"]],
            ["messages-archive-dead-letters-policy", deadLetters],
        ] as const) {
            const [admission, refusal] = statementsOf(graph.one(types.queuePolicy, policy).inputs["policy"]);
            expect(refusal).to.deep.include({
                Effect: "Deny",
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            });
            expect([admission]).to.deep.equal([
                {
                    Effect: "Allow",
                    Principal: { Service: "sns.amazonaws.com" },
                    Action: "sqs:SendMessage",
                    Resource: resource,
                    Condition: { ArnLike: { "aws:SourceArn": topicArn() } },
                },
            ]);
        }
        expect(graph.one(types.mapping, "messages-archive-batches").inputs).to.deep.include({
            eventSourceArn: queue.outputs["arn"],
            batchSize: 50,
            maximumBatchingWindowInSeconds: 1,
            functionResponseTypes: ["ReportBatchItemFailures"],
            scalingConfig: { maximumConcurrency: 4 },
        });
    });

    it("are not throttled by the function's concurrency where they come by a queue", () => {
        const { inputs } = graph.one(types.function, "messages-archive-function");

        expect(inputs).to.include({ timeout: 20 }).and.not.to.have.property("reservedConcurrentExecutions");
    });

    it("come in batches as large and as many as every other queue's where nothing limits them", () => {
        expect(graph.one(types.mapping, "messages-record-batches").inputs).to.deep.include({
            batchSize: 10,
            functionResponseTypes: ["ReportBatchItemFailures"],
            scalingConfig: { maximumConcurrency: 50 },
        });
    });

    it("go to every subscriber in the program, by its filter", () => {
        const filters = graph.of(types.subscription).map(({ name, inputs }) => [name, inputs["filterPolicy"]]);
        expect(filters).to.have.deep.members([
            ["messages-record-messages", undefined],
            ["messages-alert-messages", '{"MessageType":["business-alert",{"prefix":"business-alert."}]}'],
            ["messages-urgent-messages", '{"MessageType":["urgent"],"Environment":["dev"]}'],
            ["messages-archive-messages", '{"MessageType":[{"prefix":"order."}]}'],
        ]);
    });

    it("are distinguished in the audit by the subscriber, also where two have the same code", () => {
        for (const name of ["record", "alert", "urgent", "archive"]) {
            expect(variablesOf(`messages-${name}`)).to.deep.include({
                SUBSCRIBER: name,
                AUDIT_TABLE: "pubsub-audit-dev",
                AUDIT_DAYS: "400",
            });
        }
        expect(variablesOf("messages-archive")).to.deep.include({ MESSAGES_TABLE: "archive" });
    });
});
