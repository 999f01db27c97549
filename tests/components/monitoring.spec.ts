import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { reported } from "../../tools/permissions.ts";
import { type Changes, codeOf, graphOf, type Recorded, statementsOf } from "../graph.ts";
import { isProof } from "../proof.ts";
import { several, variants } from "../variants.ts";
import { awsMetrics } from "./awsMetrics.ts";

const types = {
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    composite: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    dashboard: "aws:cloudwatch/dashboard:Dashboard",
    query: "aws:cloudwatch/queryDefinition:QueryDefinition",
    filter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    group: "aws:xray/group:Group",
    topic: "aws:sns/topic:Topic",
    subscription: "aws:sns/topicSubscription:TopicSubscription",
    function: "aws:lambda/function:Function",
} as const;

/** One time series, as CloudWatch knows it. */
interface Metric {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
}

interface Query {
    readonly id: string;
    readonly expression?: string;
    readonly metric?: Metric & { readonly period: number; readonly stat: string };
    readonly returnData?: boolean;
}

const isOurs = ({ parent }: Resource) => parent?.includes("commerce:index:Monitoring::") === true;
const alarmsIn = (graph: Recorded) => graph.of(types.alarm).filter(isOurs);
const queriesOf = ({ inputs }: Resource) => (inputs["metricQueries"] ?? []) as Query[];

/** What an alarm reads. */
function metricsOf(alarm: Resource): Metric[] {
    const { metricName, namespace, dimensions = {} } = alarm.inputs;
    if (metricName !== undefined) return [{ metricName, namespace, dimensions } as Metric];
    return queriesOf(alarm).flatMap(({ metric }) => metric ?? []);
}

const keyOf = ({ namespace, metricName, dimensions }: Metric) =>
    `${namespace} ${metricName} ${JSON.stringify(Object.entries(dimensions).sort())}`;

interface Widget {
    readonly type: "alarm" | "metric" | "log";
    readonly properties: {
        readonly region?: string;
        readonly alarms?: readonly string[];
        readonly metrics?: readonly (readonly unknown[])[];
        readonly query?: string;
    };
}

const widgetsOf = ({ inputs }: Resource): Widget[] => JSON.parse(String(inputs["dashboardBody"])).widgets;

/** What a picture shows: namespace, name, each dimension with its value, and how to show it. */
function shown(widget: Widget): Metric[] {
    return (widget.properties.metrics ?? []).map((entry) => {
        const [namespace, metricName, ...rest] = entry.slice(0, -1).map(String);
        const pairs = Array.from({ length: rest.length / 2 }, (_, pair) => rest.slice(2 * pair, 2 * pair + 2));
        return { namespace: String(namespace), metricName: String(metricName), dimensions: Object.fromEntries(pairs) };
    });
}

const isRead = ({ outputs }: Resource, graph: Recorded): boolean =>
    graph
        .of("aws:lambda/eventSourceMapping:EventSourceMapping")
        .some(({ inputs }) => inputs["eventSourceArn"] === outputs["arn"]);

