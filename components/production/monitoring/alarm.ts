import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Metric, partsOf } from "./metric.ts";

/** How soon an operator must look: at once, within 15 minutes, within an hour, within four. */
export type Severity = "P1" | "P2" | "P3" | "P4";

const responses: Readonly<Record<Severity, string>> = {
    P1: "at once",
    P2: "within 15 minutes",
    P3: "within an hour",
    P4: "within 4 hours",
};

/** Anchor of a section of docs/operations/runbooks.md. */
type Runbook =
    | "dead-letters"
    | "lost-work"
    | "api-errors"
    | "api-latency"
    | "client-errors"
    | "refused-callers"
    | "traffic-drop"
    | "failing-completions"
    | "function-errors"
    | "function-duration"
    | "function-throttles"
    | "concurrency"
    | "waiting-events"
    | "queue-depth"
    | "queue-age"
    | "stream-age"
    | "undelivered-messages"
    | "undelivered-events"
    | "schedules"
    | "table-throttles"
    | "replication"
    | "region-down"
    | "backups"
    | "failing-webhooks"
    | "abandoned-webhooks"
    | "late-feeds"
    | "failing-feeds"
    | "late-changes"
    | "left-out-products"
    | "refused-products"
    | "parked-customers"
    | "customer-deletions"
    | "business-alerts"
    | "not-done"
    | "system-health";

/** One time series: a metric, or what a formula makes of several by the ids that they get. */
interface Series {
    readonly metrics: readonly [Metric, ...Metric[]];
    /** @default the one metric itself */
    readonly formula?: Formula;
}

type Formula = (ids: readonly string[]) => pulumi.Input<string>;

/** An alarm before it is made: what it looks at, and when it goes off. */
export interface Alarm {
    /** Logical name, and with the environment the physical one. */
    readonly name: string;
    readonly severity: Severity;
    readonly runbook: Runbook;
    /** What is the matter, in a sentence. */
    readonly says: string;
    /** The highest of them counts. */
    readonly watches: readonly [Series, ...Series[]];
    /**
     * `unlike itself`: below what is usual for the hour and the weekday; then there is no threshold, and what is not
     * measured counts as 0.
     */
    readonly goesOff:
        | { readonly from: pulumi.Input<number> }
        | { readonly above: pulumi.Input<number> }
        | { readonly below: pulumi.Input<number> }
        | "unlike itself";
    /** Seconds. @default 300 */
    readonly period?: pulumi.Input<number>;
    /** In how many of the latest periods. @default 1 */
    readonly periods?: number;
    /** Of how many. @default the same: one after the other */
    readonly outOf?: number;
    /** Whether it goes off where nothing is measured. @default false */
    readonly silenceCounts?: boolean;
}

/** CloudWatch lets an alarm read so many metrics and work out so many expressions (PutMetricAlarm, MetricDataQuery). */
const mostMetrics = 10;
const mostExpressions = 10;

/** An alarm for as many things of a kind as one can look at. What it says ends in their names. */
export function alarmsOverMany(alarm: Omit<Alarm, "watches">, series: readonly Series[]): Alarm[] {
    const metricsOfEach = Math.max(1, ...series.map(({ metrics }) => metrics.length));
    // One expression is the highest of them all.
    const mostFormulas = series.some(formulaOf) ? mostExpressions - 1 : Number.POSITIVE_INFINITY;
    const length = Math.min(Math.floor(mostMetrics / metricsOfEach), mostFormulas);
    const parts = partsOf(series, length);
    return parts.flatMap(([first, ...others], part) => {
        if (first === undefined) return [];
        const watches = [first, ...others] as const;
        const names = new Set(watches.map(({ metrics: [{ of }] }) => of));
        const says = `${alarm.says} One of: ${[...names].join(", ")}.`;
        return [{ ...alarm, name: parts.length === 1 ? alarm.name : `${alarm.name}-${part + 1}`, says, watches }];
    });
}

/** The series of one metric. */
export const alone = (metric: Metric): Series => ({ metrics: [metric] });
export const one = (metric: Metric): readonly [Series] => [alone(metric)];

/** How much of what there was came to nothing, in percent. */
export const share = (failed: Metric, all: Metric): Series => ({
    metrics: [failed, all],
    // A service that measures failures only has none to tell where there are none.
    formula: ([part, whole]) => `100 * FILL(${part}, 0) / ${whole}`,
});

export const descriptionOf = ({ severity, says, runbook }: Pick<Alarm, "severity" | "says" | "runbook">): string =>
    `${severity}, look at it ${responses[severity]}. ${says} Runbook: docs/operations/runbooks.md#${runbook}`;

