import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AlarmedNotDone } from "../../../runtime/shared/outcome.ts";
import { claimOf } from "../../parts/concurrency.ts";
import type { Context } from "../../parts/context.ts";
import { type Inventory, type Item, readQueuesOf, type TableItem } from "../../parts/inventory.ts";
import { type Alarm, alarmsOverMany, type Series, type Severity } from "./alarm.ts";
import {
    concurrency,
    functionIn,
    type Metric,
    ofApi,
    ofBusiness,
    ofFunction,
    ofMessages,
    ofNotDone,
    ofQueue,
    ofRefusedCallers,
    ofRule,
    ofScheduleGroup,
    ofStream,
    ofTable,
    ofTopic,
    ofVault,
} from "./metric.ts";

export interface Watched {
    readonly inventory: Inventory;
    /** Queues of what was given up for reasons of somebody else's: nobody is called out of bed for it. */
    readonly abandoned: readonly pulumi.Resource[];
    /** Where the tables' replicas are. @default there are none */
    readonly otherRegion: string | undefined;
    /** How much is watched (`MonitoringArgs`). */
    readonly level: "all" | "essential";
    readonly context: Context;
}

/** Every alarm of a stack. On the level `essential` those alone without which work would get lost. */
export function alarmsOf(watched: Watched): Alarm[] {
    const { inventory, context } = watched;
    const essential = [
        ...inventory.deadLetters.flatMap((queue) => ofDeadLetters(queue, watched)),
        ...inventory.functions.map(ofErrors),
        ...readQueuesOf(inventory).map(ofDepth),
        ...inventory.streams.map(ofStreamAge),
        ...inventory.apis.map(ofApiErrors),
        ...ofWorkNotDone(inventory),
        ...ofOtherRegion(inventory),
    ];
    switch (watched.level) {
        case "essential":
            return essential;
        case "all":
            return [
                ...essential,
                ...ofLostWork(inventory),
                ...inventory.apis.flatMap((api) => ofApiRates(api, inventory)),
                ...ofRefusals(inventory, context),
                ...ofFunctions(inventory, context),
                ...readQueuesOf(inventory).map(ofQueueAge),
                ...ofHops(inventory),
                ...inventory.schedules.map(ofSchedule),
                ...ofTables(inventory.tables),
                ...ofReplication(watched),
                ...inventory.vaults.map(ofBackups),
                ...ofBusinessFigures(inventory, context),
            ];
    }
}

const alone = (metric: Metric): Series => ({ metrics: [metric] });
const one = (metric: Metric): readonly [Series] => [alone(metric)];

/** How much of what there was came to nothing, in percent. */
const share = (failed: Metric, all: Metric): Series => ({
    metrics: [failed, all],
    // A service that measures failures only has none to tell where there are none.
    formula: ([part, whole]) => `100 * FILL(${part}, 0) / ${whole}`,
});

function ofDeadLetters(queue: Item<aws.sqs.Queue>, { abandoned }: Watched): Alarm[] {
    const watches = one(ofQueue(queue, "ApproximateNumberOfMessagesVisible"));
    const common = { name: `${queue.name}-not-empty`, watches, goesOff: { from: 1 } };
    if (abandoned.includes(queue.resource)) {
        const says = `${queue.name} holds webhooks that no endpoint took.`;
        return [{ ...common, severity: "P3", runbook: "abandoned-webhooks", says }];
    }
    return [
        {
            ...common,
            severity: "P1",
            runbook: "dead-letters",
            says: `${queue.name} holds what could not be processed.`,
        },
    ];
}

const ofErrors = (callback: Item<aws.lambda.Function>): Alarm => ({
    name: `${callback.name}-errors`,
    severity: "P4",
    runbook: "function-errors",
    says: `${callback.name} failed at least once in five minutes.`,
    watches: one(ofFunction(callback, "Errors")),
    goesOff: { from: 1 },
});

const ofDepth = (queue: Item<aws.sqs.Queue>): Alarm => ({
    name: `${queue.name}-depth`,
    severity: "P3",
    runbook: "queue-depth",
    says: `${queue.name} has held 100 messages or more for ten minutes.`,
    watches: one(ofQueue(queue, "ApproximateNumberOfMessagesVisible")),
    goesOff: { from: 100 },
    periods: 2,
});

