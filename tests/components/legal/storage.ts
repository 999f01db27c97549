import { BillingMode, ProjectionType, ScalarAttributeType, StreamViewType, TableClass } from "@aws-sdk/client-dynamodb";
import type { Resource } from "embedded-aws/recorder";
import {
    at,
    choice,
    count,
    isKnown,
    isRecord,
    name,
    number,
    type Rule,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const table = "aws:dynamodb/table:Table";
const replica = "aws:dynamodb/tableReplica:TableReplica";
const bucket = "aws:s3/bucket:Bucket";
const key = "aws:kms/key:Key";
const secret = "aws:secretsmanager/secret:Secret";

const keysIn = (index: unknown): unknown[] =>
    isRecord(index)
        ? [index["hashKey"], index["rangeKey"], ...valuesAt(index, "keySchemas[].attributeName")].filter(isKnown)
        : [];

const indexesOf = ({ inputs }: Resource) => [
    ...valuesAt(inputs, "globalSecondaryIndexes[]"),
    ...valuesAt(inputs, "localSecondaryIndexes[]"),
];

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html and "Quotas in Amazon DynamoDB". */
const tables: readonly Rule[] = [
    ...name(table, { pattern: /^[a-zA-Z0-9_.-]+$/, min: 3, max: 255 }),
    unique(table, ["name"]),
    choice(table, "billingMode", Object.values(BillingMode)),
    choice(table, "attributes[].type", Object.values(ScalarAttributeType)),
    choice(table, "streamViewType", Object.values(StreamViewType)),
    choice(table, "tableClass", Object.values(TableClass)),
    count(table, "globalSecondaryIndexes", 0, 20),
    count(table, "localSecondaryIndexes", 0, 5),
    ...text(table, "globalSecondaryIndexes[].name", { pattern: /^[a-zA-Z0-9_.-]+$/, min: 3, max: 255 }),
    choice(table, "globalSecondaryIndexes[].projectionType", Object.values(ProjectionType)),
    count(table, "globalSecondaryIndexes[].nonKeyAttributes", 1, 20),
    ...text(table, "ttl.attributeName", { max: 255 }),
    // UpdateContinuousBackups: 1 to 35 days.
    number(table, "pointInTimeRecovery.recoveryPeriodInDays", 1, 35),
    {
        type: table,
        what: "declares the attributes of its keys and indexes, and no others",
        faults: (resource) => {
            const { inputs } = resource;
            const keyed = new Set([inputs["hashKey"], inputs["rangeKey"], ...indexesOf(resource).flatMap(keysIn)]);
            const used = [...keyed].filter(isKnown);
            const declared = valuesAt(inputs, "attributes[].name");
            return [
                ...used.filter((one) => !declared.includes(one)).map((one) => `${one} is not declared`),
                ...declared.filter((one) => !used.includes(one)).map((one) => `${one} is no key`),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, attributes: [{ name: "colour", type: "S" }] }),
    },
    {
        type: table,
        what: "projects attributes by INCLUDE alone, 100 in all at most",
        faults: (resource) => {
            const indexes = indexesOf(resource).filter(isRecord);
            const projected = indexes.flatMap((index) => valuesAt(index, "nonKeyAttributes[]"));
            return [
                ...indexes
                    .filter((index) => (index["projectionType"] === "INCLUDE") !== isKnown(index["nonKeyAttributes"]))
                    .map((index) => `${index["name"]} projects ${index["projectionType"]}`),
                ...(projected.length > 100 ? [`${projected.length} attributes are projected`] : []),
            ];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            globalSecondaryIndexes: [{ name: "byTime", projectionType: "KEYS_ONLY", nonKeyAttributes: ["total"] }],
        }),
    },
    {
        type: table,
        what: "has indexes of different names",
        faults: (resource) => {
            const names = indexesOf(resource).map((index) => at(index, "name"));
            return names
                .filter((one, place) => names.indexOf(one) !== place)
                .map((one) => `two indexes are called ${one}`);
        },
        broken: ({ inputs }) => ({ ...inputs, globalSecondaryIndexes: [{ name: "byTime" }, { name: "byTime" }] }),
    },
    {
        type: table,
        what: "has a view of its stream exactly when it has a stream",
        faults: ({ inputs }) =>
            (inputs["streamEnabled"] === true) === isKnown(inputs["streamViewType"]) ? [] : ["a stream without a view"],
        broken: ({ inputs }) => ({ ...inputs, streamEnabled: true, streamViewType: undefined }),
    },
    {
        type: table,
        what: "has no capacity when it is on demand",
        faults: ({ inputs }) =>
            inputs["billingMode"] === "PAY_PER_REQUEST"
                ? ["readCapacity", "writeCapacity"].filter((one) => isKnown(inputs[one])).map((one) => `has ${one}`)
                : [],
        broken: ({ inputs }) => ({ ...inputs, billingMode: "PAY_PER_REQUEST", readCapacity: 5 }),
    },
    {
        // "Using DynamoDB global tables": replicas follow the stream, with new and old images.
        type: table,
        what: "has a stream with new and old images where it has a replica",
        faults: ({ inputs, outputs }, resources) => {
            const isReplicated = resources.some(
                ({ type, inputs: other }) =>
                    type === replica && isKnown(outputs["arn"]) && other["globalTableArn"] === outputs["arn"],
            );
            return isReplicated && inputs["streamViewType"] !== "NEW_AND_OLD_IMAGES"
                ? ["a replica without a stream"]
                : [];
        },
        broken: ({ inputs }) => ({ ...inputs, streamViewType: "KEYS_ONLY" }),
    },
    unique(replica, ["globalTableArn"]),
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const buckets: readonly Rule[] = [
    ...name(bucket, { pattern: /^(?!xn--)[a-z0-9][a-z0-9.-]*[a-z0-9]$/, min: 3, max: 63 }, "bucket"),
    choice("aws:s3/bucketVersioning:BucketVersioning", "versioningConfiguration.status", [
        "Enabled",
        "Suspended",
        "Disabled",
    ]),
    choice(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "rules[].applyServerSideEncryptionByDefault.sseAlgorithm",
        ["AES256", "aws:kms", "aws:kms:dsse"],
    ),
    {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        what: "names a key with aws:kms alone",
        faults: ({ inputs }) =>
            valuesAt(inputs, "rules[].applyServerSideEncryptionByDefault")
                .filter((rule) => isKnown(at(rule, "kmsMasterKeyId")) && at(rule, "sseAlgorithm") === "AES256")
                .map(() => "AES256 takes no key"),
        broken: ({ inputs }) => ({
            ...inputs,
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "key" } }],
        }),
    },
    // A bucket has one of each: a second resource would overwrite it.
    ...[
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketVersioning:BucketVersioning",
    ].map((type) => unique(type, ["bucket"])),
];

