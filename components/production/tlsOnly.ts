import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { isGoverned, policyRegistrationOf } from "../parts/governed.ts";
import { admissionOf } from "../parts/grant.ts";
import type { Inventory } from "../parts/inventory.ts";

interface TlsOnlyArgs {
    readonly inventory: Inventory;
    /** Whether queues without a policy get one too, which is some forty resources more. Topics always do. */
    readonly queues: boolean;
}

/**
 * The policies of the topics and queues that have no other: they allow nothing and refuse calls without TLS, so that a
 * topic's default policy, which is open to the whole account, holds nowhere. Made last, when it is known which these are.
 */
export class TlsOnly extends pulumi.ComponentResource {
    constructor(name: string, { inventory, queues }: TlsOnlyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:TlsOnly", name, {}, opts);
        const own = { parent: this };
        for (const { name: of, resource } of queues ? [...inventory.queues, ...inventory.deadLetters] : []) {
            if (isGoverned(resource)) continue;
            const policy = admissionOf(undefined, "sqs:SendMessage", resource.arn);
            const registration = policyRegistrationOf(resource, { name: `${of}-tls-only`, opts: own });
            new aws.sqs.QueuePolicy(registration.name, { queueUrl: resource.id, policy }, registration.opts);
        }
        for (const { name: of, resource } of inventory.topics) {
            if (isGoverned(resource)) continue;
            const policy = admissionOf(undefined, "sns:Publish", resource.arn);
            const registration = policyRegistrationOf(resource, { name: `${of}-tls-only`, opts: own });
            new aws.sns.TopicPolicy(registration.name, { arn: resource.arn, policy }, registration.opts);
        }
        this.registerOutputs({});
    }
}