const ofStreamAge = (stream: Item<aws.lambda.EventSourceMapping>): Alarm => ({
    name: `${stream.name}-age`,
    severity: "P2",
    runbook: "stream-age",
    says: `${stream.name} is more than a minute behind its stream.`,
    watches: one(ofStream(stream, "IteratorAge")),
    goesOff: { from: 60_000 },
});

const ofApiErrors = (api: Item<aws.apigatewayv2.Api>): Alarm => ({
    name: `${api.name}-5xx`,
    severity: "P4",
    runbook: "api-errors",
    says: `${api.name} answered at least one request with a 5xx in five minutes.`,
    watches: one(ofApi(api, "5xx")),
    goesOff: { from: 1 },
});

/** One error is for the log; some are for office hours, more are not, and half of all is an outage. */
function ofApiRates(api: Item<aws.apigatewayv2.Api>, inventory: Inventory): Alarm[] {
    const { name } = api;
    const checks = functionsBy("health-check", inventory).map((check) => ofFunction(check, "Invocations"));
    const errors: Pick<Alarm, "runbook" | "watches"> = {
        runbook: "api-errors",
        watches: [share(ofApi(api, "5xx"), ofApi(api, "Count"))],
    };
    const latency: Pick<Alarm, "runbook" | "watches" | "periods" | "outOf"> = {
        runbook: "api-latency",
        watches: one(ofApi(api, "Latency", "p95")),
        periods: 2,
        outOf: 3,
    };
    return [
        {
            ...errors,
            name: `${name}-down`,
            severity: "P1",
            says: `${name} answers half of all requests or more with a 5xx.`,
            goesOff: { from: 50 },
            period: 60,
            periods: 3,
            outOf: 5,
        },
        {
            ...errors,
            name: `${name}-error-rate-high`,
            severity: "P2",
            says: `${name} answers more than 5 % of all requests with a 5xx.`,
            goesOff: { above: 5 },
            periods: 2,
            outOf: 3,
        },
        {
            ...errors,
            name: `${name}-error-rate`,
            severity: "P3",
            says: `${name} answers more than 1 % of all requests with a 5xx.`,
            goesOff: { above: 1 },
            periods: 2,
            outOf: 3,
        },
        {
            ...latency,
            name: `${name}-latency-high`,
            severity: "P2",
            says: `${name} takes more than 3 s for one request in twenty.`,
            goesOff: { above: 3000 },
        },
        {
            ...latency,
            name: `${name}-latency`,
            severity: "P3",
            says: `${name} takes more than 1 s for one request in twenty.`,
            goesOff: { above: 1000 },
        },
        {
            name: `${name}-client-errors`,
            severity: "P4",
            runbook: "client-errors",
            says: `${name} refuses more than a fifth of all requests with a 4xx.`,
            watches: [share(ofApi(api, "4xx"), ofApi(api, "Count"))],
            goesOff: { above: 20 },
            periods: 3,
        },
        {
            name: `${name}-traffic-drop`,
            severity: "P2",
            runbook: "traffic-drop",
            says: `${name} gets fewer requests than is usual for the hour and the weekday.`,
            watches: [
                {
                    metrics: [ofApi(api, "Count"), ...checks],
                    // Health checks go on when nobody else calls.
                    formula: (ids) => ids.map((id) => `FILL(${id}, 0)`).join(" - "),
                },
            ],
            goesOff: "unlike itself",
            periods: 6,
        },
    ];
}

/** The functions of a callback, by its name. */
const functionsBy = (name: string, { functions }: Inventory) =>
    functions.filter((callback) => callback.name === `${name}-function`);

/** What the canary in a second region finds out about the first, which may be away with all of its alarms. */
const ofOtherRegion = (inventory: Inventory): Alarm[] =>
    functionsBy("health-watch", inventory).map((watch) => ({
        name: "first-region-down",
        severity: "P1",
        runbook: "region-down",
        says: "The first region does not answer this one, or says that it cannot read its tables or secrets.",
        watches: one(ofBusiness(watch, "RegionUnanswered")),
        goesOff: { from: 1 },
        period: 60,
        periods: 3,
        outOf: 5,
    }));

