import { expect } from "chai";
import { ApiKeys } from "../../components/parts/apiKeys.ts";
import { Bus } from "../../components/parts/bus.ts";
import { contextOf } from "../../components/parts/context.ts";
import { HttpApi } from "../../components/parts/httpApi.ts";
import { Queue } from "../../components/parts/queue.ts";
import { Table } from "../../components/parts/table.ts";
import { Deliveries } from "../../components/webhookFanout/deliveries.ts";
import { graphOf, type Recorded } from "../graph.ts";

/** Another program, which has events and sends them to endpoints. */
async function program(): Promise<object> {
    const context = contextOf();
    const api = new HttpApi("api", { name: "shop", context });
    const keys = new ApiKeys("keys", { context });
    const bus = new Bus("bus", { name: "order-processing-bus", context });
    const events = new Queue("events", { name: "webhook-deliveries-queue", consumerTimeout: 50, context });
    new Deliveries("webhooks", {
        api,
        authorization: keys.authorizer(api),
        events,
        bus,
        keys,
        eventTypes: new Table("types", { key: ["catalogue", "type"], context }),
        acpVersions: ["2026-01-30", "2026-04-17"],
        allowedAddresses: [],
        sends: true,
        context,
    });
    return {};
}

describe("deliveries to endpoints", () => {
    let graph: Recorded;
    const inputs = (type: string, name: string) => graph.one(type, name).inputs;

    before(async () => {
        graph = await graphOf("dev", {}, "up", program);
    });

    it("find deliveries by their time, and those with a next attempt by when that is due", () => {
        const table = inputs("aws:dynamodb/table:Table", "webhooks-deliveries-table");

        expect(table["globalSecondaryIndexes"]).to.deep.equal([
            {
                name: "byTime",
                keySchemas: [
                    { attributeName: "endpointId", keyType: "HASH" },
                    { attributeName: "occurredAt", keyType: "RANGE" },
                ],
                projectionType: "INCLUDE",
                nonKeyAttributes: ["eventType", "correlationId", "status", "attempts", "nextAttemptAt", "lastError"],
            },
            {
                name: "due",
                keySchemas: [
                    { attributeName: "dueShard", keyType: "HASH" },
                    { attributeName: "nextAttemptAt", keyType: "RANGE" },
                ],
                projectionType: "INCLUDE",
                nonKeyAttributes: ["tenantId", "attempts", "correlationId"],
            },
            {
                name: "waiting",
                keySchemas: [
                    { attributeName: "orderKey", keyType: "HASH" },
                    { attributeName: "nextAttemptAt", keyType: "RANGE" },
                ],
                projectionType: "KEYS_ONLY",
            },
        ]);
        expect(table["attributes"]).to.have.deep.members(
            ["endpointId", "deliveryId", "occurredAt", "dueShard", "nextAttemptAt", "orderKey"].map((name) => ({
                name,
                type: "S",
            })),
        );
        expect(table["ttl"]).to.deep.equal({ attributeName: "expiresAt", enabled: true });
    });

    it("wait in a queue for 14 days, hidden for five minutes, and are put aside after three faults of our own", () => {
        const queue = inputs("aws:sqs/queue:Queue", "webhooks-wake-ups-queue");

        expect(queue).to.include({ visibilityTimeoutSeconds: 300, messageRetentionSeconds: 1_209_600 });
        expect(JSON.parse(String(queue["redrivePolicy"]))).to.include({ maxReceiveCount: 3 });
        expect(inputs("aws:lambda/function:Function", "webhooks-deliver-function")).to.include({ timeout: 50 });
        expect(inputs("aws:lambda/function:Function", "webhooks-dispatch-function")).to.include({ timeout: 50 });
    });

    it("take the events of the order bus from a rule that the queue admits", () => {
        const target = inputs("aws:cloudwatch/eventTarget:EventTarget", "route-to-webhooks-target");

        // tests/components/program.spec.ts has the rule's pattern.
        expect(target["arn"]).to.equal(graph.one("aws:sqs/queue:Queue", "events-queue").outputs["arn"]);
    });

    it("are reconciled every five minutes by a schedule with retries and a dead-letter queue", () => {
        const schedule = inputs("aws:scheduler/schedule:Schedule", "webhooks-reconcile-schedule");
        const target = schedule["target"] as Record<string, unknown>;

        expect(schedule).to.include({ scheduleExpression: "rate(5 minutes)", groupName: "webhook-attempts-dev" });
        expect(target["arn"]).to.equal(
            graph.one("aws:lambda/function:Function", "webhooks-reconcile-function").outputs["arn"],
        );
        expect(target["deadLetterConfig"]).to.deep.equal({
            arn: graph.one("aws:sqs/queue:Queue", "webhooks-reconcile-failures").outputs["arn"],
        });
        expect(target["retryPolicy"]).to.deep.equal({ maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 });
    });

    it("are readable only with an API key, on every route", () => {
        const routes = graph.of("aws:apigatewayv2/route:Route").map(({ inputs: route }) => route);

        expect(routes).to.have.length(15);
        for (const route of routes) {
            expect(route["authorizationType"], String(route["routeKey"])).to.equal("CUSTOM");
            expect(String(route["routeKey"])).to.match(/^[A-Z]+ \/webhook_endpoints/);
        }
    });

    it("give the dispatcher the merchant's tenant, and allow only addresses of the internet", () => {
        const variables = (name: string) =>
            (inputs("aws:lambda/function:Function", name)["environment"] as { variables: Record<string, string> })
                .variables;

        const [{ id } = { id: "" }] = graph
            .of("aws:secretsmanager/secret:Secret")
            .filter(({ name }) => name === "keys-secret");
        expect(variables("webhooks-dispatch-function")).to.include({ API_KEYS_SECRET: id, PLAIN_KEY_SCOPES: "{}" });
        expect(variables("webhooks-deliver-function")).to.include({ ALLOWED_ADDRESSES: "" });
    });
});
