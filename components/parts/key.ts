import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type PolicyStatement, type UsedKey, unscoped } from "./grant.ts";
import { named } from "./naming.ts";

interface KeyArgs {
    readonly description: string;
    /** The AWS services that use the key for any resource of this account. @default none */
    readonly services?: readonly string[];
    /** What else the key's policy allows, in the region that it is for. @default nothing */
    readonly allow?: (keyRegion: KeyRegion) => readonly KeyStatement[];
    /** Whether it signs, by ECDSA with P-256 and SHA-256, and encrypts nothing: AWS cannot rotate such a key. @default false */
    readonly signs?: boolean;
    /** Whether other regions can have it, too, now or some day: AWS makes another key of it if that is decided later. @default false */
    readonly multiRegion?: boolean;
    /** Another region that a key of several regions is in, too. @default none */
    readonly replicaRegion?: string;
    readonly context: Context;
}

/** Where a key is. */
export interface KeyRegion {
    readonly account: pulumi.Input<string>;
    readonly region: string;
}

/** A statement of a key's policy, which allows something with this key. */
export type KeyStatement = Pick<PolicyStatement, "Sid" | "Principal" | "Action" | "Condition">;

/** A customer-managed key, rotated yearly where it encrypts, that the account administers and the named services may use. */
export class Key extends pulumi.ComponentResource implements UsedKey {
    readonly arn: pulumi.Output<string>;
    readonly region: string;
    readonly replica: UsedKey | undefined;

    constructor(name: string, args: KeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Key", name, {}, opts);
        const { description, replicaRegion, context } = args;
        const own = { parent: this };
        const kept = { ...own, protect: context.protect };
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        const key = new aws.kms.Key(
            `${name}-key`,
            {
                description,
                ...(args.signs
                    ? { customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" }
                    : { enableKeyRotation: true }),
                deletionWindowInDays: 30,
                ...(args.multiRegion && { multiRegion: true }),
                policy: policyOf(args, { account, region: context.region }),
            },
            kept,
        );
        new aws.kms.Alias(`${name}-alias`, { name: `alias/${named(name, context)}`, targetKeyId: key.keyId }, own);
        if (replicaRegion) {
            const replica = new aws.kms.ReplicaKey(
                `${name}-replica`,
                {
                    region: replicaRegion,
                    primaryKeyArn: key.arn,
                    description,
                    deletionWindowInDays: 30,
                    policy: policyOf(args, { account, region: replicaRegion }),
                },
                kept,
            );
            this.replica = { arn: replica.arn, region: replicaRegion };
        }
        this.arn = key.arn;
        this.region = context.region;
        this.registerOutputs({ arn: this.arn });
    }
}

function policyOf({ services = [], allow = () => [] }: KeyArgs, keyRegion: KeyRegion): pulumi.Output<string> {
    const { actions, resources } = unscoped.keyAdministration;
    const statements: readonly KeyStatement[] = [
        ...services.map((service) => ({
            Principal: { Service: service },
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Condition: { StringEquals: { "aws:SourceAccount": keyRegion.account } },
        })),
        ...allow(keyRegion),
    ];
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "TheAccountAdministers",
                Effect: "Allow",
                Principal: { AWS: pulumi.interpolate`arn:aws:iam::${keyRegion.account}:root` },
                Action: actions,
                Resource: resources,
            },
            // In a key's policy * means: this key.
            ...statements.map((statement) => ({ ...statement, Effect: "Allow", Resource: "*" })),
        ],
    });
}