/** https://docs.aws.amazon.com/kms/latest/APIReference/: CreateKey, ScheduleKeyDeletion, EnableKeyRotation, CreateAlias. */
const keys: readonly Rule[] = [
    ...text(key, "description", { min: 0, max: 8192 }),
    number(key, "deletionWindowInDays", 7, 30),
    number(key, "rotationPeriodInDays", 90, 2560),
    number("aws:kms/replicaKey:ReplicaKey", "deletionWindowInDays", 7, 30),
    ...name("aws:kms/alias:Alias", { pattern: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/, max: 256 }),
    unique("aws:kms/alias:Alias", ["name"]),
];

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/: CreateSecret, DeleteSecret, RotateSecret. */
const secrets: readonly Rule[] = [
    ...name(secret, { pattern: /^[a-zA-Z0-9/_+=.@-]+$/, max: 512 }),
    ...text(secret, "description", { min: 0, max: 2048 }),
    unique(secret, ["name"]),
    {
        type: secret,
        what: "can be recovered for 7 to 30 days or not at all",
        faults: ({ inputs }) =>
            valuesAt(inputs, "recoveryWindowInDays")
                .filter((days) => days !== 0 && !(Number(days) >= 7 && Number(days) <= 30))
                .map((days) => `recoveryWindowInDays is ${days}`),
        broken: ({ inputs }) => withAt(inputs, "recoveryWindowInDays", 3),
    },
    number("aws:secretsmanager/secretRotation:SecretRotation", "rotationRules.automaticallyAfterDays", 1, 1000),
];

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html, API_CreateBackupPlan.html */
const backups: readonly Rule[] = [
    ...name("aws:backup/vault:Vault", { pattern: /^[a-zA-Z0-9_-]+$/, min: 2, max: 50 }),
    ...name("aws:backup/plan:Plan", { pattern: /^[a-zA-Z0-9_.-]+$/, max: 50 }),
    ...name("aws:backup/selection:Selection", { pattern: /^[a-zA-Z0-9_.-]+$/, max: 50 }),
    ...text("aws:backup/plan:Plan", "rules[].ruleName", { pattern: /^[a-zA-Z0-9_.-]+$/, max: 50 }),
    ...text("aws:backup/plan:Plan", "rules[].schedule", { pattern: /^(cron|rate)\(.+\)$/, max: 256 }),
    {
        // "Backup options": it begins within an hour at the soonest, and has an hour more to end.
        type: "aws:backup/plan:Plan",
        what: "has an hour at least to begin and another to end",
        faults: ({ inputs }) =>
            valuesAt(inputs, "rules[]")
                .filter((rule) => Number(at(rule, "startWindow") ?? 480) < 60)
                .concat(
                    valuesAt(inputs, "rules[]").filter(
                        (rule) =>
                            Number(at(rule, "completionWindow") ?? 10_080) <
                            Number(at(rule, "startWindow") ?? 480) + 60,
                    ),
                )
                .map((rule) => `the windows of ${at(rule, "ruleName")}`),
        broken: ({ inputs }) => ({
            ...inputs,
            rules: [{ ruleName: "nightly", startWindow: 60, completionWindow: 90 }],
        }),
    },
    {
        // "The cold storage lifecycle": 90 days there at least.
        type: "aws:backup/plan:Plan",
        what: "deletes what is in cold storage 90 days later at the earliest",
        faults: ({ inputs }) =>
            valuesAt(inputs, "rules[].lifecycle")
                .filter((cycle) => Number(at(cycle, "deleteAfter")) < Number(at(cycle, "coldStorageAfter")) + 90)
                .map(() => "deletes from cold storage too early"),
        broken: ({ inputs }) => ({ ...inputs, rules: [{ lifecycle: { coldStorageAfter: 30, deleteAfter: 60 } }] }),
    },
];

