import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";

interface LogGroupArgs {
    /** The whole name, which ends in the environment: that is what the key of logs is bound to. */
    readonly name: string;
    readonly context: Context;
}

/** What CloudWatch masks, besides what callbacks mask themselves (runtime/shared/log.ts). */
const masked = ["EmailAddress", "CreditCardNumber", "AwsSecretKey"].map(
    (identifier) => `arn:aws:dataprotection::aws:data-identifier/${identifier}`,
);

/** Readers of the log see asterisks, except principals with the permission logs:Unmask. */
const masking = JSON.stringify({
    Name: "personal-data",
    Version: "2021-06-01",
    Statement: [
        // AWS asks for both: one that finds, and one that masks the same.
        { Sid: "Find", DataIdentifier: masked, Operation: { Audit: { FindingsDestination: {} } } },
        { Sid: "Mask", DataIdentifier: masked, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
});

/** A log group that forgets in time; where the context says so encrypted with a key of our own, and masked. */
export function logGroupOf(
    name: string,
    { name: physicalName, context }: LogGroupArgs,
    opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
    const group = new aws.cloudwatch.LogGroup(
        name,
        {
            name: physicalName,
            retentionInDays: context.functions.logRetentionDays,
            ...(context.dataKey && { kmsKeyId: context.dataKey.arn }),
        },
        opts,
    );
    if (context.functions.logMasking) {
        new aws.cloudwatch.LogDataProtectionPolicy(
            `${name}-masking`,
            { logGroupName: group.name, policyDocument: masking },
            opts,
        );
    }
    return group;
}
