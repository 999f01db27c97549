import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import { trustOf } from "../parts/grant.ts";
import type { Inventory } from "../parts/inventory.ts";
import type { Key } from "../parts/key.ts";
import { named } from "../parts/naming.ts";
import { Topic } from "../parts/topic.ts";
import { type Alarm, anyOf, argsOf, descriptionOf, type Severity } from "./monitoring/alarm.ts";
import { alarmsOf, type SetAside } from "./monitoring/alarms.ts";
import { watchCosts } from "./monitoring/costs.ts";
import { dashboardOf } from "./monitoring/dashboard.ts";
import { ofRefusedCallers, partsOf } from "./monitoring/metric.ts";
import { mostGroups, savedQueries } from "./monitoring/queries.ts";

export interface MonitoringArgs {
    /** What exists; all of it is watched. */
    readonly inventory: Inventory;
    /** Queues of what an operator or another system has to act on: P3, no page. @default none */
    readonly setAside?: readonly SetAside[];
    /** Encrypts the alarms; it must admit `cloudwatch.amazonaws.com`. */
    readonly key: Key;
    /** Where PagerDuty takes alarms of P1 and P2, a URL with a key in it. @default none */
    readonly pagerDuty?: pulumi.Output<string> | undefined;
    /** Addresses that get every alarm. @default none */
    readonly emails?: readonly string[];
    /** A Slack channel that gets every alarm, by the ids of workspace and channel. @default none @example "T07EA123LEP/C07EZ1ABC23" */
    readonly slackChannel?: string | undefined;
    /**
     * How much is watched: all, by severity; or by one topic what is essential: failures, dead letters, full queues, late
     * streams. @default "all"
     */
    readonly level?: "all" | "essential";
    /** Products left out of a feed, from which on an alarm goes off. @default none */
    readonly leftOutOfFeeds?: number | undefined;
    /** US dollars a month; `emails` get a message when the stack is about to cost more, or unusually much. @default 0, none */
    readonly monthlyBudget?: number | undefined;
    readonly context: Context;
}

/** An alarm that exists. */
interface Made {
    readonly severity: Severity;
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
}

/**
 * Watches all that the program makes: an alarm for whatever can go wrong with it, each with a severity and a runbook
 * (docs/operations/runbooks.md), topics that tell the operators, a dashboard, and queries for the logs.
 */
export class Monitoring extends pulumi.ComponentResource {
    /** Gets every alarm. */
    readonly topic: Topic;
    /** Get the alarms of one severity each; none where the essentials alone are watched. */
    readonly topics: Readonly<Partial<Record<Severity, Topic>>>;
    readonly #name: string;
    readonly #args: MonitoringArgs;

    constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Monitoring", name, {}, opts);
        const { emails = [], level = "all", monthlyBudget = 0, context } = args;
        const isAll = level === "all";
        this.#name = name;
        this.#args = args;

        // Receivers.
        this.topic = this.#topic("alarms", emails);
        this.topics = isAll ? this.#topics() : {};
        if (args.pagerDuty) this.#page(args.pagerDuty);
        if (args.slackChannel !== undefined) this.#post(args.slackChannel);

        // Alarms.
        if (isAll) this.#countRefusedCallers();
        const alarms = alarmsOf({ setAside: [], ...args, level, otherRegion: otherRegion(context) });
        const made = alarms.map((alarm) => this.#alarm(alarm));
        const urgent = made.filter(({ severity }) => severity === "P1" || severity === "P2");
        this.#health(urgent);
        if (isFirst(context) && monthlyBudget > 0) {
            const costs = { name: this.#global("commerce"), environment: context.environment, monthlyBudget, emails };
            watchCosts(name, costs, { parent: this });
        }

        // Dashboard, queries, traces.
        this.#draw(urgent);
        if (isAll) this.#saveQueries();
        if (isAll) this.#groupTraces();

        this.registerOutputs({ topicArn: this.topic.arn });
    }

    #topics(): Record<Severity, Topic> {
        return {
            P1: this.#topic("alarms-p1"),
            P2: this.#topic("alarms-p2"),
            P3: this.#topic("alarms-p3"),
            P4: this.#topic("alarms-p4"),
        };
    }

