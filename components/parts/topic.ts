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
    readonly #name: string;

    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Topic", name, {}, opts);
        this.#name = name;
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

    /** The target of one rule that publishes a readable text of each event. */
    target(text: EventText): Target {
        return {
            arn: this.arn,
            deadLetters: deadLetterQueue(`${this.#name}-dead-letters`, { parent: this }),
            text,
            // Without the rule: EventBridge does not name it to SNS, and a condition on it would refuse every event.
            // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
            admit: (_rule, ruleName, opts) => [
                this.admit(`${ruleName}-delivery`, { service: "events.amazonaws.com" }, opts),
            ],
        };
    }

    /** Lets one AWS service publish, for what `sourceArn` matches or for anything. A topic has one such policy. */
    admit(
        name: string,
        { service, sourceArn }: { readonly service: string; readonly sourceArn?: pulumi.Input<string> },
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
                            ...(sourceArn && { Condition: { ArnLike: { "aws:SourceArn": sourceArn } } }),
                        },
                    ],
                }),
            },
            opts,
        );
    }
}
