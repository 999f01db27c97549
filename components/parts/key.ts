import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Grant } from "./grant.ts";
import { named } from "./naming.ts";
import type { Settings } from "./settings.ts";

export interface KeyArgs {
    readonly description: string;
    /** The AWS services that use the key for resources of this account. */
    readonly services: readonly string[];
    readonly settings: Settings;
}

/** A customer-managed key, rotated yearly, that the account administers and the named services may use. */
export class Key extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: KeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Key", name, {}, opts);
        const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
        const key = new aws.kms.Key(
            `${name}-key`,
            {
                description: args.description,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Sid: "TheAccountAdministers",
                            Effect: "Allow",
                            Principal: { AWS: pulumi.interpolate`arn:aws:iam::${account}:root` },
                            Action: "kms:*",
                            // In a key policy this means: this key.
                            Resource: "*",
                        },
                        ...args.services.map((service) => ({
                            Effect: "Allow",
                            Principal: { Service: service },
                            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                            Resource: "*",
                            Condition: { StringEquals: { "aws:SourceAccount": account } },
                        })),
                    ],
                }),
            },
            { parent: this },
        );
        new aws.kms.Alias(
            `${name}-alias`,
            { name: `alias/${named(name, args.settings)}`, targetKeyId: key.keyId },
            { parent: this },
        );
        this.arn = key.arn;
        this.registerOutputs({ arn: this.arn });
    }

    /** The right to encrypt and decrypt with it. */
    use(): Grant {
        return { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [this.arn] };
    }
}