/**
 * What AWS's own policies for roles of AWS Backup allow of tables, of buckets and in general, as of 2026-11:
 * AWSBackupServiceRolePolicyForBackup (version 30, 2026-02-23), AWSBackupServiceRolePolicyForS3Backup (version 4,
 * 2024-05-17). Not here: what is for other services, and backup:CopyFromBackupVault and CopyIntoBackupVault, since no
 * plan copies.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Backup.html
 */
const backupActions = {
    general: ["backup:DescribeBackupVault", "backup:TagResource", "tag:GetResources"],
    "arn:aws:dynamodb:": [
        "dynamodb:CreateBackup",
        "dynamodb:DeleteBackup",
        "dynamodb:DescribeBackup",
        "dynamodb:DescribeTable",
        "dynamodb:ListTagsOfResource",
        "dynamodb:StartAwsBackupJob",
    ],
    "arn:aws:s3:": [
        "cloudwatch:GetMetricData",
        "events:DeleteRule",
        "events:DescribeRule",
        "events:DisableRule",
        "events:EnableRule",
        "events:ListRules",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "s3:GetBucketAcl",
        "s3:GetBucketLocation",
        "s3:GetBucketNotification",
        "s3:GetBucketTagging",
        "s3:GetBucketVersioning",
        "s3:GetInventoryConfiguration",
        "s3:GetObject",
        "s3:GetObjectAcl",
        "s3:GetObjectTagging",
        "s3:GetObjectVersion",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionTagging",
        "s3:ListAllMyBuckets",
        "s3:ListBucket",
        "s3:ListBucketVersions",
        "s3:PutBucketNotification",
        "s3:PutInventoryConfiguration",
    ],
    customerKey: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
} as const;

const selection = "aws:backup/selection:Selection";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

const isBackedUp = ({ inputs }: Pick<Resource, "inputs">) => at(inputs, "tags.Backup") !== "none";

/**
 * Secrets Manager copies a value in the name of the one who puts it: by the key of the copy, too.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html
 */
