import type { Fields } from "./log.ts";

/** Counts, or milliseconds if the name ends in `Ms`. */
type Values<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/**
 * Fields that add metrics to a log line: CloudWatch extracts them (embedded metric format), with the function's name
 * (`service`) as dimension. Needs no call and no permission.
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

/** Adds metrics of another namespace. */
export function alsoCounting(fields: Fields, more: Fields): Fields {
    const [one, other] = [fields, more].map(({ _aws }) => _aws as Embedded | undefined);
    const CloudWatchMetrics = [...(one?.CloudWatchMetrics ?? []), ...(other?.CloudWatchMetrics ?? [])];
    return { ...fields, ...more, _aws: { ...other, CloudWatchMetrics } };
}

/** Alarms and the dashboard use these names (components/production/monitoring). */
export type BusinessMetric =
    | "OrdersAccepted"
    | "OrdersRefused"
    | "OrdersNotTaken"
    | "OrdersStored"
    | "SessionsCompleted"
    | "PaymentsDeclined"
    | "PaymentsUnanswered"
    | "PaymentRequestsRefused"
    | "DeliveriesDelivered"
    | "DeliveriesFailed"
    | "DeliveriesExhausted"
    | "AttemptMs"
    | "RegionUnanswered"
    | "FeedAgeMs"
    | "FeedRowsLeftOut"
    | "FeedFailingMs"
    | "FeedUnsentMs"
    | "FeedPushFailures"
    | "FeedProductsPushed";

// Marked as pure, so that the bundler removes unused ones.
export const business = /* @__PURE__ */ metricsIn<BusinessMetric>("Commerce/Business");

export const messageMetrics = /* @__PURE__ */ metricsIn("Commerce/Messages");

/** Whole milliseconds since a time of `performance.now()`. */
export function msSince(start: number): number {
    return Math.round(performance.now() - start);
}
