import type * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../runtime/checkoutSessions/domain/merchant.ts";
import type { Catalog } from "./catalog.ts";
import { ofSessions, type Payment, paymentOf } from "./checkoutSessions/payment.ts";
import type { OrderIntake } from "./orderIntake.ts";
import type { ApiKeys } from "./parts/apiKeys.ts";
import { Component } from "./parts/component.ts";
import type { Context } from "./parts/context.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import { hiddenFor, type Queue, sendingTo } from "./parts/queue.ts";
import type { Table } from "./parts/table.ts";
import type { Topic } from "./parts/topic.ts";

interface CheckoutSessionsArgs {
    /** The API that agents check out by. */
    readonly api: HttpApi;
    /** API keys, which callers send as their bearer token. */
    readonly keys: ApiKeys;
    /** What is sold, and the discount codes. */
    readonly catalog: Catalog;
    /** Takes the orders of completed sessions; its bus has their later events. */
    readonly orders: OrderIntake;
    /** Encrypts events. */
    readonly key: Key;
    /** The checkout of the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: CheckoutSessions | undefined;
    /** What the merchant has decided about checkouts: currency, tax, shipping and more. */
    readonly merchant: Merchant;
    /** Days that versions of sessions are kept. @default 0, for good */
    readonly historyDays?: number;
    readonly context: Context;
}

/**
 * Seconds that each callback may take, as many as the gateway waits. Leases end with them, calls are answered within
 * five sixths of them (runtime/checkoutSessions/rest/answer.ts), settlements stay hidden six times as long.
 */
const timeout = 30;
/** Seconds that a completion is tried to be settled for: so long a payment provider may be away. */
const settlingFor = 3 * 60 * 60;

/** The callbacks authenticate callers themselves: API Gateway's own 401 and 403 are no errors of the protocol. */
const open: Authorization = { type: "NONE" };

/**
 * The merchant's side of the Agentic Commerce Protocol: agents check out by versions of sessions, and each version is
 * published once it is stored.
 *
 *     /checkout_sessions → manage, complete → sessions table → publish → events topic → route → orders, deliveries, settlements
 *     order bus → follow → sessions table
 */
export class CheckoutSessions extends Component {
    /**
     * Every version of every session for as long as `historyDays` says: append-only (`VersionItem` in
     * runtime/checkoutSessions/events/event.ts).
     */
    readonly sessions: Table;
    /** The response of each idempotency key. */
    readonly idempotency: Table;
    readonly payment: Payment;
    /** Each new version of a session (`CheckoutEvent`). */
    readonly events: Topic;
    /** Events to be sent to customers' endpoints (`Delivery`). */
    readonly deliveries: Queue;
    /** Completions to finish where the caller did not come back. */
    readonly settlements: Queue;
    readonly #args: CheckoutSessionsArgs;

    constructor(name: string, args: CheckoutSessionsArgs, opts?: pulumi.ComponentResourceOptions) {
        const { key, first, merchant, context } = args;
        super("commerce:index:CheckoutSessions", name, context, opts);
        const { own } = this;
        this.#args = args;

        // What holds data, in the order it gets there.
        this.sessions = this.addTable("sessions", {
            name: "checkout-sessions",
            key: ["SessionId", { name: "Version", type: "N" }],
            ttl: "expiresAt",
            stream: true,
            replicaOf: first?.sessions,
        });
        this.idempotency = this.addTable("idempotency", {
            name: "checkout-idempotency",
            key: ["id"],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.idempotency,
        });
        this.payment = paymentOf(name, merchant.payment.provider, first?.payment, context, own);
        this.events = this.addTopic("events", { name: "checkout-events", key });
        // Fifty seconds for one delivery: a message stays hidden for five minutes.
        this.deliveries = this.addQueue("deliveries", { name: "webhook-deliveries-queue", consumerTimeout: 50 });
        this.settlements = this.addQueue("settlements", {
            name: "checkout-settlements-queue",
            consumerTimeout: timeout,
            maxReceives: settlingFor / hiddenFor(timeout),
        });

        // What moves it on.
        this.#discover();
        this.#manage();
        this.#complete();
        this.#publish();
        this.#route();
        this.#settle();
        this.#follow();

        this.registerOutputs({
            sessionsTable: this.sessions.name,
            eventsTopicArn: this.events.arn,
            deliveriesQueueUrl: this.deliveries.url,
            settlementsQueueUrl: this.settlements.url,
        });
    }

    #discover(): void {
        const { api } = this.#args;
        this.addCallback<typeof import("../runtime/checkoutSessions/discover.ts")>("discover", {
            entry: "checkoutSessions/discover",
            name: "acp-discovery",
            description: "Answers GET /.well-known/acp.json: what the checkout can do.",
            timeout,
            from: api.requests("GET /.well-known/acp.json", open),
            environment: { API_URL: api.url, MERCHANT: this.#merchant },
        });
    }

