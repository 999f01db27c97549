import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { trustOf } from "../parts/grant.ts";
import type { Inventory } from "../parts/inventory.ts";
import type { Key } from "../parts/key.ts";
import { named } from "../parts/naming.ts";
import { Topic } from "../parts/topic.ts";
import type { Settings } from "../settings/settings.ts";
import { type Alarm, anyOf, argsOf, descriptionOf, type Severity } from "./monitoring/alarm.ts";
import { alarmsOf } from "./monitoring/alarms.ts";
import { dashboardOf } from "./monitoring/dashboard.ts";
import { ofRefusedCallers } from "./monitoring/metric.ts";
import { savedQueries } from "./monitoring/queries.ts";

export interface MonitoringArgs {
    /** What exists; all of it is watched. */
    readonly inventory: Inventory;
    /** Queues of what was given up for reasons of somebody else's, which nobody is called out of bed for. @default none */
    readonly abandoned?: readonly aws.sqs.Queue[];
    /** Encrypts the alarms; it must admit `cloudwatch.amazonaws.com`. */
    readonly key: Key;
    /** Where PagerDuty takes alarms, a URL with a key in it; it hears those of P1 and P2. @default none */
    readonly pagerDuty?: pulumi.Output<string> | undefined;
    readonly settings: Settings;
}

/** An alarm that exists. */
interface Made {
    readonly severity: Severity;
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
}

