import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:http2";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { resource } from "embedded-aws/testing";
import { unscoped } from "../../components/parts/grant.ts";
import { topicsWithoutKey } from "../../policy/encryption.ts";
import { policies } from "../../policy/policies.ts";
import { violationsOf } from "../../policy/recorded.ts";
import { graphOf, type Recorded } from "../graph.ts";
import { proof } from "../proof.ts";
import { checkedVariants, variants } from "../variants.ts";

const type = {
    archive: "aws:cloudwatch/eventBus:EventBus",
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    bucket: "aws:s3/bucket:Bucket",
    bucketEncryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
    bus: "aws:cloudwatch/eventBus:EventBus",
    function: "aws:lambda/function:Function",
    invokeConfig: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    key: "aws:kms/key:Key",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
    mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
    permission: "aws:lambda/permission:Permission",
    queue: "aws:sqs/queue:Queue",
    queuePolicy: "aws:sqs/queuePolicy:QueuePolicy",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    schedule: "aws:scheduler/schedule:Schedule",
    secret: "aws:secretsmanager/secret:Secret",
    subscription: "aws:sns/topicSubscription:TopicSubscription",
    table: "aws:dynamodb/table:Table",
    target: "aws:cloudwatch/eventTarget:EventTarget",
    topic: "aws:sns/topic:Topic",
    topicPolicy: "aws:sns/topicPolicy:TopicPolicy",
    vault: "aws:backup/vault:Vault",
} as const;

type Change = (resources: readonly Resource[]) => Resource[];

/** One resource with other inputs. */
const changed =
    (of: string, name: string, change: (inputs: Resource["inputs"]) => Resource["inputs"]): Change =>
    (resources) => {
        const found = resources.filter((one) => one.type === of && one.name === name);
        expect(found, `${of} ${name}`).to.have.length(1);
        return resources.map((one) => {
            if (one !== found[0]) return one;
            const inputs = change(one.inputs);
            const kept = Object.entries(one.inputDependencies).filter(([input]) => inputs[input] !== undefined);
            return { ...one, inputs, inputDependencies: Object.fromEntries(kept) };
        });
    };

/** One resource without an input. */
const lacking = (of: string, name: string, input: string): Change =>
    changed(of, name, ({ [input]: _, ...others }) => others);

/** One resource with another input. */
const having = (of: string, name: string, input: string, value: unknown): Change =>
    changed(of, name, (inputs) => ({ ...inputs, [input]: value }));

/** One resource gone. */
const without =
    (of: string, name: string): Change =>
    (resources) => {
        const left = resources.filter((one) => one.type !== of || one.name !== name);
        expect(left, `${of} ${name}`).to.have.length(resources.length - 1);
        return left;
    };

type Statement = Readonly<Record<string, unknown>>;

/** One policy with other statements. */
const stating = (
    of: string,
    name: string,
    change: (statements: readonly Statement[]) => readonly Statement[],
): Change =>
    changed(of, name, (inputs) => {
        const { Version, Statement } = JSON.parse(String(inputs["policy"]));
        return { ...inputs, policy: JSON.stringify({ Version, Statement: change(Statement) }) };
    });

const adding = (of: string, name: string, statement: Statement) =>
    stating(of, name, (statements) => [...statements, { Effect: "Allow", ...statement }]);

const lambda = { Service: "lambda.amazonaws.com" };

/** A function without executions of its own: a stack policy sees what was asked for and what it became. */
const unreserved =
    (name: string): Change =>
    (resources) =>
        lacking(
            type.function,
            name,
            "reservedConcurrentExecutions",
        )(resources).map((one) => {
            if (one.type !== type.function || one.name !== name) return one;
            const { reservedConcurrentExecutions: _, ...outputs } = one.outputs;
            return { ...one, outputs };
        });

/** The queries of an alarm without what stands in for missing data. */
const unfilled = (inputs: Resource["inputs"]): Resource["inputs"] =>
    JSON.parse(JSON.stringify(inputs).replaceAll(/FILL\((\w+), 0\)/g, "$1"));

