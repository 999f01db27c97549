import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { Key, type KeyRegion, type KeyStatement } from "./key.ts";

/**
 * A key of the account's own that all data at rest is encrypted with: tables, queues, buckets, secrets, logs and events.
 * Callers of DynamoDB, SQS, S3 and Secrets Manager use it in their own names, by their own grants; its policy admits the
 * services that act for themselves.
 */
export const dataKeyOf = (context: Context, opts: pulumi.ComponentResourceOptions): Key =>
    new Key(
        "data",
        {
            description: "Encrypts data at rest.",
            allow: (keyRegion) => [
                logging(keyRegion, context),
                ...keepingEvents(keyRegion, context),
                ...sendingToQueues(keyRegion, context),
            ],
            multiRegion: true,
            ...(context.regions && { replicaRegion: context.regions.secondary }),
            context,
        },
        opts,
    );

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const logging = ({ account, region }: KeyRegion, { environment }: Context): KeyStatement => ({
    Sid: "Logs",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
        "kms:Encrypt",
        "kms:Decrypt",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:DescribeKey",
    ],
    Condition: {
        ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:*-${environment}`,
        },
    },
});

/**
 * What a bus and its archive hold. Calls for an archive name no source, and the look at the key has no encryption context.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
 */
const keepingEvents = ({ account, region }: KeyRegion, { environment }: Context): KeyStatement[] => [
    {
        Sid: "Events",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
        Condition: {
            ArnLike: {
                "kms:EncryptionContext:aws:events:event-bus:arn": pulumi.interpolate`arn:aws:events:${region}:${account}:event-bus/*-${environment}`,
            },
        },
    },
    {
        Sid: "EventsLookAtTheKey",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:DescribeKey"],
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];

/**
 * Rules deliver to queues and to dead letters in their own names. Their calls need not name the resource they are for: what binds
 * them is the queue, which is the encryption context of every call that SQS makes. Topics name themselves.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const sendingToQueues = ({ account, region }: KeyRegion, { environment }: Context): KeyStatement[] => [
    {
        Sid: "Rules",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: {
            ArnLike: { "kms:EncryptionContext:aws:sqs:arn": pulumi.interpolate`arn:aws:sqs:${region}:${account}:*` },
        },
    },
    {
        Sid: "Topics",
        Principal: { Service: "sns.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:sns:${region}:${account}:*-${environment}` },
        },
    },
];
