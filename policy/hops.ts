import { at, policyOf } from "./check.ts";

const asynchronous = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** All that is handed on asynchronously. */
export const deadLetters = policyOf("dead-letters", "What cannot be handed on is kept, at every asynchronous hop.", {
    resources: {
        "aws:cloudwatch/eventTarget:EventTarget": function* ({ props }) {
            if (!at(props, "deadLetterConfig", "arn"))
                yield "loses events that it cannot deliver: set deadLetterConfig";
        },
        "aws:cloudwatch/eventBus:EventBus": function* ({ props }) {
            if (props["kmsKeyIdentifier"] && !at(props, "deadLetterConfig", "arn")) {
                yield "loses events when its key is away: set deadLetterConfig";
            }
        },
        "aws:sns/topicSubscription:TopicSubscription": function* ({ props }) {
            const isMachine = ["lambda", "sqs"].includes(String(props["protocol"]));
            if (isMachine && !props["redrivePolicy"]) yield "loses messages that it cannot deliver: set redrivePolicy";
        },
        "aws:scheduler/schedule:Schedule": function* ({ props }) {
            if (!at(props, "target", "deadLetterConfig", "arn")) {
                yield "loses what it cannot start: set deadLetterConfig of its target";
            }
        },
        [mapping]: function* ({ props }) {
            const isStream = props["startingPosition"] !== undefined;
            if (isStream && !at(props, "destinationConfig", "onFailure", "destinationArn")) {
                yield "loses records that cannot be processed: set destinationConfig";
            }
        },
        [asynchronous]: function* ({ props }) {
            if (!at(props, "destinationConfig", "onFailure", "destination")) {
                yield "loses events that its function fails at: set destinationConfig";
            }
        },
    },
    stack: function* (stack) {
        for (const lambda of stack.of("aws:lambda/function:Function")) {
            if (stack.users(lambda, asynchronous, "functionName").length === 0) {
                yield [lambda, "loses events that it fails at: add a FunctionEventInvokeConfig"];
            }
        }
        for (const queue of stack.of("aws:sqs/queue:Queue")) {
            const isConsumed = stack.users(queue, mapping, "eventSourceArn").length > 0;
            if (isConsumed && !queue.propertyDependencies["redrivePolicy"]?.length) {
                yield [queue, "is read again and again for a message that cannot be processed: set redrivePolicy"];
            }
        }
    },
});

const mebibyte = 1_048_576;

export const messageSizes = policyOf(
    "message-sizes",
    "Every queue takes messages of the largest size, those for failures too: what does not fit is lost.",
    {
        resources: {
            "aws:sqs/queue:Queue": function* ({ props }) {
                if (props["maxMessageSize"] !== mebibyte) {
                    yield `refuses large messages, by the provider's default those above 256 KiB: set maxMessageSize to ${mebibyte}`;
                }
            },
        },
    },
);

const fourteenDays = 14 * 24 * 60 * 60;

export const retention = policyOf("retention", "Logs are forgotten in time, and messages not before their time.", {
    resources: {
        "aws:cloudwatch/logGroup:LogGroup": function* ({ props }) {
            if (!props["retentionInDays"]) yield "keeps logs for ever: set retentionInDays";
        },
        "aws:sqs/queue:Queue": function* ({ props }) {
            if (props["messageRetentionSeconds"] !== fourteenDays) {
                yield `may lose messages over a holiday: set messageRetentionSeconds to ${fourteenDays}`;
            }
        },
        "aws:lambda/function:Function": function* ({ props }) {
            if (!at(props, "loggingConfig", "logGroup")) {
                yield "logs into a group that Lambda makes, which keeps logs for ever: set loggingConfig";
            }
        },
    },
});

export const traced = policyOf("traced", "Every function's part in a request can be seen.", {
    resources: {
        "aws:lambda/function:Function": function* ({ props }) {
            if (at(props, "tracingConfig", "mode") !== "Active") yield "leaves no trace: set tracingConfig to Active";
        },
    },
});