const ofRefusals = ({ accessLogs }: Inventory, context: Context): Alarm[] =>
    accessLogs.map(({ name }) => ({
        name: `${name}-refused-callers`,
        severity: "P1",
        runbook: "refused-callers",
        says: "The API refuses one caller a second or more: somebody may be trying keys.",
        watches: one(ofRefusedCallers(name, context)),
        goesOff: { from: 300 },
    }));

/** Which callbacks count it, by their logical names, how soon somebody must look, and what is the matter. */
interface WorkNotDone {
    readonly by: RegExp;
    readonly severity: Severity;
    readonly says: string;
}

/** What is accepted and not done, where somebody must act and no queue of dead letters holds it. */
const workNotDone: Readonly<Record<AlarmedNotDone, WorkNotDone>> = {
    OrderShort: {
        by: /^orders-inventory-/,
        severity: "P4",
        says: "An order is accepted that is short of stock: nothing is reserved for it.",
    },
    OrderUpdateUnused: {
        by: /^checkout-follow-/,
        severity: "P3",
        says: "An event order.updated.v1 is about an order that no session has: nobody is told of it.",
    },
    EndpointDisabled: {
        by: /^webhooks-deliver-/,
        severity: "P4",
        says: "A webhook endpoint was disabled, because it is gone or fails: it is told nothing more.",
    },
    CustomerSkipped: {
        by: /^customers-sync-/,
        severity: "P3",
        says: "A notification about a customer cannot be used: Segment is never told of it.",
    },
    CustomerNotErased: {
        by: /^customers-sync-/,
        severity: "P3",
        says: "A customer's data is to be erased: Segment still has it.",
    },
    AuditRowMissing: {
        by: /^messages-/,
        severity: "P3",
        says: "A failure of a subscriber is missing in the audit trail.",
    },
};

