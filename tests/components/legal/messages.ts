import { FlexibleTimeWindowMode, ScheduleState } from "@aws-sdk/client-scheduler";
import { compileFilterPolicy } from "embedded-aws/policies";
import type { Resource } from "embedded-aws/recorder";
import { compilePattern } from "event-pattern";
import {
    at,
    choice,
    isKnown,
    isRecord,
    json,
    jsonIn,
    name,
    number,
    type Rule,
    refusals,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const subscription = "aws:sns/topicSubscription:TopicSubscription";

const arnOf = ({ outputs }: Resource) => outputs["arn"];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html and "Amazon SQS quotas". */
const queues: readonly Rule[] = [
    ...name(queue, { pattern: /^[A-Za-z0-9_-]+(\.fifo)?$/, max: 80 }),
    number(queue, "messageRetentionSeconds", 60, 1_209_600),
    number(queue, "visibilityTimeoutSeconds", 0, 43_200),
    number(queue, "delaySeconds", 0, 900),
    number(queue, "receiveWaitTimeSeconds", 0, 20),
    // 1 MiB since August 2025.
    number(queue, "maxMessageSize", 1024, 1_048_576),
    number(queue, "kmsDataKeyReusePeriodSeconds", 60, 86_400),
    number(queue, "redrivePolicy{}.maxReceiveCount", 1, 1000),
    unique(queue, ["name"]),
    {
        type: queue,
        what: "is encrypted by SQS or by a key, not by both",
        faults: ({ inputs }) =>
            inputs["sqsManagedSseEnabled"] === true && isKnown(inputs["kmsMasterKeyId"])
                ? ["has sqsManagedSseEnabled and kmsMasterKeyId"]
                : [],
        broken: ({ inputs }) => ({ ...inputs, sqsManagedSseEnabled: true, kmsMasterKeyId: "alias/aws/sqs" }),
    },
    {
        type: queue,
        what: "is a FIFO queue by its name and by its settings",
        faults: ({ inputs }) => {
            const isFifo = inputs["fifoQueue"] === true;
            const named = isKnown(inputs["name"]) ? String(inputs["name"]).endsWith(".fifo") : isFifo;
            const only = ["contentBasedDeduplication", "deduplicationScope", "fifoThroughputLimit"];
            return [
                ...(named === isFifo ? [] : ["the name does not say whether it is a FIFO queue"]),
                ...only.filter((key) => !isFifo && isKnown(inputs[key])).map((key) => `a standard queue has no ${key}`),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, name: "orders", fifoQueue: true }),
    },
    {
        // "The dead-letter queue of a FIFO queue must also be a FIFO queue", and of a standard one a standard one; and it
        // must keep messages at least as long, because their age counts on.
        type: queue,
        what: "has dead letters of its own kind that are kept as long",
        faults: (resource, resources) => {
            const target = at(resource.inputs, "redrivePolicy{}.deadLetterTargetArn");
            const deadLetters = resources.find(
                (other) => other.type === queue && isKnown(target) && arnOf(other) === target,
            );
            if (deadLetters === undefined) return [];
            const kept = ({ inputs }: Resource) => Number(inputs["messageRetentionSeconds"] ?? 345_600);
            const isFifo = ({ inputs }: Resource) => inputs["fifoQueue"] === true;
            return [
                ...(isFifo(resource) === isFifo(deadLetters) ? [] : [`${deadLetters.name} is of another kind`]),
                ...(kept(deadLetters) >= kept(resource) ? [] : [`${deadLetters.name} keeps messages for less time`]),
                ...(deadLetters.urn === resource.urn ? ["is its own dead-letter queue"] : []),
            ];
        },
        broken: (resource, resources) => ({
            ...resource.inputs,
            redrivePolicy: JSON.stringify({ deadLetterTargetArn: standardQueue(resources), maxReceiveCount: 3 }),
            fifoQueue: true,
        }),
    },
    {
        // API_SetQueueAttributes: up to 10 source queues, and only with byQueue.
        type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy",
        what: "names up to 10 sources with byQueue alone",
        faults: ({ inputs }) => {
            const policy = jsonIn(inputs["redriveAllowPolicy"]);
            if (!isRecord(policy)) return [];
            const { redrivePermission: permission, sourceQueueArns: sources } = policy;
            const named = Array.isArray(sources) ? sources.length : 0;
            if (permission === "byQueue") return named > 0 && named <= 10 ? [] : [`byQueue with ${named} sources`];
            return ["allowAll", "denyAll"].includes(String(permission)) && named === 0 ? [] : [`is ${permission}`];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            redriveAllowPolicy: '{"redrivePermission":"byQueue","sourceQueueArns":[]}',
        }),
    },
    unique("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", ["queueUrl"]),
    // A queue has one policy: a second resource would overwrite it.
    unique("aws:sqs/queuePolicy:QueuePolicy", ["queueUrl"]),
];

