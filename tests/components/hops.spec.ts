import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { reported } from "../../tools/permissions.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";
import { variants } from "../variants.ts";

const queueType = "aws:sqs/queue:Queue";

/** The tries when another system is unavailable; an internal error is tried three times. */
const patience: Readonly<Record<string, number>> = {
    "checkout-settle-batches": 60,
    "payments-keep-batches": 60,
    "customers-sync-batches": 72,
    // Once before a pause of its target, once after it.
    "feed-push-batches": 6,
};

describe("every hop", () => {
    let graph: Recorded;
    let deadLetters: Set<unknown>;
    let alarmed: Set<unknown>;

    before(async () => {
        graph = await graphOf(reported.stack, reported.settings);
        deadLetters = new Set(
            graph
                .of(queueType)
                .filter(({ inputs }) => inputs["redrivePolicy"] === undefined)
                .map(({ outputs }) => outputs["arn"]),
        );
        alarmed = new Set(
            graph
                .of("aws:cloudwatch/metricAlarm:MetricAlarm")
                .flatMap(({ inputs }) => Object.values((inputs["dimensions"] ?? {}) as Record<string, string>)),
        );
    });

    it("from the API to a function waits as long as the function may run, and the checkout's may run for 30 seconds", () => {
        const waits = new Map<string, number>();
        for (const { inputs, name } of graph.of("aws:apigatewayv2/integration:Integration")) {
            if (inputs["integrationSubtype"] !== undefined) continue;
            const callee = functionOf(
                String(inputs["integrationUri"]).split("functions/")[1]?.split("/invocations")[0],
            );
            const seconds = Number(callee.inputs["timeout"]);
            expect(Number(inputs["timeoutMilliseconds"]), name).to.be.at.least(1000 * seconds);
            waits.set(callee.name, seconds);
        }
        expect(waits.size).to.be.above(5);
        const checkout = graph
            .of("aws:lambda/function:Function")
            .filter(({ urn }) => urn.includes("commerce:index:CheckoutSessions"));
        expect(checkout).to.have.length(7);
        for (const { inputs, name } of checkout) expect(inputs["timeout"], name).to.equal(30);
    });

    it("from a queue to a function reports failures item by item, retries, and has a dead-letter queue", () => {
        const queues = new Map(graph.of(queueType).map((queue) => [queue.outputs["arn"], queue]));
        const mappings = graph
            .of("aws:lambda/eventSourceMapping:EventSourceMapping")
            .filter(({ inputs }) => queues.has(inputs["eventSourceArn"]));
        expect(mappings).to.have.length.greaterThan(5);
        for (const { inputs, name } of mappings) {
            const queue = queues.get(inputs["eventSourceArn"]);
            const consumer = functionOf(inputs["functionName"]);
            const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(String(queue?.inputs["redrivePolicy"]));
            expect(maxReceiveCount, name).to.equal(patience[name] ?? 3);
            expect(deadLetters, name).to.include(deadLetterTargetArn);
            expect(inputs["functionResponseTypes"], name).to.deep.equal(["ReportBatchItemFailures"]);
            expect(queue?.inputs["visibilityTimeoutSeconds"], name).to.equal(6 * Number(consumer.inputs["timeout"]));
            expect(alarmed, name).to.include(queue?.outputs["name"]);
        }
    });

    it("from a queue that is left to a consumer of the customer's own has a dead-letter queue", async () => {
        const { stack, settings } = variants["everything off"] ?? expect.fail("there is no such variant");
        const without = await graphOf(stack, settings);
        const kept = without.of(queueType).filter(({ inputs }) => inputs["redrivePolicy"] === undefined);
        const consumed = without
            .of("aws:lambda/eventSourceMapping:EventSourceMapping")
            .map(({ inputs }) => inputs["eventSourceArn"]);
        const left = without
            .of(queueType)
            .filter(
                ({ inputs, outputs }) => inputs["redrivePolicy"] !== undefined && !consumed.includes(outputs["arn"]),
            );
        expect(left.map(({ name }) => name)).to.include("checkout-deliveries-queue");
        for (const { inputs, name } of left) {
            const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(String(inputs["redrivePolicy"]));
            expect(maxReceiveCount, name).to.equal(3);
            expect(
                kept.map(({ outputs }) => outputs["arn"]),
                name,
            ).to.include(deadLetterTargetArn);
            expect(inputs["messageRetentionSeconds"], name).to.equal(1_209_600);
        }
    });

    it("from a stream to a function retries, isolates poison records, and keeps failed ones", () => {
        const mappings = graph
            .of("aws:lambda/eventSourceMapping:EventSourceMapping")
            .filter(({ inputs }) => String(inputs["eventSourceArn"]).includes(":dynamodb:"));
        expect(mappings).not.to.deep.equal([]);
        for (const { inputs, name } of mappings) {
            expect(inputs, name).to.include({ bisectBatchOnFunctionError: true, maximumRetryAttempts: -1 });
            // Else it falls behind: one batch after the other, each of them a call.
            const atOnce = Number(inputs["batchSize"]) * Number(inputs["parallelizationFactor"] ?? 1);
            expect(atOnce, name).to.be.at.least(100);
            expect(inputs["functionResponseTypes"], name).to.deep.equal(["ReportBatchItemFailures"]);
            const { onFailure } = inputs["destinationConfig"] as { onFailure: { destinationArn: string } };
            expect(deadLetters, name).to.include(onFailure.destinationArn);
            // A product changes in its item; everywhere else a change is a new item.
            const isOfChanges = ["catalog-api-publish-changes", "feed-listen-changes"].includes(name);
            const ofRemovals = name === "feed-listen-changes" ? ["REMOVE"] : [];
            const events = isOfChanges ? ["INSERT", "MODIFY", ...ofRemovals] : ["INSERT"];
            expect(inputs["filterCriteria"], name).to.deep.equal({
                filters: [{ pattern: JSON.stringify({ eventName: events }) }],
            });
        }
    });

    it("from the bus retries for a day and keeps undelivered events in a queue that admits the rule", () => {
        const targets = graph.of("aws:cloudwatch/eventTarget:EventTarget");
        const rules = graph.of("aws:cloudwatch/eventRule:EventRule").map(({ outputs }) => outputs["name"]);
        expect(rules).not.to.deep.equal([]);
        expect([...new Set(targets.map(({ inputs }) => inputs["rule"]))]).to.have.members(rules);
        for (const { inputs, name } of targets) {
            expect(inputs["retryPolicy"], name).to.deep.equal({
                maximumEventAgeInSeconds: 86_400,
                maximumRetryAttempts: 185,
            });
            const { arn } = inputs["deadLetterConfig"] as { arn: string };
            expect(deadLetters, name).to.include(arn);
            const rule = graph
                .of("aws:cloudwatch/eventRule:EventRule")
                .find(({ outputs }) => outputs["name"] === inputs["rule"]);
            const admission = graph
                .of("aws:sqs/queuePolicy:QueuePolicy")
                .find(({ inputs }) => String(inputs["policy"]).includes(arn));
            expect(String(admission?.inputs["policy"]), name).to.include(String(rule?.outputs["arn"]));
        }
    });

    it("from a topic to a function is admitted by it, and undelivered messages are kept in a queue that admits the topic", () => {
        const subscriptions = graph
            .of("aws:sns/topicSubscription:TopicSubscription")
            .filter(({ inputs }) => inputs["protocol"] === "lambda");
        expect(subscriptions).not.to.deep.equal([]);
        for (const { inputs, name } of subscriptions) {
            const topic = String(inputs["topic"]);
            const subscriber = functionOf(inputs["endpoint"]);
            const permission = graph
                .of("aws:lambda/permission:Permission")
                .find((one) => one.inputs["function"] === subscriber.outputs["name"]);
            expect(permission?.inputs, name).to.include({ principal: "sns.amazonaws.com", sourceArn: topic });
            keepsWhatItCannotDeliver(inputs, name);
        }
    });

    it("from a topic to a queue is admitted by it, and undelivered messages are kept in its dead-letter queue", () => {
        const subscriptions = graph
            .of("aws:sns/topicSubscription:TopicSubscription")
            .filter(({ inputs }) => inputs["protocol"] === "sqs");
        expect(subscriptions).not.to.deep.equal([]);
        for (const { inputs, name } of subscriptions) {
            admits(inputs["endpoint"], inputs["topic"], name);
            keepsWhatItCannotDeliver(inputs, name);
        }
    });

    it("from a schedule to a function is tried for an hour, and undelivered events are kept", () => {
        const schedules = graph.of("aws:scheduler/schedule:Schedule");
        expect(schedules).not.to.deep.equal([]);
        for (const { inputs, name } of schedules) {
            expect(inputs["target"], name).to.deep.include({
                retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
            });
            expect(inputs["target"], name)
                .to.have.nested.property("deadLetterConfig.arn")
                .that.satisfies((arn: string) => deadLetters.has(arn));
        }
    });

    it("into a function that is invoked asynchronously is tried three times and then kept with the reason", () => {
        const functions = graph.of("aws:lambda/function:Function");
        const configured = new Map(
            graph
                .of("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")
                .map(({ inputs }) => [inputs["functionName"], inputs]),
        );
        for (const { outputs, name } of functions) {
            const config = configured.get(outputs["name"]);
            expect(config, name).to.include({ maximumRetryAttempts: 2 });
            expect(config, name)
                .to.have.nested.property("destinationConfig.onFailure.destination")
                .that.satisfies((arn: string) => deadLetters.has(arn));
            expect(alarmed, name).to.include(outputs["name"]);
        }
    });

    it("has an alarm on its dead letters that goes to the operators", () => {
        for (const queue of graph.of(queueType).filter(({ inputs }) => inputs["redrivePolicy"] === undefined)) {
            expect(alarmed, queue.name).to.include(queue.outputs["name"]);
        }
        const topic = graph.one("aws:sns/topic:Topic", "monitoring-alarms-topic").outputs["arn"];
        // Only CodeDeploy uses the alarms that roll releases back.
        const ours = graph
            .of("aws:cloudwatch/metricAlarm:MetricAlarm")
            .filter(({ parent }) => parent?.includes("commerce:index:Monitoring::"));
        expect(ours).to.have.length.greaterThan(100);
        for (const { inputs, name } of ours) expect(inputs["alarmActions"], name).to.include(topic);
    });

    it("alarms at one error in five minutes, and at 100 messages over two periods of five minutes", () => {
        const alarm = (name: string) => graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", name).inputs;
        for (const callback of ["receive", "notify", "inventory", "document"]) {
            expect(alarm(`orders-${callback}-function-errors`)).to.include({
                metricName: "Errors",
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                threshold: 1,
                period: 300,
                evaluationPeriods: 1,
            });
        }
        expect(alarm("orders-orders-queue-depth")).to.include({
            metricName: "ApproximateNumberOfMessagesVisible",
            threshold: 100,
            period: 300,
            evaluationPeriods: 2,
        });
    });

    it("alarms by the names that AWS measures them under", () => {
        const dimensions = (name: string) =>
            graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", name).inputs["dimensions"];
        expect(dimensions("orders-announce-changes-age")).to.deep.equal({ FunctionName: "order-announcer-prod" });
        expect(dimensions("checkout-publish-changes-age")).to.deep.equal({ FunctionName: "event-publisher-prod" });
        expect(dimensions("orders-announce-function-errors")).to.deep.equal({ FunctionName: "order-announcer-prod" });
        expect(dimensions("api-api-5xx")).to.deep.equal({ ApiId: graph.one("aws:apigatewayv2/api:Api", "api-api").id });
    });

    function keepsWhatItCannotDeliver(subscription: Resource["inputs"], name: string): void {
        const { deadLetterTargetArn } = JSON.parse(String(subscription["redrivePolicy"]));
        expect(deadLetters, name).to.include(deadLetterTargetArn);
        admits(deadLetterTargetArn, subscription["topic"], name);
    }

    /** That a queue accepts a topic's deliveries, and by this policy no others. */
    function admits(queueArn: unknown, topicArn: unknown, name: string): void {
        const [admission] = graph
            .of("aws:sqs/queuePolicy:QueuePolicy")
            .flatMap((policy) => statementsOf(policy.inputs["policy"]))
            .filter(({ Resource }) => Resource === queueArn);
        expect(admission, name).to.deep.equal({
            Effect: "Allow",
            Principal: { Service: "sns.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: queueArn,
            Condition: { ArnLike: { "aws:SourceArn": topicArn } },
        });
    }

    function functionOf(called: unknown): Resource {
        const arn = String(called).replace(/:live$/, "");
        const found = graph.of("aws:lambda/function:Function").find(({ outputs }) => outputs["arn"] === arn);
        if (found === undefined) throw new Error(`no function ${called}`);
        return found;
    }
});
