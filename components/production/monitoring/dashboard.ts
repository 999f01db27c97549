import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../../parts/context.ts";
import type { Inventory } from "../../parts/inventory.ts";
import {
    concurrency,
    type Metric,
    ofApi,
    ofBusiness,
    ofFunction,
    ofQueue,
    ofRule,
    ofScheduleGroup,
    ofStream,
    ofTable,
    ofTopic,
    partsOf,
} from "./metric.ts";
import { errors, mostGroups } from "./queries.ts";

/** One picture of the dashboard. */
interface Panel {
    readonly title: string;
    readonly metrics: readonly Metric[];
}

interface DashboardArgs {
    readonly inventory: Inventory;
    /** ARNs of the alarms that customers notice. */
    readonly alarms: readonly pulumi.Input<string>[];
    readonly context: Context;
}

/** The body of a dashboard that shows all there is: first what is wrong, then what customers notice, then each hop. */
export function dashboardOf({ inventory, alarms, context }: DashboardArgs): pulumi.Output<string> {
    const { region } = context;
    const states = partsOf(alarms, 100).map((part) => ({
        type: "alarm",
        width: 24,
        height: 6,
        properties: { title: "What customers notice", alarms: part },
    }));
    const charts = panelsOf(inventory)
        .filter(({ metrics }) => metrics.length > 0)
        .map(({ title, metrics }) => ({
            type: "metric",
            width: 12,
            height: 6,
            properties: { title, region, view: "timeSeries", period: 300, metrics: metrics.map(entryOf) },
        }));
    const logs = partsOf(inventory.logs, mostGroups).map((part) => ({
        type: "log",
        width: 24,
        height: 8,
        properties: { title: "Errors", region, view: "table", query: querying(part) },
    }));
    return pulumi.jsonStringify({ start: "-PT12H", widgets: placed([...states, ...charts, ...logs]) });
}

const querying = (logs: Inventory["logs"]): pulumi.Output<string> =>
    pulumi
        .all(logs.map(({ resource }) => resource.name))
        .apply((names) => [...names.map((name) => `SOURCE '${name}'`), errors.query].join(" | "));

/** As CloudWatch wants a metric to be written: namespace, name, each dimension with its value, and how to show it. */
const entryOf = ({ namespace, metricName, dimensions, statistic, of }: Metric) => [
    namespace,
    metricName,
    ...Object.entries(dimensions).flat(),
    { stat: statistic, label: `${of} ${metricName}` },
];

/** Two beside each other, or one as wide as both. */
function placed<Widget extends { readonly width: number; readonly height: number }>(widgets: readonly Widget[]) {
    let x = 0;
    let y = 0;
    let rowHeight = 0;
    return widgets.map((widget) => {
        if (x + widget.width > 24) {
            x = 0;
            y += rowHeight;
            rowHeight = 0;
        }
        const place = { x, y };
        x += widget.width;
        rowHeight = Math.max(rowHeight, widget.height);
        return { ...widget, ...place };
    });
}

