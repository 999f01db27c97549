import type { Fields } from "../../shared/log.ts";

/** Counts, and times where the name ends in `Ms`. */
type Values = Readonly<Record<string, number>>;

/**
 * Fields that make a log line carry metrics as well: CloudWatch reads them from the log (embedded metric format), by the
 * function, which every line names as `service`. No call is made, and no right is needed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metrics(values: Values): Fields {
    const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: Name.endsWith("Ms") ? "Milliseconds" : "Count" }));
    const directive = { Namespace: "Commerce/Messages", Dimensions: [["service"]], Metrics };
    return { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] }, ...values };
}

/** Milliseconds since a time of `performance.now()`, whole ones. */
export function msSince(start: number): number {
    return Math.round(performance.now() - start);
}
