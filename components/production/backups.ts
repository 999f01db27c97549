import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import { type Grant, policyOf, trustOf, type UsedKey, unscoped } from "../parts/grant.ts";
import type { Inventory } from "../parts/inventory.ts";
import { named } from "../parts/naming.ts";

interface BackupsArgs {
    /** What exists; its tables, but for ephemeral ones, and buckets are backed up. */
    readonly inventory: Inventory;
    /** Days that a backup is kept. @default 0, none is made, and those that there are stay */
    readonly days?: number;
    readonly context: Context;
}

/**
 * A backup of every table that is not ephemeral and of every bucket each night, kept for some days. It is what is left
 * when a table is deleted with its point-in-time recovery, or when a fault is older than the 35 days which that reaches
 * back. Replicas are backed up where they come from.
 */
export class Backups extends pulumi.ComponentResource {
    constructor(name: string, args: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Backups", name, {}, opts);
        const { days = 0, context } = args;
        const own = { parent: this };
        const { protect } = context;
        const vault = new aws.backup.Vault(
            `${name}-vault`,
            {
                name: named("commerce", context),
                forceDestroy: !protect,
                ...(context.dataKey && { kmsKeyArn: context.dataKey.arn }),
            },
            // A vault with another key is another vault: this one has the key that it was made with.
            { ...own, protect, ignoreChanges: ["kmsKeyArn"] },
        );
        if (days > 0) this.#nightly(name, vault, days, args);
        this.registerOutputs({ vaultName: vault.name });
    }

    #nightly(name: string, vault: aws.backup.Vault, days: number, { inventory, context }: BackupsArgs): void {
        const own = { parent: this };
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        const tables = inventory.tables.flatMap(({ resource, isBackedUp }) =>
            isBackedUp && aws.dynamodb.Table.isInstance(resource) ? [resource.arn] : [],
        );
        const buckets = inventory.buckets.map(({ resource }) => resource.arn);
        const plan = new aws.backup.Plan(
            `${name}-plan`,
            {
                name: named("commerce", context),
                rules: [
                    {
                        ruleName: "nightly",
                        targetVaultName: vault.name,
                        schedule: "cron(0 3 * * ? *)",
                        // Minutes.
                        startWindow: 60,
                        completionWindow: 360,
                        lifecycle: { deleteAfter: days },
                    },
                ],
            },
            own,
        );
        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: "Lets AWS Backup read tables and buckets, and restore nothing.",
                assumeRolePolicy: trustOf("backup.amazonaws.com"),
            },
            own,
        );
        const policy = new aws.iam.RolePolicy(
            `${name}-policy`,
            {
                role: role.id,
                policy: policyOf([
                    ...ofTables(tables),
                    ...ofBuckets(
                        buckets,
                        pulumi.interpolate`arn:aws:events:${context.region}:${account}:rule/AwsBackupManagedRule*`,
                    ),
                    { actions: ["backup:DescribeBackupVault"], resources: [vault.arn] },
                    // A backup gets the tags of what it is of.
                    {
                        actions: ["backup:TagResource"],
                        resources: [pulumi.interpolate`arn:aws:backup:${context.region}:${account}:recovery-point:*`],
                    },
                    ...ofKey(context.dataKey),
                    unscoped.backups,
                ]),
            },
            own,
        );
        new aws.backup.Selection(
            `${name}-selection`,
            {
                name: named("commerce", context),
                planId: plan.id,
                iamRoleArn: role.arn,
                resources: [...tables, ...buckets],
            },
            { ...own, dependsOn: [policy] },
        );
    }
}

type Arns = readonly pulumi.Output<string>[];

/**
 * What AWS Backup does with a table, with its own backups and, in accounts that never asked for them, with DynamoDB's.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
const ofTables = (tables: Arns): Grant[] =>
    tables.length === 0
        ? []
        : [
              {
                  actions: [
                      "dynamodb:DescribeTable",
                      "dynamodb:ListTagsOfResource",
                      "dynamodb:StartAwsBackupJob",
                      "dynamodb:CreateBackup",
                  ],
                  resources: tables,
              },
              {
                  actions: ["dynamodb:DescribeBackup", "dynamodb:DeleteBackup"],
                  resources: tables.map((arn) => pulumi.interpolate`${arn}/backup/*`),
              },
          ];

/** The rights of AWSBackupServiceRolePolicyForS3Backup, for these buckets alone. */
const ofBuckets = (buckets: Arns, rules: pulumi.Output<string>): Grant[] => [
    {
        actions: [
            "s3:GetBucketAcl",
            "s3:GetBucketLocation",
            "s3:GetBucketNotification",
            "s3:GetBucketTagging",
            "s3:GetBucketVersioning",
            "s3:GetInventoryConfiguration",
            "s3:ListBucket",
            "s3:ListBucketVersions",
            "s3:PutBucketNotification",
            "s3:PutInventoryConfiguration",
        ],
        resources: buckets,
    },
    {
        actions: [
            "s3:GetObject",
            "s3:GetObjectAcl",
            "s3:GetObjectTagging",
            "s3:GetObjectVersion",
            "s3:GetObjectVersionAcl",
            "s3:GetObjectVersionTagging",
        ],
        resources: buckets.map((arn) => pulumi.interpolate`${arn}/*`),
    },
    // It follows changes in a bucket by rules of its own.
    {
        actions: [
            "events:DeleteRule",
            "events:DescribeRule",
            "events:DisableRule",
            "events:EnableRule",
            "events:ListTargetsByRule",
            "events:PutRule",
            "events:PutTargets",
            "events:RemoveTargets",
        ],
        resources: [rules],
    },
];

/** What it reads is encrypted with the key, and what it keeps. */
const ofKey = (key: UsedKey | undefined): Grant[] =>
    key === undefined
        ? []
        : [
              {
                  actions: ["kms:Decrypt", "kms:GenerateDataKey"],
                  resources: [key.arn],
                  condition: {
                      StringEquals: {
                          "kms:ViaService": ["backup", "dynamodb", "s3"].map(
                              (service) => `${service}.${key.region}.amazonaws.com`,
                          ),
                      },
                  },
              },
              { actions: ["kms:DescribeKey"], resources: [key.arn] },
              {
                  actions: ["kms:CreateGrant"],
                  resources: [key.arn],
                  condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
              },
          ];
