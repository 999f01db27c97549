import * as pulumi from "@pulumi/pulumi";
import type { Catalog } from "./catalog.ts";
import type { OrderIntake } from "./orderIntake.ts";
import type { ApiKeys } from "./parts/apiKeys.ts";
import { Callback, type CallbackArgs, type CallbackModule } from "./parts/callback.ts";
import type { Grant } from "./parts/grant.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import { deadLetterQueue, hiddenFor, Queue, sendingTo } from "./parts/queue.ts";
import { readingOf, type Secret, secretOf } from "./parts/secret.ts";
import { Table } from "./parts/table.ts";
import { Topic } from "./parts/topic.ts";
import { merchantOf, type Settings } from "./settings/settings.ts";

export interface CheckoutSessionsArgs {
    /** The API that agents check out by. */
    readonly api: HttpApi;
    /** Who may check out: callers who show a key as their bearer token. */
    readonly keys: ApiKeys;
    /** What is sold, and the discount codes. */
    readonly catalog: Catalog;
    /** Takes the orders of completed sessions, and tells what becomes of them. */
    readonly orders: OrderIntake;
    /** Encrypts events. */
    readonly key: Key;
    /** The checkout of the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: CheckoutSessions | undefined;
    readonly settings: Settings;
}

/** Who charges, and what that takes. */
type Payment = ({ readonly provider: "sandbox"; readonly payments: Table } | { readonly provider: "stripe" }) & {
    /** What the provider works with: a table by its name, or a secret by its ARN. */
    readonly resource: pulumi.Output<string>;
    readonly use: Grant;
};

/**
 * Seconds that each callback may take, as many as the gateway waits at most. Leases last as long as what is left of them,
 * calls are answered within five sixths of them (runtime/checkoutSessions/api/respond.ts), and a message that settles a
 * completion stays hidden six times as long.
 */
const timeout = 30;
/** Seconds that a completion is tried to be settled for: so long a payment provider may be away. */
const settlingFor = 3 * 60 * 60;

/** The callbacks tell callers themselves: API Gateway's own 401 and 403 are no errors of the protocol. */
const open: Authorization = { type: "NONE" };

/**
 * The merchant's side of the Agentic Commerce Protocol: agents check out by versions of sessions, and everyone hears of
 * each version once it is stored.
 *
 *     /checkout_sessions → manage, complete → sessions table → publish → events topic → route → orders, deliveries, settlements
 *     order bus → follow → sessions table
 */
export class CheckoutSessions extends pulumi.ComponentResource {
    /**
     * Every version of every session for as long as `historyDays` says: append-only (`VersionItem` in
     * runtime/checkoutSessions/events/event.ts).
     */
    readonly sessions: Table;
    /** What each idempotency key was answered with. */
    readonly idempotency: Table;
    readonly payment: Payment;
    /** The account at the payment provider, which stays where the sandbox charges. */
    readonly account: Secret;
    /** Each new version of a session (`CheckoutEvent`). */
    readonly events: Topic;
    /** What customers' endpoints are to be told (`Delivery`). */
    readonly deliveries: Queue;
    /** Completions that nobody may have come back to finish. */
    readonly settlements: Queue;
    readonly #name: string;
    readonly #settings: Settings;

    constructor(name: string, args: CheckoutSessionsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:CheckoutSessions", name, { settings: args.settings }, opts);
        const { api, keys, catalog, orders, key, first, settings } = args;
        const own = { parent: this };
        this.#name = name;
        this.#settings = settings;

        // What holds data, in the order it gets there.
        this.sessions = new Table(
            `${name}-sessions`,
            {
                name: "checkout-sessions",
                key: ["SessionId", { name: "Version", type: "N" }],
                ttl: "expiresAt",
                stream: true,
                replicaOf: first?.sessions,
                settings,
            },
            own,
        );
        this.idempotency = new Table(
            `${name}-idempotency`,
            {
                name: "checkout-idempotency",
                key: ["id"],
                ttl: "expiresAt",
                ephemeral: true,
                replicaOf: first?.idempotency,
                settings,
            },
            own,
        );
        this.account = this.#account(first?.account);
        this.payment = this.#payment(first?.payment);
        this.events = new Topic(`${name}-events`, { name: "checkout-events", key, settings }, own);
        this.deliveries = new Queue(
            `${name}-deliveries`,
            // Fifty seconds for one delivery: a message stays hidden for five minutes.
            { name: "webhook-deliveries-queue", consumerTimeout: 50, settings },
            own,
        );
        this.settlements = new Queue(
            `${name}-settlements`,
            {
                name: "checkout-settlements-queue",
                consumerTimeout: timeout,
                maxReceives: settlingFor / hiddenFor(timeout),
                settings,
            },
            own,
        );

        // What moves it on.
        this.#discover(api);
        this.#manage(api, keys, catalog);
        this.#complete(api, keys, catalog);
        this.#publish();
        this.#route(orders);
        this.#settle(catalog);
        this.#follow(orders);

        this.registerOutputs({
            sessionsTable: this.sessions.name,
            eventsTopicArn: this.events.arn,
            deliveriesQueueUrl: this.deliveries.url,
            settlementsQueueUrl: this.settlements.url,
        });
    }

    #account(replicaOf: Secret | undefined): Secret {
        return secretOf(
            `${this.#name}-payment`,
            {
                name: "commerce-payment",
                description: 'The account at the payment provider: {"secretKey": "sk_…"}.',
                replicaOf,
                settings: this.#settings,
            },
            { parent: this },
        );
    }

