import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "../parts/apiKeys.ts";
import type { Bus } from "../parts/bus.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import { unscoped } from "../parts/grant.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import { type Queue, sendingTo } from "../parts/queue.ts";
import { Schedules } from "../parts/schedules.ts";
import { readingOf, rotationOf, type Secret } from "../parts/secret.ts";
import type { Table } from "../parts/table.ts";
import { orderEvents } from "./orderEvents.ts";
import { noPlatforms, type PlatformWebhooks } from "./platforms.ts";

export interface DeliveriesArgs {
    /** The API that endpoints are registered by. */
    readonly api: HttpApi;
    /** Authenticates callers: an endpoint belongs to the caller that registered it. */
    readonly authorization: Authorization;
    /** Events to be sent to endpoints (`OutboundEvent` in runtime/webhookFanout/delivery/newDelivery.ts). */
    readonly events: Queue;
    /** The bus whose events are sent to endpoints, too. */
    readonly bus: Bus;
    /** The types of events that clients have registered. */
    readonly eventTypes: Table;
    /** Whether webhooks are sent. Without it events, endpoints and secrets stay where they are. @default true */
    readonly sends?: boolean;
    /** API clients; endpoints of those with the scope `merchant` get all events. */
    readonly keys: ApiKeys;
    /** Versions of ACP that the checkout serves and endpoints may pin, the oldest first. */
    readonly acpVersions: readonly string[];
    /** Events for platforms of the Universal Commerce Protocol. @default it is not served */
    readonly platforms?: PlatformWebhooks | undefined;
    /** Addresses that may be sent to although they are not public: only where the whole cloud is one machine. @default none */
    readonly allowedAddresses?: readonly string[];
    /** Days after which the key that seals the secrets of endpoints is changed. @default 365 */
    readonly secretRotationDays?: number;
    /** The same in the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: Deliveries | undefined;
    readonly context: Context;
}

/**
 * Sends events to endpoints: each event to each endpoint subscribed to it, signed, retried until it is accepted or given
 * up.
 *
 *     /webhook_endpoints → endpoints → endpoints table
 *     events queue → dispatch → deliveries table, attempts queue → deliver → the internet
 *                                                        ↑ reconcile, schedules
 */
export class Deliveries extends Component {
    /** Endpoints and their subscriptions (`Endpoint` in runtime/webhookFanout/endpoints/endpoint.ts). */
    readonly endpoints: Table;
    /** Deliveries to each endpoint (`StoredDelivery` in runtime/webhookFanout/delivery/delivery.ts). */
    readonly deliveries: Table;
    readonly attempts: Table;
    /** Concurrent attempts of each endpoint. */
    readonly capacity: Table;
    /** Wake-ups: a delivery has an attempt due. */
    readonly wakeUps: Queue;
    /** Deliveries that were given up, each with the reason. */
    readonly exhausted: aws.sqs.Queue;
    /** Encrypts the secrets of endpoints. */
    readonly sealing: Secret;
    readonly schedules: Schedules;
    readonly #args: DeliveriesArgs;

    constructor(name: string, args: DeliveriesArgs, opts?: pulumi.ComponentResourceOptions) {
        const { sends = true, first, context } = args;
        super("commerce:index:Deliveries", name, context, opts);
        this.#args = args;
        // What holds data.
        this.endpoints = this.addTable("endpoints", {
            name: "webhook-endpoints",
            key: ["tenantId", "endpointId"],
            ttl: "expiresAt",
            replicaOf: first?.endpoints,
        });
        this.deliveries = this.#deliveriesTable(first?.deliveries);
        this.attempts = this.addTable("attempts", {
            name: "webhook-attempts",
            key: ["deliveryKey", { name: "number", type: "N" }],
            ttl: "expiresAt",
            replicaOf: first?.attempts,
        });
        this.capacity = this.addTable("capacity", {
            name: "webhook-capacity",
            key: ["endpointId", { name: "slot", type: "N" }],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.capacity,
        });
        this.wakeUps = this.addQueue("wake-ups", { name: "webhook-attempts-queue", consumerTimeout: 50 });
        this.exhausted = this.addDeadLetters("exhausted");
        this.sealing = this.addSecret("sealing", {
            name: "commerce-webhook-sealing",
            description:
                'Encrypts the secrets of webhook endpoints: {"current": "<key id>", "keys": {"<key id>": "<base64 of 32 bytes>"}}.',
            replicaOf: first?.sealing,
        });
        this.schedules = new Schedules(`${name}-schedules`, { name: "webhook-attempts", context }, this.own);

        // What moves it on.
        if (sends) {
            this.#register();
            this.#listen();
            this.#dispatch();
            this.#deliver();
            this.#reconcile();
            // Makes the secret's first value, too. The second region has a copy, which is rotated in the first.
            if (!first) this.#rotate(args.secretRotationDays ?? 365);
        }

        this.registerOutputs({
            endpointsTable: this.endpoints.name,
            deliveriesTable: this.deliveries.name,
            attemptsTable: this.attempts.name,
            wakeUpsQueueUrl: this.wakeUps.url,
        });
    }