const standardQueue = (resources: readonly Resource[]) =>
    resources.find(({ type, outputs }) => type === queue && isKnown(outputs["arn"]))?.outputs["arn"];

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html, API_Subscribe.html */
const topics: readonly Rule[] = [
    ...name(topic, { pattern: /^[A-Za-z0-9_-]+(\.fifo)?$/, max: 256 }),
    // DisplayName: up to 100 characters.
    ...text(topic, "displayName", { min: 0, max: 100 }),
    choice(topic, "tracingConfig", ["PassThrough", "Active"]),
    choice(topic, "signatureVersion", [1, 2]),
    unique(topic, ["name"]),
    unique("aws:sns/topicPolicy:TopicPolicy", ["arn"]),
    choice(subscription, "protocol", [
        "kinesis",
        "lambda",
        "sqs",
        "sms",
        "application",
        "http",
        "https",
        "email",
        "email-json",
        "firehose",
    ]),
    choice(subscription, "filterPolicyScope", ["MessageAttributes", "MessageBody"]),
    // "Filter policy constraints": 256 KB, five names, 150 combinations.
    json(subscription, "filterPolicy", 262_144),
    {
        type: subscription,
        what: "has a filter of at most 5 names and 150 combinations, each a list of matchers",
        faults: ({ inputs }) => {
            const { filterPolicy: filter, filterPolicyScope: scope = "MessageAttributes" } = inputs;
            if (typeof filter !== "string") return [];
            const parsed = jsonIn(filter);
            const lists = isRecord(parsed) ? Object.values(parsed).filter(Array.isArray) : [];
            const combinations = lists.reduce((product, list) => product * list.length, 1);
            return [
                ...refusals(() => compileFilterPolicy(filter, scope === "MessageBody" ? scope : "MessageAttributes")),
                ...(lists.length > 5 ? [`the filter has ${lists.length} names`] : []),
                ...(combinations > 150 ? [`the filter has ${combinations} combinations`] : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, filterPolicy: '{"MessageType":"stock"}' }),
    },
    {
        // "Amazon SNS raw message delivery": queues, HTTP and Firehose.
        type: subscription,
        what: "is delivered raw to queues, HTTP and Firehose only",
        faults: ({ inputs }) =>
            inputs["rawMessageDelivery"] === true && !/^(sqs|https?|firehose)$/.test(String(inputs["protocol"]))
                ? [`raw delivery by ${inputs["protocol"]}`]
                : [],
        broken: ({ inputs }) => ({ ...inputs, protocol: "lambda", rawMessageDelivery: true }),
    },
    {
        type: subscription,
        what: "has an endpoint of its protocol",
        faults: ({ inputs }) => {
            const { protocol, endpoint } = inputs;
            const shape = shapes[String(protocol)];
            return isKnown(endpoint) && shape !== undefined && !shape.test(String(endpoint))
                ? [`${protocol} to ${endpoint}`]
                : [];
        },
        broken: ({ inputs }) => ({ ...inputs, protocol: "email", endpoint: "unknown" }),
    },
    {
        // "Amazon SNS dead-letter queues": of the same kind as the topic, in the same account and region.
        type: subscription,
        what: "keeps what it cannot deliver in a queue of the topic's region",
        faults: ({ inputs }) => {
            const target = at(inputs, "redrivePolicy{}.deadLetterTargetArn");
            const [, , , region] = String(inputs["topic"]).split(":");
            const legal = new RegExp(`^arn:aws:sqs:${region}:\\d{12}:[^.]+$`);
            return isKnown(target) && isKnown(inputs["topic"]) && !legal.test(String(target)) ? [`${target}`] : [];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:mars-north-1:000000000000:failures"}',
        }),
    },
    unique(subscription, ["topic", "protocol", "endpoint"]),
];

const shapes: Readonly<Record<string, RegExp>> = {
    email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
    sqs: /^arn:aws:sqs:/,
    lambda: /^arn:aws:lambda:/,
    https: /^https:\/\//,
    http: /^http:\/\//,
};

const bus = "aws:cloudwatch/eventBus:EventBus";
const rule = "aws:cloudwatch/eventRule:EventRule";
const target = "aws:cloudwatch/eventTarget:EventTarget";
const archive = "aws:cloudwatch/eventArchive:EventArchive";
const schedule = "aws:scheduler/schedule:Schedule";