function panelsOf(inventory: Inventory): Panel[] {
    const { apis, functions, streams, queues, deadLetters, tables, topics, rules, scheduleGroups } = inventory;
    const by = (name: string) => functions.filter((callback) => callback.name === `${name}-function`);
    const each = <Subject>(subjects: readonly Subject[], ...metrics: readonly ((subject: Subject) => Metric)[]) =>
        subjects.flatMap((subject) => metrics.map((metric) => metric(subject)));
    return [
        {
            title: "Orders",
            metrics: [
                ...each(
                    by("orders-receive"),
                    (receive) => ofBusiness(receive, "OrdersAccepted"),
                    (receive) => ofBusiness(receive, "OrdersRefused"),
                    (receive) => ofBusiness(receive, "OrdersNotTaken"),
                ),
                ...each(by("orders-store"), (store) => ofBusiness(store, "OrdersStored")),
            ],
        },
        {
            title: "Checkout",
            metrics: each(
                [...by("checkout-complete"), ...by("checkout-settle")],
                (callback) => ofBusiness(callback, "SessionsCompleted"),
                (callback) => ofBusiness(callback, "PaymentsDeclined"),
                (callback) => ofBusiness(callback, "PaymentsUnanswered"),
            ),
        },
        {
            title: "Webhooks",
            metrics: each(
                by("webhooks-deliver"),
                (deliver) => ofBusiness(deliver, "DeliveriesDelivered"),
                (deliver) => ofBusiness(deliver, "DeliveriesFailed"),
                (deliver) => ofBusiness(deliver, "DeliveriesExhausted"),
            ),
        },
        {
            title: "Time that endpoints take",
            metrics: each(
                by("webhooks-deliver"),
                (deliver) => ofBusiness(deliver, "AttemptMs", "p50"),
                (deliver) => ofBusiness(deliver, "AttemptMs", "p95"),
            ),
        },
        {
            title: "Products told to feeds",
            metrics: each(
                by("feed-push"),
                (push) => ofBusiness(push, "FeedProductsPushed"),
                (push) => ofBusiness(push, "FeedPushFailures"),
            ),
        },
        {
            title: "Age of feeds and of their oldest unsent change, milliseconds, and products that they leave out",
            metrics: each(
                by("feed-keep"),
                (keep) => ofBusiness(keep, "FeedAgeMs", "Maximum"),
                (keep) => ofBusiness(keep, "FeedUnsentMs", "Maximum"),
                (keep) => ofBusiness(keep, "FeedRowsLeftOut", "Maximum"),
            ),
        },
        {
            title: "Requests",
            metrics: each(
                apis,
                (api) => ofApi(api, "Count"),
                (api) => ofApi(api, "4xx"),
                (api) => ofApi(api, "5xx"),
            ),
        },
        {
            title: "Time until the answer",
            metrics: each(
                apis,
                (api) => ofApi(api, "Latency", "p50"),
                (api) => ofApi(api, "Latency", "p95"),
                (api) => ofApi(api, "Latency", "p99"),
                (api) => ofApi(api, "IntegrationLatency", "p95"),
            ),
        },
        { title: "Invocations", metrics: each(functions, (callback) => ofFunction(callback, "Invocations")) },
        { title: "Failed invocations", metrics: each(functions, (callback) => ofFunction(callback, "Errors")) },
        { title: "Duration, p95", metrics: each(functions, (callback) => ofFunction(callback, "Duration", "p95")) },
        { title: "Throttled invocations", metrics: each(functions, (callback) => ofFunction(callback, "Throttles")) },
        {
            title: "Functions at a time",
            metrics: [
                concurrency,
                ...each(functions, (callback) => ofFunction(callback, "ConcurrentExecutions", "Maximum")),
            ],
        },
        { title: "Age of what streams bring", metrics: each(streams, (stream) => ofStream(stream, "IteratorAge")) },
        {
            title: "Dead letters",
            metrics: each(deadLetters, (queue) => ofQueue(queue, "ApproximateNumberOfMessagesVisible")),
        },
        {
            title: "Messages in queues",
            metrics: each(queues, (queue) => ofQueue(queue, "ApproximateNumberOfMessagesVisible")),
        },
        {
            title: "Oldest message of queues, seconds",
            metrics: each(queues, (queue) => ofQueue(queue, "ApproximateAgeOfOldestMessage")),
        },
        {
            title: "Topics",
            metrics: each(
                topics,
                (topic) => ofTopic(topic, "NumberOfMessagesPublished"),
                (topic) => ofTopic(topic, "NumberOfNotificationsDelivered"),
                (topic) => ofTopic(topic, "NumberOfNotificationsFailed"),
            ),
        },
        {
            title: "Rules",
            metrics: each(
                rules,
                (rule) => ofRule(rule, "Invocations"),
                (rule) => ofRule(rule, "FailedInvocations"),
                (rule) => ofRule(rule, "InvocationsSentToDlq"),
            ),
        },
        {
            title: "Schedules",
            metrics: each(
                scheduleGroups,
                (group) => ofScheduleGroup(group, "InvocationAttemptCount"),
                (group) => ofScheduleGroup(group, "TargetErrorCount"),
                (group) => ofScheduleGroup(group, "InvocationDroppedCount"),
            ),
        },
        {
            title: "Read and written units of tables",
            metrics: each(
                tables,
                (table) => ofTable(table, "ConsumedReadCapacityUnits"),
                (table) => ofTable(table, "ConsumedWriteCapacityUnits"),
            ),
        },
        {
            title: "Throttled reads and writes of tables",
            metrics: each(
                tables,
                (table) => ofTable(table, "ReadThrottleEvents"),
                (table) => ofTable(table, "WriteThrottleEvents"),
            ),
        },
    ];
}
