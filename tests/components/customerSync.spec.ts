import { expect } from "chai";
import { Bus } from "../../components/parts/bus.ts";
import { contextOf } from "../../components/parts/context.ts";
import { Table } from "../../components/parts/table.ts";
import { CustomerSync, type CustomerSyncArgs } from "../../components/webhookFanout/customerSync.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";

type Choices = Partial<Omit<CustomerSyncArgs, "context">>;

const recorded = (choices: Choices = {}, stack = "dev", mode: "up" | "preview" = "up") =>
    graphOf(stack, {}, mode, async () => {
        const context = contextOf();
        const table = new Table("audit", { key: ["chain", { name: "sequence", type: "N" }], context });
        const audit = {
            environment: { AUDIT_TABLE: table.name, AUDIT_DAYS: "90" },
            allow: table.allow("GetItem", "PutItem"),
        };
        const bus = new Bus("events", { name: "order-processing-bus", context });
        new CustomerSync("customers", {
            segmentRegion: "us",
            commercetoolsApi: false,
            bus,
            audit,
            ...choices,
            context,
        });
        return {};
    });

const topicArn = "arn:aws:sns:eu-west-1:000000000000:commercetools-webhook-dev";
describe("CustomerSync", () => {
    let graph: Recorded;
    const topic = () => graph.one("aws:sns/topic:Topic", "customers-events-topic");
    const callback = () => graph.one("aws:lambda/function:Function", "customers-sync-function");
    const queue = () => graph.one("aws:sqs/queue:Queue", "customers-retries-queue");

    before(async () => {
        graph = await recorded();
    });

    it("has the topic that the source system names, with a display name", async () => {
        expect(topic().inputs).to.include({
            name: "commercetools-webhook-dev",
            displayName: "Customer events of commercetools",
        });
        expect(topic().outputs["arn"]).to.equal(topicArn);
        const prod = await recorded({}, "prod");
        expect(prod.one("aws:sns/topic:Topic", "customers-events-topic").inputs["name"]).to.equal(
            "commercetools-webhook-prod",
        );
    });

    it("lets only commercetools publish to that topic, and only with TLS", () => {
        const [policy, ...more] = graph.of("aws:sns/topicPolicy:TopicPolicy");
        expect(more).to.deep.equal([]);
        expect(policy?.inputs["arn"]).to.equal(topicArn);
        expect(statementsOf(policy?.inputs["policy"])).to.deep.equal([
            {
                Sid: "CommercetoolsPublishes",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::362576667341:user/subscriptions" },
                Action: "sns:Publish",
                Resource: topicArn,
            },
            {
                Sid: "NobodyPublishesWithoutTls",
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
    });

    it("lets another principal publish in place of commercetools' own", async () => {
        const publisher = "arn:aws-cn:iam::417094354346:user/subscriptions";
        const [policy] = (await recorded({ publisher })).of("aws:sns/topicPolicy:TopicPolicy");
        const [admission] = statementsOf(policy?.inputs["policy"]);
        expect(admission?.Principal).to.deep.equal({ AWS: publisher });
    });

    it("asks nothing of the publisher but the right to publish: its account has no right to a key of ours", () => {
        expect(topic().inputs).not.to.have.property("kmsMasterKeyId");
    });

    it("has the topic invoke the callback directly, and only that topic", () => {
        const [subscription, ...more] = graph.of("aws:sns/topicSubscription:TopicSubscription");
        expect(more).to.deep.equal([]);
        expect(subscription?.inputs).to.include({
            topic: topicArn,
            protocol: "lambda",
            endpoint: callback().outputs["arn"],
        });
        const [permission, ...others] = graph.of("aws:lambda/permission:Permission");
        expect(others).to.deep.equal([]);
        expect(permission?.inputs).to.include({
            action: "lambda:InvokeFunction",
            principal: "sns.amazonaws.com",
            sourceArn: topicArn,
            function: "customer-sync-dev",
        });
        const { deadLetterTargetArn } = JSON.parse(String(subscription?.inputs["redrivePolicy"]));
        expect(deadLetterTargetArn).to.equal(
            graph.one("aws:sqs/queue:Queue", "customers-sync-failures").outputs["arn"],
        );
    });

    it("retries unconfirmed changes for three hours, item by item, and keeps them for 14 days", () => {
        const [mapping, ...more] = graph.of("aws:lambda/eventSourceMapping:EventSourceMapping");
        expect(more).to.deep.equal([]);
        expect(mapping?.inputs).to.deep.include({
            eventSourceArn: queue().outputs["arn"],
            functionName: callback().outputs["arn"],
            batchSize: 10,
            functionResponseTypes: ["ReportBatchItemFailures"],
        });
        const { visibilityTimeoutSeconds, messageRetentionSeconds, redrivePolicy } = queue().inputs;
        const { maxReceiveCount, deadLetterTargetArn } = JSON.parse(String(redrivePolicy));
        expect(visibilityTimeoutSeconds).to.equal(6 * Number(callback().inputs["timeout"]));
        expect(Number(visibilityTimeoutSeconds) * maxReceiveCount).to.equal(3 * 60 * 60);
        expect(messageRetentionSeconds).to.equal(14 * 24 * 60 * 60);
        const deadLetters = graph.one("aws:sqs/queue:Queue", "customers-retries-dead-letters");
        expect(deadLetterTargetArn).to.equal(deadLetters.outputs["arn"]);
    });

    it("has the callback read its secrets by their ARNs, and no secret in its environment", () => {
        const { variables } = callback().inputs["environment"] as { variables: Record<string, string> };
        expect(variables).to.deep.include({
            SEGMENT_SECRET: graph.one("aws:secretsmanager/secret:Secret", "customers-segment-secret").outputs["arn"],
            SEGMENT_REGION: "us",
            COMMERCETOOLS_SECRET: "",
            CUSTOMERS_TABLE: "customer-sync-dev",
            RETRY_QUEUE_URL: queue().outputs["url"],
            RETRY_QUEUE_ARN: queue().outputs["arn"],
            PARKED_QUEUE_URL: graph.one("aws:sqs/queue:Queue", "customers-parked").outputs["url"],
            DELETIONS: "queue",
        });
        const secrets = graph.of("aws:secretsmanager/secret:Secret").map(({ inputs }) => inputs["name"]);
        expect(secrets).to.deep.equal(["commerce-segment-dev", "commerce-commercetools-dev"]);
    });

    const rightsIn = (recorded: Recorded) =>
        recorded.statements("customers-sync").flatMap(({ Action }) => [Action].flat());

    it("requests deletions by an event that a queue keeps for its reader", () => {
        const rule = graph.one("aws:cloudwatch/eventRule:EventRule", "route-to-customer-deletions");
        expect(JSON.parse(String(rule.inputs["eventPattern"]))).to.deep.equal({
            "detail-type": ["customer.deleted.v1"],
        });
        const target = graph.one("aws:cloudwatch/eventTarget:EventTarget", "route-to-customer-deletions-target");
        const deletions = graph.one("aws:sqs/queue:Queue", "customers-deletions");
        expect(target.inputs["arn"]).to.equal(deletions.outputs["arn"]);
        expect(deletions.inputs).to.include({ name: "customer-deletions-dev", messageRetentionSeconds: 14 * 86_400 });
        expect(rightsIn(graph)).to.include("events:PutEvents");
    });

    it("requests deletions of Segment where that is set, and may publish no events then", async () => {
        const asking = await recorded({ deletion: "segment" });
        const { inputs } = asking.one("aws:lambda/function:Function", "customers-sync-function");
        expect((inputs["environment"] as { variables: object }).variables).to.include({ DELETIONS: "segment" });
        expect(rightsIn(asking)).not.to.include("events:PutEvents");
    });

    it("remembers customers for as long as it must", () => {
        expect(graph.one("aws:dynamodb/table:Table", "customers-customers-table").inputs).to.deep.include({
            name: "customer-sync-dev",
            hashKey: "customer",
            ttl: { attributeName: "expiresAt", enabled: true },
        });
    });

    const secretsReadIn = (recorded: Recorded) =>
        recorded
            .statements("customers-sync")
            .filter(({ Action }) => [Action].flat().includes("secretsmanager:GetSecretValue"))
            .flatMap(({ Resource }) => Resource);

    it("may read the API client of commercetools where customers are read from there, and only there", async () => {
        const reading = await recorded({ commercetoolsApi: true, segmentRegion: "eu" });
        const { inputs } = reading.one("aws:lambda/function:Function", "customers-sync-function");
        const secret = reading.one("aws:secretsmanager/secret:Secret", "customers-commercetools-secret");
        expect(secretsReadIn(reading)).to.deep.equal([...secretsReadIn(graph), secret.outputs["arn"]]);
        expect((inputs["environment"] as { variables: object }).variables).to.include({
            COMMERCETOOLS_SECRET: secret.outputs["arn"],
            SEGMENT_REGION: "eu",
        });
    });
});