    #manage(): void {
        const { api, keys, catalog, merchant } = this.#args;
        this.addCallback<typeof import("../runtime/checkoutSessions/manage.ts")>("manage", {
            entry: "checkoutSessions/manage",
            name: "session-manager",
            description: "Creates, shows, updates and cancels checkout sessions, and shows their versions.",
            timeout,
            from: api.requests(
                [
                    "POST /checkout_sessions",
                    "GET /checkout_sessions/{id}",
                    "POST /checkout_sessions/{id}",
                    "POST /checkout_sessions/{id}/cancel",
                    "GET /checkout_sessions/{id}/versions",
                    "GET /checkout_sessions/{id}/versions/{version}",
                    // What is none of these gets an answer of the protocol's, too.
                    "ANY /checkout_sessions",
                    "ANY /checkout_sessions/{proxy+}",
                ],
                open,
            ),
            environment: {
                ...this.#stores,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                ...keys.environment,
                MERCHANT: this.#merchant,
            },
            allow: [
                this.sessions.allow("Query", "GetItem", "PutItem"),
                this.idempotency.allow("GetItem", "PutItem"),
                catalog.products.allow("BatchGetItem"),
                catalog.discounts.allow("BatchGetItem"),
                keys.read(),
            ],
            internet: merchant.rules !== undefined,
        });
    }

    #complete(): void {
        const { api, keys, catalog, orders, merchant } = this.#args;
        this.addCallback<typeof import("../runtime/checkoutSessions/complete.ts")>("complete", {
            entry: "checkoutSessions/complete",
            name: "session-completer",
            description: "Completes checkout sessions: takes the payment and makes the order.",
            timeout,
            from: api.requests("POST /checkout_sessions/{id}/complete", open),
            environment: {
                ...this.#stores,
                ...this.payment.environment,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                EFFECTS_TABLE: orders.tables.effects.name,
                ...keys.environment,
                MERCHANT: this.#merchant,
            },
            allow: [
                this.sessions.allow("Query", "GetItem", "PutItem"),
                this.idempotency.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem", "UpdateItem"),
                catalog.discounts.allow("BatchGetItem", "UpdateItem"),
                orders.tables.effects.allow("PutItem", "DeleteItem"),
                keys.read(),
                this.payment.use,
            ],
            internet: this.payment.internet || merchant.rules !== undefined,
        });
    }

    #publish(): void {
        const unpublished = this.addDeadLetters("unpublished");
        this.addCallback<typeof import("../runtime/checkoutSessions/publish.ts")>("publish", {
            entry: "checkoutSessions/publish",
            name: "event-publisher",
            description: "Publishes each stored version of a session.",
            timeout,
            from: this.sessions.changes({ size: 100, events: ["INSERT"] }),
            environment: { TOPIC_ARN: this.events.arn, UNPUBLISHED_QUEUE_URL: unpublished.url },
            allow: [...this.events.publish(), sendingTo(unpublished, this.context)],
        });
    }

    #route(): void {
        const { orders } = this.#args;
        this.addCallback<typeof import("../runtime/checkoutSessions/route.ts")>("route", {
            entry: "checkoutSessions/route",
            name: "order-notifications",
            description: "Makes orders of completed sessions, and tells customers' endpoints what happened.",
            timeout,
            from: this.events.messages(),
            environment: {
                ORDERS_QUEUE_URL: orders.queue.url,
                DELIVERIES_QUEUE_URL: this.deliveries.url,
                SETTLEMENTS_QUEUE_URL: this.settlements.url,
            },
            allow: [orders.queue.send(), this.deliveries.send(), this.settlements.send()],
        });
    }

    #settle(): void {
        const { catalog, orders } = this.#args;
        this.addCallback<typeof import("../runtime/checkoutSessions/settle.ts")>("settle", {
            entry: "checkoutSessions/settle",
            name: "payment-settler",
            description: "Finishes completions whose callers never came back.",
            timeout,
            from: this.settlements.batches({ size: 1 }),
            environment: {
                ...this.#stores,
                ...this.payment.environment,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                EFFECTS_TABLE: orders.tables.effects.name,
                MERCHANT: this.#merchant,
            },
            allow: [
                this.sessions.allow("Query", "PutItem"),
                this.idempotency.allow("UpdateItem", "DeleteItem"),
                catalog.products.allow("UpdateItem"),
                catalog.discounts.allow("UpdateItem"),
                orders.tables.effects.allow("DeleteItem"),
                this.payment.use,
            ],
            internet: this.payment.internet,
        });
    }

    #follow(): void {
        const { bus } = this.#args.orders;
        this.addCallback<typeof import("../runtime/checkoutSessions/follow.ts")>("follow", {
            entry: "checkoutSessions/follow",
            name: "order-follower",
            description: "Takes what becomes of an order into its session.",
            timeout,
            from: bus.events({
                rule: "route-to-checkout",
                detailTypes: [
                    "inventory.reserved.v1",
                    "inventory.shortage.v1",
                    "order.rejected.v1",
                    "order.updated.v1",
                    "payment.updated.v1",
                ],
                detail: ofSessions,
            }),
            environment: {
                SESSIONS_TABLE: this.sessions.name,
                MERCHANT: this.#merchant,
                HISTORY_DAYS: this.#historyDays,
            },
            allow: [this.sessions.allow("Query", "PutItem")],
        });
    }

    get #stores() {
        return {
            SESSIONS_TABLE: this.sessions.name,
            IDEMPOTENCY_TABLE: this.idempotency.name,
            HISTORY_DAYS: this.#historyDays,
        };
    }

    get #historyDays(): string {
        return String(this.#args.historyDays ?? 0);
    }

    get #merchant(): string {
        return JSON.stringify(this.#args.merchant);
    }
}
