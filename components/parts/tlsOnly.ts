import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { admissionOf } from "./grant.ts";
import type { Inventory } from "./inventory.ts";

/** Queues and topics that have a policy: AWS keeps one for each. */
export const governed = new WeakSet<pulumi.Resource>();

/**
 * The policies of the queues and topics that nobody else gave one: they refuse calls without TLS. Made last, when it is
 * known which these are.
 */
export class TlsOnly extends pulumi.ComponentResource {
    constructor(name: string, { queues, deadLetters, topics }: Inventory, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:TlsOnly", name, {}, opts);
        const own = { parent: this };
        for (const { name: of, resource } of [...queues, ...deadLetters]) {
            if (governed.has(resource)) continue;
            const policy = admissionOf(undefined, "sqs:SendMessage", resource.arn);
            new aws.sqs.QueuePolicy(`${of}-tls-only`, { queueUrl: resource.id, policy }, own);
        }
        for (const { name: of, resource } of topics) {
            if (governed.has(resource)) continue;
            const policy = admissionOf(undefined, "sns:Publish", resource.arn);
            new aws.sns.TopicPolicy(`${of}-tls-only`, { arn: resource.arn, policy }, own);
        }
        this.registerOutputs({});
    }
}
