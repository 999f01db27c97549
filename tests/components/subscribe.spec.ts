import { expect } from "chai";
import { Catalog } from "../../components/catalog.ts";
import { OrderIntake } from "../../components/orderIntake.ts";
import { contextOf } from "../../components/parts/context.ts";
import { HttpApi } from "../../components/parts/httpApi.ts";
import { takeInventory } from "../../components/parts/inventory.ts";
import { Key } from "../../components/parts/key.ts";
import { Monitoring } from "../../components/production/monitoring.ts";
import { graphOf } from "../graph.ts";

/** A program of somebody else's that uses the components and adds a consumer. */
async function program(): Promise<object> {
    const context = contextOf();
    const inventory = takeInventory();
    const key = new Key("messages", { description: "Messages.", services: ["events.amazonaws.com"], context });
    const api = new HttpApi("api", { name: "shop", context });
    const catalog = new Catalog("catalog", { context });
    const orders = new OrderIntake("orders", { api, authorization: { type: "NONE" }, catalog, key, context });
    orders.subscribe<typeof import("../../runtime/orderIntake/mail.ts")>("large-orders", {
        entry: "orderIntake/mail",
        name: "large-orders",
        description: "Mails large orders.",
        environment: { SENDER: "shop@example.com", EFFECTS_TABLE: "effects", HISTORY_DAYS: "0" },
        detail: { total: [{ numeric: [">", 1000] }] },
        timeout: 20,
        batch: 5,
    });
    new Monitoring("monitoring", { inventory, key, context });
    return {};
}

describe("a consumer of one's own", () => {
    for (const mode of ["up", "preview"] as const) {
        it(`is a rule, a queue with dead letters, a callback and their alarms (${mode})`, async () => {
            const graph = await graphOf("dev", {}, mode, program);
            const rule = graph.one("aws:cloudwatch/eventRule:EventRule", "route-to-large-orders").inputs;
            expect(JSON.parse(String(rule["eventPattern"]))).to.deep.equal({
                "detail-type": ["order.received.v1"],
                detail: { total: [{ numeric: [">", 1000] }] },
            });
            const queue = graph.one("aws:sqs/queue:Queue", "orders-large-orders-queue").inputs;
            expect(queue).to.include({ visibilityTimeoutSeconds: 120, messageRetentionSeconds: 1_209_600 });
            const mapping = graph.one(
                "aws:lambda/eventSourceMapping:EventSourceMapping",
                "orders-large-orders-batches",
            ).inputs;
            expect(mapping).to.include({ batchSize: 5 });
            expect(mapping["functionResponseTypes"]).to.deep.equal(["ReportBatchItemFailures"]);
            const alarms = graph.of("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
            expect(alarms).to.include.members([
                "orders-large-orders-function-errors",
                "orders-large-orders-queue-depth",
                "orders-large-orders-dead-letters-not-empty",
                "orders-large-orders-failures-not-empty",
            ]);
            graph.one("aws:sqs/queue:Queue", "orders-large-orders-dead-letters");
        });
    }

    it("is reached by the bus: the rule may send to its queue and to its dead letters", async () => {
        const graph = await graphOf("dev", {}, "up", program);
        const target = graph.one("aws:cloudwatch/eventTarget:EventTarget", "route-to-large-orders-target").inputs;
        const queue = graph.one("aws:sqs/queue:Queue", "orders-large-orders-queue");
        expect(target["arn"]).to.equal(queue.outputs["arn"]);
        const rule = String(graph.one("aws:cloudwatch/eventRule:EventRule", "route-to-large-orders").outputs["arn"]);
        for (const policy of ["orders-large-orders-queue-policy", "orders-large-orders-dead-letters-policy"]) {
            expect(String(graph.one("aws:sqs/queuePolicy:QueuePolicy", policy).inputs["policy"])).to.include(rule);
        }
    });
});