    #topic(which: string, emails: readonly string[] = []): Topic {
        const { key, context } = this.#args;
        const own = { parent: this };
        const name = `${this.#name}-${which}`;
        const displayName = `Alarms ${context.environment}`;
        const topic = new Topic(name, { name: `order-processing-${which}`, displayName, key, emails, context }, own);
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        const sourceArn = pulumi.interpolate`arn:aws:cloudwatch:${context.region}:${account}:alarm:*`;
        topic.admit(`${name}-delivery`, { service: "cloudwatch.amazonaws.com", sourceArn }, own);
        return topic;
    }

    /** Where there are no topics by severity, PagerDuty gets every alarm. */
    #page(url: pulumi.Output<string>): void {
        const { P1, P2 } = this.topics;
        for (const [which, topic] of Object.entries(P1 && P2 ? { p1: P1, p2: P2 } : { all: this.topic })) {
            new aws.sns.TopicSubscription(
                `${this.#name}-pager-duty-${which}`,
                { topic: topic.arn, protocol: "https", endpoint: url, endpointAutoConfirms: true },
                { parent: this },
            );
        }
    }

    #post(channel: string): void {
        const own = { parent: this };
        const [team = "", id = ""] = channel.split("/");
        const role = new aws.iam.Role(
            `${this.#name}-slack-role`,
            {
                description: "What members of the Slack channel may do: nothing but read the alarms that come there.",
                assumeRolePolicy: trustOf("chatbot.amazonaws.com"),
            },
            own,
        );
        new aws.chatbot.SlackChannelConfiguration(
            `${this.#name}-slack`,
            {
                configurationName: this.#global("order-processing-alarms"),
                slackTeamId: team,
                slackChannelId: id,
                iamRoleArn: role.arn,
                // Without one it would be AdministratorAccess.
                guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
                snsTopicArns: [this.topic.arn],
            },
            own,
        );
    }

    #countRefusedCallers(): void {
        const { inventory, context } = this.#args;
        for (const { name, resource } of inventory.accessLogs) {
            const { namespace, metricName } = ofRefusedCallers(name, context);
            new aws.cloudwatch.LogMetricFilter(
                `${name}-refused-callers`,
                {
                    logGroupName: resource.name,
                    pattern: '{ $.status = "401" || $.status = "403" }',
                    metricTransformation: { namespace, name: metricName, value: "1" },
                },
                { parent: this },
            );
        }
    }

    #alarm(alarm: Alarm): Made {
        const { severity } = alarm;
        const tell = this.#tell(severity);
        const { name, arn } = new aws.cloudwatch.MetricAlarm(
            alarm.name,
            {
                name: named(alarm.name, this.#args.context),
                ...argsOf(alarm),
                alarmActions: tell,
                okActions: tell,
            },
            { parent: this },
        );
        return { severity, name, arn };
    }

    /** The topics that get alarms of a severity. */
    #tell(severity: Severity): pulumi.Output<string>[] {
        const topic = this.topics[severity];
        return [this.topic.arn, ...(topic ? [topic.arn] : [])];
    }

    /** One light for the whole: on while an alarm of P1 or P2 is. It pages no operator: those alarms do. */
    #health(urgent: readonly Made[]): void {
        const own = { parent: this };
        const common = { severity: "P4", runbook: "system-health" } as const;
        const rules = anyOf(urgent.map(({ name }) => name));
        const parts =
            rules.length === 1
                ? rules
                : rules.map((alarmRule, part) => {
                      const says = "An alarm of P1 or P2 of a part of the system is on.";
                      const { alarmName } = new aws.cloudwatch.CompositeAlarm(
                          `${this.#name}-health-${part + 1}`,
                          {
                              alarmName: named(`system-health-${part + 1}`, this.#args.context),
                              alarmDescription: descriptionOf({ ...common, says }),
                              alarmRule,
                          },
                          own,
                      );
                      return pulumi.interpolate`ALARM("${alarmName}")`;
                  });
        const tell = this.#tell(common.severity);
        new aws.cloudwatch.CompositeAlarm(
            `${this.#name}-health`,
            {
                alarmName: named("system-health", this.#args.context),
                alarmDescription: descriptionOf({ ...common, says: "At least one alarm of P1 or P2 is on." }),
                alarmRule: pulumi.all(parts).apply((known) => known.join(" OR ")),
                alarmActions: tell,
                okActions: tell,
            },
            own,
        );
    }

    #draw(urgent: readonly Made[]): void {
        const { inventory, context } = this.#args;
        new aws.cloudwatch.Dashboard(
            `${this.#name}-dashboard`,
            {
                dashboardName: this.#global("commerce"),
                dashboardBody: dashboardOf({ inventory, alarms: urgent.map(({ arn }) => arn), context }),
            },
            { parent: this },
        );
    }

    #saveQueries(): void {
        const { inventory, context } = this.#args;
        const groups = { callbacks: inventory.logs, requests: inventory.accessLogs };
        for (const { name, of, query } of savedQueries) {
            for (const [index, part] of partsOf(groups[of], mostGroups).entries()) {
                const more = index === 0 ? "" : ` ${index + 1}`;
                new aws.cloudwatch.QueryDefinition(
                    `${this.#name}-${`${name}${more}`.replaceAll(/[^a-z0-9]+/g, "-")}`,
                    {
                        // A folder for each stack.
                        name: `${named("commerce", context)}/${name}${more}`,
                        logGroupNames: part.map(({ resource }) => resource.name),
                        queryString: query,
                    },
                    { parent: this },
                );
            }
        }
    }

    /** Traces of this stack, and those in which a function of it failed. */
    #groupTraces(): void {
        const { inventory, context } = this.#args;
        for (const [index, part] of partsOf(inventory.functions, mostInGroup).entries()) {
            const functions = pulumi.all(part.map(({ resource }) => resource.name));
            const suffix = index === 0 ? "" : `-${index + 1}`;
            for (const [which, having] of [
                ["", ""],
                ["-faults", " { fault = true }"],
            ] as const) {
                new aws.xray.Group(
                    `${this.#name}-traces${which}${suffix}`,
                    {
                        groupName: `${named("commerce", context)}${which}${suffix}`,
                        filterExpression: functions.apply((names) =>
                            names.map((name) => `service("${name}")${having}`).join(" OR "),
                        ),
                    },
                    { parent: this },
                );
            }
        }
    }

    /** A name that all regions of the account share. */
    #global(seed: string): string {
        const { context } = this.#args;
        return isFirst(context) ? named(seed, context) : `${named(seed, context)}-${context.region}`;
    }
}

/** X-Ray takes 2,000 characters to name the functions of a group by. */
const mostInGroup = 30;

const isFirst = ({ region, regions }: Context): boolean => region !== regions?.secondary;

/** The region of the tables' replicas. */
const otherRegion = ({ region, regions }: Context): string | undefined =>
    region === regions?.secondary ? regions.primary : regions?.secondary;
