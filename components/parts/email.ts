import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Grant } from "./grant.ts";

/** The right to send e-mail from one address, by any identity of SES that covers it, to any recipient. */
export function sendingFrom(sender: pulumi.Input<string>, opts: pulumi.InvokeOptions): Grant {
    const region = aws.getRegionOutput({}, opts).region;
    const account = aws.getCallerIdentityOutput({}, opts).accountId;
    return {
        actions: ["ses:SendEmail"],
        // The sender's own identity or its domain's, and for an account in the sandbox the recipient's, too; and the
        // configuration set, which an identity may have by default (Service Authorization Reference, SES v2).
        resources: ["identity", "configuration-set"].map(
            (kind) => pulumi.interpolate`arn:aws:ses:${region}:${account}:${kind}/*`,
        ),
        condition: { StringEquals: { "ses:FromAddress": sender } },
    };
}
