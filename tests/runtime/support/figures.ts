import type { LogLine } from "./function.ts";

interface Directive {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

/** The metrics that CloudWatch reads from a log: the lines' own values, by namespace and dimensions. */
export function figuresIn(log: readonly LogLine[]): Record<string, unknown>[] {
    return log.flatMap((line) => {
        const { CloudWatchMetrics = [] } = (line["_aws"] ?? {}) as { CloudWatchMetrics?: readonly Directive[] };
        return CloudWatchMetrics.map(({ Namespace, Dimensions, Metrics }) => ({
            in: `${Namespace} by ${Dimensions.map((names) => names.map((name) => line[name])).join()}`,
            ...Object.fromEntries(Metrics.map(({ Name, Unit }) => [Name, Unit === "Count" ? line[Name] : Unit])),
        }));
    });
}
