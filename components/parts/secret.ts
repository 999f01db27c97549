import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant } from "./grant.ts";
import { named } from "./naming.ts";
import type { Settings } from "./settings.ts";

export interface SecretArgs {
    /** Name before the environment. */
    readonly name: string;
    /** What its value is to look like; shown in the AWS console. */
    readonly description: string;
    readonly settings: Settings;
}

/** A secret whose value the operator puts there (docs/operations.md): it is never in the state of a stack. */
export function secretOf(
    name: string,
    { name: seed, description, settings }: SecretArgs,
    opts: pulumi.CustomResourceOptions,
): aws.secretsmanager.Secret {
    return new aws.secretsmanager.Secret(
        `${name}-secret`,
        {
            name: named(seed, settings),
            description,
            // A deleted secret keeps its name for that long: none, where stacks come and go.
            recoveryWindowInDays: settings.deletionProtection ? 30 : 0,
        },
        opts,
    );
}

/** The right to read a secret's value. */
export const readingOf = (secret: aws.secretsmanager.Secret): Grant => ({
    actions: ["secretsmanager:GetSecretValue"],
    resources: [secret.arn],
});
