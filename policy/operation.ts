import { at, type Checked, type Checks, isInProduction, type Policy, policyOf } from "./check.ts";

const tags = ["Project", "Environment", "ManagedBy", "CostCenter"];

/** By their provider, so that nothing is forgotten. */
export const tagged: Policy = {
    name: "tagged",
    description: `Every resource has the tags ${tags.join(", ")}.`,
    enforcementLevel: "mandatory",
    validateResource: ({ type, name, props, provider }, report) => {
        if (!type.startsWith("aws:")) return;
        const byDefault: unknown = provider?.props["defaultTags"];
        // Pulumi hands a provider's settings on as JSON.
        const defaults = typeof byDefault === "string" ? JSON.parse(byDefault) : byDefault;
        const missing = tags.filter((tag) => !at(props, "tags", tag) && !at(defaults, "tags", tag));
        if (missing.length > 0) report(`${name} lacks the tags ${missing.join(", ")}: use the stack's provider`);
    },
};

/**
 * What AWS or KMS keeps from being deleted is protected in Pulumi, too, so that a preview refuses all of an edit, and not AWS
 * its second half.
 */
const isKept = function* ({ protect }: Checked) {
    if (!protect) yield "can be deleted: set the option protect";
};

const isKeptByAws = function* (resource: Checked) {
    yield* isKept(resource);
    if (resource.props["deletionProtectionEnabled"] !== true) yield "can be deleted: set deletionProtectionEnabled";
};

const isKeptWithContents = function* (resource: Checked) {
    yield* isKept(resource);
    if (resource.props["forceDestroy"] === true) yield "can be deleted with all that is in it: unset forceDestroy";
};

const inProduction = (checks: Checks): Checks =>
    Object.fromEntries(
        Object.entries(checks).map(([type, check]) => [
            type,
            (resource: Checked) => (isInProduction(resource) ? check(resource) : []),
        ]),
    );

export const protectedInProduction = policyOf(
    "protected-in-production",
    "Nothing of production is deleted by accident.",
    {
        resources: inProduction({
            "aws:dynamodb/table:Table": isKeptByAws,
            "aws:dynamodb/tableReplica:TableReplica": isKeptByAws,
            "aws:s3/bucket:Bucket": isKeptWithContents,
            "aws:backup/vault:Vault": isKeptWithContents,
            "aws:kms/key:Key": isKept,
            "aws:kms/replicaKey:ReplicaKey": isKept,
            "aws:secretsmanager/secret:Secret": function* (secret) {
                yield* isKept(secret);
                if (secret.props["recoveryWindowInDays"] === 0) {
                    yield "is gone at once when it is deleted: set recoveryWindowInDays";
                }
            },
        }),
    },
);

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
/** What acts upon alarms by itself. */
const watchers = [
    ["aws:codedeploy/deploymentGroup:DeploymentGroup", "alarmConfiguration"],
    ["aws:cloudwatch/compositeAlarm:CompositeAlarm", "alarmRule"],
] as const;
const subscription = "aws:sns/topicSubscription:TopicSubscription";

export const alarmsAreHeard = policyOf("alarms-are-heard", "In production every alarm has a subscriber.", {
    stack: function* (stack) {
        for (const one of stack.of(alarm, "aws:cloudwatch/compositeAlarm:CompositeAlarm")) {
            if (!isInProduction(one)) continue;
            const topics = one.propertyDependencies["alarmActions"] ?? [];
            // Alarms that roll a deployment back, and parts of composite alarms, need no subscriber.
            if (watchers.some(([type, property]) => stack.users(one, type, property).length > 0)) continue;
            if (!topics.some((topic) => stack.users(topic, subscription, "topic").length > 0)) {
                yield [one, "has no subscriber: subscribe an operator to the topic of its alarmActions"];
            }
        }
    },
});
