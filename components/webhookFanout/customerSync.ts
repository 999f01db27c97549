import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Bus } from "../parts/bus.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import { named } from "../parts/naming.ts";
import { admit, deadLetterQueue, type Queue, sendingTo } from "../parts/queue.ts";
import { readingOf, type Secret } from "../parts/secret.ts";
import type { Source } from "../parts/source.ts";
import type { Table } from "../parts/table.ts";
import type { Topic } from "../parts/topic.ts";
import type { Auditing } from "./messages.ts";

/** Who publishes for subscriptions of commercetools, in all its regions but those in China. */
const commercetools = "arn:aws:iam::362576667341:user/subscriptions";

export interface CustomerSyncArgs {
    /** ARN of the one principal that may publish. @default commercetools */
    readonly publisher?: pulumi.Input<string>;
    /** The region of the source in Segment. @default "us" */
    readonly segmentRegion?: "us" | "eu";
    /** Whether customers are read from the API of commercetools instead of pieced together from its messages. @default false */
    readonly commercetoolsApi?: boolean;
    /**
     * How deleted customers are deleted at Segment: by its Public API, whose token the secret contains then, or by who reads
     * the queue `customer-deletions`. @default "queue"
     */
    readonly deletion?: "queue" | "segment";
    /** The bus that deletions are published on. */
    readonly bus: Bus;
    /** The audit trail, which records the notifications that could not be used. */
    readonly audit: Auditing;
    /** The same in the first region, whose table this one replicates. @default none: this is the first region */
    readonly first?: CustomerSync | undefined;
    readonly context: Context;
}

/**
 * Customers of commercetools become known to Segment.
 *
 *     commercetools → events topic → sync → Segment, audit table
 *                                     ↑↓  ↘ parked
 *                                   retries  bus → deletions
 *
 * The topic invokes the callback directly; what Segment does not confirm waits in a queue, tried for three hours and kept
 * for 14 days. As long are kept what cannot be used, and deletions that are requested of who reads them.
 */
export class CustomerSync extends Component {
    /** What commercetools publishes. */
    readonly events: Topic;
    /** Notifications that Segment did not confirm. */
    readonly retries: Queue;
    /** Notifications that Segment was not told of, in whole or in part. */
    readonly parked: aws.sqs.Queue;
    /** Deleted customers that Segment still has, until the reader of the queue has deleted them. */
    readonly deletions: aws.sqs.Queue;
    /** What was sent to Segment of each customer, as digests (runtime/webhookFanout/customers/locks.ts). */
    readonly customers: Table;
    readonly segment: Secret;
    /** The account that customers are read with, where `commercetoolsApi` is set. */
    readonly commercetools: Secret;
    readonly #args: CustomerSyncArgs;

    constructor(name: string, args: CustomerSyncArgs, opts?: pulumi.ComponentResourceOptions) {
        const { first, publisher = commercetools, context } = args;
        super("commerce:index:CustomerSync", name, context, opts);
        this.#args = args;

        // Without a key of ours: AWS asks of a publisher from another account that its own account allow it to use the key,
        // and commercetools asks for sns:Publish alone.
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
        this.events = this.addTopic("events", {
            name: "commercetools-webhook",
            displayName: "Customer events of commercetools",
        });
        // Two and a half minutes between tries: three hours for Segment to come back.
        this.retries = this.addQueue("retries", {
            name: "customer-sync-retries",
            consumerTimeout: timeout,
            maxReceives: 72,
        });
        this.parked = this.addDeadLetters("parked");
        this.deletions = deadLetterQueue(`${name}-deletions`, context, this.own, named("customer-deletions", context));
        this.customers = this.addTable("customers", {
            name: "customer-sync",
            key: ["customer"],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.customers,
        });
        this.segment = this.addSecret("segment", {
            name: "commerce-segment",
            description:
                'The source in Segment, and a token of the workspace that may delete: {"writeKey": "…", "publicApiToken": "…"}.',
            replicaOf: first?.segment,
        });
        this.commercetools = this.addSecret("commercetools", {
            name: "commerce-commercetools",
            description:
                'An API client that may view customers: {"projectKey": "…", "clientId": "…", "clientSecret": "…", "apiUrl": "https://…", "authUrl": "https://…"}.',
            replicaOf: first?.commercetools,
        });
        this.#admit(publisher);
        this.#sync();
        this.#route();

        this.registerOutputs({ topicArn: this.events.arn, retriesQueueUrl: this.retries.url });
    }

    #admit(publisher: pulumi.Input<string>): void {
        const { arn } = this.events;
        const policy = pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "CommercetoolsPublishes",
                    Effect: "Allow",
                    Principal: { AWS: publisher },
                    Action: "sns:Publish",
                    Resource: arn,
                },
                {
                    Sid: "NobodyPublishesWithoutTls",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sns:Publish",
                    Resource: arn,
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        });
        this.events.govern(`${this.name}-events-publisher`, policy, this.own);
    }

    #route(): void {
        const queue = this.deletions;
        const target = {
            arn: queue.arn,
            deadLetters: this.retries.deadLetters,
            admit: (rule: aws.cloudwatch.EventRule, name: string, opts: pulumi.CustomResourceOptions) => [
                admit(`${name}-delivery`, queue, { service: "events.amazonaws.com", sourceArn: rule.arn }, opts),
            ],
        };
        const rule = { rule: "route-to-customer-deletions", detailTypes: ["customer.deleted.v1"] };
        this.#args.bus.route(rule, target, this.own);
    }

    #sync(): void {
        const { segmentRegion = "us", commercetoolsApi = false, deletion = "queue", bus, audit } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/customerSync.ts")>("sync", {
            entry: "webhookFanout/customerSync",
            name: "customer-sync",
            description: "Tells Segment about customers that commercetools created or changed.",
            from: both(this.events.messages(), this.retries.batches({ size: 10, concurrency: 5 })),
            environment: {
                SEGMENT_SECRET: this.segment.arn,
                SEGMENT_REGION: segmentRegion,
                COMMERCETOOLS_SECRET: commercetoolsApi ? this.commercetools.arn : "",
                CUSTOMERS_TABLE: this.customers.name,
                DELETIONS: deletion,
                EVENT_BUS_NAME: bus.name,
                RETRY_QUEUE_URL: this.retries.url,
                RETRY_QUEUE_ARN: this.retries.arn,
                PARKED_QUEUE_URL: this.parked.url,
                ...audit.environment,
            },
            allow: [
                readingOf(this.segment),
                ...(commercetoolsApi ? [readingOf(this.commercetools)] : []),
                this.customers.allow("GetItem", "UpdateItem"),
                ...(deletion === "queue" ? [bus.put()] : []),
                this.retries.send(),
                sendingTo(this.parked, this.context),
                audit.allow,
            ],
            internet: true,
            timeout,
        });
    }
}

/** Seconds: 3 to wait for the customer's turn, 6 to read the customer, 12 for Segment, and some for the table. */
const timeout = 25;

/** Either of two sources; no caller waits for an answer. */
const both = (one: Source, other: Source): Source => ({
    awaited: false,
    polled: one.polled === true || other.polled === true,
    grants: [...one.grants, ...other.grants],
    connect: (callback) => {
        one.connect(callback);
        other.connect(callback);
    },
});