/** What must be watched about a resource, if it is of a type that AWS measures. */
function expectedOf(resource: Resource, settings: "all" | "essential", graph: Recorded): Metric[] {
    const { type, inputs, outputs } = resource;
    const name = String(outputs["name"]);
    const each = (namespace: string, dimensions: Metric["dimensions"], always: string[], rest: string[] = []) =>
        [...always, ...(settings === "all" ? rest : [])].map((metricName) => ({ namespace, metricName, dimensions }));
    switch (type) {
        case "aws:lambda/function:Function":
            return each(
                "AWS/Lambda",
                { FunctionName: name },
                ["Errors"],
                ["Invocations", "Throttles", "Duration", "AsyncEventAge", "DestinationDeliveryFailures"],
            );
        case "aws:lambda/eventSourceMapping:EventSourceMapping": {
            if (inputs["startingPosition"] === undefined) return [];
            const FunctionName = String(inputs["functionName"]).split(":function:")[1]?.split(":")[0] ?? "";
            return each("AWS/Lambda", { FunctionName }, ["IteratorAge"]);
        }
        case "aws:sqs/queue:Queue": {
            const depth = ["ApproximateNumberOfMessagesVisible"];
            if (inputs["redrivePolicy"] === undefined) return each("AWS/SQS", { QueueName: name }, depth);
            // What nothing reads only grows.
            if (!isRead(resource, graph)) return [];
            return each("AWS/SQS", { QueueName: name }, depth, ["ApproximateAgeOfOldestMessage"]);
        }
        case "aws:apigatewayv2/api:Api":
            return each("AWS/ApiGateway", { ApiId: resource.id }, ["5xx"], ["4xx", "Count", "Latency"]);
        case "aws:dynamodb/table:Table": {
            const indexes = (inputs["globalSecondaryIndexes"] ?? []) as { name: string }[];
            return [{}, ...indexes.map((index) => ({ GlobalSecondaryIndexName: index.name }))].flatMap((index) =>
                each("AWS/DynamoDB", { TableName: name, ...index }, [], ["ReadThrottleEvents", "WriteThrottleEvents"]),
            );
        }
        case "aws:sns/topic:Topic":
            return each(
                "AWS/SNS",
                { TopicName: name },
                [],
                ["NumberOfNotificationsFailed", "NumberOfNotificationsFailedToRedriveToDlq"],
            );
        case "aws:cloudwatch/eventRule:EventRule":
            return each(
                "AWS/Events",
                { EventBusName: String(inputs["eventBusName"]), RuleName: name },
                [],
                ["FailedInvocations", "ThrottledRules", "InvocationsFailedToBeSentToDlq"],
            );
        case "aws:scheduler/scheduleGroup:ScheduleGroup":
            return each(
                "AWS/Scheduler",
                { ScheduleGroup: name },
                [],
                ["InvocationDroppedCount", "InvocationsFailedToBeSentToDeadLetterCount"],
            );
        case "aws:backup/vault:Vault":
            return each("AWS/Backup", { BackupVaultName: name }, [], ["NumberOfBackupJobsFailed"]);
        case "aws:scheduler/schedule:Schedule": {
            // In a second region it is off until the first is lost: an alarm that waits for it would always ring.
            if (inputs["state"] === "DISABLED") return [];
            const { arn } = inputs["target"] as { arn: string };
            const FunctionName = arn.split(":function:")[1]?.split(":")[0] ?? "";
            return each("AWS/Lambda", { FunctionName }, [], ["Invocations"]);
        }
        default:
            return [];
    }
}

