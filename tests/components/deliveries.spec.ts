import { expect } from "chai";
import { ApiKeys } from "../../components/parts/apiKeys.ts";
import { Bus } from "../../components/parts/bus.ts";
import { contextOf } from "../../components/parts/context.ts";
import { HttpApi } from "../../components/parts/httpApi.ts";
import { takeInventory } from "../../components/parts/inventory.ts";
import { Key } from "../../components/parts/key.ts";
import { Queue } from "../../components/parts/queue.ts";
import { Monitoring } from "../../components/production/monitoring.ts";
import { Deliveries } from "../../components/webhookFanout/deliveries.ts";
import { graphOf, type Recorded, type Statement, statementsOf } from "../graph.ts";

/** A program of somebody else's that has events and tells endpoints of them. */
async function program(): Promise<object> {
    const context = contextOf();
    const inventory = takeInventory();
    const key = new Key("messages", { description: "Messages.", services: ["events.amazonaws.com"], context });
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
        allowedAddresses: [],
        sends: true,
        context,
    });
    new Monitoring("monitoring", { inventory, key, context });
    return {};
}

const list = (value: string | string[]) => (Array.isArray(value) ? value : [value]);
const readable = (arn: string) =>
    arn
        .replace("arn:aws:", "")
        .replace(/:(eu-west-1)?:(000000000000)?:/, ":")
        .replace(/-[0-9a-f]{6,7}\b/, "");
const rights = (statements: readonly Statement[]) =>
    statements.map(
        ({ Action, Resource }) => `${list(Action).join(", ")} on ${list(Resource).map(readable).join(", ")}`,
    );

const endpoints = "dynamodb:table/webhook-endpoints-dev";
const deliveries = "dynamodb:table/webhook-deliveries-dev";
const wake = "sqs:SendMessage on sqs:webhook-attempts-queue-dev";
const consume = "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on sqs:";
const unseal = "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-webhook-sealing-dev";

const expected: Readonly<Record<string, { readonly name: string; readonly may: readonly string[] }>> = {
    "webhooks-endpoints": {
        name: "webhook-endpoints",
        may: [
            `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem, dynamodb:Query on ${endpoints}`,
            `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on ${deliveries}`,
            `dynamodb:Query on ${deliveries}/index/byTime`,
            "dynamodb:Query on dynamodb:table/webhook-attempts-dev",
            wake,
            unseal,
        ],
    },
    "webhooks-dispatch": {
        name: "webhook-dispatcher",
        may: [
            `dynamodb:Query on ${endpoints}`,
            `dynamodb:PutItem on ${deliveries}`,
            wake,
            "secretsmanager:GetSecretValue on secretsmanager:secret:commerce-api-keys-dev",
            `${consume}webhook-deliveries-queue-dev`,
        ],
    },
    "webhooks-deliver": {
        name: "webhook-deliverer",
        may: [
            `dynamodb:GetItem, dynamodb:BatchGetItem, dynamodb:UpdateItem on ${endpoints}`,
            `dynamodb:BatchGetItem, dynamodb:UpdateItem on ${deliveries}`,
            `dynamodb:Query on ${deliveries}/index/waiting`,
            "dynamodb:PutItem, dynamodb:DeleteItem on dynamodb:table/webhook-attempts-dev",
            "dynamodb:UpdateItem on dynamodb:table/webhook-capacity-dev",
            wake,
            "sqs:SendMessage on sqs:webhook-deliveries-queue-dev",
            "sqs:SendMessage on sqs:webhooks-exhausted",
            "scheduler:CreateSchedule on scheduler:schedule/webhook-attempts-dev/*",
            "iam:PassRole on iam:role/webhooks-waking-role",
            unseal,
            `${consume}webhook-attempts-queue-dev`,
        ],
    },
    "webhooks-reconcile": {
        name: "webhook-reconciler",
        may: [`dynamodb:UpdateItem on ${deliveries}`, `dynamodb:Query on ${deliveries}/index/due`, wake],
    },
};