    #payment(first: Payment | undefined): Payment {
        const provider = this.#settings.paymentProvider;
        const own = { parent: this };
        switch (provider) {
            case "sandbox": {
                const payments = new Table(
                    `${this.#name}-sandbox-payments`,
                    {
                        name: "checkout-sandbox-payments",
                        key: ["key"],
                        replicaOf: first?.provider === "sandbox" ? first.payments : undefined,
                        settings: this.#settings,
                    },
                    own,
                );
                return { provider, payments, resource: payments.name, use: payments.allow("PutItem") };
            }
            case "stripe": {
                return { provider, resource: this.account.arn, use: readingOf(this.account) };
            }
        }
    }

    #discover(api: HttpApi): void {
        this.#callback<typeof import("../runtime/checkoutSessions/discover.ts")>("discover", {
            entry: "checkoutSessions/discover",
            name: "acp-discovery",
            description: "Answers GET /.well-known/acp.json: what the checkout can do.",
            from: api.requests("GET /.well-known/acp.json", open),
            environment: { API_URL: api.url, MERCHANT: this.#merchant },
        });
    }

    #manage(api: HttpApi, keys: ApiKeys, catalog: Catalog): void {
        this.#callback<typeof import("../runtime/checkoutSessions/manage.ts")>("manage", {
            entry: "checkoutSessions/manage",
            name: "session-manager",
            description: "Creates, shows, updates and cancels checkout sessions, and shows their versions.",
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
        });
    }

    #complete(api: HttpApi, keys: ApiKeys, catalog: Catalog): void {
        this.#callback<typeof import("../runtime/checkoutSessions/complete.ts")>("complete", {
            entry: "checkoutSessions/complete",
            name: "session-completer",
            description: "Completes checkout sessions: takes the payment and makes the order.",
            from: api.requests("POST /checkout_sessions/{id}/complete", open),
            environment: {
                ...this.#stores,
                ...this.#charging,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                ...keys.environment,
                MERCHANT: this.#merchant,
            },
            allow: [
                this.sessions.allow("Query", "GetItem", "PutItem"),
                this.idempotency.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem"),
                catalog.discounts.allow("BatchGetItem", "UpdateItem"),
                keys.read(),
                this.payment.use,
            ],
            internet: this.payment.provider === "stripe",
        });
    }

    #publish(): void {
        const unpublished = deadLetterQueue(`${this.#name}-unpublished`, this.#settings, { parent: this });
        this.#callback<typeof import("../runtime/checkoutSessions/publish.ts")>("publish", {
            entry: "checkoutSessions/publish",
            name: "event-publisher",
            description: "Publishes each stored version of a session.",
            from: this.sessions.changes({ size: 100, events: ["INSERT"] }),
            environment: { TOPIC_ARN: this.events.arn, UNPUBLISHED_QUEUE_URL: unpublished.url },
            allow: [...this.events.publish(), sendingTo(unpublished, this.#settings)],
        });
    }

    #route(orders: OrderIntake): void {
        this.#callback<typeof import("../runtime/checkoutSessions/route.ts")>("route", {
            entry: "checkoutSessions/route",
            name: "order-notifications",
            description: "Makes orders of completed sessions, and tells customers' endpoints what happened.",
            from: this.events.messages(),
            environment: {
                ORDERS_QUEUE_URL: orders.queue.url,
                DELIVERIES_QUEUE_URL: this.deliveries.url,
                SETTLEMENTS_QUEUE_URL: this.settlements.url,
            },
            allow: [orders.queue.send(), this.deliveries.send(), this.settlements.send()],
        });
    }

    #settle(catalog: Catalog): void {
        this.#callback<typeof import("../runtime/checkoutSessions/settle.ts")>("settle", {
            entry: "checkoutSessions/settle",
            name: "payment-settler",
            description: "Finishes completions whose callers never came back.",
            from: this.settlements.batches({ size: 1 }),
            environment: {
                ...this.#stores,
                ...this.#charging,
                DISCOUNTS_TABLE: catalog.discounts.name,
                MERCHANT: this.#merchant,
            },
            allow: [
                this.sessions.allow("Query", "PutItem"),
                this.idempotency.allow("UpdateItem", "DeleteItem"),
                catalog.discounts.allow("UpdateItem"),
                this.payment.use,
            ],
            internet: this.payment.provider === "stripe",
        });
    }

    #follow(orders: OrderIntake): void {
        this.#callback<typeof import("../runtime/checkoutSessions/follow.ts")>("follow", {
            entry: "checkoutSessions/follow",
            name: "order-follower",
            description: "Takes what becomes of an order into its session.",
            from: orders.bus.events({
                rule: "route-to-checkout",
                detailTypes: [
                    "inventory.reserved.v1",
                    "inventory.shortage.v1",
                    "order.rejected.v1",
                    "order.updated.v1",
                ],
                // The orders that began as a session.
                detail: { orderId: [{ prefix: "ord_" }] },
            }),
            environment: {
                SESSIONS_TABLE: this.sessions.name,
                MERCHANT: this.#merchant,
                HISTORY_DAYS: String(this.#settings.historyDays),
            },
            allow: [this.sessions.allow("Query", "PutItem")],
        });
    }

    get #stores() {
        return {
            SESSIONS_TABLE: this.sessions.name,
            IDEMPOTENCY_TABLE: this.idempotency.name,
            HISTORY_DAYS: String(this.#settings.historyDays),
        };
    }

    get #charging() {
        return { PAYMENT_PROVIDER: this.payment.provider, PAYMENT_RESOURCE: this.payment.resource };
    }

    get #merchant(): string {
        return JSON.stringify(merchantOf(this.#settings));
    }

    #callback<Module extends CallbackModule>(
        name: string,
        args: Omit<CallbackArgs<Module>, "settings">,
    ): Callback<Module> {
        const whole: CallbackArgs<Module> = { timeout, ...args, settings: this.#settings };
        return new Callback<Module>(`${this.#name}-${name}`, whole, { parent: this });
    }
}
