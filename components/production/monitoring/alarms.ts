import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../../parts/context.ts";
import { type Inventory, type Item, readQueuesOf, type TableItem } from "../../parts/inventory.ts";
import { type Alarm, alarmsOverMany, alone, one } from "./alarm.ts";
import { ofApiErrors, ofApiRates, ofRefusals } from "./apiAlarms.ts";
import { ofBusinessFigures, ofOtherRegion, ofWorkNotDone } from "./businessAlarms.ts";
import { ofFeeds } from "./feedAlarms.ts";
import { ofErrors, ofFunctions } from "./functionAlarms.ts";
import {
    functionIn,
    type Metric,
    ofFunction,
    ofQueue,
    ofRule,
    ofScheduleGroup,
    ofStream,
    ofTable,
    ofTopic,
    ofVault,
} from "./metric.ts";

/** A queue that waits for someone who is not this program. */
export interface SetAside {
    readonly queue: pulumi.Resource;
    readonly runbook: keyof typeof asideSays;
    /** @default true */
    readonly alarmed?: boolean;
}

const asideSays = {
    "refused-products": "holds products that a feed does not take.",
    "abandoned-webhooks": "holds webhooks that no endpoint took.",
    "parked-customers": "holds notifications about customers that Segment was not told of, in whole or in part.",
    "customer-deletions": "holds customers that are to be deleted at Segment.",
};

interface Watched {
    readonly inventory: Inventory;
    readonly setAside: readonly SetAside[];
    /** Where the tables' replicas are. @default there are none */
    readonly otherRegion: string | undefined;
    /** How much is watched (`MonitoringArgs`). */
    readonly level: "all" | "essential";
    /** Products left out of a feed, from which on an alarm goes off. @default none */
    readonly leftOutOfFeeds?: number | undefined;
    readonly context: Context;
}

/** Every alarm of a stack. On the level `essential` those alone without which work would get lost. */
export function alarmsOf(watched: Watched): Alarm[] {
    const { inventory, context } = watched;
    const essential = [
        ...inventory.deadLetters.flatMap((queue) => ofKept(queue, watched)),
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
                ...ofBusinessFigures(inventory),
                ...ofFeeds(inventory, watched.leftOutOfFeeds),
            ];
    }
}

/** What a queue keeps that should be empty. */
function ofKept(queue: Item<aws.sqs.Queue>, { setAside }: Watched): Alarm[] {
    const watches = one(ofQueue(queue, "ApproximateNumberOfMessagesVisible"));
    const common = { name: `${queue.name}-not-empty`, watches, goesOff: { from: 1 } };
    const aside = setAside.find((each) => each.queue === queue.resource);
    if (aside !== undefined) {
        const { runbook, alarmed = true } = aside;
        return alarmed ? [{ ...common, severity: "P3", runbook, says: `${queue.name} ${asideSays[runbook]}` }] : [];
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
