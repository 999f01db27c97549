import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { admissionOf, type Grant, type Sender } from "./grant.ts";
import type { Key } from "./key.ts";
import { named } from "./naming.ts";
import type { Settings } from "./settings.ts";

export interface TopicArgs {
    /** Name before the environment. */
    readonly name: string;
    /** What its e-mails show as their sender. */
    readonly displayName: string;
    /** Encrypts its messages; an AWS service that publishes must be admitted by the key, too. */
    readonly key: Key;
    /** Addresses that get every message; each confirms by a link that AWS sends. @default none */
    readonly emails?: readonly string[];
    readonly settings: Settings;
}

/** A topic that people read by e-mail. */
export class Topic extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly #key: Key;

    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Topic", name, {}, opts);
        this.#key = args.key;
        const topic = new aws.sns.Topic(
            `${name}-topic`,
            {
                name: named(args.name, args.settings),
                displayName: args.displayName,
                kmsMasterKeyId: args.key.arn,
            },
            { parent: this },
        );
        for (const email of args.emails ?? []) {
            new aws.sns.TopicSubscription(
                `${name}-${email}`,
                { topic: topic.arn, protocol: "email", endpoint: email },
                { parent: this },
            );
        }
        this.arn = topic.arn;
        this.registerOutputs({ arn: this.arn });
    }

    /** The rights to publish to it: the topic's, and those to encrypt with its key. */
    publish(): Grant[] {
        return [{ actions: ["sns:Publish"], resources: [this.arn] }, this.#key.use()];
    }

    /** Lets an AWS service, acting for its resources, publish. A topic has one such policy. */
    admit(name: string, sender: Sender, opts: pulumi.CustomResourceOptions): aws.sns.TopicPolicy {
        const policy = admissionOf(sender, "sns:Publish", this.arn);
        return new aws.sns.TopicPolicy(name, { arn: this.arn, policy }, opts);
    }
}
