import type { Resource } from "embedded-aws/recorder";
import {
    at,
    choice,
    count,
    isKnown,
    isRecord,
    jsonIn,
    name,
    type Rule,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const dashboard = "aws:cloudwatch/dashboard:Dashboard";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const filter = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const query = "aws:cloudwatch/queryDefinition:QueryDefinition";

const comparisons = [
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
];
const bandComparisons = [
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "GreaterThanUpperThreshold",
];

const periodOf = ({ inputs }: Resource): number =>
    Math.max(...[inputs["period"], ...valuesAt(inputs, "metricQueries[].metric.period")].filter(isKnown).map(Number));

/** Also what is only known later. */
const isGiven = (query: unknown, key: string) => isRecord(query) && query[key] !== undefined;

const isPeriod = (value: unknown) =>
    [10, 20, 30].includes(Number(value)) || (Number(value) > 0 && Number(value) % 60 === 0);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const alarms: readonly Rule[] = [
    ...name(alarm, { max: 255 }),
    unique(alarm, ["name"]),
    ...text(alarm, "alarmDescription", { min: 0, max: 1024 }),
    ...text(alarm, "namespace", { pattern: /^[^:]/, max: 255 }),
    ...text(alarm, "metricName", { max: 255 }),
    choice(alarm, "statistic", ["SampleCount", "Average", "Sum", "Minimum", "Maximum"]),
    ...text(alarm, "extendedStatistic", {
        pattern: /^((p|tm|tc|ts|wm)(\d{1,2}(\.\d+)?|100)|IQM|(PR|TM|TC|TS|WM)\(.+\))$/,
        max: 64,
    }),
    choice(alarm, "treatMissingData", ["breaching", "notBreaching", "ignore", "missing"]),
    choice(alarm, "comparisonOperator", [...comparisons, ...bandComparisons]),
    count(alarm, "alarmActions", 0, 5),
    count(alarm, "okActions", 0, 5),
    count(alarm, "insufficientDataActions", 0, 5),
    ...text(alarm, "metricQueries[].id", { pattern: /^[a-z][a-zA-Z0-9_]*$/, max: 255 }),
    ...text(alarm, "metricQueries[].expression", { max: 2048 }),
    {
        type: alarm,
        what: "looks at periods of 10, 20, 30 seconds or whole minutes",
        faults: ({ inputs }) =>
            [...valuesAt(inputs, "period"), ...valuesAt(inputs, "metricQueries[].metric.period")]
                .filter((period) => !isPeriod(period))
                .map((period) => `a period of ${period} seconds`),
        broken: ({ inputs }) => withAt(inputs, "period", 45),
    },
    {
        // A day in all; a week where a period is an hour or longer.
        type: alarm,
        what: "looks back a day at most, or a week by hours",
        faults: (resource) => {
            const period = periodOf(resource);
            const seconds = period * Number(resource.inputs["evaluationPeriods"] ?? 1);
            const most = period >= 3600 ? 604_800 : 86_400;
            return Number.isFinite(seconds) && seconds > most ? [`looks back ${seconds} seconds`] : [];
        },
        broken: ({ inputs }) => ({ ...inputs, period: 300, evaluationPeriods: 300 }),
    },
    {
        type: alarm,
        what: "asks for at most as many breaching points as it looks at",
        faults: ({ inputs }) =>
            valuesAt(inputs, "datapointsToAlarm")
                .filter((points) => Number(points) > Number(inputs["evaluationPeriods"]) || Number(points) < 1)
                .map((points) => `datapointsToAlarm is ${points}`),
        broken: ({ inputs }) => ({ ...inputs, evaluationPeriods: 2, datapointsToAlarm: 3 }),
    },
    {
        type: alarm,
        what: "looks at one metric with one statistic, or at queries",
        faults: ({ inputs }) => {
            const own = ["metricName", "namespace", "period", "statistic", "extendedStatistic", "dimensions"];
            const given = own.filter((key) => isKnown(inputs[key]));
            if (isKnown(inputs["metricQueries"])) return given.map((key) => `has metricQueries and ${key}`);
            const statistics = given.filter((key) => /statistic/i.test(key));
            return [
                ...(statistics.length === 1 ? [] : [`has ${statistics.length} statistics`]),
                ...["metricName", "namespace", "period"]
                    .filter((key) => inputs[key] === undefined)
                    .map((key) => `has no ${key}`),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, statistic: "Sum", extendedStatistic: "p95" }),
    },
    {
        type: alarm,
        what: "has queries of different ids that use each other, one of which it watches, of at most ten metrics",
        faults: ({ inputs }) => {
            const queries = valuesAt(inputs, "metricQueries[]");
            if (queries.length === 0) return [];
            const ids = queries.map((one) => at(one, "id"));
            const watched = queries.filter((one) => at(one, "returnData") === true).length;
            const band = inputs["thresholdMetricId"];
            return [
                ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two queries are called ${id}`),
                // Of an anomaly band the metric and the band are both returned.
                ...(watched === (isKnown(band) ? 2 : 1) ? [] : [`${watched} queries return data`]),
                ...(isKnown(band) && !ids.includes(band) ? [`thresholdMetricId is ${band}`] : []),
                ...["metric", "expression"]
                    .filter((key) => queries.filter((one) => isGiven(one, key)).length > 10)
                    .map((key) => `more than ten queries with ${key}`),
                ...queries
                    .flatMap((one) => String(at(one, "expression")).match(/\b[me]\d+(_\d+)?\b/g) ?? [])
                    .filter((named) => !ids.includes(named))
                    .map((named) => `there is no query ${named}`),
                ...queries
                    .filter((one) => isGiven(one, "metric") === isGiven(one, "expression"))
                    .map((one) => `the query ${at(one, "id")} has not one of metric and expression`),
            ];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            metricQueries: [
                { id: "errors", expression: "1" },
                { id: "errors", expression: "2" },
            ],
        }),
    },
    {
        type: alarm,
        what: "compares with a threshold, or with a band by an operator for bands",
        faults: ({ inputs }) => {
            const { threshold, thresholdMetricId: band, comparisonOperator: operator } = inputs;
            const isBand = bandComparisons.some((one) => one === operator);
            return [
                ...((threshold === undefined) === (band === undefined)
                    ? ["has not one of threshold and thresholdMetricId"]
                    : []),
                ...(isBand === (band !== undefined) ? [] : [`${operator} does not fit`]),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, threshold: 1, comparisonOperator: "GreaterThanUpperThreshold" }),
    },
    {
        // MetricDatum: 30 dimensions, names of up to 255 characters, values of up to 1,024.
        type: alarm,
        what: "has at most 30 dimensions of legal length",
        faults: ({ inputs }) =>
            [inputs["dimensions"], ...valuesAt(inputs, "metricQueries[].metric.dimensions")]
                .filter(isRecord)
                .flatMap((of) => [
                    ...(Object.keys(of).length > 30 ? ["more than 30 dimensions"] : []),
                    ...Object.entries(of)
                        .filter(
                            ([key, value]) =>
                                key.length > 255 || (isKnown(value) && !/^.{1,1024}$/.test(String(value))),
                        )
                        .map(([key]) => `the dimension ${key}`),
                ]),
        broken: ({ inputs }) => ({ ...inputs, dimensions: { FunctionName: "" } }),
    },
    ...name(composite, { max: 255 }, "alarmName"),
    ...text(composite, "alarmRule", { max: 10_240 }),
    ...text(composite, "alarmDescription", { min: 0, max: 1024 }),
    count(composite, "alarmActions", 0, 5),
    {
        // API_PutCompositeAlarm: up to 100 alarms, each of which must exist.
        type: composite,
        what: "combines at most 100 alarms, all of which exist",
        faults: ({ inputs }, resources) => {
            const of = inputs["alarmRule"];
            if (typeof of !== "string") return [];
            const names = [...of.matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\(\s*["']?([^"')]+)["']?\s*\)/g)].map(
                ([, one]) => one,
            );
            const existing = new Set(
                resources.flatMap(({ type, outputs }) =>
                    type === alarm || type === composite ? [outputs["name"], outputs["alarmName"], outputs["arn"]] : [],
                ),
            );
            return [
                ...(names.length > 100 ? [`combines ${names.length} alarms`] : []),
                ...(names.length === 0 ? ["combines no alarm"] : []),
                ...names.filter((one) => !existing.has(one)).map((one) => `there is no alarm ${one}`),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, alarmRule: 'ALARM("nothing")' }),
    },
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const dashboards: readonly Rule[] = [
    ...name(dashboard, { pattern: /^[A-Za-z0-9_-]+$/, max: 255 }, "dashboardName"),
    unique(dashboard, ["dashboardName"]),
    {
        type: dashboard,
        what: "has at most 500 widgets within 24 columns, of at most 500 metrics each",
        faults: ({ inputs }) => {
            const body = inputs["dashboardBody"];
            if (!isKnown(body)) return [];
            const widgets = valuesAt(jsonIn(body), "widgets[]");
            return [
                ...(widgets.length === 0 || widgets.length > 500 ? [`has ${widgets.length} widgets`] : []),
                ...widgets.flatMap(widgetFaults),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, dashboardBody: '{"widgets":[{"type":"picture","width":25}]}' }),
    },
];

const widgetTypes = ["metric", "text", "log", "alarm", "explorer", "custom"];

function widgetFaults(widget: unknown, index: number): string[] {
    const { x, y, width, height, type } = isRecord(widget) ? widget : {};
    const inside = (value: unknown, least: number, most: number) =>
        value === undefined || (Number(value) >= least && Number(value) <= most);
    const where = `widget ${index}`;
    return [
        ...(widgetTypes.some((one) => one === type) ? [] : [`${where} is ${type}`]),
        ...(inside(x, 0, 23) && inside(width, 1, 24) && Number(x ?? 0) + Number(width ?? 6) <= 24
            ? []
            : [`${where} is too wide`]),
        ...(inside(y, 0, 1_000_000) && inside(height, 1, 1000) ? [] : [`${where} is too high`]),
        ...(valuesAt(widget, "properties.metrics[]").length > 500 ? [`${where} has more than 500 metrics`] : []),
        ...(type === "metric" && !isKnown(at(widget, "properties.region")) ? [`${where} has no region`] : []),
    ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ and "CloudWatch Logs quotas". */
const logs: readonly Rule[] = [
    ...name(logGroup, { pattern: /^(?!aws\/)[.\-_/#A-Za-z0-9]+$/, max: 512 }),
    unique(logGroup, ["name"]),
    // PutRetentionPolicy; 0 keeps for ever.
    choice(
        logGroup,
        "retentionInDays",
        [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    ),
    choice(logGroup, "logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]),
    ...name(filter, { pattern: /^[^:*]+$/, max: 512 }),
    ...text(filter, "pattern", { min: 0, max: 1024 }),
    {
        // MetricTransformation: three dimensions, and no default value with them.
        type: filter,
        what: "has at most three dimensions, and then no default value",
        faults: ({ inputs }) => {
            const dimensions = at(inputs, "metricTransformation.dimensions");
            const many = isRecord(dimensions) ? Object.keys(dimensions).length : 0;
            const hasDefault = isKnown(at(inputs, "metricTransformation.defaultValue"));
            return many > 3 || (many > 0 && hasDefault) ? [`${many} dimensions, default value: ${hasDefault}`] : [];
        },
        broken: ({ inputs }) =>
            withAt(inputs, "metricTransformation", { dimensions: { type: "$.type" }, defaultValue: "0" }),
    },
    ...name(query, { max: 255 }),
    ...text(query, "queryString", { max: 10_000 }),
    unique(query, ["name"]),
    {
        // API_PutDataProtectionPolicy: an audit and a de-identify statement over the same identifiers, 30,720 characters.
        type: "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        what: "audits and masks the same data",
        faults: ({ inputs }) => {
            const text = inputs["policyDocument"];
            if (!isKnown(text)) return [];
            const statements = valuesAt(jsonIn(text), "Statement[]");
            const [audit, mask, ...others] = statements;
            const identifiers = (one: unknown) => JSON.stringify(at(one, "DataIdentifier"));
            const legal =
                others.length === 0 &&
                isRecord(at(audit, "Operation.Audit")) &&
                isRecord(at(mask, "Operation.Deidentify")) &&
                identifiers(audit) === identifiers(mask) &&
                String(text).length <= 30_720;
            return legal ? [] : ["is not an audit and a de-identify statement over the same identifiers"];
        },
        broken: ({ inputs }) => ({ ...inputs, policyDocument: '{"Statement":[]}' }),
    },
    unique("aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy", ["logGroupName"]),
];

/** https://docs.aws.amazon.com/xray/latest/api/API_CreateGroup.html, API_SamplingRule.html */
const traces: readonly Rule[] = [
    ...text("aws:xray/group:Group", "groupName", { max: 32 }),
    ...text("aws:xray/group:Group", "filterExpression", { min: 0, max: 2000 }),
];

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/ */
const costs: readonly Rule[] = [
    ...name("aws:budgets/budget:Budget", { pattern: /^[^:\\]+$/, max: 100 }),
    choice("aws:budgets/budget:Budget", "timeUnit", ["DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY"]),
    count("aws:budgets/budget:Budget", "notifications", 0, 10),
    ...name("aws:costexplorer/anomalyMonitor:AnomalyMonitor", { max: 1024 }),
    {
        // CreateAnomalySubscription: e-mails once a day or week, topics at once.
        type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
        what: "notifies topics at once and addresses daily or weekly",
        faults: ({ inputs }) => {
            const wanted = inputs["frequency"] === "IMMEDIATE" ? "SNS" : "EMAIL";
            return valuesAt(inputs, "subscribers[].type")
                .filter((kind) => kind !== wanted)
                .map((kind) => `${inputs["frequency"]} by ${kind}`);
        },
        broken: ({ inputs }) => ({ ...inputs, frequency: "IMMEDIATE", subscribers: [{ type: "EMAIL" }] }),
    },
    choice("aws:costexplorer/anomalySubscription:AnomalySubscription", "frequency", ["DAILY", "IMMEDIATE", "WEEKLY"]),
];

export const watching: readonly Rule[] = [...alarms, ...dashboards, ...logs, ...traces, ...costs];