/** Sections of the runbooks by the anchors of their headings. */
function runbooks(): Map<string, string> {
    const [, ...sections] = readFileSync("docs/operations/runbooks.md", "utf8").split(/^## /m);
    return new Map(
        sections.map((section) => {
            const [heading = "", ...lines] = section.split("\n");
            return [
                heading
                    .toLowerCase()
                    .replaceAll(/[^a-z ]/g, "")
                    .replaceAll(" ", "-"),
                lines.join("\n"),
            ];
        }),
    );
}

const { stack, settings: everything } = variants["everything on"] ?? expect.fail("there is no such variant");
const pager = String(everything["alarms.pagerDuty"]);
const watchedStacks: Readonly<Record<string, readonly [stack: string, settings: Changes, level: "all" | "essential"]>> =
    {
        dev: [several.stack, several.settings, "essential"],
        prod: [reported.stack, reported.settings, "all"],
        "prod with everything": [stack, everything, "all"],
        ...(isProof && {
            "prod with little": [
                "prod",
                {
                    "orders.ingress": "direct",
                    "webhooks.send": false,
                    "messages.api": false,
                    "functions.byName": {},
                    "functions.logLevel": "warn",
                },
                "all",
            ],
        }),
    };

describe("monitoring", () => {
    const graphs = new Map<string, Recorded>();
    let prod: Recorded;
    let all: Recorded;

    before(async () => {
        for (const [variant, [stack, settings]] of Object.entries(watchedStacks)) {
            graphs.set(variant, await graphOf(stack, settings));
        }
        prod = graphOfVariant("prod");
        all = graphOfVariant("prod with everything");
    });

    function graphOfVariant(variant: string): Recorded {
        const graph = graphs.get(variant);
        if (graph === undefined) throw new Error(`no graph of ${variant}`);
        return graph;
    }

    for (const [variant, [, , watched]] of Object.entries(watchedStacks)) {
        describe(`of ${variant}`, () => {
            let graph: Recorded;
            let alarms: readonly Resource[];

            before(() => {
                graph = graphOfVariant(variant);
                alarms = alarmsIn(graph);
            });

            it("has the alarms of every resource, in the resource's region", () => {
                const read = new Set(
                    alarms.flatMap((alarm) => metricsOf(alarm).map((metric) => `${alarm.provider} ${keyOf(metric)}`)),
                );
                const missing = graph.resources.flatMap((resource) =>
                    expectedOf(resource, watched, graph)
                        .filter((metric) => !read.has(`${resource.provider} ${keyOf(metric)}`))
                        .map((metric) => `${resource.name}: ${keyOf(metric)}`),
                );
                expect(missing).to.deep.equal([]);
                expect(read.size).to.be.greaterThan(50);
            });

            it("uses only AWS's metrics, by their dimensions, and the stack's own", () => {
                const written = new Set(
                    graph.of(types.filter).map(({ inputs }) => {
                        const { namespace, name } = inputs["metricTransformation"] as Record<string, string>;
                        return `${namespace} ${name}`;
                    }),
                );
                const all = [
                    ...alarms.flatMap(metricsOf),
                    ...graph.of(types.dashboard).flatMap((dashboard) => widgetsOf(dashboard).flatMap(shown)),
                ];
                for (const metric of all) {
                    const { namespace, metricName, dimensions } = metric;
                    const names = Object.keys(dimensions).sort().join();
                    if (namespace === "Commerce/Access") expect(written).to.include(`${namespace} ${metricName}`);
                    else if (namespace.startsWith("Commerce/")) expect(names).to.equal("service");
                    else {
                        const sets = (awsMetrics[namespace] ?? [])
                            .filter(({ metrics }) => metrics.includes(metricName))
                            .flatMap((measured) => measured.dimensions.map((set) => [...set].sort().join()));
                        expect(sets, keyOf(metric)).to.include(names);
                    }
                }
            });

            it("names only existing resources", () => {
                const known = new Set(graph.resources.flatMap(({ id, outputs }) => [id, outputs["name"]].map(String)));
                const regions = new Set(["eu-west-1", "eu-central-1"]);
                for (const resource of [...alarms, ...graph.of(types.dashboard)]) {
                    const metrics =
                        resource.type === types.alarm ? metricsOf(resource) : widgetsOf(resource).flatMap(shown);
                    for (const { dimensions } of metrics) {
                        const { GlobalSecondaryIndexName, ReceivingRegion, ...names } = dimensions;
                        for (const name of Object.values(names)) expect(known, resource.name).to.include(name);
                        if (ReceivingRegion !== undefined) expect(regions).to.include(ReceivingRegion);
                        if (GlobalSecondaryIndexName === undefined) continue;
                        const tables = graph
                            .of("aws:dynamodb/table:Table")
                            .filter(({ outputs }) => outputs["name"] === names["TableName"]);
                        expect(JSON.stringify(tables[0]?.inputs["globalSecondaryIndexes"])).to.include(
                            `"${GlobalSecondaryIndexName}"`,
                        );
                    }
                }
            });

            it("describes for each alarm, by its severity, what to do", () => {
                const sections = runbooks();
                const composites = graph.of(types.composite);
                expect(composites.map(({ name }) => name)).to.include("monitoring-health");
                // Of more than a hundred alarms: each part is a light of its own, and pages no one.
                const lights = composites.filter(({ inputs }) => inputs["alarmActions"] !== undefined);
                for (const { inputs, name } of [...alarms, ...lights]) {
                    const description = String(inputs["alarmDescription"]);
                    const [, severity, runbook = ""] =
                        /^(P[1-4]), look at it .+\. Runbook: docs\/operations\/runbooks\.md#([a-z-]+)$/.exec(
                            description,
                        ) ?? [];
                    expect(severity, name).to.match(/^P[1-4]$/);
                    expect([...sections.keys()], name).to.include(runbook);
                    const topics = (inputs["alarmActions"] as string[]).map((arn) => arn.split(":").at(-1));
                    const environment = variant.startsWith("dev") ? "dev" : "prod";
                    expect(topics, name).to.deep.equal([
                        `order-processing-alarms-${environment}`,
                        ...(watched === "all"
                            ? [`order-processing-alarms-${severity?.toLowerCase()}-${environment}`]
                            : []),
                    ]);
                    expect(inputs["okActions"], name).to.deep.equal(inputs["alarmActions"]);
                }
            });

            it("can reach its topics: their policies and keys let CloudWatch encrypt and publish (R17)", () => {
                const topics = new Set(alarms.flatMap(({ inputs }) => inputs["alarmActions"] as string[]));
                expect(topics.size).to.be.greaterThan(0);
                for (const arn of topics) {
                    const topics = graph.of(types.topic).filter(({ outputs }) => outputs["arn"] === arn);
                    for (const topic of topics) {
                        const [policy] = graph
                            .of("aws:sns/topicPolicy:TopicPolicy")
                            .filter(({ inputs, provider }) => inputs["arn"] === arn && provider === topic.provider);
                        const admitted = statementsOf(policy?.inputs["policy"]).find(
                            ({ Effect, Principal }) =>
                                Effect === "Allow" &&
                                JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}',
                        );
                        expect(admitted, arn).to.include({ Action: "sns:Publish", Resource: arn });
                        expect(JSON.stringify(admitted?.Condition)).to.match(
                            /"aws:SourceArn":"arn:aws:cloudwatch:[a-z0-9-]+:000000000000:alarm:\*"/,
                        );
                        const [key] = graph
                            .of("aws:kms/key:Key")
                            .filter(({ outputs }) => outputs["arn"] === topic.inputs["kmsMasterKeyId"]);
                        const uses = statementsOf(key?.inputs["policy"]).find(
                            ({ Principal }) => JSON.stringify(Principal) === '{"Service":"cloudwatch.amazonaws.com"}',
                        );
                        expect(uses?.Action, arn).to.include.members(["kms:Decrypt", "kms:GenerateDataKey"]);
                    }
                    expect(topics, arn).not.to.have.length(0);
                }
            });

            it("has one light for the system, which is on while an alarm of P1 or P2 is", () => {
                const composites = graph.of(types.composite);
                for (const light of composites.filter(({ name }) => name.endsWith("-health"))) {
                    const childrenOf = ({ inputs, provider }: Resource): string[] =>
                        String(inputs["alarmRule"])
                            .split(" OR ")
                            .map((part) => /^ALARM\("([^"]+)"\)$/.exec(part)?.[1] ?? "")
                            .flatMap((name) => {
                                const part = composites.find(
                                    (one) => one.inputs["alarmName"] === name && one.provider === provider,
                                );
                                return part === undefined ? [name] : childrenOf(part);
                            });
                    const children = childrenOf(light);
                    const urgent = alarms
                        .filter(({ inputs }) => /^P[12],/.test(String(inputs["alarmDescription"])))
                        .filter(({ provider }) => provider === light.provider);
                    expect(children).to.have.members(urgent.map(({ inputs }) => inputs["name"]));
                }
            });

            it("shows everything on one dashboard a region, with at most 2,500 metrics", () => {
                const dashboards = graph.of(types.dashboard);
                expect(dashboards).to.have.length(variant === "prod with everything" ? 2 : 1);
                for (const dashboard of dashboards) {
                    const widgets = widgetsOf(dashboard);
                    const metrics = widgets.flatMap(shown);
                    expect(metrics.length).to.be.within(100, 2500);
                    for (const { properties } of widgets) {
                        expect(properties.alarms?.length ?? 1).to.be.within(1, 100);
                        for (const arn of properties.alarms ?? []) {
                            expect(alarms.map(({ outputs }) => outputs["arn"])).to.include(arn);
                        }
                    }
                    const seen = new Set(metrics.flatMap(({ dimensions }) => Object.values(dimensions)));
                    for (const { type, name, outputs, provider } of graph.resources) {
                        const isShown = [
                            types.function,
                            types.topic,
                            "aws:sqs/queue:Queue",
                            "aws:dynamodb/table:Table",
                            "aws:cloudwatch/eventRule:EventRule",
                            "aws:scheduler/scheduleGroup:ScheduleGroup",
                        ].includes(type);
                        if (isShown && provider === dashboard.provider) expect(seen, name).to.include(outputs["name"]);
                    }
                }
            });

            it("asks logs that there are", () => {
                const groups = new Set(
                    graph.of("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs["name"]),
                );
                const queries = graph.of(types.query);
                expect(queries.length > 0).to.equal(watched === "all");
                for (const { inputs, name } of queries) {
                    const asked = inputs["logGroupNames"] as string[];
                    expect(asked.length, name).to.be.within(1, 50);
                    expect([...groups], name).to.include.members(asked);
                }
                for (const { properties } of graph.of(types.dashboard).flatMap(widgetsOf)) {
                    const sources = [...(properties.query ?? "").matchAll(/SOURCE '([^']+)'/g)].map(
                        ([, group]) => group,
                    );
                    if (properties.query === undefined) continue;
                    expect(sources.length).to.be.within(1, 50);
                    expect([...groups]).to.include.members(sources);
                }
            });

            it("groups traces by functions that there are", () => {
                const groups = graph.of(types.group);
                const named = groups.flatMap(({ inputs }) =>
                    Array.from(
                        String(inputs["filterExpression"]).matchAll(/service\("([^"]+)"\)/g),
                        ([, name]) => name,
                    ),
                );
                // Each in a group of traces and in one of failures.
                const all = watched === "all" ? [...graph.of(types.function), ...graph.of(types.function)] : [];
                expect(named).to.have.members(all.map(({ outputs }) => outputs["name"]));
            });
        });
    }

    it("has runbooks only for existing alarms", () => {
        const named = [...graphs.values()].flatMap((graph) =>
            [...alarmsIn(graph), ...graph.of(types.composite)].map(
                ({ inputs }) => /#([a-z-]+)$/.exec(String(inputs["alarmDescription"]))?.[1],
            ),
        );
        // AWS Budgets mails costs itself: there is no alarm.
        expect([...runbooks().keys()]).to.have.members([...new Set(named), "costs"]);
        for (const [anchor, text] of runbooks()) {
            for (const part of ["Impact", "Check", "Fix", "Verify"]) {
                expect(text, anchor).to.include(`**${part}:**`);
            }
        }
    });

    it("has the same alarms at every log level, and metrics reach CloudWatch at each", async () => {
        const read = (graph: Recorded) =>
            alarmsIn(graph)
                .flatMap((alarm) => metricsOf(alarm).map((metric) => `${alarm.name}: ${keyOf(metric)}`))
                .sort();
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        const quiet = await graphOf(stack, { ...settings, "functions.logLevel": "error" });
        expect(read(quiet)).to.deep.equal(read(all));
        for (const graph of [...graphs.values(), quiet]) {
            for (const { name, inputs } of graph.of(types.function)) {
                // Metrics are in lines of this level, whatever the function's own is.
                const { applicationLogLevel } = inputs["loggingConfig"] as { applicationLogLevel: string };
                expect(["DEBUG", "INFO"], name).to.include(applicationLogLevel);
            }
            // Nothing is counted by a filter on what functions log.
            const logged = graph.of(types.function).map(({ inputs }) => Object(inputs["loggingConfig"])["logGroup"]);
            for (const { inputs } of graph.of(types.filter)) expect(logged).not.to.include(inputs["logGroupName"]);
        }
    });

    it("knows of every type whether it is watched, or why not: it runs nothing by itself", () => {
        const isWatched = (resource: Resource) => expectedOf(resource, "all", prod).length > 0;
        const known = new RegExp(
            [
                // What connects others, and fails as one of their ends.
                "^aws:apigatewayv2/(authorizer|integration|route|stage):",
                "^aws:cloudwatch/(eventBus|eventTarget|eventArchive):",
                "^aws:lambda/(alias|eventSourceMapping|functionEventInvokeConfig|permission|provisionedConcurrencyConfig):",
                "^aws:sns/topicSubscription:",
                // What is there to be read and written: the functions that do are watched.
                "^aws:(s3|secretsmanager|kms)/",
                // What puts backups into their vault, which is watched.
                "^aws:backup/(plan|selection):",
                // Rights, and what watches or changes the others.
                "^aws:(iam|codedeploy|xray|chatbot|budgets|costexplorer)/",
                "^aws:(sqs|sns)/\\w*[pP]olicy:",
                "^aws:cloudwatch/(compositeAlarm|dashboard|log\\w+|metricAlarm|queryDefinition):",
            ].join("|"),
        );
        const types = prod.resources.filter(({ type }) => type.startsWith("aws:")).filter((one) => !isWatched(one));
        expect([...new Set(types.map(({ type }) => type))].filter((type) => !known.test(type))).to.deep.equal([]);
        const buses = prod.of("aws:cloudwatch/eventBus:EventBus").map(({ outputs }) => outputs["name"]);
        const watched = new Set(alarmsIn(prod).flatMap((alarm) => metricsOf(alarm).map(keyOf)));
        for (const bus of buses)
            expect([...watched].some((key) => key.includes(`["EventBusName","${bus}"]`))).to.equal(true);
    });

    it("goes off where the requirements say", () => {
        const alarm = (name: string) => prod.one(types.alarm, name).inputs;
        const severity = (name: string) => String(alarm(name)["alarmDescription"]).slice(0, 2);
        // An error in five minutes; then by the share that fails.
        expect(alarm("orders-receive-function-errors")).to.include({ threshold: 1, period: 300, evaluationPeriods: 1 });
        const over = { comparisonOperator: "GreaterThanThreshold" };
        expect(alarm("api-api-error-rate")).to.include({ ...over, threshold: 1 });
        expect(alarm("api-api-error-rate-high")).to.include({ ...over, threshold: 5 });
        expect(alarm("functions-error-rate-1")).to.include({ ...over, threshold: 1 });
        expect(alarm("functions-error-rate-high-1")).to.include({ ...over, threshold: 5 });
        expect(alarm("api-api-latency")).to.include({ ...over, threshold: 1000, extendedStatistic: "p95" });
        // A full queue for two periods of five minutes, and one dead letter.
        expect(alarm("orders-notifications-queue-depth")).to.include({
            threshold: 100,
            period: 300,
            evaluationPeriods: 2,
        });
        expect(alarm("orders-orders-dead-letters-not-empty")).to.include({ threshold: 1, evaluationPeriods: 1 });
        const severities = Object.entries({
            "orders-orders-dead-letters-not-empty": "P1",
            "orders-announce-failures-not-empty": "P1",
            "api-api-down": "P1",
            "api-access-logs-refused-callers": "P1",
            "api-api-error-rate-high": "P2",
            "functions-error-rate-high-1": "P2",
            "api-api-latency-high": "P2",
            "api-api-traffic-drop": "P2",
            "api-api-error-rate": "P3",
            "functions-error-rate-1": "P3",
            "api-api-latency": "P3",
            "functions-concurrency": "P3",
            // An endpoint that takes nothing is its owner's trouble.
            "webhooks-exhausted-not-empty": "P3",
            "customers-parked-not-empty": "P3",
            "customers-deletions-not-empty": "P3",
            "business-alerts": "P4",
        });
        expect(severities.map(([name]) => [name, severity(name)])).to.deep.equal(severities);
    });

    it("measures functions by their own time limits and queues by their own patience", () => {
        const formulas = (name: string) =>
            prod
                .of(types.alarm)
                .filter((alarm) => new RegExp(`^${name}(-\\d)?$`).test(alarm.name))
                .flatMap((alarm) => {
                    const queries = queriesOf(alarm);
                    return queries.flatMap(({ id, expression }) => {
                        const read = queries.find((query) => expression?.includes(`${query.id} /`) && query.id !== id);
                        return read?.metric ? [[Object.values(read.metric.dimensions)[0], expression]] : [];
                    });
                });
        const durations = Object.fromEntries(formulas("functions-duration"));
        expect(durations["order-receiver-prod"]).to.match(/^m\d_0 \/ 100$/);
        expect(durations["webhook-deliverer-prod"]).to.match(/^m\d_0 \/ 500$/);
        expect(Object.keys(durations)).to.have.length(prod.of(types.function).length);
        const patience = (name: string) => prod.one(types.alarm, name).inputs["threshold"];
        expect(patience("orders-orders-queue-age")).to.equal(900 + 3 * 180);
        expect(patience("checkout-settlements-queue-age")).to.equal(900 + 90 * 120);
    });

    it("has one alarm on the age of each consumed queue, and none on queues without a consumer", () => {
        for (const [variant, [, , watched]] of Object.entries(watchedStacks)) {
            const graph = graphOfVariant(variant);
            for (const queue of graph.of("aws:sqs/queue:Queue")) {
                const ages = alarmsIn(graph).filter(
                    (alarm) =>
                        alarm.provider === queue.provider &&
                        metricsOf(alarm).some(
                            ({ metricName, dimensions }) =>
                                metricName === "ApproximateAgeOfOldestMessage" &&
                                dimensions["QueueName"] === queue.outputs["name"],
                        ),
                );
                const expected = watched === "all" && isRead(queue, graph) ? 1 : 0;
                expect(ages, `${variant}: ${queue.name}`).to.have.length(expected);
            }
        }
    });

    it("alarms when traffic stops, and not before its usual level is known", () => {
        const formula = (name: string) =>
            queriesOf(prod.one(types.alarm, name)).find(({ expression }) => expression?.startsWith("FILL("))
                ?.expression;
        // What Route 53 and the other region ask is no traffic: it continues when no client calls.
        expect(formula("api-api-traffic-drop")).to.equal("FILL(m0_0, 0) - FILL(m0_1, 0)");
        expect(metricsOf(prod.one(types.alarm, "api-api-traffic-drop"))[1]).to.deep.include({
            namespace: "AWS/Lambda",
            metricName: "Invocations",
            dimensions: { FunctionName: "region-health-prod" },
        });
        expect(formula("orders-drop")).to.equal("FILL(m0_0, 0)");
        for (const name of ["api-api-traffic-drop", "orders-drop"]) {
            const { inputs } = prod.one(types.alarm, name);
            expect(inputs, name).to.include({
                comparisonOperator: "LessThanLowerThreshold",
                thresholdMetricId: "usual",
                treatMissingData: "missing",
            });
        }
        const stopped = prod.one(types.alarm, "webhooks-reconcile-schedule-stopped").inputs;
        expect(stopped).to.include({
            treatMissingData: "breaching",
            period: 300,
            comparisonOperator: "LessThanThreshold",
        });
    });

    it("uses the callbacks' metrics: each is in the code of its function", async () => {
        const figures = [
            ...alarmsIn(prod).flatMap(metricsOf),
            ...prod.of(types.dashboard).flatMap((dashboard) => widgetsOf(dashboard).flatMap(shown)),
        ].filter(({ dimensions }) => "service" in dimensions);
        expect(figures.length).to.be.greaterThan(15);
        for (const { namespace, metricName, dimensions } of figures) {
            const [callback] = prod
                .of(types.function)
                .filter(({ outputs }) => outputs["name"] === dimensions["service"]);
            if (callback === undefined) throw new Error(`no function is called ${dimensions["service"]}`);
            const texts = Object.values(await codeOf(callback));
            expect(texts.join("\n"), `${callback.name}: ${metricName}`)
                .to.include(metricName)
                .and.to.include(namespace);
        }
    });

    it("asks access logs for fields that they have", () => {
        const { inputs: stage } = prod.one("aws:apigatewayv2/stage:Stage", "api-root");
        const { format } = stage["accessLogSettings"] as { format: string };
        const fields = Object.keys(JSON.parse(format));
        const [filter] = prod.of(types.filter);
        expect(fields).to.include("status");
        expect(filter?.inputs["pattern"]).to.equal('{ $.status = "401" || $.status = "403" }');
        const asking = prod
            .of(types.query)
            .filter(({ inputs }) => String(inputs["logGroupNames"]).includes("apigateway"));
        expect(asking).to.have.length(3);
        const words = new Set(
            "stats count as requests pct p ms by sort desc fields timestamp filter in limit latest agent".split(" "),
        );
        for (const { inputs } of asking) {
            const used = String(inputs["queryString"]).match(/[a-zA-Z]+/g) ?? [];
            expect(fields).to.include.members(used.filter((word) => !words.has(word.toLowerCase())));
        }
    });

    it("sends Slack every alarm from each region, and lets Slack users do nothing", () => {
        const channels = all.of("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration");
        expect(channels).to.have.length(2);
        for (const { inputs, provider } of channels) {
            expect(inputs).to.include({ slackTeamId: "T07EA123LEP", slackChannelId: "C07EZ1ABC23" });
            expect(inputs["guardrailPolicyArns"]).to.deep.equal(["arn:aws:iam::aws:policy/AWSDenyAll"]);
            const here = (name: string) => (one: Resource) => one.name === name && one.provider === provider;
            const topics = all.of(types.topic).filter(here("monitoring-alarms-topic"));
            expect(inputs["snsTopicArns"]).to.deep.equal(topics.map(({ outputs }) => outputs["arn"]));
            const [role] = all.of("aws:iam/role:Role").filter(here("monitoring-slack-role"));
            expect(inputs["iamRoleArn"]).to.equal(role?.outputs["arn"]);
            const policies = all.of("aws:iam/rolePolicy:RolePolicy").filter((one) => one.inputs["role"] === role?.id);
            expect(policies).to.deep.equal([]);
        }
    });

    it("pages PagerDuty for P1 and P2 by an address that stays secret", () => {
        const pages = all.of(types.subscription).filter(({ inputs }) => inputs["protocol"] === "https");
        expect(pages.map(({ inputs }) => String(inputs["topic"]).split(":").at(-1))).to.have.members([
            // In each of two regions.
            ...Array(2).fill("order-processing-alarms-p1-prod"),
            ...Array(2).fill("order-processing-alarms-p2-prod"),
        ]);
        for (const { inputs, secretInputs } of pages) {
            expect(secretInputs).to.include("endpoint");
            expect(inputs).to.include({ endpoint: pager, endpointAutoConfirms: true });
        }
        // No component has it among its inputs, which are in the state of the stack as they are.
        const others = all.resources.filter(({ type }) => type !== types.subscription);
        expect(JSON.stringify(others.map(({ inputs }) => inputs))).not.to.include("0123456789abcdef");
    });

    it("pages for everything where the essentials alone are watched", () => {
        const pages = graphOfVariant("dev")
            .of(types.subscription)
            .filter(({ inputs }) => inputs["protocol"] === "https");
        expect(pages.map(({ inputs }) => String(inputs["topic"]).split(":").at(-1))).to.deep.equal([
            "order-processing-alarms-dev",
        ]);
    });

    it("watches costs by the stack's tag, once for all regions, and notifies the alarms' subscribers", () => {
        const [budget, ...more] = all.of("aws:budgets/budget:Budget");
        expect(more).to.deep.equal([]);
        expect(budget?.inputs).to.deep.include({
            name: "commerce-prod",
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: "500",
            limitUnit: "USD",
            costFilters: [{ name: "TagKeyValue", values: ["user:Environment$prod"] }],
        });
        const notifications = budget?.inputs["notifications"] as Record<string, unknown>[];
        expect(notifications.map((one) => [one["notificationType"], one["threshold"]])).to.deep.equal([
            ["ACTUAL", 80],
            ["FORECASTED", 100],
        ]);
        for (const one of notifications) {
            expect(one["subscriberEmailAddresses"]).to.deep.equal(["operations@example.com"]);
        }
        const monitor = all.one("aws:costexplorer/anomalyMonitor:AnomalyMonitor", "monitoring-costs");
        expect(JSON.parse(String(monitor.inputs["monitorSpecification"])).Tags).to.deep.equal({
            Key: "Environment",
            MatchOptions: null,
            Values: ["prod"],
        });
        const subscription = all.one("aws:costexplorer/anomalySubscription:AnomalySubscription", "monitoring-costs");
        // AWS sends mails of anomalies by the day or the week only.
        expect(subscription.inputs).to.deep.include({
            frequency: "DAILY",
            subscribers: [{ type: "EMAIL", address: "operations@example.com" }],
            monitorArnLists: [monitor.outputs["arn"]],
        });
        expect(prod.of("aws:budgets/budget:Budget")).to.deep.equal([]);
    });

    it("watches how far the other region is behind, from each of the two", () => {
        const behind = alarmsIn(all)
            .flatMap(metricsOf)
            .filter(({ metricName }) => metricName === "ReplicationLatency");
        const regions = behind.map(({ dimensions }) => dimensions["ReceivingRegion"]);
        const tables = all.of("aws:dynamodb/table:Table").length;
        expect(regions.filter((region) => region === "eu-central-1")).to.have.length(tables);
        expect(regions.filter((region) => region === "eu-west-1")).to.have.length(tables);
    });

    for (const [what, settings, message] of [
        ["a channel by its name", { "alarms.slack": "#alarms" }, "the ids of a workspace and a channel"],
        [
            "a budget without a subscriber",
            { "alarms.monthlyBudget": 100 },
            "alarms.monthlyBudget is mailed to alarms.emails",
        ],
    ] as const) {
        it(`refuses ${what}`, async () => {
            const refused = await graphOf("dev", settings).then(
                () => "",
                (error: Error) => error.message,
            );
            expect(refused).to.include(message);
        });
    }
});
