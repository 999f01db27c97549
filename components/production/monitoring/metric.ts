import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BusinessMetric } from "../../../runtime/shared/metrics.ts";
import type { NotDone } from "../../../runtime/shared/outcome.ts";
import type { Context } from "../../parts/context.ts";
import type { Item, TableItem } from "../../parts/inventory.ts";
import { named } from "../../parts/naming.ts";

/** How CloudWatch sums up what was measured in a period. */
type Statistic = "Sum" | "Maximum" | "Average" | "p50" | "p95" | "p99";

/** What CloudWatch knows a time series by. */
export interface Metric {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    readonly statistic: Statistic;
    /** The logical name of what is measured. */
    readonly of: string;
}

type Of<Subject> = (subject: Subject, metricName: string, statistic?: Statistic) => Metric;

export const ofApi: Of<Item<aws.apigatewayv2.Api>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "AWS/ApiGateway",
    metricName,
    dimensions: { ApiId: resource.id },
    statistic,
    of: name,
});

export const ofFunction: Of<Item<aws.lambda.Function>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { FunctionName: resource.name },
    statistic,
    of: name,
});

/** What a callback counts itself, in its log lines (runtime/shared/metrics.ts). */
export const ofBusiness = (
    { name, resource }: Item<aws.lambda.Function>,
    metricName: BusinessMetric,
    statistic: Statistic = "Sum",
): Metric => ({
    namespace: "Commerce/Business",
    metricName,
    dimensions: { service: resource.name },
    statistic,
    of: name,
});

/** What a callback has accepted and not done (runtime/shared/outcome.ts). */
export const ofNotDone = ({ name, resource }: Item<aws.lambda.Function>, metricName: NotDone): Metric => ({
    namespace: "Commerce/NotDone",
    metricName,
    dimensions: { service: resource.name },
    statistic: "Sum",
    of: name,
});

/** The same of what handles published messages (runtime/shared/metrics.ts). */
export const ofMessages: Of<Item<aws.lambda.Function>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "Commerce/Messages",
    metricName,
    dimensions: { service: resource.name },
    statistic,
    of: name,
});

/** Requests that were answered with 401 or 403: counted by a filter on the access log, which has no name for the stack. */
export const ofRefusedCallers = (api: string, context: Context): Metric => ({
    namespace: "Commerce/Access",
    metricName: named("RefusedCallers", context),
    dimensions: {},
    statistic: "Sum",
    of: api,
});

/** How many executions run at a time in the whole account, or are kept for a function. */
export const concurrency: Metric = {
    namespace: "AWS/Lambda",
    metricName: "ClaimedAccountConcurrency",
    dimensions: {},
    statistic: "Maximum",
    of: "the account",
};

/** The function that follows a stream. */
export const ofStream: Of<Item<aws.lambda.EventSourceMapping>> = (
    { name, resource },
    metricName,
    statistic = "Maximum",
) => ({
    namespace: "AWS/Lambda",
    metricName,
    // A mapping calls its function or the function's alias by the ARN, and the metric goes by the function's name.
    dimensions: { FunctionName: resource.functionName.apply(functionIn) },
    statistic,
    of: name,
});

export const ofQueue: Of<Item<aws.sqs.Queue>> = ({ name, resource }, metricName, statistic = "Maximum") => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: resource.name },
    statistic,
    of: name,
});

export const ofTopic: Of<Item<aws.sns.Topic>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "AWS/SNS",
    metricName,
    dimensions: { TopicName: resource.name },
    statistic,
    of: name,
});

export const ofRule: Of<Item<aws.cloudwatch.EventRule>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "AWS/Events",
    metricName,
    dimensions: { EventBusName: resource.eventBusName.apply((bus) => bus ?? "default"), RuleName: resource.name },
    statistic,
    of: name,
});

export const ofScheduleGroup: Of<Item<aws.scheduler.ScheduleGroup>> = (
    { name, resource },
    metricName,
    statistic = "Sum",
) => ({
    namespace: "AWS/Scheduler",
    metricName,
    dimensions: { ScheduleGroup: resource.name },
    statistic,
    of: name,
});

export const ofVault: Of<Item<aws.backup.Vault>> = ({ name, resource }, metricName, statistic = "Sum") => ({
    namespace: "AWS/Backup",
    metricName,
    dimensions: { BackupVaultName: resource.name },
    statistic,
    of: name,
});

/** @param more its dimensions besides the table: an index, an operation, the region of a replica. */
export const ofTable = (
    { name, resource }: TableItem,
    metricName: string,
    more: Readonly<Record<string, string>> = {},
    statistic: Statistic = "Sum",
): Metric => ({
    namespace: "AWS/DynamoDB",
    metricName,
    // A replica knows its ARN only.
    dimensions: { TableName: resource.arn.apply((arn) => arn.slice(arn.lastIndexOf("/") + 1)), ...more },
    statistic,
    of: name,
});

export const functionIn = (arn: string): string => arn.replace(/^.*:function:/, "").replace(/:.*$/, "");

/** Parts of a list, none longer than that. */
export const partsOf = <Element>(list: readonly Element[], length: number): Element[][] =>
    Array.from({ length: Math.ceil(list.length / length) }, (_, part) =>
        list.slice(part * length, (part + 1) * length),
    );
