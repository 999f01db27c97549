import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import type { Grant } from "./grant.ts";
import { named } from "./naming.ts";
import { admit, deadLetterQueue } from "./queue.ts";
import type { Invocable, Source, Target } from "./source.ts";

interface BusArgs {
    /** Name before the environment. */
    readonly name: string;
    /** Days that its events are kept to be replayed. @default 0, none are kept */
    readonly archiveDays?: number;
    readonly context: Context;
}

/** One rule: its name on the bus and which events it takes. */
interface RuleArgs {
    readonly rule: string;
    readonly detailTypes: readonly string[];
    /** EventBridge pattern that the detail must match, too. @default all */
    readonly detail?: Readonly<Record<string, unknown>>;
    /** Beginning of sources whose events it takes besides, whatever their types. @default none */
    readonly sources?: string;
}

/**
 * An event bus. Rules carry its events on, each with retries and a queue for what cannot be delivered. It can keep its
 * events for a time, from which they can be replayed (docs/operations/recovery.md).
 */
export class Bus extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: BusArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Bus", name, {}, opts);
        const { archiveDays = 0, context } = args;
        const { dataKey } = context;
        const bus = new aws.cloudwatch.EventBus(
            `${name}-bus`,
            {
                name: named(args.name, context),
                ...(dataKey && {
                    kmsKeyIdentifier: dataKey.arn,
                    deadLetterConfig: { arn: this.#undecipherable(name, args).arn },
                }),
            },
            { parent: this },
        );
        if (archiveDays > 0) this.#archive(name, bus, archiveDays, args);
        this.name = bus.name;
        this.arn = bus.arn;
        this.registerOutputs({ name: this.name, arn: this.arn });
    }

    /** What the bus can neither encrypt nor decrypt, in a queue that does without our key: that is what has failed. */
    #undecipherable(name: string, { name: seed, context }: BusArgs): aws.sqs.Queue {
        const own = { parent: this };
        const { region, environment } = context;
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        const queue = deadLetterQueue(`${name}-undecipherable`, { ...context, dataKey: undefined }, own);
        // By its name: the bus is made after the queue.
        const sourceArn = pulumi.interpolate`arn:aws:events:${region}:${account}:event-bus/${seed}-${environment}`;
        admit(`${name}-undecipherable-delivery`, queue, { service: "events.amazonaws.com", sourceArn }, own);
        return queue;
    }

    #archive(
        name: string,
        bus: aws.cloudwatch.EventBus,
        retentionDays: number,
        { name: seed, context }: BusArgs,
    ): void {
        new aws.cloudwatch.EventArchive(
            `${name}-archive`,
            {
                name: named(seed, context),
                description: `Every event of ${named(seed, context)}, to be replayed.`,
                eventSourceArn: bus.arn,
                retentionDays,
                ...(context.dataKey && { kmsKeyIdentifier: context.dataKey.arn }),
            },
            { parent: this },
        );
    }

    /** The right to put events on it. */
    put(): Grant {
        return { actions: ["events:PutEvents"], resources: [this.arn] };
    }

    /** Its events for a callback, which is invoked asynchronously; what fails for good goes to the callback's failures. */
    events(rule: RuleArgs): Source {
        return {
            awaited: false,
            grants: [],
            connect: (callback) => this.route(rule, targetOf(callback), { parent: callback }),
        };
    }

    /** Carries its events to a target: tried for a day with growing pauses, then put into the target's dead letters. */
    route(
        { rule: name, detailTypes, detail, sources }: RuleArgs,
        to: Target,
        opts: pulumi.CustomResourceOptions,
    ): void {
        const own = { "detail-type": detailTypes, ...(detail && { detail }) };
        const rule = new aws.cloudwatch.EventRule(
            name,
            {
                name,
                eventBusName: this.name,
                eventPattern: JSON.stringify(
                    sources === undefined ? own : { $or: [own, { source: [{ prefix: sources }] }] },
                ),
            },
            opts,
        );
        const sender = { service: "events.amazonaws.com", sourceArn: rule.arn };
        const admissions = [
            ...to.admit(rule, name, opts),
            admit(`${name}-undeliverable`, to.deadLetters, sender, opts),
        ];
        new aws.cloudwatch.EventTarget(
            `${name}-target`,
            {
                rule: rule.name,
                eventBusName: this.name,
                arn: to.arn,
                retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
                deadLetterConfig: { arn: to.deadLetters.arn },
            },
            { ...opts, dependsOn: admissions },
        );
    }
}

const targetOf = (callback: Invocable): Target => ({
    arn: callback.arn,
    deadLetters: callback.failures,
    admit: (rule, ruleName, opts) => [
        callback.admit(`${ruleName}-delivery`, { service: "events.amazonaws.com", sourceArn: rule.arn }, opts),
    ],
});