/** By policy: what is taken away or added, and what is said of it. */
const breaches: Readonly<Record<string, readonly (readonly [change: Change, fault: string])[]>> = {
    "encrypted-at-rest": [
        [lacking(type.queue, "orders-orders-queue", "kmsMasterKeyId"), "orders-orders-queue is not encrypted"],
        [lacking(type.topic, "checkout-events-topic", "kmsMasterKeyId"), "checkout-events-topic is not encrypted"],
        [
            lacking(type.table, "orders-orders-table", "serverSideEncryption"),
            "orders-orders-table is encrypted with a key that cannot be audited",
        ],
        [lacking(type.key, "data-key", "enableKeyRotation"), "data-key is never rotated"],
        [
            without(type.bucketEncryption, "orders-documents-encryption"),
            "orders-documents-bucket says nothing of its encryption",
        ],
    ],
    "explained-wildcards": [
        [
            adding(type.rolePolicy, "orders-store-policy", { Action: "dynamodb:*", Resource: "arn:aws:dynamodb:x" }),
            "orders-store-policy allows dynamodb:* on arn:aws:dynamodb:x",
        ],
        [
            adding(type.rolePolicy, "orders-store-policy", { Action: "dynamodb:PutItem", Resource: ["*"] }),
            "orders-store-policy allows dynamodb:PutItem on *",
        ],
        [
            adding(type.rolePolicy, "orders-store-policy", { NotAction: "iam:*", Resource: "arn:aws:sqs:x" }),
            "orders-store-policy allows everything but what it names",
        ],
        [
            adding(type.key, "data-key", { Principal: lambda, Action: ["kms:*"], Resource: "*" }),
            "data-key allows kms:* on *",
        ],
        [
            (resources) => [
                ...resources,
                invented("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "orders-store-aws", {
                    policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess",
                }),
            ],
            "orders-store-aws has the rights of arn:aws:iam::aws:policy/AmazonSQSFullAccess",
        ],
    ],
    "known-senders": [
        [
            stating(type.queuePolicy, "orders-notify-failures-policy", (statements) =>
                statements.map(({ Condition: _, ...statement }) => statement),
            ),
            "orders-notify-failures-policy admits events.amazonaws.com for any account",
        ],
        [
            lacking(type.permission, "route-to-notifier-delivery", "sourceArn"),
            "route-to-notifier-delivery admits events.amazonaws.com for any account",
        ],
    ],
    "no-public-access": [
        [
            adding(type.queuePolicy, "orders-notify-failures-policy", {
                Principal: "*",
                Action: "sqs:SendMessage",
                Resource: "arn:aws:sqs:x",
            }),
            "orders-notify-failures-policy allows every principal sqs:SendMessage",
        ],
        [
            adding(type.bucketPolicy, "orders-documents-tls-only", {
                Principal: { AWS: "*" },
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::x/*",
            }),
            "orders-documents-tls-only allows every principal s3:GetObject",
        ],
        [
            having(type.block, "orders-documents-private", "blockPublicPolicy", false),
            "orders-documents-private leaves the bucket open: set blockPublicPolicy",
        ],
        [without(type.block, "orders-documents-private"), "orders-documents-bucket may be made public"],
    ],
    "tls-only": [
        ...[
            [type.queuePolicy, "orders-notify-failures-policy"],
            [type.topicPolicy, "customers-events-topic-policy"],
            [type.bucketPolicy, "orders-documents-tls-only"],
        ].map(
            ([of = "", name = ""]) =>
                [
                    stating(of, name, (statements) => statements.filter(({ Effect }) => Effect === "Allow")),
                    `${name} admits requests without TLS`,
                ] as const,
        ),
        ...[
            [type.queuePolicy, "orders-orders-queue-policy", "orders-orders-queue"],
            [type.topicPolicy, "checkout-events-topic-policy", "checkout-events-topic"],
            [type.bucketPolicy, "orders-documents-tls-only", "orders-documents-bucket"],
        ].map(
            ([of = "", name = "", whose = ""]) =>
                [without(of, name), `${whose} has no policy that refuses calls without TLS`] as const,
        ),
    ],
    "dead-letters": [
        [
            lacking(type.target, "route-to-notifier-target", "deadLetterConfig"),
            "route-to-notifier-target loses events that it cannot deliver",
        ],
        [
            lacking(type.bus, "orders-events-bus", "deadLetterConfig"),
            "orders-events-bus loses events when its key is away",
        ],
        [
            lacking(type.subscription, "checkout-route-messages", "redrivePolicy"),
            "checkout-route-messages loses messages that it cannot deliver",
        ],
        [
            changed(type.schedule, "webhooks-reconcile-schedule", (inputs) => ({ ...inputs, target: { arn: "x" } })),
            "webhooks-reconcile-schedule loses what it cannot start",
        ],
        [
            lacking(type.mapping, "orders-announce-changes", "destinationConfig"),
            "orders-announce-changes loses records that cannot be processed",
        ],
        [
            lacking(type.invokeConfig, "orders-notify-async", "destinationConfig"),
            "orders-notify-async loses events that its function fails at",
        ],
        [without(type.invokeConfig, "orders-notify-async"), "orders-notify-function loses events that it fails at"],
        [lacking(type.queue, "orders-orders-queue", "redrivePolicy"), "orders-orders-queue is read again and again"],
    ],
    "message-sizes": [
        ...["orders-orders-queue", "orders-orders-dead-letters", "orders-notify-failures"].map(
            (name) => [lacking(type.queue, name, "maxMessageSize"), `${name} refuses large messages`] as const,
        ),
    ],
    "usable-keys": [
        [
            adding(type.key, "data-key", {
                Principal: { Service: "events.amazonaws.com" },
                Action: ["kms:GenerateDataKey"],
                Resource: "*",
                Condition: { StringEquals: { "aws:SourceAccount": "000000000000" } },
            }),
            "data-key asks EventBridge for a source",
        ],
        [
            adding(type.key, "data-key", {
                Principal: { Service: "events.amazonaws.com" },
                Action: ["kms:DescribeKey"],
                Resource: "*",
                Condition: { ArnLike: { "kms:EncryptionContext:aws:sqs:arn": "arn:aws:sqs:eu-west-1:000000000000:*" } },
            }),
            "data-key asks EventBridge for an encryption context",
        ],
    ],
    "whole-rights": [
        [
            adding(type.rolePolicy, "orders-store-policy", {
                Action: "ses:SendEmail",
                Resource: "arn:aws:ses:eu-west-1:000000000000:identity/*",
            }),
            "orders-store-policy allows ses:SendEmail, but not on any :configuration-set/",
        ],
    ],
    retention: [
        [lacking(type.logGroup, "orders-store-logs", "retentionInDays"), "orders-store-logs keeps logs for ever"],
        [
            having(type.queue, "orders-orders-queue", "messageRetentionSeconds", 345_600),
            "orders-orders-queue may lose messages over a holiday",
        ],
        [
            lacking(type.function, "orders-store-function", "loggingConfig"),
            "orders-store-function logs into a group that Lambda makes",
        ],
    ],
    traced: [
        [
            having(type.function, "orders-store-function", "tracingConfig", { mode: "PassThrough" }),
            "orders-store-function leaves no trace",
        ],
    ],
    tagged: [
        [
            having(
                "pulumi:providers:aws",
                "aws",
                "defaultTags",
                JSON.stringify({ tags: { Project: "x", ManagedBy: "x" } }),
            ),
            "orders-orders-queue lacks the tags Environment, CostCenter",
        ],
    ],
    "protected-in-production": [
        [
            having(type.table, "orders-orders-table", "deletionProtectionEnabled", false),
            "orders-orders-table can be deleted",
        ],
        [
            having(type.bucket, "orders-documents-bucket", "forceDestroy", true),
            "orders-documents-bucket can be deleted with all that is in it",
        ],
        ...[
            [type.bucket, "orders-documents-bucket"],
            [type.table, "orders-orders-table"],
            [type.secret, "api-keys-secret"],
            [type.key, "data-key"],
            [type.vault, "backups-vault"],
        ].map(
            ([of = "", name = ""]) =>
                [
                    (resources: readonly Resource[]) =>
                        resources.map((one) =>
                            one.type === of && one.name === name ? { ...one, protect: false } : one,
                        ),
                    `${name} can be deleted: set the option protect`,
                ] as const,
        ),
        [having(type.secret, "api-keys-secret", "recoveryWindowInDays", 0), "api-keys-secret is gone at once"],
    ],
    "alarms-are-heard": [
        [
            lacking(type.alarm, "orders-store-function-errors", "alarmActions"),
            "orders-store-function-errors has no subscriber",
        ],
        [
            (resources) =>
                resources.filter(({ inputs, type: of }) => of !== type.subscription || inputs["protocol"] !== "email"),
            "orders-store-function-errors has no subscriber",
        ],
    ],
    "missing-data": [
        [
            having(type.alarm, "orders-store-function-errors", "insufficientDataActions", ["arn:aws:sns:x"]),
            "orders-store-function-errors goes off when nothing is measured",
        ],
        [
            having(type.alarm, "orders-store-function-errors", "namespace", "AWS/DynamoDB"),
            "orders-store-function-errors never clears",
        ],
        [changed(type.alarm, "tables-throttles-1", unfilled), "tables-throttles-1 never clears"],
        [
            changed(type.alarm, "api-api-traffic-drop", unfilled),
            "api-api-traffic-drop takes silence for nothing unusual",
        ],
    ],
    backlogs: [
        [
            (resources) => resources.filter(({ name }) => name !== "orders-store-batches"),
            "orders-orders-queue-age goes off for good, as nothing reads orders-orders-queue",
        ],
        [
            (resources) => resources.filter(({ name }) => name !== "orders-store-batches"),
            "orders-orders-queue-depth goes off for good",
        ],
    ],
    shares: [
        [
            lacking(type.mapping, "webhooks-deliver-batches", "scalingConfig"),
            "webhooks-deliver-batches may take all executions of the account",
        ],
        [unreserved("orders-receive-function"), "orders-receive-function shares executions with every backlog"],
        [unreserved("api-keys-authorize-function"), "api-keys-authorize-function shares executions with every backlog"],
    ],
};

describe("the policy pack", () => {
    let prod: Recorded;

    before(async () => {
        prod = await graphOf("prod");
    });

    // Nothing is unknown here, as most is to the engine before a first deployment. In a preview only that is looked at which
    // it does not know.
    for (const [name, { stack, settings }] of Object.entries(checkedVariants)) {
        it(`has nothing against ${name}`, async () => {
            const { resources } = await graphOf(stack, settings);
            expect(policies.flatMap((policy) => violationsOf(policy, resources))).to.deep.equal([]);
        });
    }

    proof("has nothing against everything on in a preview", async () => {
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        const { resources } = await graphOf(stack, settings, "preview");
        expect(policies.flatMap((policy) => violationsOf(policy, resources))).to.deep.equal([]);
    });

    for (const policy of policies) {
        for (const [change, fault] of breaches[policy.name] ?? []) {
            it(`reports: ${fault} (${policy.name})`, () => {
                const violations = violationsOf(policy, change(prod.resources));
                expect(
                    violations.some((violation) => violation.startsWith(fault)),
                    violations.join("\n"),
                ).to.equal(true);
            });
        }
    }

    it("has a breach here of each of its policies", () => {
        expect(Object.keys(breaches)).to.have.members(policies.map(({ name }) => name));
    });

    it("excepts no topic that does not exist, and none without a reason", () => {
        for (const [name, reason] of Object.entries(topicsWithoutKey)) {
            expect(prod.one(type.topic, name).inputs).not.to.have.property("kmsMasterKeyId");
            expect(reason).to.match(/\.$/);
        }
    });

    it("excepts no right from the rule of wildcards without a reason", () => {
        for (const { reason } of Object.values(unscoped)) expect(reason).to.match(/AWS|X-Ray/);
    });

    it("stops every deployment that breaks a policy", () => {
        expect(policies.map(({ enforcementLevel }) => enforcementLevel)).to.deep.equal(policies.map(() => "mandatory"));
    });

    it("starts as Pulumi starts it, and lists its policies", async () => {
        const run = join(import.meta.dirname, "../../node_modules/@pulumi/pulumi/cmd/run-policy-pack");
        const pack = spawn(process.execPath, [run, "127.0.0.1:1", "."], {
            cwd: join(import.meta.dirname, "../../policy"),
            stdio: ["ignore", "pipe", "inherit"],
        });
        try {
            const [port] = await Promise.race([
                once(createInterface(pack.stdout), "line"),
                once(pack, "exit").then(() => Promise.reject(new Error("the pack has ended"))),
            ]);
            const answer = await analyzerInfo(Number(port));
            for (const { name, description } of policies) expect(answer).to.include(name).and.to.include(description);
        } finally {
            pack.kill("SIGKILL");
        }
    });
});

/** Asks a running pack what it holds: a call of gRPC without a request, whose answer has its texts in it as they are. */
async function analyzerInfo(port: number): Promise<string> {
    const session = connect(`http://127.0.0.1:${port}`);
    try {
        const call = session.request({
            ":method": "POST",
            ":path": "/pulumirpc.Analyzer/GetAnalyzerInfo",
            "content-type": "application/grpc",
            te: "trailers",
        });
        call.end(Buffer.alloc(5));
        return (await buffer(call)).toString("utf8");
    } finally {
        session.close();
    }
}

const invented = (of: string, name: string, inputs: Resource["inputs"]): Resource => ({
    ...resource(of, name, inputs),
    urn: `urn:pulumi:prod::commerce::${of}::${name}`,
});
