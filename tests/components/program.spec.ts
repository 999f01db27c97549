import { readFileSync } from "node:fs";
import { expect } from "chai";
import { ofSessions } from "../../components/checkoutSessions/payment.ts";
import { graphOf, type Recorded } from "../graph.ts";
import { direct, previewedVariants, variants } from "../variants.ts";

const lambda = "aws:lambda/function:Function";

describe("the program", () => {
    let dev: Recorded;
    let prod: Recorded;

    before(async () => {
        dev = await graphOf("dev");
        prod = await graphOf("prod");
    });

    it("fits a screen or two", () => {
        expect(readFileSync("index.ts", "utf8").split("\n").length).to.be.below(100);
    });

    it("gives what other systems know by name the seed's name and the environment", () => {
        const names = (graph: Recorded) =>
            [
                "aws:sqs/queue:Queue",
                "aws:dynamodb/table:Table",
                "aws:cloudwatch/eventBus:EventBus",
                "aws:sns/topic:Topic",
                lambda,
            ].flatMap((type) => graph.of(type).flatMap(({ inputs }) => inputs["name"] ?? []));
        expect(names(dev)).to.include.members([
            "ecommerce-orders-queue-dev",
            "order-notifications-queue-dev",
            "ecommerce-orders-dev",
            "order-processing-bus-dev",
            "order-processing-alarms-dev",
            "order-receiver-dev",
            "notifier-dev",
            "inventory-dev",
            "document-dev",
            "checkout-sessions-dev",
            "checkout-events-dev",
            "webhook-deliveries-queue-dev",
            "webhook-deliveries-queue-dlq-dev",
            "session-manager-dev",
            "checkout-carts-dev",
            "cart-keeper-dev",
            "tool-caller-dev",
            "event-publisher-dev",
            "order-notifications-dev",
            "pubsub-topic-dev",
            "pubsub-audit-dev",
            "pubsub-messages-dev",
            "pubsub-publisher-dev",
            "ecommerce-order-payments-dev",
            "order-payments-queue-dev",
            "payment-changer-dev",
            "payment-keeper-dev",
            "payment-announcer-dev",
            "catalog-products-dev",
            "catalog-discounts-dev",
            "catalog-stock-dev",
            "product-reader-dev",
            "product-changer-dev",
            "product-announcer-dev",
            "discount-code-keeper-dev",
            "commercetools-webhook-dev",
            "customer-sync-retries-dev",
            "customer-sync-dev",
            "webhook-endpoints-dev",
            "webhook-deliveries-dev",
            "webhook-attempts-dev",
            "webhook-capacity-dev",
            "webhook-attempts-queue-dev",
            "webhook-dispatcher-dev",
            "webhook-deliverer-dev",
            "webhook-reconciler-dev",
        ]);
        expect(names(prod).filter((name) => !String(name).endsWith("-prod"))).to.deep.equal([]);
    });

    it("routes every received order by rules of the seed's names, and what becomes of it to its session and to endpoints", () => {
        const rules = dev.of("aws:cloudwatch/eventRule:EventRule");
        const received = { "detail-type": ["order.received.v1"] };
        expect(
            Object.fromEntries(rules.map(({ inputs }) => [inputs["name"], JSON.parse(String(inputs["eventPattern"]))])),
        ).to.deep.include({
            "route-to-notifier": received,
            "route-to-inventory": received,
            "route-to-document": received,
            "route-to-announcements": received,
            "route-to-checkout": {
                "detail-type": [
                    "inventory.reserved.v1",
                    "inventory.shortage.v1",
                    "order.rejected.v1",
                    "order.updated.v1",
                    "payment.updated.v1",
                ],
                detail: ofSessions,
            },
            "route-to-webhooks": {
                $or: [
                    {
                        "detail-type": [
                            "order.received.v1",
                            "order.rejected.v1",
                            "inventory.reserved.v1",
                            "inventory.shortage.v1",
                            "document.generated.v1",
                            "payment.updated.v1",
                            "order.updated.v1",
                            "product.updated.v1",
                        ],
                    },
                    { source: [{ prefix: "tenant." }] },
                ],
            },
            "route-to-payments": {
                "detail-type": ["inventory.shortage.v1", "order.tracked.v1", "order.updated.v1", "payment.updated.v1"],
                detail: ofSessions,
            },
        });
        for (const { inputs } of rules) expect(inputs["eventBusName"]).to.equal("order-processing-bus-dev");
    });

    it("keeps sessions version by version and follows them", () => {
        const table = "aws:dynamodb/table:Table";
        expect(prod.one(table, "checkout-sessions-table").inputs).to.deep.include({
            hashKey: "SessionId",
            rangeKey: "Version",
            attributes: [
                { name: "SessionId", type: "S" },
                { name: "Version", type: "N" },
            ],
            streamEnabled: true,
            streamViewType: "NEW_AND_OLD_IMAGES",
        });
        expect(prod.one(table, "checkout-idempotency-table").inputs).to.deep.include({
            hashKey: "id",
            ttl: { attributeName: "expiresAt", enabled: true },
        });
        expect(prod.one(table, "catalog-discounts-table").inputs).to.include({ hashKey: "code" });
    });

    it("forgets in time what is of use for a time only", () => {
        const forgetting = prod
            .of("aws:dynamodb/table:Table")
            .filter(({ inputs }) => inputs["ttl"] !== undefined)
            .map(({ name, inputs }) => [name, inputs["ttl"]]);
        const ttl = { attributeName: "expiresAt", enabled: true };
        expect(forgetting).to.have.deep.members([
            ["orders-effects-table", ttl],
            ["checkout-sessions-table", ttl],
            ["checkout-idempotency-table", ttl],
            ["carts-carts-table", ttl],
            ["messages-audit-table", ttl],
            ["messages-copies-table", ttl],
            ["catalog-stock-table", ttl],
            ["messages-requests-table", ttl],
            ["customers-customers-table", ttl],
            ["webhooks-endpoints-table", ttl],
            ["webhooks-deliveries-table", ttl],
            ["webhooks-attempts-table", ttl],
            ["webhooks-capacity-table", ttl],
        ]);
    });

    it("outputs the addresses of its resources, and none of resources that do not exist", () => {
        for (const { outputs } of [dev, prod]) {
            for (const [name, value] of Object.entries(outputs)) expect(value, name).not.to.equal(undefined);
        }
        expect(dev.outputs["regionalEndpoints"]).to.have.all.keys("eu-west-1");
    });

    it("tags everything by its provider", () => {
        const [provider] = prod.of("pulumi:providers:aws");
        expect(JSON.parse(String(provider?.inputs["defaultTags"]))).to.deep.equal({
            tags: {
                Project: "OrderProcessing",
                Environment: "prod",
                ManagedBy: "Pulumi",
                CostCenter: "Engineering",
            },
        });
    });

    it("hangs every resource below a component", () => {
        const orphans = dev.resources.filter(
            ({ parent, type }) =>
                type.startsWith("aws:") && (parent === undefined || parent.includes("pulumi:pulumi:Stack")),
        );
        expect(orphans.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("runs every function on Node 24 and arm64, with JSON logs, tracing, a time limit and retained logs", () => {
        expect(dev.of(lambda)).to.have.length.greaterThan(6);
        // No API waits longer than 30 seconds.
        const answering = dev
            .of("aws:lambda/permission:Permission")
            .filter(({ inputs }) => inputs["principal"] === "apigateway.amazonaws.com")
            .map(({ inputs }) => dev.of(lambda).find(({ outputs }) => outputs["name"] === inputs["function"])?.name);
        expect(answering).to.include("webhooks-endpoints-function").and.not.to.include(undefined);
        for (const { inputs, name } of [...dev.of(lambda), ...prod.of(lambda)]) {
            expect(inputs, name).to.include({ runtime: "nodejs24.x" });
            expect(inputs["architectures"], name).to.deep.equal(["arm64"]);
            expect(inputs["tracingConfig"], name).to.deep.equal({ mode: "Active" });
            expect(inputs["loggingConfig"], name).to.include({ logFormat: "JSON" });
            expect(inputs["timeout"], name).to.be.within(1, answering.includes(name) ? 30 : 60);
        }
        for (const graph of [dev, prod]) {
            const groups = graph.of("aws:cloudwatch/logGroup:LogGroup");
            expect(groups).to.have.length(graph.of(lambda).length + 1);
            expect(new Set(groups.map(({ inputs }) => inputs["retentionInDays"]))).to.deep.equal(
                new Set([graph === dev ? 7 : 365]),
            );
        }
    });

    it("has tables that can be restored to any second and are paid by use", () => {
        for (const { inputs, name } of dev.of("aws:dynamodb/table:Table")) {
            expect(inputs["pointInTimeRecovery"], name).to.deep.equal({ enabled: true });
            expect(inputs["billingMode"], name).to.equal("PAY_PER_REQUEST");
        }
    });

    it("leaves nothing behind in dev", () => {
        for (const { inputs } of dev.of("aws:dynamodb/table:Table")) {
            expect(inputs["deletionProtectionEnabled"]).to.equal(false);
        }
        for (const { protect, inputs } of dev.of("aws:s3/bucket:Bucket")) {
            expect(protect).to.equal(false);
            expect(inputs["forceDestroy"]).to.equal(true);
        }
    });

    it("has outputs that another process can be sent, those within tables, too", () => {
        for (const { outputs } of [dev, prod]) {
            expect(structuredClone(outputs)).to.deep.equal(outputs);
            expect(outputs["regionalEndpoints"]).to.deep.equal({ "eu-west-1": outputs["ApiEndpoint"] });
        }
    });

    it("lets all go, and changes nothing else, once takeDown names the stack that is about to be destroyed", async () => {
        const going = await graphOf("prod", { "deployment.takeDown": "prod" });
        const before = new Map(prod.resources.map((resource) => [resource.urn, resource]));
        expect(going.resources.map(({ urn }) => urn)).to.have.members([...before.keys()]);
        const changed = new Set<string>();
        for (const { urn, type, inputs, protect } of going.resources) {
            expect(protect, urn).not.to.equal(true);
            const { deletionProtectionEnabled, forceDestroy, recoveryWindowInDays } = inputs;
            expect(deletionProtectionEnabled, urn).not.to.equal(true);
            expect(forceDestroy ?? true, urn).to.equal(true);
            expect(recoveryWindowInDays ?? 0, urn).to.equal(0);
            if (/^aws:.*:(Bucket|Vault)$/.test(type)) expect(inputs, urn).to.have.property("forceDestroy");
            const kept = before.get(urn)?.inputs ?? {};
            for (const key of new Set([...Object.keys(inputs), ...Object.keys(kept)])) {
                // Components show the settings that they were given.
                const isSame = JSON.stringify(inputs[key]) === JSON.stringify(kept[key]);
                if (!isSame && key !== "settings") changed.add(key);
            }
        }
        expect([...changed]).to.have.members(["deletionProtectionEnabled", "forceDestroy", "recoveryWindowInDays"]);
    });

    it("serves one HTTP API from the root and below the environment's name, with access logs and throttling", () => {
        expect(prod.of("aws:apigatewayv2/api:Api")).to.have.length(1);
        const stages = prod.of("aws:apigatewayv2/stage:Stage");
        expect(stages.map(({ inputs }) => inputs["name"])).to.have.members(["$default", "prod"]);
        for (const { inputs } of stages) {
            expect(inputs["accessLogSettings"]).to.have.property("destinationArn");
            expect(inputs["defaultRouteSettings"]).to.include({
                throttlingRateLimit: 1000,
                throttlingBurstLimit: 2000,
            });
        }
        expect(prod.outputs["ApiEndpoint"]).to.equal("https://api.execute-api.eu-west-1.amazonaws.com");
    });

    it("answers browsers of the allowed origins only", async () => {
        expect(prod.of("aws:apigatewayv2/api:Api")[0]?.inputs).not.to.have.property("corsConfiguration");
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        const graph = await graphOf(stack, settings);
        const cors = graph.of("aws:apigatewayv2/api:Api")[0]?.inputs["corsConfiguration"];
        expect(cors).to.deep.include({ allowOrigins: ["https://shop.example.com"] });
        expect(cors)
            .to.have.property("allowHeaders")
            .that.includes.members(["authorization", "api-version", "idempotency-key", "request-id"]);
        expect(cors)
            .to.have.property("exposeHeaders")
            .that.includes.members(["idempotency-key", "idempotent-replayed", "request-id", "retry-after", "allow"]);
    });

    it("sends announcements and alarms to the addresses of the settings", () => {
        const subscriptions = prod
            .of("aws:sns/topicSubscription:TopicSubscription")
            .map(({ inputs }) => inputs)
            .filter(({ protocol }) => protocol !== "lambda" && protocol !== "sqs");
        expect(subscriptions.map(({ protocol, endpoint }) => [protocol, endpoint])).to.have.deep.members([
            ["email", "orders@example.com"],
            ["email", "operations@example.com"],
        ]);
    });

    for (const [name, { stack, settings }] of Object.entries(previewedVariants)) {
        it(`previews what it makes (${name})`, async () => {
            const listed = ({ resources }: Recorded) => resources.map(({ urn }) => urn);
            expect(listed(await graphOf(stack, settings, "preview"))).to.have.members(
                listed(await graphOf(stack, settings)),
            );
        });
    }

    it("has no route to publish messages and sends no webhooks where the settings want none", async () => {
        const { stack, settings } = variants["everything off"] ?? expect.fail("there is no such variant");
        const graph = await graphOf(stack, settings);
        const removed = dev.of(lambda).filter(({ name }) => !graph.of(lambda).some((kept) => kept.name === name));
        expect(removed.map(({ name }) => name)).to.have.members([
            "messages-publish-function",
            "webhooks-endpoints-function",
            "webhooks-dispatch-function",
            "webhooks-deliver-function",
            "webhooks-reconcile-function",
            "webhooks-rotate-sealing-function",
            "replays-manage-function",
            "replays-page-function",
        ]);
        const routes = graph.of("aws:apigatewayv2/route:Route").map(({ inputs }) => String(inputs["routeKey"]));
        expect(routes.filter((route) => /messages|webhook/.test(route))).to.deep.equal([]);
        expect(graph.of("aws:sns/topic:Topic").map(({ name }) => name)).to.include("messages-topic-topic");
        expect(graph.outputs["deliveriesQueueUrl"]).to.match(/webhook-deliveries-queue-dev$/);
    });

    it("writes requests straight into the orders queue when the front is the queue", async () => {
        const { stack, settings } = direct("apiKey");
        const graph = await graphOf(stack, settings);
        const { inputs } = graph.one("aws:apigatewayv2/integration:Integration", "orders-front-integration");
        expect(inputs).to.include({ integrationType: "AWS_PROXY", integrationSubtype: "SQS-SendMessage" });
        expect(inputs["requestParameters"]).to.deep.equal({
            QueueUrl: graph.outputs["ordersQueueUrl"],
            MessageBody: "$request.body",
            MessageAttributes: JSON.stringify({
                correlationId: { DataType: "String", StringValue: `\${context.requestId}` },
            }),
        });
        expect(inputs["responseParameters"]).to.deep.equal([
            { statusCode: "200", mappings: { "overwrite:statuscode": "202" } },
        ]);
        expect(graph.one(lambda, "orders-store-function").inputs["environment"]).to.deep.nested.include({
            "variables.FRONT": "queue",
        });
    });
});
