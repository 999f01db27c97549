import * as pulumi from "@pulumi/pulumi";
import { Key, type KeyStatement, type Place } from "./key.ts";
import type { Settings } from "./settings.ts";

/**
 * The key that all data at rest is encrypted with where the setting `encryption` is customer: tables, queues, buckets,
 * secrets, logs and events. Callers of DynamoDB, SQS, S3 and Secrets Manager use it in their own names, by their own
 * grants; its policy admits the services that act for nobody else.
 */
export function dataKeyOf(settings: Settings, opts: pulumi.ComponentResourceOptions): Key | undefined {
    switch (settings.encryption) {
        case "aws":
            return undefined;
        case "customer":
            return new Key(
                "data",
                {
                    description: "Encrypts data at rest.",
                    allow: (place) => [
                        logging(place, settings),
                        ...keepingEvents(place, settings),
                        ...sendingToQueues(place, settings),
                    ],
                    multiRegion: true,
                    ...(settings.secondaryRegion !== "" && { replicaRegion: settings.secondaryRegion }),
                    settings,
                },
                opts,
            );
    }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
const logging = ({ account, region }: Place, { environment }: Settings): KeyStatement => ({
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
const keepingEvents = ({ account, region }: Place, { environment }: Settings): KeyStatement[] => [
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
 * Rules and topics deliver to queues and to dead letters in their own names.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const sendingToQueues = ({ account, region }: Place, { environment }: Settings): KeyStatement[] =>
    [
        {
            Sid: "Rules",
            service: "events.amazonaws.com",
            sourceArn: pulumi.interpolate`arn:aws:events:${region}:${account}:rule/*-${environment}/*`,
        },
        {
            Sid: "Topics",
            service: "sns.amazonaws.com",
            sourceArn: pulumi.interpolate`arn:aws:sns:${region}:${account}:*-${environment}`,
        },
    ].map(({ Sid, service, sourceArn }) => ({
        Sid,
        Principal: { Service: service },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": sourceArn },
        },
    }));
