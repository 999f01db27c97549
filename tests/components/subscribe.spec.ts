import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { recordGraph } from "embedded-aws/recorder";
import { place, Recorded } from "../graph.ts";

const recordings = new Map<string, Promise<Recorded>>();

/** Recorded once. */
function recorded(mode: "up" | "preview"): Promise<Recorded> {
    const known = recordings.get(mode) ?? record(mode);
    recordings.set(mode, known);
    return known;
}

async function record(mode: "up" | "preview"): Promise<Recorded> {
    const graph = await recordGraph({
        project: "shop",
        stack: "test",
        place,
        config: { "aws:region": place.region },
        preview: mode === "preview",
        run: () => import(`./ownProgram.ts?${mode}`),
    });
    return new Recorded(graph);
}

describe("a program of one's own, with a context and without this project's settings", () => {
    it("is the one in the guide", () => {
        const program = readFileSync(join(import.meta.dirname, "ownProgram.ts"), "utf8");
        const guide = readFileSync("docs/guides/components.md", "utf8");
        expect(guide).to.include(`\n\`\`\`ts\n${program.replaceAll("../../", "./")}\`\`\`\n`);
    });

    it("has the order intake with names that end in its stack's, and what its context and options say", async () => {
        const graph = await recorded("up");
        expect(graph.one("aws:sqs/queue:Queue", "orders-orders-queue").inputs).to.deep.include({
            name: "ecommerce-orders-queue-test",
            tags: { Team: "shop" },
        });
        const receive = graph.one("aws:lambda/function:Function", "orders-receive-function").inputs;
        expect(receive).to.include({ name: "order-receiver-test", memorySize: 1024 });
        expect(graph.one("aws:dynamodb/table:Table", "orders-orders-table").protect).to.equal(false);
        expect(graph.outputs).to.have.property("url");
    });
});

describe("a consumer of one's own", () => {
    for (const mode of ["up", "preview"] as const) {
        it(`is a rule, a queue with dead letters, a callback and their alarms (${mode})`, async () => {
            const graph = await recorded(mode);
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
        const graph = await recorded("up");
        const target = graph.one("aws:cloudwatch/eventTarget:EventTarget", "route-to-large-orders-target").inputs;
        const queue = graph.one("aws:sqs/queue:Queue", "orders-large-orders-queue");
        expect(target["arn"]).to.equal(queue.outputs["arn"]);
        const rule = String(graph.one("aws:cloudwatch/eventRule:EventRule", "route-to-large-orders").outputs["arn"]);
        for (const policy of ["orders-large-orders-queue-policy", "orders-large-orders-dead-letters-policy"]) {
            expect(String(graph.one("aws:sqs/queuePolicy:QueuePolicy", policy).inputs["policy"])).to.include(rule);
        }
    });
});
