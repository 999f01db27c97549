import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { policyRegistrationOf, registered } from "./governed.ts";
import { admissionOf, type Grant, type Sender, useOf } from "./grant.ts";
import type { Key } from "./key.ts";
import { named } from "./naming.ts";
import { admit, type Queue } from "./queue.ts";
import type { Source } from "./source.ts";

export interface TopicArgs {
    /** Name before the environment. */
    readonly name: string;
    /** What its e-mails show as their sender. @default the topic's name */
    readonly displayName?: string;
    /**
     * Encrypts its messages; an AWS service that publishes must be admitted by the key, too. Who publishes needs the key
     * and no other principal: SNS decrypts what it delivers by itself, and the queues behind are encrypted by SQS with keys of its
     * own (SNS Developer Guide, "Securing Amazon SNS data with server-side encryption").
     * @default not encrypted at rest: for publishers of another account, which must allow them to use our key
     */
    readonly key?: Key;
    /** Addresses that get every message; each confirms by a link that AWS sends. @default none */
    readonly emails?: readonly string[];
    readonly context: Context;
}

export interface MessagesArgs {
    /** SNS filter policy on the messages' attributes. @default every message */
    readonly filter?: Readonly<Record<string, readonly unknown[]>>;
}

/** Where a subscription delivers. */
interface Subscriber {
    readonly protocol: string;
    readonly endpoint: pulumi.Input<string>;
    /** Gets what cannot be delivered. */
    readonly deadLetters: aws.sqs.Queue;
    /** The right of the topic to deliver, which must exist first. */
    readonly delivery: pulumi.Resource;
}

/** A topic: people get its messages by e-mail, callbacks as events. */
export class Topic extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;
    readonly #topic: aws.sns.Topic;
    readonly #key: Key | undefined;

    constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Topic", name, {}, opts);
        this.#key = args.key;
        const registration = { name: `${name}-topic`, opts: { parent: this } };
        const topic = new aws.sns.Topic(
            registration.name,
            {
                name: named(args.name, args.context),
                ...(args.displayName && { displayName: args.displayName }),
                ...(args.key && { kmsMasterKeyId: args.key.arn }),
            },
            registration.opts,
        );
        this.#topic = registered(topic, registration);
        for (const email of args.emails ?? []) {
            new aws.sns.TopicSubscription(
                `${name}-${email}`,
                { topic: this.#topic.arn, protocol: "email", endpoint: email },
                { parent: this },
            );
        }
        this.arn = this.#topic.arn;
        this.registerOutputs({ arn: this.arn });
    }

    /** The right to publish to it, message by message or in batches. */
    publish(): Grant[] {
        const key = useOf(this.#key, "sns", "Decrypt", "GenerateDataKey");
        return [{ actions: ["sns:Publish"], resources: [this.arn], key }];
    }

    /**
     * Its messages, one an event, for a callback, which is invoked asynchronously. SNS tries 100,015 times over 23 days to
     * hand a message over to Lambda, which no policy can change (SNS Developer Guide, "Amazon SNS message delivery
     * retries"). What it may not hand over goes to the callback's failures at once, as does what the callback fails at for
     * good.
     */
    messages({ filter }: MessagesArgs = {}): Source {
        return {
            awaited: false,
            grants: [],
            connect: (callback) => {
                const own = { parent: callback };
                const delivery = callback.admit(`${callback.name}-delivery`, this.#sender, own);
                const to = { protocol: "lambda", endpoint: callback.arn, deadLetters: callback.failures, delivery };
                this.#subscribe(callback.name, to, filter, own);
            },
        };
    }

    /**
     * Carries its messages to a queue. Not in raw delivery: that keeps the topic's id of a message to itself, which is what
     * a subscriber knows a message by that it gets twice.
     */
    fill(name: string, queue: Queue, { filter }: MessagesArgs, opts: pulumi.CustomResourceOptions): void {
        const delivery = admit(`${name}-delivery`, queue.queue, this.#sender, opts);
        const to = { protocol: "sqs", endpoint: queue.arn, deadLetters: queue.deadLetters, delivery };
        this.#subscribe(name, to, filter, opts);
    }

    get #sender(): Sender {
        return { service: "sns.amazonaws.com", sourceArn: this.arn };
    }

    #subscribe(
        name: string,
        { protocol, endpoint, deadLetters, delivery }: Subscriber,
        filter: MessagesArgs["filter"],
        opts: pulumi.CustomResourceOptions,
    ): void {
        const admissions = [delivery, admit(`${name}-undeliverable`, deadLetters, this.#sender, opts)];
        new aws.sns.TopicSubscription(
            `${name}-messages`,
            {
                topic: this.arn,
                protocol,
                endpoint,
                ...(filter && { filterPolicy: JSON.stringify(filter) }),
                redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn }),
            },
            { ...opts, dependsOn: admissions },
        );
    }

    /** Lets an AWS service, acting for its resources, publish. */
    admit(name: string, sender: Sender, opts: pulumi.CustomResourceOptions): aws.sns.TopicPolicy {
        return this.govern(name, admissionOf(sender, "sns:Publish", this.arn), opts);
    }

    /** Gives it the policy that says who else may publish: AWS keeps one for each topic. */
    govern(name: string, policy: pulumi.Input<string>, opts: pulumi.CustomResourceOptions): aws.sns.TopicPolicy {
        const registration = policyRegistrationOf(this.#topic, { name, opts });
        return new aws.sns.TopicPolicy(registration.name, { arn: this.arn, policy }, registration.opts);
    }
}