const busOf = ({ inputs }: Resource) => inputs["eventBusName"] ?? "default";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/: CreateEventBus, PutRule, PutTargets, CreateArchive. */
const events: readonly Rule[] = [
    ...name(bus, { pattern: /^[/.\-_A-Za-z0-9]+$/, max: 256 }),
    ...text(bus, "description", { min: 0, max: 512 }),
    unique(bus, ["name"]),
    ...name(rule, { pattern: /^[.\-_A-Za-z0-9]+$/, max: 64 }),
    ...text(rule, "description", { min: 0, max: 512 }),
    // "EventBridge quotas": 2,048 characters, which AWS raises on request.
    json(rule, "eventPattern", 2048),
    ...text(rule, "scheduleExpression", { max: 256 }),
    unique(rule, ["eventBusName", "name"]),
    {
        type: rule,
        what: "has a pattern of lists, or a schedule on the default bus",
        faults: (resource) => {
            const { eventPattern: pattern, scheduleExpression: expression } = resource.inputs;
            if (pattern === undefined && expression === undefined) return ["has neither a pattern nor a schedule"];
            return [
                ...(isKnown(pattern) && typeof pattern === "string" ? refusals(() => compilePattern(pattern)) : []),
                ...(isKnown(expression) && busOf(resource) !== "default" ? ["has a schedule on a bus of its own"] : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, eventPattern: '{"detail-type":"order.received.v1"}' }),
    },
    ...text(target, "targetId", { pattern: /^[.\-_A-Za-z0-9]+$/, max: 64 }),
    number(target, "retryPolicy.maximumEventAgeInSeconds", 60, 86_400),
    number(target, "retryPolicy.maximumRetryAttempts", 0, 185),
    {
        type: target,
        what: "has one form of input at most",
        faults: ({ inputs }) => {
            const forms = ["input", "inputPath", "inputTransformer"].filter((key) => isKnown(inputs[key]));
            return forms.length > 1 ? [`has ${forms.join(" and ")}`] : [];
        },
        broken: ({ inputs }) => ({ ...inputs, input: "{}", inputPath: "$.detail" }),
    },
    {
        // "Using dead-letter queues to process undelivered events": a standard queue.
        type: target,
        what: "keeps what it cannot deliver in a standard queue",
        faults: ({ inputs }) =>
            valuesAt(inputs, "deadLetterConfig.arn")
                .filter((arn) => !/^arn:aws:sqs:[^.]+$/.test(String(arn)))
                .map(String),
        broken: ({ inputs }) => withAt(inputs, "deadLetterConfig.arn", "arn:aws:sqs:eu-west-1:000000000000:dead.fifo"),
    },
    ...name(archive, { pattern: /^[.\-_A-Za-z0-9]+$/, max: 48 }),
    ...text(archive, "description", { min: 0, max: 512 }),
    json(archive, "eventPattern", 4096),

    // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
    ...name(schedule, { pattern: /^[0-9a-zA-Z-_.]+$/, max: 64 }),
    ...name("aws:scheduler/scheduleGroup:ScheduleGroup", { pattern: /^[0-9a-zA-Z-_.]+$/, max: 64 }),
    ...text(schedule, "description", { min: 0, max: 512 }),
    choice(schedule, "flexibleTimeWindow.mode", Object.values(FlexibleTimeWindowMode)),
    number(schedule, "flexibleTimeWindow.maximumWindowInMinutes", 1, 1440),
    number(schedule, "target.retryPolicy.maximumEventAgeInSeconds", 60, 86_400),
    number(schedule, "target.retryPolicy.maximumRetryAttempts", 0, 185),
    choice(schedule, "state", Object.values(ScheduleState)),
    {
        // "Schedule types": rate(1 minute), rate(5 minutes), cron(six fields), at(time).
        type: schedule,
        what: "is at, rate or cron",
        faults: ({ inputs }) =>
            valuesAt(inputs, "scheduleExpression")
                .filter((expression) => !expressions.some((one) => one.test(String(expression))))
                .map((expression) => `scheduleExpression is ${expression}`),
        broken: ({ inputs }) => ({ ...inputs, scheduleExpression: "rate(1 minutes)" }),
    },
    {
        type: schedule,
        what: "has a window with FLEXIBLE only",
        faults: ({ inputs }) => {
            const isFlexible = at(inputs, "flexibleTimeWindow.mode") === "FLEXIBLE";
            const hasWindow = isKnown(at(inputs, "flexibleTimeWindow.maximumWindowInMinutes"));
            return isFlexible === hasWindow ? [] : ["the window and its mode contradict each other"];
        },
        broken: ({ inputs }) => ({ ...inputs, flexibleTimeWindow: { mode: "OFF", maximumWindowInMinutes: 5 } }),
    },
];

const expressions = [
    /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/,
    /^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/,
    /^at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)$/,
];

export const messages: readonly Rule[] = [...queues, ...topics, ...events];