    #deliveriesTable(replicaOf: Table | undefined): Table {
        const shown = ["eventType", "correlationId", "status", "attempts", "nextAttemptAt", "lastError"];
        return this.addTable("deliveries", {
            name: "webhook-deliveries",
            key: ["endpointId", "deliveryId"],
            indexes: [
                { name: "byTime", key: ["endpointId", "occurredAt"], include: shown },
                // Only what has a next attempt is in these two.
                {
                    name: "due",
                    key: ["dueShard", "nextAttemptAt"],
                    include: ["tenantId", "attempts", "correlationId"],
                },
                { name: "waiting", key: ["orderKey", "nextAttemptAt"] },
            ],
            ttl: "expiresAt",
            replicaOf,
        });
    }

    #register(): void {
        const { api, authorization } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/endpoints.ts")>("endpoints", {
            entry: "webhookFanout/endpoints",
            name: "webhook-endpoints",
            description: "Registers webhook endpoints, and lists their deliveries.",
            from: api.requests(
                [
                    "POST /webhook_endpoints",
                    "GET /webhook_endpoints",
                    "GET /webhook_endpoints/{id}",
                    "PATCH /webhook_endpoints/{id}",
                    "DELETE /webhook_endpoints/{id}",
                    "POST /webhook_endpoints/{id}/enable",
                    "POST /webhook_endpoints/{id}/disable",
                    "POST /webhook_endpoints/{id}/rotate",
                    "POST /webhook_endpoints/{id}/filter_test",
                    "POST /webhook_endpoints/{id}/test",
                    "GET /webhook_endpoints/{id}/stats",
                    "GET /webhook_endpoints/{id}/deliveries",
                    "GET /webhook_endpoints/{id}/deliveries/{deliveryId}",
                    "POST /webhook_endpoints/{id}/deliveries/{deliveryId}/resend",
                    "POST /webhook_endpoints/{id}/replay",
                ],
                authorization,
            ),
            environment: {
                ENDPOINTS_TABLE: this.endpoints.name,
                DELIVERIES_TABLE: this.deliveries.name,
                ATTEMPTS_TABLE: this.attempts.name,
                EVENT_TYPES_TABLE: this.#args.eventTypes.name,
                CAPACITY_TABLE: this.capacity.name,
                ATTEMPTS_QUEUE_URL: this.wakeUps.url,
                ACP_VERSIONS: this.#args.acpVersions.join(),
                ...this.#sending,
            },
            allow: [
                this.endpoints.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"),
                this.#args.eventTypes.allow("Query"),
                this.deliveries.allow("GetItem", "PutItem", "UpdateItem"),
                this.deliveries.query("byTime"),
                this.attempts.allow("Query"),
                this.capacity.allow("Query"),
                this.wakeUps.send(),
                readingOf(this.sealing),
            ],
            // A replay takes its time.
            timeout: 29,
        });
    }

    #listen(): void {
        const rule = { rule: "route-to-webhooks", detailTypes: orderEvents, sources: "tenant." };
        this.#args.bus.route(rule, this.#args.events.target(), this.own);
    }

    #dispatch(): void {
        const { events, keys } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/dispatch.ts")>("dispatch", {
            entry: "webhookFanout/dispatch",
            name: "webhook-dispatcher",
            description: "Finds the endpoints that are subscribed to an event.",
            from: events.batches({ size: 10 }),
            environment: {
                ENDPOINTS_TABLE: this.endpoints.name,
                DELIVERIES_TABLE: this.deliveries.name,
                ATTEMPTS_QUEUE_URL: this.wakeUps.url,
                ...keys.environment,
                ALLOWED_ADDRESSES: this.#sending.ALLOWED_ADDRESSES,
            },
            allow: [
                this.endpoints.allow("Query", "GetItem", "UpdateItem"),
                this.deliveries.allow("PutItem"),
                this.wakeUps.send(),
                keys.read(),
            ],
            timeout: 50,
        });
    }

    #deliver(): void {
        const { platforms = noPlatforms, events } = this.#args;
        const waking = this.schedules.role(
            `${this.name}-waking`,
            [this.wakeUps.send(), sendingTo(this.wakeUps.deadLetters, this.context)],
            this.own,
        );
        this.addCallback<typeof import("../../runtime/webhookFanout/deliver.ts")>("deliver", {
            entry: "webhookFanout/deliver",
            name: "webhook-deliverer",
            description: "Sends events to endpoints, and plans the next attempt where one fails.",
            from: this.wakeUps.batches({ size: 10 }),
            environment: {
                ENDPOINTS_TABLE: this.endpoints.name,
                DELIVERIES_TABLE: this.deliveries.name,
                ATTEMPTS_TABLE: this.attempts.name,
                CAPACITY_TABLE: this.capacity.name,
                ATTEMPTS_QUEUE_URL: this.wakeUps.url,
                ATTEMPTS_QUEUE_ARN: this.wakeUps.arn,
                ATTEMPTS_DEAD_LETTERS_ARN: this.wakeUps.deadLetters.arn,
                EXHAUSTED_QUEUE_URL: this.exhausted.url,
                EVENTS_QUEUE_URL: events.url,
                SCHEDULE_GROUP: this.schedules.name,
                SCHEDULE_ROLE_ARN: waking.arn,
                ...this.#sending,
                ...platforms.environment,
            },
            allow: [
                this.endpoints.allow("GetItem", "BatchGetItem", "UpdateItem"),
                this.deliveries.allow("BatchGetItem", "UpdateItem"),
                this.deliveries.query("waiting"),
                this.attempts.allow("PutItem", "DeleteItem"),
                this.capacity.allow("UpdateItem"),
                this.wakeUps.send(),
                events.send(),
                sendingTo(this.exhausted, this.context),
                ...this.schedules.plan(waking),
                unscoped.owners,
                readingOf(this.sealing),
                ...platforms.allow,
            ],
            internet: true,
            timeout: 50,
            // A delivery costs a quarter less processor time with the lean clients.
            sdk: this.context.functions.sdk,
        });
    }

    #reconcile(): void {
        this.addCallback<typeof import("../../runtime/webhookFanout/reconcile.ts")>("reconcile", {
            entry: "webhookFanout/reconcile",
            name: "webhook-reconciler",
            description: "Wakes deliveries whose wake-up was lost.",
            from: this.schedules.every("5 minutes"),
            environment: { DELIVERIES_TABLE: this.deliveries.name, ATTEMPTS_QUEUE_URL: this.wakeUps.url },
            allow: [this.deliveries.allow("UpdateItem"), this.deliveries.query("due"), this.wakeUps.send()],
            timeout: 60,
        });
    }

    #rotate(days: number): void {
        this.addCallback<typeof import("../../runtime/webhookFanout/rotateSealing.ts")>("rotate-sealing", {
            entry: "webhookFanout/rotateSealing",
            name: "webhook-sealing-rotator",
            description: "Changes the key that the secrets of endpoints are sealed under.",
            from: rotationOf(this.sealing, days),
            environment: { REPLICA_SECRET: this.sealing.replicaArn ?? "" },
            // The copy of the secret is looked at in the other region, where the network has no endpoint of its own.
            internet: this.sealing.replicaArn !== undefined,
            timeout: 30,
        });
    }

    get #sending() {
        return { SEALING_SECRET: this.sealing.arn, ALLOWED_ADDRESSES: (this.#args.allowedAddresses ?? []).join() };
    }
}
