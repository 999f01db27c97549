import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type Grant, type UsedKey, useOf } from "./grant.ts";
import { named } from "./naming.ts";
import type { Source } from "./source.ts";

export interface SecretArgs {
    /** Name before the environment. */
    readonly name: string;
    /** What its value is to look like; shown in the AWS console. */
    readonly description: string;
    /** Its counterpart in the first region, of which it is a replica. @default a secret that stands alone */
    readonly replicaOf?: Pick<Secret, "arn"> | undefined;
    readonly context: Context;
}

/** What others need of a secret. */
export interface Secret {
    readonly arn: pulumi.Output<string>;
    /** What it is encrypted with; absent, a key of AWS's. */
    readonly key: UsedKey | undefined;
    /** Its copy in the second region, if there is one. */
    readonly replicaArn: pulumi.Output<string> | undefined;
}

/**
 * A secret whose value the operator or its rotation puts there (docs/operations/secrets.md): it is never in the state of a stack. Secrets Manager
 * keeps a copy in the second region, which has the same ARN but for the region.
 */
export function secretOf(
    name: string,
    { name: seed, description, replicaOf, context }: SecretArgs,
    opts: pulumi.CustomResourceOptions,
): Secret {
    const { dataKey, region, regions } = context;
    if (replicaOf) return { arn: arnIn(region, replicaOf.arn), key: dataKey, replicaArn: undefined };
    const { arn } = new aws.secretsmanager.Secret(
        `${name}-secret`,
        {
            name: named(seed, context),
            description,
            // A deleted secret keeps its name for that long: none, where stacks come and go.
            recoveryWindowInDays: context.protect ? 30 : 0,
            ...(dataKey && { kmsKeyId: dataKey.arn }),
            ...(regions && {
                replicas: [{ region: regions.secondary, ...(dataKey?.replica && { kmsKeyId: dataKey.replica.arn }) }],
            }),
        },
        { ...opts, protect: context.protect },
    );
    return { arn, key: dataKey, replicaArn: regions && arnIn(regions.secondary, arn) };
}

/** The ARN of a secret's copy, which has everything but the region from its original. */
const arnIn = (region: string, arn: pulumi.Output<string>): pulumi.Output<string> =>
    arn.apply((of) => of.replace(/:secretsmanager:[^:]+:/, `:secretsmanager:${region}:`));

/** The right to read a secret's value. */
export const readingOf = (secret: Secret): Grant => ({
    actions: ["secretsmanager:GetSecretValue"],
    resources: [secret.arn],
    key: useOf(secret.key, "secretsmanager", "Decrypt"),
});

/** The right to put a value into a secret, and with it, in the caller's name, into its copy in the second region. */
const writingOf = (secret: Secret): Grant => ({
    actions: ["DescribeSecret", "GetSecretValue", "PutSecretValue", "UpdateSecretVersionStage"].map(
        (action) => `secretsmanager:${action}`,
    ),
    resources: [secret.arn],
    key: [
        useOf(secret.key, "secretsmanager", "Decrypt", "GenerateDataKey"),
        // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html
        useOf(secret.key?.replica, "secretsmanager", "Decrypt", "Encrypt", "GenerateDataKey"),
    ].flatMap((use) => use ?? []),
});

/**
 * Changes a secret's value every so many days, and at once when it begins, step by step (runtime/shared/secretRotation.ts): so a
 * secret of ours gets its first value, which neither a person nor the state of a stack knows.
 */
export const rotationOf = (secret: Secret, days: number): Source => ({
    awaited: false,
    grants: [
        writingOf(secret),
        ...(secret.replicaArn ? [{ actions: ["secretsmanager:DescribeSecret"], resources: [secret.replicaArn] }] : []),
    ],
    connect: (callback) => {
        const own = { parent: callback };
        const sender = { service: "secretsmanager.amazonaws.com", sourceArn: secret.arn };
        const permission = callback.admit(`${callback.name}-rotation-start`, sender, own);
        new aws.secretsmanager.SecretRotation(
            `${callback.name}-rotation`,
            {
                secretId: secret.arn,
                rotationLambdaArn: callback.arn,
                rotationRules: { automaticallyAfterDays: days },
            },
            { ...own, dependsOn: [permission, callback.policy] },
        );
    },
});
