import type { Fields } from "./log.ts";

/** Counts, and times where the name ends in `Ms`. */
type Values<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/**
 * Fields that make a log line carry metrics as well: CloudWatch reads them from the log (embedded metric format), by the
 * function, which every line names as `service`. No call is made, and no right is needed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsIn<Name extends string = string>(namespace: string): (values: Values<Name>) => Fields {
    return (values) => {
        const Metrics = Object.keys(values).map((Name) => ({
            Name,
            Unit: Name.endsWith("Ms") ? "Milliseconds" : "Count",
        }));
        const directive = { Namespace: namespace, Dimensions: [["service"]], Metrics };
        return { _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] }, ...values };
    };
}

interface Embedded {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly object[];
}

/** Fields of a line, and metrics of another namespace beside those that they may carry. */
export function alsoCounting(fields: Fields, more: Fields): Fields {
    const [one, other] = [fields, more].map(({ _aws }) => _aws as Embedded | undefined);
    const CloudWatchMetrics = [...(one?.CloudWatchMetrics ?? []), ...(other?.CloudWatchMetrics ?? [])];
    return { ...fields, ...more, _aws: { ...other, CloudWatchMetrics } };
}

/** What the business is measured by; alarms and the dashboard know these names (components/production/monitoring). */
export type BusinessMetric =
    | "OrdersAccepted"
    | "OrdersRefused"
    | "OrdersNotTaken"
    | "OrdersStored"
    | "SessionsCompleted"
    | "PaymentsDeclined"
    | "PaymentsUnanswered"
    | "DeliveriesDelivered"
    | "DeliveriesFailed"
    | "DeliveriesExhausted"
    | "AttemptMs"
    | "RegionUnanswered";

// Marked as pure, so that the bundler leaves it out where nothing is counted by it.
export const business = /* @__PURE__ */ metricsIn<BusinessMetric>("Commerce/Business");

/** What publishers and subscribers of messages count. */
export const messageMetrics = /* @__PURE__ */ metricsIn("Commerce/Messages");

/** Milliseconds since a time of `performance.now()`, whole ones. */
export function msSince(start: number): number {
    return Math.round(performance.now() - start);
}
