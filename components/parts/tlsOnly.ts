import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { admissionOf } from "./grant.ts";
import type { Inventory } from "./inventory.ts";

/** Queues and topics that have a policy: AWS keeps one for each. */
export const governed = new WeakSet<pulumi.Resource>();

export interface TlsOnlyArgs {
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
            if (governed.has(resource)) continue;
            const policy = admissionOf(undefined, "sqs:SendMessage", resource.arn);
            new aws.sqs.QueuePolicy(`${of}-tls-only`, { queueUrl: resource.id, policy }, own);
        }
        for (const { name: of, resource } of inventory.topics) {
            if (governed.has(resource)) continue;
            const policy = admissionOf(undefined, "sns:Publish", resource.arn);
            new aws.sns.TopicPolicy(`${of}-tls-only`, { arn: resource.arn, policy }, own);
        }
        this.registerOutputs({});
    }
}