type Args = Omit<aws.cloudwatch.MetricAlarmArgs, "name" | "alarmActions" | "okActions">;

/** The arguments of an alarm, but for its name and whom it tells. */
export function argsOf(alarm: Alarm): Args {
    const { goesOff, periods = 1, outOf = periods, silenceCounts = false } = alarm;
    const common = {
        alarmDescription: descriptionOf(alarm),
        evaluationPeriods: outOf,
        ...(outOf > periods && { datapointsToAlarm: periods }),
    };
    if (goesOff === "unlike itself") {
        return {
            ...common,
            ...unlikeItself(alarm),
            comparisonOperator: "LessThanLowerThreshold",
            // While CloudWatch does not know yet what is usual.
            treatMissingData: "missing",
        };
    }
    return {
        ...common,
        ...watched(alarm),
        ...thresholdOf(goesOff),
        treatMissingData: silenceCounts ? "breaching" : "notBreaching",
    };
}

function thresholdOf(goesOff: Exclude<Alarm["goesOff"], string>): Args {
    if ("from" in goesOff) return { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: goesOff.from };
    if ("above" in goesOff) return { comparisonOperator: "GreaterThanThreshold", threshold: goesOff.above };
    return { comparisonOperator: "LessThanThreshold", threshold: goesOff.below };
}

type Query = aws.types.input.cloudwatch.MetricAlarmMetricQuery;

function watched({ watches, period = 300 }: Alarm): Args {
    const [first, ...others] = watches;
    if (formulaOf(first) === undefined && others.length === 0) return plain(first.metrics[0], period);
    const queries = watches.flatMap((series, index) => queriesOf(series, index, period));
    const results = watches.map((series, index) => resultOf(series, index));
    if (results.length === 1) {
        return { metricQueries: queries.map((query) => ({ ...query, returnData: query.id === results[0] })) };
    }
    const highest = { id: "highest", expression: `MAX([${results.join(", ")}])`, label: "the highest" };
    return { metricQueries: [...queries, { ...highest, returnData: true }] };
}

const idOf = (index: number, which: number) => `m${index}_${which}`;

/**
 * Alarms on these metrics keep their state where nothing is measured, whatever they say of missing data (CloudWatch User
 * Guide, "Configuring how CloudWatch alarms treat missing data"), and DynamoDB measures what happens only.
 */
const isFilled = ({ namespace }: Metric) => namespace === "AWS/DynamoDB";

const filled = (id: string) => `FILL(${id}, 0)`;

const formulaOf = ({ metrics, formula }: Series): Formula | undefined =>
    formula ?? (metrics.some(isFilled) ? ([only = ""]) => only : undefined);

/** The id of the query that has a series' values. */
const resultOf = (series: Series, index: number) => (formulaOf(series) ? `e${index}` : idOf(index, 0));

function queriesOf(series: Series, index: number, period: pulumi.Input<number>): Query[] {
    const { metrics } = series;
    const formula = formulaOf(series);
    const read = metrics.map((metric, which) => queryOf(idOf(index, which), metric, period));
    if (formula === undefined) return read;
    const ids = metrics.map((metric, which) => (isFilled(metric) ? filled(idOf(index, which)) : idOf(index, which)));
    const expression = formula(ids);
    return [...read, { id: resultOf(series, index), expression, label: metrics[0].of, returnData: false }];
}

function plain({ statistic, of: _, ...metric }: Metric, period: pulumi.Input<number>): Args {
    return { ...metric, period, ...(/^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic }) };
}

function queryOf(id: string, { statistic, of, ...metric }: Metric, period: pulumi.Input<number>): Query {
    return { id, label: of, metric: { ...metric, period, stat: statistic }, returnData: false };
}

function unlikeItself({ watches: [{ metrics, formula }], period = 300 }: Alarm): Args {
    const series: Series = { metrics, formula: formula ?? (([only = ""]) => filled(only)) };
    const measured = resultOf(series, 0);
    return {
        metricQueries: [
            ...queriesOf(series, 0, period).map((query) => ({ ...query, returnData: query.id === measured })),
            { id: "usual", expression: `ANOMALY_DETECTION_BAND(${measured}, 3)`, label: "usual", returnData: true },
        ],
        thresholdMetricId: "usual",
    };
}

/** CloudWatch lets a composite alarm look at so many others. */
const mostChildren = 100;

/** One expression for each hundred alarms: whether one of them is on. */
export const anyOf = (names: readonly pulumi.Input<string>[]): pulumi.Output<string>[] =>
    partsOf(names, mostChildren).map((part) =>
        pulumi.all(part).apply((known) => known.map((name) => `ALARM("${name}")`).join(" OR ")),
    );