const copies: readonly Rule[] = [
    {
        type: rolePolicy,
        what: "may encrypt by a copy's key where it may put a value into a secret, and compare the copy's version",
        faults: ({ inputs }, resources) => {
            const statements = valuesAt(inputs, "policy{}.Statement[]");
            const may = (action: string, arn: unknown) =>
                statements.some(
                    (one) =>
                        at(one, "Effect") === "Allow" &&
                        [at(one, "Action")].flat().includes(action) &&
                        [at(one, "Resource")].flat().includes(arn),
                );
            return resources
                .filter((one) => one.type === secret && isKnown(one.outputs["arn"]))
                .filter(({ outputs }) => may("secretsmanager:PutSecretValue", outputs["arn"]))
                .flatMap(({ inputs: of, outputs, name: called }) =>
                    valuesAt(of, "replicas[]").flatMap((copy) => {
                        const copyArn = String(outputs["arn"]).replace(
                            /:secretsmanager:[^:]+:/,
                            `:secretsmanager:${at(copy, "region")}:`,
                        );
                        const keyArn = at(copy, "kmsKeyId");
                        return [
                            ...["kms:Encrypt", "kms:GenerateDataKey"].filter(
                                (action) => isKnown(keyArn) && !may(action, keyArn),
                            ),
                            ...["secretsmanager:DescribeSecret"].filter((action) => !may(action, copyArn)),
                        ].map((action) => `puts values into ${called} and lacks ${action} in ${at(copy, "region")}`);
                    }),
                );
        },
        broken: ({ inputs }, resources) => ({
            ...inputs,
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Action: "secretsmanager:PutSecretValue",
                        Resource: resources.filter((one) => one.type === secret).map(({ outputs }) => outputs["arn"]),
                    },
                ],
            }),
        }),
    },
];

const whatIsBackedUp: readonly Rule[] = [
    {
        type: selection,
        what: "is made by a role that may do what AWS's own policies allow",
        faults: ({ inputs }, resources) => {
            const role = resources.find(
                ({ type, outputs }) => type === "aws:iam/role:Role" && outputs["arn"] === inputs["iamRoleArn"],
            );
            const allowed = resources
                .filter(({ type, inputs: of }) => type === rolePolicy && role !== undefined && of["role"] === role.id)
                .flatMap(({ inputs: of }) => valuesAt(of, "policy{}.Statement[]").map((one) => at(one, "Action")))
                .flat();
            // In a preview the policy names what does not exist yet.
            if (allowed.length === 0) return [];
            const selected = valuesAt(inputs, "resources[]").map(String);
            const isKeyed = resources.some(
                (one) => one.type === table && isKnown(at(one.inputs, "serverSideEncryption.kmsKeyArn")),
            );
            return [
                ...backupActions.general,
                ...(["arn:aws:dynamodb:", "arn:aws:s3:"] as const)
                    .filter((of) => selected.some((arn) => arn.startsWith(of)))
                    .flatMap((of) => [...backupActions[of]]),
                ...(isKeyed ? backupActions.customerKey : []),
            ]
                .filter((action) => !allowed.includes(action))
                .map((action) => `its role lacks ${action}`);
        },
        // The role of a function has none of these.
        broken: ({ inputs }, resources) => ({
            ...inputs,
            iamRoleArn: resources.find(({ type, name }) => type === "aws:iam/role:Role" && name === "orders-store-role")
                ?.outputs["arn"],
        }),
    },
    {
        type: selection,
        what: "has every table of its region but the ephemeral ones",
        faults: ({ inputs, provider }, resources) => {
            const selected = valuesAt(inputs, "resources[]");
            return resources
                .filter(({ type, outputs }) => type === table && isKnown(outputs["arn"]))
                .filter((one) => {
                    const isSelected = selected.includes(one.outputs["arn"]);
                    return isBackedUp(one) ? !isSelected && one.provider === provider : isSelected;
                })
                .map((one) => `${one.name} is ${isBackedUp(one) ? "not " : ""}selected`);
        },
        broken: ({ inputs }, resources) => ({
            ...inputs,
            resources: resources.filter(({ type }) => type === table).map(({ outputs }) => outputs["arn"]),
        }),
    },
    {
        type: table,
        what: "forgets its items where no backup is made of them",
        faults: ({ inputs, name: called }) =>
            !isBackedUp({ inputs }) && at(inputs, "ttl.enabled") !== true
                ? [`${called} is neither backed up nor forgotten`]
                : [],
        broken: ({ inputs }) => ({ ...inputs, ttl: undefined, tags: { Backup: "none" } }),
    },
];

export const storage: readonly Rule[] = [
    ...tables,
    ...buckets,
    ...keys,
    ...secrets,
    ...backups,
    ...whatIsBackedUp,
    ...copies,
];
