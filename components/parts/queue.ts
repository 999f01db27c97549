import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { concurrencyOf, receivesOf } from "./concurrency.ts";
import type { Context } from "./context.ts";
import { policyRegistrationOf, registered } from "./governed.ts";
import { admissionOf, type Grant, type Sender, useOf } from "./grant.ts";
import { named } from "./naming.ts";
import type { Source, Target } from "./source.ts";

const days = (count: number) => count * 24 * 60 * 60;

/**
 * Bytes of the largest message, its attributes included: as many as SQS has allowed since August 2025. The provider would
 * set 256 KiB. Dead letters hold as much: what is too large for them is lost.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const maxMessageSize = 1_048_576;

/** Seconds that a received message stays hidden: six times as long as its consumer may take (AWS's advice for Lambda). */
export const hiddenFor = (consumerTimeout: number): number => 6 * consumerTimeout;

export interface QueueArgs {
    /** Name before the environment, for a queue that other systems know by name. @default named by Pulumi */
    readonly name?: string;
    /** Seconds its consumer may take: see `hiddenFor`. */
    readonly consumerTimeout: number;
    /** Receives of a message before SQS moves it to the dead-letter queue. @default the context's */
    readonly maxReceives?: number;
    /** Whether messages of a group come one after the other, and the same one once within five minutes. Needs a name. @default false */
    readonly fifo?: boolean;
    readonly context: Context;
}

/** A queue, encrypted, kept for 14 days, with a dead-letter queue after `maxReceives` tries. */
export class Queue extends pulumi.ComponentResource {
    readonly queue: aws.sqs.Queue;
    readonly deadLetters: aws.sqs.Queue;
    readonly url: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly #context: Context;

    constructor(name: string, args: QueueArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Queue", name, {}, opts);
        const { context, fifo = false } = args;
        this.#context = context;
        const nameOf = (seed: string) => `${named(seed, context)}${fifo ? ".fifo" : ""}`;
        this.deadLetters = deadLetterQueue(
            `${name}-dead-letters`,
            context,
            { parent: this },
            args.name && nameOf(`${args.name}-dlq`),
            fifo,
        );
        const queueArgs: aws.sqs.QueueArgs = {
            ...(args.name && { name: nameOf(args.name) }),
            ...(fifo && { fifoQueue: true }),
            maxMessageSize,
            messageRetentionSeconds: days(14),
            visibilityTimeoutSeconds: hiddenFor(args.consumerTimeout),
            receiveWaitTimeSeconds: 20,
            ...encryptionOf(context),
            redrivePolicy: pulumi.jsonStringify({
                deadLetterTargetArn: this.deadLetters.arn,
                maxReceiveCount: args.maxReceives ?? receivesOf(context.functions),
            }),
        };
        const registration = { name: `${name}-queue`, opts: { parent: this } };
        this.queue = registered(new aws.sqs.Queue(registration.name, queueArgs, registration.opts), registration);
        new aws.sqs.RedriveAllowPolicy(
            `${name}-redrive`,
            {
                queueUrl: this.deadLetters.id,
                redriveAllowPolicy: pulumi.jsonStringify({
                    redrivePermission: "byQueue",
                    sourceQueueArns: [this.queue.arn],
                }),
            },
            { parent: this },
        );
        this.url = this.queue.url;
        this.arn = this.queue.arn;
        this.registerOutputs({ url: this.url, arn: this.arn });
    }

    /** The right to send to it. */
    send(): Grant {
        return sendingTo(this.queue, this.#context);
    }

    /** The right to let a received message wait. */
    hide(): Grant {
        return { actions: ["sqs:ChangeMessageVisibility"], resources: [this.arn] };
    }

    /** The right to read its attributes, such as its depth. */
    inspect(): Grant {
        return { actions: ["sqs:GetQueueAttributes"], resources: [this.arn] };
    }

    /** A rule's target that sends each event to the queue. */
    target(): Target {
        return {
            arn: this.arn,
            deadLetters: this.deadLetters,
            admit: (rule, ruleName, opts) => [
                admit(
                    `${ruleName}-delivery`,
                    this.queue,
                    { service: "events.amazonaws.com", sourceArn: rule.arn },
                    opts,
                ),
            ],
        };
    }

    /** Batches of its messages for a callback that reports the failed ones item by item. */
    batches({ size, window = size > 10 ? 1 : 0, concurrency }: BatchArgs): Source {
        return {
            awaited: false,
            polled: true,
            grants: [
                {
                    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                    resources: [this.arn],
                    key: useOf(this.#context.dataKey, "sqs", "Decrypt"),
                },
            ],
            connect: (callback) => {
                new aws.lambda.EventSourceMapping(
                    `${callback.name}-batches`,
                    {
                        eventSourceArn: this.arn,
                        functionName: callback.arn,
                        batchSize: size,
                        maximumBatchingWindowInSeconds: window,
                        functionResponseTypes: ["ReportBatchItemFailures"],
                        scalingConfig: {
                            maximumConcurrency: concurrencyOf(
                                concurrency,
                                callback.reserve,
                                this.#context.functions.concurrencyQuota,
                            ),
                        },
                        // What would be read for a function that is stopped would go to the dead letters untried.
                        ...(callback.reserve === 0 && { enabled: false }),
                    },
                    { parent: callback, dependsOn: [callback.policy] },
                );
            },
        };
    }
}

interface BatchArgs {
    /** Most messages in a batch, up to 10,000. */
    readonly size: number;
    /** Seconds to wait for a batch to fill; AWS asks for 1 above 10 messages. @default as little as that allows */
    readonly window?: number;
    /**
     * Most batches at a time; the other messages wait in the queue. At least 2, and no more than the default.
     * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
     * @default the function's reserve; without one a twentieth of the quota that the context says
     */
    readonly concurrency?: number | undefined;
}

/** A queue for what could not be processed: encrypted, kept for 14 days, hidden for 30 seconds while it is redriven. */
export function deadLetterQueue(
    name: string,
    context: Context,
    opts: pulumi.CustomResourceOptions,
    physicalName?: string,
    fifo = false,
): aws.sqs.Queue {
    const queue = new aws.sqs.Queue(
        name,
        {
            ...(physicalName && { name: physicalName }),
            ...(fifo && { fifoQueue: true }),
            maxMessageSize,
            messageRetentionSeconds: days(14),
            visibilityTimeoutSeconds: 30,
            ...encryptionOf(context),
        },
        opts,
    );
    return registered(queue, { name, opts });
}

const encryptionOf = ({ dataKey }: Context) =>
    dataKey ? { kmsMasterKeyId: dataKey.arn } : { sqsManagedSseEnabled: true };

/** The right to send to a queue. */
export const sendingTo = (queue: aws.sqs.Queue, { dataKey }: Context): Grant => ({
    actions: ["sqs:SendMessage"],
    resources: [queue.arn],
    // Who sends also decrypts: by that SQS checks the data key that it got.
    key: useOf(dataKey, "sqs", "Decrypt", "GenerateDataKey"),
});

/** Lets one AWS service, acting for one of its resources, send to a queue. A queue has one such policy. */
export function admit(
    name: string,
    queue: aws.sqs.Queue,
    sender: Sender,
    opts: pulumi.CustomResourceOptions,
): aws.sqs.QueuePolicy {
    const policy = admissionOf(sender, "sqs:SendMessage", queue.arn);
    const registration = policyRegistrationOf(queue, { name, opts });
    return new aws.sqs.QueuePolicy(registration.name, { queueUrl: queue.id, policy }, registration.opts);
}
