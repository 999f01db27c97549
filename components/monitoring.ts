import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Inventory } from "./parts/inventory.ts";
import type { Key } from "./parts/key.ts";
import type { Settings } from "./parts/settings.ts";
import { Topic } from "./parts/topic.ts";

export interface MonitoringArgs {
    /** What exists; all of it is watched. */
    readonly inventory: Inventory;
    /** Encrypts the alarms; it must admit `cloudwatch.amazonaws.com`. */
    readonly key: Key;
    readonly settings: Settings;
}

/** What an alarm looks at; every alarm looks at periods of five minutes. */
interface Watch {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
    readonly statistic: "Sum" | "Maximum";
    /** Alarms when the statistic reaches it… */
    readonly threshold: number;
    /** …in so many periods one after the other. @default 1 */
    readonly periods?: number;
    readonly alarmDescription: string;
}

/** An alarm for every API, function, queue, dead-letter queue and stream, and the topic that tells the operators. */
export class Monitoring extends pulumi.ComponentResource {
    readonly topic: Topic;

    constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Monitoring", name, {}, opts);
        const { inventory, key, settings } = args;
        this.topic = new Topic(
            `${name}-alarms`,
            { name: "order-processing-alarms", displayName: "Alarms", key, emails: settings.alarmEmails, settings },
            { parent: this },
        );
        const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
        const region = aws.getRegionOutput({}, { parent: this }).region;
        this.topic.admit(
            `${name}-alarms-delivery`,
            {
                service: "cloudwatch.amazonaws.com",
                sourceArn: pulumi.interpolate`arn:aws:cloudwatch:${region}:${account}:alarm:*`,
            },
            { parent: this },
        );
        for (const { name: of, resource } of inventory.apis) {
            this.#alarm(`${of}-5xx`, {
                namespace: "AWS/ApiGateway",
                metricName: "5xx",
                dimensions: { ApiId: resource.id },
                statistic: "Sum",
                threshold: 1,
                alarmDescription: `${of} answered at least one request with a 5xx in five minutes.`,
            });
        }
        for (const { name: of, resource } of inventory.functions) {
            this.#alarm(`${of}-errors`, {
                namespace: "AWS/Lambda",
                metricName: "Errors",
                dimensions: { FunctionName: resource.name },
                statistic: "Sum",
                threshold: 1,
                alarmDescription: `${of} failed at least once in five minutes.`,
            });
        }
        for (const { name: of, resource } of inventory.streams) {
            this.#alarm(`${of}-age`, {
                namespace: "AWS/Lambda",
                metricName: "IteratorAge",
                // A mapping calls its function by the ARN, and the metric by the name.
                dimensions: { FunctionName: resource.functionName.apply((arn) => arn.replace(/^.*:function:/, "")) },
                statistic: "Maximum",
                threshold: 60_000,
                alarmDescription: `${of} is more than a minute behind its stream.`,
            });
        }
        for (const { name: of, resource } of inventory.queues) {
            this.#alarm(`${of}-depth`, {
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: resource.name },
                statistic: "Maximum",
                threshold: 100,
                periods: 2,
                alarmDescription: `${of} has held 100 messages or more for ten minutes.`,
            });
        }
        for (const { name: of, resource } of inventory.deadLetters) {
            this.#alarm(`${of}-not-empty`, {
                namespace: "AWS/SQS",
                metricName: "ApproximateNumberOfMessagesVisible",
                dimensions: { QueueName: resource.name },
                statistic: "Maximum",
                threshold: 1,
                alarmDescription: `${of} holds what could not be processed.`,
            });
        }
        this.registerOutputs({ topicArn: this.topic.arn });
    }

    #alarm(name: string, { periods = 1, ...watch }: Watch): void {
        new aws.cloudwatch.MetricAlarm(
            name,
            {
                ...watch,
                comparisonOperator: "GreaterThanOrEqualToThreshold",
                period: 300,
                evaluationPeriods: periods,
                treatMissingData: "notBreaching",
                alarmActions: [this.topic.arn],
                okActions: [this.topic.arn],
            },
            { parent: this },
        );
    }
}