describe("deliveries to endpoints", () => {
    let graph: Recorded;
    const inputs = (type: string, name: string) => graph.one(type, name).inputs;

    before(async () => {
        graph = await graphOf("dev", {}, "up", program);
    });

    for (const [callback, { name, may }] of Object.entries(expected)) {
        it(`let ${name} do exactly what it does`, () => {
            expect(rights(graph.statements(callback))).to.have.members([
                ...may,
                `sqs:SendMessage on sqs:${callback}-failures`,
                `logs:CreateLogStream, logs:PutLogEvents on logs:log-group:/aws/lambda/${name}-dev:log-stream:*`,
                "xray:PutTraceSegments, xray:PutTelemetryRecords on *",
            ]);
        });
    }

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
        const rule = inputs("aws:cloudwatch/eventRule:EventRule", "route-to-webhooks");
        const target = inputs("aws:cloudwatch/eventTarget:EventTarget", "route-to-webhooks-target");

        expect(JSON.parse(String(rule["eventPattern"]))["detail-type"]).to.have.members([
            "order.received.v1",
            "order.rejected.v1",
            "inventory.reserved.v1",
            "inventory.shortage.v1",
            "document.generated.v1",
        ]);
        expect(target["arn"]).to.equal(graph.one("aws:sqs/queue:Queue", "events-queue").outputs["arn"]);
    });

    it("are reconciled every five minutes by a schedule that retries and keeps what it cannot hand over", () => {
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

    it("let schedules do nothing but invoke the reconciler and wake deliveries, and nobody else's schedules that", () => {
        const roles = { "webhooks-reconcile-schedule": "lambda:InvokeFunction", "webhooks-waking": "sqs:SendMessage" };
        for (const [role, action] of Object.entries(roles)) {
            const [first, second, ...others] = graph.statements(role);
            expect([list(first?.Action ?? ""), list(second?.Action ?? "")]).to.deep.equal([
                [action],
                ["sqs:SendMessage"],
            ]);
            expect(others).to.deep.equal([]);
            const [trust] = statementsOf(inputs("aws:iam/role:Role", `${role}-role`)["assumeRolePolicy"]);
            expect(trust?.Principal).to.deep.equal({ Service: "scheduler.amazonaws.com" });
            expect(trust?.Condition).to.deep.equal({
                StringEquals: {
                    "aws:SourceArn": graph.one("aws:scheduler/scheduleGroup:ScheduleGroup", "webhooks-schedules-group")
                        .outputs["arn"],
                },
            });
        }
        const pass = graph.statements("webhooks-deliver").find(({ Action }) => list(Action).includes("iam:PassRole"));
        expect(pass?.Condition).to.deep.equal({ StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } });
    });

    it("are asked for by callers alone who show a key, on every route", () => {
        const routes = graph.of("aws:apigatewayv2/route:Route").map(({ inputs: route }) => route);

        expect(routes).to.have.length(13);
        for (const route of routes) {
            expect(route["authorizationType"], String(route["routeKey"])).to.equal("CUSTOM");
            expect(String(route["routeKey"])).to.match(/^[A-Z]+ \/webhook_endpoints/);
        }
    });

    it("let the dispatcher read who the merchant is, and allow nothing but the internet", () => {
        const variables = (name: string) =>
            (inputs("aws:lambda/function:Function", name)["environment"] as { variables: Record<string, string> })
                .variables;

        const [{ id } = { id: "" }] = graph
            .of("aws:secretsmanager/secret:Secret")
            .filter(({ name }) => name === "keys-secret");
        expect(variables("webhooks-dispatch-function")).to.include({ API_KEYS_SECRET: id, PLAIN_KEY_SCOPES: "{}" });
        expect(variables("webhooks-deliver-function")).to.include({ ALLOWED_ADDRESSES: "" });
    });

    it("have an alarm for what was given up, and for what waits too long", () => {
        const alarms = graph.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);

        expect(alarms).to.include.members([
            "webhooks-exhausted-not-empty",
            "webhooks-wake-ups-queue-depth",
            "webhooks-wake-ups-dead-letters-not-empty",
            "webhooks-reconcile-failures-not-empty",
        ]);
    });

    it("are the same in a preview, when nothing exists yet", async () => {
        const preview = await graphOf("dev", {}, "preview", program);

        expect(preview.resources.map(({ name }) => name)).to.have.members(graph.resources.map(({ name }) => name));
    });
});
