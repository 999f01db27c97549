import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EventText, Target } from "./bus.ts";
import type { Key } from "./key.ts";
import { named } from "./naming.ts";
import { deadLetterQueue } from "./queue.ts";
import type { Settings } from "./settings.ts";

export interface TopicArgs {
    /** Name before the environment. */
    readonly name: string;
    /** What its e-mails show as their sender. */
    readonly displayName: string;
    /** Encrypts its messages; the key must admit the services that publish. */
    readonly key: Key;
    /** Addresses that get every message; each confirms by a link that AWS sends. @default none */
    readonly emails?: readonly string[];
    readonly settings: Settings;
}

/** A topic that AWS services publish to and people read by e-mail. */
export class Topic extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    /** What a rule could not publish. */
    readonly deadLetters: aws.sqs.Queue;

    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Topic", name, {}, opts);
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
        this.deadLetters = deadLetterQueue(`${name}-dead-letters`, { parent: this });
        this.arn = topic.arn;
        this.registerOutputs({ arn: this.arn });
    }

    /** A rule's target that publishes a readable text of each event. */
    target(text: EventText): Target {
        return {
            arn: this.arn,
            deadLetters: this.deadLetters,
            text,
            admit: (rule, ruleName, opts) => [
                this.admit(`${ruleName}-delivery`, "events.amazonaws.com", rule.arn, opts),
            ],
        };
    }

    /** Lets one AWS service publish for the resources that `sourceArn` matches. A topic has one such policy. */
    admit(
        name: string,
        service: string,
        sourceArn: pulumi.Input<string>,
        opts: pulumi.CustomResourceOptions,
    ): aws.sns.TopicPolicy {
        return new aws.sns.TopicPolicy(
            name,
            {
                arn: this.arn,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: service },
                            Action: "sns:Publish",
                            Resource: this.arn,
                            Condition: { ArnLike: { "aws:SourceArn": sourceArn } },
                        },
                    ],
                }),
            },
            opts,
        );
    }
}