function ofWorkNotDone({ functions }: Inventory): Alarm[] {
    return Object.entries(workNotDone).flatMap(([kind, { by, severity, says }]) =>
        alarmsOverMany(
            {
                name: `not-done${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
                severity,
                runbook: "not-done",
                says,
                goesOff: { from: 1 },
            },
            functions
                .filter(({ name }) => by.test(name))
                .map((callback) => alone(ofNotDone(callback, kind as AlarmedNotDone))),
        ),
    );
}

/** What could not be done and could not be kept either: nothing but this tells of it. */
const ofLostWork = ({ functions, topics, rules, scheduleGroups }: Inventory): Alarm[] =>
    alarmsOverMany(
        {
            name: "lost-work",
            severity: "P1",
            runbook: "lost-work",
            says: "What could not be delivered could not be put into its dead-letter queue either.",
            goesOff: { from: 1 },
        },
        [
            ...functions.map((callback) => ofFunction(callback, "DestinationDeliveryFailures")),
            ...topics.map((topic) => ofTopic(topic, "NumberOfNotificationsFailedToRedriveToDlq")),
            ...rules.map((rule) => ofRule(rule, "InvocationsFailedToBeSentToDlq")),
            ...scheduleGroups.map((group) => ofScheduleGroup(group, "InvocationsFailedToBeSentToDeadLetterCount")),
        ].map(alone),
    );

function ofFunctions({ functions, callbacks }: Inventory, context: Context): Alarm[] {
    // The metric counts what is set aside as taken, whether it runs or not.
    const claimed = callbacks.reduce((sum, callback) => sum + claimOf(callback, context.functions), 0);
    const left = Math.max(0, context.functions.concurrencyQuota - claimed);
    const rates = functions.map((callback) =>
        share(ofFunction(callback, "Errors"), ofFunction(callback, "Invocations")),
    );
    const errors = { runbook: "function-errors", periods: 2, outOf: 3 } as const;
    return [
        ...alarmsOverMany(
            {
                ...errors,
                name: "functions-error-rate-high",
                severity: "P2",
                says: "More than 5 % of a function's invocations fail.",
                goesOff: { above: 5 },
            },
            rates,
        ),
        ...alarmsOverMany(
            {
                ...errors,
                name: "functions-error-rate",
                severity: "P3",
                says: "More than 1 % of a function's invocations fail.",
                goesOff: { above: 1 },
            },
            rates,
        ),
        ...alarmsOverMany(
            {
                name: "functions-duration",
                severity: "P3",
                runbook: "function-duration",
                says: "A function took 90 % of its time limit or more.",
                goesOff: { from: 90 },
            },
            functions.map((callback) => ({
                metrics: [ofFunction(callback, "Duration", "Maximum")],
                // AWS's own limit, where a function has none, is three seconds.
                formula: ([ms]) => pulumi.interpolate`${ms} / ${callback.resource.timeout.apply((s) => 10 * (s ?? 3))}`,
            })),
        ),
        ...alarmsOverMany(
            {
                name: "functions-throttles",
                severity: "P3",
                runbook: "function-throttles",
                says: "A function was invoked more often at a time than it may run.",
                goesOff: { from: 1 },
            },
            functions.map((callback) => alone(ofFunction(callback, "Throttles"))),
        ),
        ...alarmsOverMany(
            {
                name: "functions-waiting-events",
                severity: "P3",
                runbook: "waiting-events",
                says: "An event waits for its function for a quarter of an hour or more.",
                goesOff: { from: 900_000 },
            },
            functions.map((callback) => alone(ofFunction(callback, "AsyncEventAge", "Maximum"))),
        ),
        {
            name: "functions-concurrency",
            severity: "P3",
            runbook: "concurrency",
            says: `More than 80 % of the ${left} executions that this stack's reserves leave to the account are taken.`,
            watches: one(concurrency),
            goesOff: { above: claimed + Math.floor(0.8 * left) },
        },
    ];
}

/** Older than all tries of a message take, after the quarter of an hour that it may be sent ahead of its time. */
function ofQueueAge({ name, resource }: Item<aws.sqs.Queue>): Alarm {
    const tries = resource.redrivePolicy.apply((policy) => Number(JSON.parse(policy).maxReceiveCount));
    const hidden = resource.visibilityTimeoutSeconds.apply((seconds) => seconds ?? 30);
    return {
        name: `${name}-age`,
        severity: "P2",
        runbook: "queue-age",
        says: `A message has waited in ${name} for longer than all of its tries take.`,
        watches: one(ofQueue({ name, resource }, "ApproximateAgeOfOldestMessage")),
        goesOff: { above: pulumi.all([tries, hidden]).apply(([times, each]) => 900 + times * each) },
    };
}

const ofHops = ({ topics, rules, scheduleGroups }: Inventory): Alarm[] => [
    ...alarmsOverMany(
        {
            name: "topics-undelivered",
            severity: "P2",
            runbook: "undelivered-messages",
            says: "A message of a topic could not be delivered to one of its subscribers.",
            goesOff: { from: 1 },
        },
        topics.map((topic) => alone(ofTopic(topic, "NumberOfNotificationsFailed"))),
    ),
    ...alarmsOverMany(
        {
            name: "rules-undelivered",
            severity: "P2",
            runbook: "undelivered-events",
            says: "An event of a rule could not be delivered, or the rule was held back.",
            goesOff: { from: 1 },
        },
        rules.flatMap((rule) => [ofRule(rule, "FailedInvocations"), ofRule(rule, "ThrottledRules")]).map(alone),
    ),
    ...alarmsOverMany(
        {
            name: "schedules-dropped",
            severity: "P2",
            runbook: "schedules",
            says: "Something that was planned for a time was not done then, nor later.",
            goesOff: { from: 1 },
        },
        scheduleGroups.map((group) => alone(ofScheduleGroup(group, "InvocationDroppedCount"))),
    ),
];

/** Three times in a row nothing happened. */
const ofSchedule = ({ name, resource }: Item<aws.scheduler.Schedule>): Alarm => ({
    name: `${name}-stopped`,
    severity: "P2",
    runbook: "schedules",
    says: `${name} has stopped.`,
    watches: one({
        namespace: "AWS/Lambda",
        metricName: "Invocations",
        dimensions: { FunctionName: resource.target.apply(({ arn }) => functionIn(arn)) },
        statistic: "Sum",
        of: name,
    }),
    goesOff: { below: 1 },
    period: resource.scheduleExpression.apply(secondsBetween),
    periods: 3,
    silenceCounts: true,
});

const seconds = { minute: 60, hour: 3600, day: 86_400 } as const;

/** Of `rate(5 minutes)`. What goes by the calendar is expected once a day. */
function secondsBetween(expression: string): number {
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    if (unit !== "minute" && unit !== "hour" && unit !== "day") return seconds.day;
    return Math.min(seconds.day, Number(count) * seconds[unit]);
}

const ofTables = (tables: readonly TableItem[]): Alarm[] =>
    alarmsOverMany(
        {
            name: "tables-throttles",
            severity: "P3",
            runbook: "table-throttles",
            says: "A table or one of its indexes was read or written faster than it can be.",
            goesOff: { from: 1 },
        },
        tables.flatMap((table) => throttlesOf(table)).map(alone),
    );

function throttlesOf(table: TableItem): Metric[] {
    const places = [{}, ...table.indexes.map((index) => ({ GlobalSecondaryIndexName: index }))];
    return places.flatMap((place) => [
        ofTable(table, "ReadThrottleEvents", place),
        ofTable(table, "WriteThrottleEvents", place),
    ]);
}

const ofReplication = ({ inventory, otherRegion }: Watched): Alarm[] =>
    otherRegion === undefined
        ? []
        : alarmsOverMany(
              {
                  name: "tables-replication",
                  severity: "P2",
                  runbook: "replication",
                  says: `What is written here takes more than a minute to reach ${otherRegion}.`,
                  goesOff: { above: 60_000 },
                  periods: 2,
              },
              inventory.tables.map((table) =>
                  alone(ofTable(table, "ReplicationLatency", { ReceivingRegion: otherRegion }, "Average")),
              ),
          );

const ofBackups = (vault: Item<aws.backup.Vault>): Alarm => ({
    name: `${vault.name}-failed`,
    severity: "P2",
    runbook: "backups",
    says: "A table or a bucket was not backed up.",
    watches: one(ofVault(vault, "NumberOfBackupJobsFailed")),
    goesOff: { from: 1 },
});

/** By what callbacks log: with a higher `logLevel` they count nothing. */
function ofBusinessFigures(inventory: Inventory, { functions: { logLevel } }: Context): Alarm[] {
    if (logLevel === "warn" || logLevel === "error") return [];
    const by = (name: string) => functionsBy(name, inventory);
    return [
        ...by("orders-store").map(
            (store): Alarm => ({
                name: "orders-drop",
                severity: "P2",
                runbook: "traffic-drop",
                says: "Fewer orders come in than is usual for the hour and the weekday.",
                watches: one(ofBusiness(store, "OrdersStored")),
                goesOff: "unlike itself",
                period: 900,
                periods: 4,
            }),
        ),
        ...by("checkout-complete").map(
            (complete): Alarm => ({
                name: "completions-failing",
                severity: "P2",
                runbook: "failing-completions",
                says: "Half of all payments or more are declined, or their provider does not answer.",
                watches: [
                    {
                        metrics: [
                            ofBusiness(complete, "SessionsCompleted"),
                            ofBusiness(complete, "PaymentsDeclined"),
                            ofBusiness(complete, "PaymentsUnanswered"),
                        ],
                        formula: ([done, declined, unanswered]) => shareOfMany(`${declined} + ${unanswered}`, done, 5),
                    },
                ],
                goesOff: { from: 50 },
                period: 900,
                periods: 2,
            }),
        ),
        ...by("webhooks-deliver").map(
            (deliver): Alarm => ({
                name: "webhooks-failing",
                severity: "P2",
                runbook: "failing-webhooks",
                says: "Half of all attempts to deliver webhooks or more fail, to whichever endpoint.",
                watches: [
                    {
                        metrics: [ofBusiness(deliver, "DeliveriesDelivered"), ofBusiness(deliver, "DeliveriesFailed")],
                        formula: ([delivered, failed]) => shareOfMany(failed, delivered, 20),
                    },
                ],
                goesOff: { from: 50 },
                periods: 3,
            }),
        ),
        ...by("messages-alert").map(
            (alert): Alarm => ({
                name: "business-alerts",
                severity: "P4",
                runbook: "business-alerts",
                says: "Somebody published a business alert.",
                watches: one(ofMessages(alert, "Alerts")),
                goesOff: { from: 1 },
            }),
        ),
    ];
}

/** Percent that failed, where there were enough to say so. */
const shareOfMany = (failed: string | undefined, done: string | undefined, enough: number) =>
    `IF(${failed} + ${done} >= ${enough}, 100 * (${failed}) / (${failed} + ${done}), 0)`;