/**
 * Watches all that the program makes: an alarm for whatever can go wrong with it, each with a severity and a runbook
 * (docs/operations.md), topics that tell the operators, a dashboard, and queries for the logs.
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
        const { inventory, abandoned = [], settings } = args;
        const isAll = settings.monitoring === "all";
        this.#name = name;
        this.#args = args;

        // Who is told.
        this.topic = this.#topic("alarms", settings.alarmEmails);
        this.topics = isAll ? this.#topics() : {};
        if (args.pagerDuty) this.#page(args.pagerDuty);
        if (settings.slackChannel !== "") this.#post(settings.slackChannel);

        // Of what.
        if (isAll) this.#countRefusedCallers();
        const alarms = alarmsOf({ inventory, abandoned, otherRegion: otherRegion(settings), settings });
        const made = alarms.map((alarm) => this.#alarm(alarm));
        const urgent = made.filter(({ severity }) => severity === "P1" || severity === "P2");
        this.#health(urgent);
        if (isFirst(settings) && settings.monthlyBudget > 0) this.#watchCosts();

        // Where to look.
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
        const { key, settings } = this.#args;
        const own = { parent: this };
        const name = `${this.#name}-${which}`;
        const displayName = `Alarms ${settings.environment}`;
        const topic = new Topic(name, { name: `order-processing-${which}`, displayName, key, emails, settings }, own);
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        const sourceArn = pulumi.interpolate`arn:aws:cloudwatch:${settings.region}:${account}:alarm:*`;
        topic.admit(`${name}-delivery`, { service: "cloudwatch.amazonaws.com", sourceArn }, own);
        return topic;
    }

    /** Where there are no topics by severity, PagerDuty hears everything. */
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
        const { inventory, settings } = this.#args;
        for (const { name, resource } of inventory.accessLogs) {
            const { namespace, metricName } = ofRefusedCallers(name, settings);
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
                name: named(alarm.name, this.#args.settings),
                ...argsOf(alarm),
                alarmActions: tell,
                okActions: tell,
            },
            { parent: this },
        );
        return { severity, name, arn };
    }

    /** The topics that hear of a severity. */
    #tell(severity: Severity): pulumi.Output<string>[] {
        const topic = this.topics[severity];
        return [this.topic.arn, ...(topic ? [topic.arn] : [])];
    }

    /** One light for the whole: on while an alarm of P1 or P2 is. It calls nobody, because those alarms do. */
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
                              alarmName: named(`system-health-${part + 1}`, this.#args.settings),
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
                alarmName: named("system-health", this.#args.settings),
                alarmDescription: descriptionOf({ ...common, says: "At least one alarm of P1 or P2 is on." }),
                alarmRule: pulumi.all(parts).apply((known) => known.join(" OR ")),
                alarmActions: tell,
                okActions: tell,
            },
            own,
        );
    }

    /** By e-mail to those who hear the alarms: of costs AWS tells once a day, which is nothing to be called for. */
    #watchCosts(): void {
        const { environment, monthlyBudget, alarmEmails } = this.#args.settings;
        const own = { parent: this };
        const name = this.#global("commerce");
        const notify = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE" };
        new aws.budgets.Budget(
            `${this.#name}-budget`,
            {
                name,
                budgetType: "COST",
                timeUnit: "MONTHLY",
                limitAmount: String(monthlyBudget),
                limitUnit: "USD",
                costFilters: [{ name: "TagKeyValue", values: [`user:Environment$${environment}`] }],
                notifications: [
                    { ...notify, notificationType: "ACTUAL", threshold: 80 },
                    { ...notify, notificationType: "FORECASTED", threshold: 100 },
                ].map((notification) => ({ ...notification, subscriberEmailAddresses: [...alarmEmails] })),
            },
            own,
        );
        const monitor = new aws.costexplorer.AnomalyMonitor(
            `${this.#name}-costs`,
            {
                name,
                monitorType: "CUSTOM",
                monitorSpecification: JSON.stringify({
                    // As AWS gives it back: what is absent would be a difference at every preview.
                    And: null,
                    CostCategories: null,
                    Dimensions: null,
                    Not: null,
                    Or: null,
                    Tags: { Key: "Environment", MatchOptions: null, Values: [environment] },
                }),
            },
            own,
        );
        new aws.costexplorer.AnomalySubscription(
            `${this.#name}-costs`,
            {
                name,
                frequency: "DAILY",
                monitorArnLists: [monitor.arn],
                subscribers: alarmEmails.map((address) => ({ type: "EMAIL", address })),
                thresholdExpression: {
                    dimension: {
                        key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                        matchOptions: ["GREATER_THAN_OR_EQUAL"],
                        values: [String(Math.max(1, Math.ceil(monthlyBudget / 10)))],
                    },
                },
            },
            own,
        );
    }

    #draw(urgent: readonly Made[]): void {
        const { inventory, settings } = this.#args;
        new aws.cloudwatch.Dashboard(
            `${this.#name}-dashboard`,
            {
                dashboardName: this.#global("commerce"),
                dashboardBody: dashboardOf({ inventory, alarms: urgent.map(({ arn }) => arn), settings }),
            },
            { parent: this },
        );
    }

    #saveQueries(): void {
        const { inventory, settings } = this.#args;
        const groups = { callbacks: inventory.logs, requests: inventory.accessLogs };
        for (const { name, of, query } of savedQueries) {
            new aws.cloudwatch.QueryDefinition(
                `${this.#name}-${name.replaceAll(/[^a-z]+/g, "-")}`,
                {
                    // A folder for each stack.
                    name: `${named("commerce", settings)}/${name}`,
                    logGroupNames: groups[of].map(({ resource }) => resource.name),
                    queryString: query,
                },
                { parent: this },
            );
        }
    }

    /** Traces of this stack, and those in which a function of it failed. */
    #groupTraces(): void {
        const { inventory, settings } = this.#args;
        const functions = pulumi.all(inventory.functions.map(({ resource }) => resource.name));
        for (const [which, having] of [
            ["", ""],
            ["-faults", " { fault = true }"],
        ] as const) {
            new aws.xray.Group(
                `${this.#name}-traces${which}`,
                {
                    groupName: `${named("commerce", settings)}${which}`,
                    filterExpression: functions.apply((names) =>
                        names.map((name) => `service("${name}")${having}`).join(" OR "),
                    ),
                },
                { parent: this },
            );
        }
    }

    /** A name that all regions of the account share. */
    #global(seed: string): string {
        const { settings } = this.#args;
        return isFirst(settings) ? named(seed, settings) : `${named(seed, settings)}-${settings.region}`;
    }
}

const isFirst = ({ region, secondaryRegion }: Settings): boolean => region !== secondaryRegion;

/** Where the tables' replicas are. */
function otherRegion(settings: Settings): string | undefined {
    if (settings.secondaryRegion === "") return undefined;
    return isFirst(settings) ? settings.secondaryRegion : aws.config.region;
}
