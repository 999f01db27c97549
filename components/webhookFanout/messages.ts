import type * as pulumi from "@pulumi/pulumi";
import type { Context as Invocation, SNSEvent, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { Bucket, type BucketLock } from "../parts/bucket.ts";
import type { Callback, CallbackArgs, CallbackModule } from "../parts/callback.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Grant } from "../parts/grant.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import type { Key } from "../parts/key.ts";
import { Schedules } from "../parts/schedules.ts";
import type { Source } from "../parts/source.ts";
import type { Table } from "../parts/table.ts";
import type { MessagesArgs as Subscription, Topic } from "../parts/topic.ts";

export interface MessagesArgs {
    /** The API of `POST /messages`, and the callers it admits. @default none: principals with the permission publish to the topic */
    readonly publisher?: { readonly api: HttpApi; readonly authorization: Authorization };
    /** Days that audit rows and the copies of messages are kept. */
    readonly retentionDays: number;
    /** Retention lock of the anchored heads of the audit trail. @default none */
    readonly anchorLock?: BucketLock["mode"] | undefined;
    /** Encrypts messages. */
    readonly key: Key;
    /** The same in the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: Messages | undefined;
    readonly context: Context;
}

/** What a callback that writes audit rows is given (`AuditVariables` in runtime/shared/auditTrail.ts). */
export interface Auditing {
    readonly environment: Readonly<Record<Exclude<OwnVariable, "SUBSCRIBER">, pulumi.Input<string>>>;
    readonly allow: Grant;
}

/** The module of a subscriber: its handler is one that `onMessage` makes (runtime/shared/onMessage.ts). */
interface MessageSubscriberModule extends CallbackModule {
    readonly handler: (event: SNSEvent | SQSEvent, context: Invocation) => Promise<SQSBatchResponse | undefined>;
    readonly env: Readonly<Record<OwnVariable, string>>;
}

/** Variables that every subscriber reads and none is asked for. */
type OwnVariable = "AUDIT_TABLE" | "AUDIT_DAYS" | "SUBSCRIBER";

type MessageSubscriberArgs<Module extends MessageSubscriberModule> = Omit<
    CallbackArgs<Module>,
    "from" | "context" | "environment" | "concurrency"
> & {
    /** Which messages it gets: an SNS filter policy on their attributes. @default all */
    readonly filter?: Subscription["filter"];
    /**
     * Most messages in a batch, which come by a queue of the subscriber's own with dead letters, and fail one by one.
     * @default the topic calls the function for each message; what fails for good is in its failures
     */
    readonly batch?: number;
    /**
     * Most executions at a time; with a queue at least 2, and what is over waits there. @default no limit of its own
     */
    readonly concurrency?: number;
    /** Values for the variables that the module reads besides those of every subscriber. @default none */
    readonly environment?: Omit<CallbackArgs<Module>["environment"], OwnVariable>;
};

/**
 * Publish and subscribe: each message reaches every subscriber that wants it, at least once, and each subscriber's audit
 * rows tell what it did with it.
 *
 *     POST /messages → publish → topic ┬→ alert → audit table
 *                                      └→ queue → record → messages table, audit table
 *     every 15 minutes → anchor: audit table → anchors bucket
 */
export class Messages extends Component {
    readonly topic: Topic;
    /** Who did what with which message, in chains of hashes (`AuditRow` in runtime/shared/auditChain.ts). */
    readonly audit: Table;
    /** Copies to read, by type and time. */
    readonly copies: Table;
    /** First requests with an Idempotency-Key (runtime/webhookFanout/messageRequests.lazy.ts). */
    readonly requests: Table;
    /** Heads of the audit trail's chains, where those who write the table cannot change them. */
    readonly anchors: Bucket;
    readonly schedules: Schedules;
    readonly #args: MessagesArgs;

    constructor(name: string, args: MessagesArgs, opts?: pulumi.ComponentResourceOptions) {
        const { publisher, key, first, retentionDays, anchorLock, context } = args;
        super("commerce:index:Messages", name, context, opts);
        this.#args = args;

        // What holds data, in the order it gets there.
        this.topic = this.addTopic("topic", { name: "pubsub-topic", key });
        this.audit = this.addTable("audit", {
            name: "pubsub-audit",
            key: ["chain", { name: "sequence", type: "N" }],
            ttl: "expiresAt",
            replicaOf: first?.audit,
        });
        this.copies = this.addTable("copies", {
            name: "pubsub-messages",
            key: ["messageType", "published"],
            ttl: "expiresAt",
            replicaOf: first?.copies,
        });

        this.requests = this.addTable("requests", {
            name: "pubsub-requests",
            key: ["requestKey"],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.requests,
        });

        // As long as the rows, whose chains end their time a day later.
        const days = retentionDays + 2;
        const lock = anchorLock && { mode: anchorLock, days };
        this.anchors = new Bucket(`${name}-anchors`, { days: days + 5, lock, context }, this.own);
        this.schedules = new Schedules(`${name}-schedules`, { name: "audit-anchors", context }, this.own);

        // What moves it on.
        if (publisher) this.#publish(publisher.api, publisher.authorization);
        this.#record();
        this.#alert();
        this.#anchor();

        this.registerOutputs({
            topicArn: this.topic.arn,
            auditTable: this.audit.name,
            messagesTable: this.copies.name,
        });
    }

    /** For callbacks that tell in the audit table what they have done, besides the subscribers. */
    get auditing(): Auditing {
        const AUDIT_DAYS = String(this.#args.retentionDays);
        return {
            environment: { AUDIT_TABLE: this.audit.name, AUDIT_DAYS },
            allow: this.audit.allow("GetItem", "PutItem"),
        };
    }

    /**
     * Adds a subscriber: its subscription, the callback, and for batches the queue between the two.
     *
     * @example
     * messages.subscribe<typeof import("./runtime/stock/count.ts")>("count", {
     *     entry: "stock/count", name: "stock-counter", description: "Takes counts of the stock.",
     *     filter: { MessageType: ["stock-counted"] }, batch: 10, environment: { STOCK_TABLE: stock.name },
     * });
     */
    subscribe<Module extends MessageSubscriberModule>(
        name: string,
        args: MessageSubscriberArgs<Module>,
    ): Callback<Module> {
        const { filter, batch, concurrency, environment, allow = [], ...callback } = args;
        const subscription = filter ? { filter } : {};
        const from =
            batch === undefined
                ? this.topic.messages(subscription)
                : this.#batches(name, { size: batch, concurrency, timeout: callback.timeout }, subscription);
        // Put together again these are the callback's arguments: the compiler cannot see it through the generic.
        const whole = {
            ...callback,
            from,
            environment: {
                ...environment,
                ...this.auditing.environment,
                SUBSCRIBER: name,
            },
            allow: [...allow, this.auditing.allow],
            ...(batch === undefined && concurrency !== undefined && { concurrency }),
        } as unknown as Omit<CallbackArgs<Module>, "context">;
        return this.addCallback<Module>(name, whole);
    }

    #publish(api: HttpApi, authorization: Authorization): void {
        this.addCallback<typeof import("../../runtime/webhookFanout/publishMessage.ts")>("publish", {
            entry: "webhookFanout/publishMessage",
            name: "pubsub-publisher",
            description: "Answers POST /messages: checks and cleans the message, and publishes it.",
            from: api.requests("POST /messages", authorization),
            environment: {
                TOPIC_ARN: this.topic.arn,
                ENVIRONMENT: this.context.environment,
                REQUESTS_TABLE: this.requests.name,
            },
            allow: [...this.topic.publish(), this.requests.allow("PutItem", "UpdateItem")],
            timeout: 30,
        });
    }

    #record(): void {
        this.subscribe<typeof import("../../runtime/webhookFanout/recordMessage.ts")>("record", {
            entry: "webhookFanout/recordMessage",
            name: "message-recorder",
            description: "Keeps a copy of every message to read.",
            batch: 10,
            environment: { MESSAGES_TABLE: this.copies.name },
            allow: [this.copies.allow("PutItem")],
        });
    }

    #alert(): void {
        this.subscribe<typeof import("../../runtime/webhookFanout/alertOnMessage.ts")>("alert", {
            entry: "webhookFanout/alertOnMessage",
            name: "message-alerts",
            description: "Logs and counts the messages that are alerts.",
            filter: { MessageType: ["business-alert", { prefix: "business-alert." }] },
        });
    }

    #anchor(): void {
        this.addCallback<typeof import("../../runtime/webhookFanout/anchorAudit.ts")>("anchor", {
            entry: "webhookFanout/anchorAudit",
            name: "audit-anchor",
            description: "Copies the heads of the audit trail's chains to a bucket.",
            from: this.schedules.every("15 minutes"),
            environment: { AUDIT_TABLE: this.audit.name, ANCHORS_BUCKET: this.anchors.name },
            allow: [
                this.audit.allow("Query", "BatchGetItem"),
                this.anchors.put("heads/*"),
                ...this.anchors.read("heads/*"),
            ],
            timeout: 60,
        });
    }

    /** The topic's messages in batches, by a queue. */
    #batches(name: string, { size, concurrency, timeout = 10 }: Batches, subscription: Subscription): Source {
        const queue = this.addQueue(name, { consumerTimeout: timeout });
        this.topic.fill(`${this.name}-${name}`, queue, subscription, this.own);
        return queue.batches({ size, concurrency });
    }
}

interface Batches {
    readonly size: number;
    readonly concurrency: number | undefined;
    readonly timeout: number | undefined;
}
