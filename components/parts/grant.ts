import * as pulumi from "@pulumi/pulumi";

/** The right to do something with named resources. Parts hand them out (`queue.send()`), callbacks collect them. */
export interface Grant {
    readonly actions: readonly string[];
    /** ARNs. `*` only by way of `unscoped`. */
    readonly resources: readonly pulumi.Input<string>[];
    readonly condition?: Condition;
    /** What it takes of the key that the resources are encrypted with. @default nothing: the key is none of ours */
    readonly key?: KeyUse | readonly KeyUse[] | undefined;
}

/** IAM condition block. */
type Condition = Readonly<
    Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>
>;

/** Services that work with a key in the name of their caller. */
type KeyedService = "dynamodb" | "s3" | "secretsmanager" | "sns" | "sqs";

/** A key of ours, as those who need it know it. */
export interface UsedKey {
    readonly arn: pulumi.Output<string>;
    readonly region: string;
    /** The same key in the second region, if there is one. */
    readonly replica?: UsedKey | undefined;
}

/** What the caller of a service needs of a key of ours. */
export interface KeyUse {
    readonly key: UsedKey;
    readonly service: KeyedService;
    readonly actions: readonly ("Decrypt" | "Encrypt" | "GenerateDataKey")[];
}

/** What the caller of a service needs of the key that something is encrypted with; nothing where AWS has the key. */
export const useOf = (
    key: UsedKey | undefined,
    service: KeyedService,
    ...actions: KeyUse["actions"]
): KeyUse | undefined => key && { key, service, actions };

/**
 * The rights that AWS offers on all resources or not at all, each with the reason why it is needed. Nothing else in the
 * program may say `*`; a test reads this list.
 */
export const unscoped = {
    traces: {
        actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        resources: ["*"],
        reason: "X-Ray knows no resource for segments (Service Authorization Reference, AWS X-Ray).",
    },
    backups: {
        actions: ["cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets", "tag:GetResources"],
        resources: ["*"],
        reason: "AWS Backup asks for a bucket's size, for its own rules, for the bucket itself and for tags by calls that know no resource (AWS managed policies AWSBackupServiceRolePolicyForBackup and AWSBackupServiceRolePolicyForS3Backup).",
    },
    interfaces: {
        actions: [
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses",
        ],
        resources: ["*"],
        // Not the function's own code, whose calls have this key (Lambda Developer Guide, "Working with Lambda execution environment credentials").
        condition: { Null: { "lambda:SourceFunctionArn": "true" } },
        reason: "Lambda connects a function to a VPC in its role's name, by interfaces that do not exist before; AWS lets the Describe actions name no resource at all.",
    },
    owners: {
        actions: ["sts:AssumeRole"],
        resources: ["arn:aws:iam::*:role/commerce-webhooks-*"],
        reason: "Owners of webhook endpoints register queues and buses of AWS accounts that are not known before, with a role by this prefix that trusts this account by an external id (IAM User Guide, confused deputy).",
    },
    keyAdministration: {
        actions: ["kms:*"],
        resources: ["*"],
        reason: "AWS asks that a key's policy let the account administer it: without, no principal could ever change the key. There * means this key.",
    },
} as const satisfies Record<string, Grant & { readonly reason: string }>;

/** The policy document that allows exactly these grants, and what they take of keys. */
export const policyOf = (grants: readonly Grant[]): pulumi.Output<string> =>
    pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [...grants, ...keyGrantsOf(grants.flatMap(({ key }) => key ?? []))].map(
            ({ actions, resources, condition }) => ({
                Effect: "Allow",
                Action: actions,
                Resource: resources,
                ...(condition && { Condition: condition }),
            }),
        ),
    });

/** What these uses come to: each action on a key only by way of the services that need it. */
function keyGrantsOf(uses: readonly KeyUse[]): Grant[] {
    return [...Map.groupBy(uses, ({ key }) => key)].flatMap(([key, ofKey]) => {
        const services = [...Map.groupBy(ofKey, ({ service }) => service)].map(([service, ofService]) => ({
            via: `${service}.${key.region}.amazonaws.com`,
            actions: [...new Set(ofService.flatMap(({ actions }) => actions))].sort(),
        }));
        return [...Map.groupBy(services, ({ actions }) => actions.join())].map(([actions, group]) => ({
            actions: actions.split(",").map((action) => `kms:${action}`),
            resources: [key.arn],
            condition: { StringEquals: { "kms:ViaService": group.map(({ via }) => via).sort() } },
        }));
    });
}

/** The trust policy that lets one AWS service take on a role. */
export const trustOf = (service: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });

/** An AWS service, acting for one of its resources: `sourceArn`, in which `*` stands for anything. */
export interface Sender {
    readonly service: string;
    readonly sourceArn: pulumi.Input<string>;
}

/** The policy of a queue or topic: it refuses what comes without TLS, and lets one AWS service do one thing with it. */
export const admissionOf = (
    sender: Sender | undefined,
    action: "sqs:SendMessage" | "sns:Publish",
    resource: pulumi.Input<string>,
): pulumi.Output<string> =>
    pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            ...(sender
                ? [
                      {
                          Effect: "Allow",
                          Principal: { Service: sender.service },
                          Action: action,
                          Resource: resource,
                          Condition: { ArnLike: { "aws:SourceArn": sender.sourceArn } },
                      },
                  ]
                : []),
            // The policy of a topic knows no sns:* (SNS Developer Guide, "Enforce encryption of data in transit").
            tlsOnly(action === "sns:Publish" ? action : "sqs:*", [resource]),
        ],
    });

/** The statement of a resource's policy that denies calls without TLS. */
export const tlsOnly = (action: string, resources: readonly pulumi.Input<string>[]): PolicyStatement => ({
    Sid: "NobodyComesWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/** A statement of a resource's policy. */
export interface PolicyStatement {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal: "*" | { readonly [type in "AWS" | "Service"]?: pulumi.Input<string> };
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly pulumi.Input<string>[];
    readonly Condition?: Condition;
}
