import type * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { CheckoutSessions } from "../checkoutSessions.ts";
import type { OrderIntake } from "../orderIntake.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import { hiddenFor, type Queue, sendingTo } from "../parts/queue.ts";
import { ofSessions } from "./payment.ts";

interface OrderPaymentsArgs {
    /** The API that refunds and captures come in by, and events of Stripe. */
    readonly api: HttpApi;
    /** Authorizes the merchant's callers. */
    readonly authorization: Authorization;
    /** The orders, with the table of their payments and the bus that tells of changes. */
    readonly orders: OrderIntake;
    /** The checkout that charges. */
    readonly checkout: CheckoutSessions;
    /** What the merchant has decided about payments. */
    readonly merchant: Merchant;
    readonly context: Context;
}

/** Seconds that each callback may take. */
const timeout = 30;
/** Seconds that something is tried at the payment provider before it is a dead letter. */
const patience = 3 * 60 * 60;

/**
 * What becomes of the payment of an order: captures, refunds, releases and disputes, each an entry of the order's ledger
 * before it is done at the provider.
 *
 *     /orders/{orderId}/refunds, /capture → change → payments table → publish → order bus → sessions, endpoints
 *     order bus, /payments/stripe → payments queue → keep → the provider, payments table
 */
export class OrderPayments extends Component {
    /** Wake-ups: something may be due with a payment. */
    readonly tasks: Queue;
    readonly #args: OrderPaymentsArgs;

    constructor(name: string, args: OrderPaymentsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:OrderPayments", name, args.context, opts);
        this.#args = args;
        const { checkout, orders } = args;
        this.tasks = this.addQueue("tasks", {
            name: "order-payments-queue",
            consumerTimeout: timeout,
            maxReceives: patience / hiddenFor(timeout),
        });
        const detailTypes = ["inventory.shortage.v1", "order.tracked.v1", "order.updated.v1", "payment.updated.v1"];
        const rule = { rule: "route-to-payments", detailTypes, detail: ofSessions };
        orders.bus.route(rule, this.tasks.target(), this.own);

        this.#change();
        if (checkout.payment.provider === "stripe") this.#hear();
        this.#keep();
        this.#publish();

        this.registerOutputs({ paymentsQueueUrl: this.tasks.url });
    }

    /** The ledgers, and what says what was paid before something is written there: the session, then the stored order. */
    get #ledgers() {
        const { orders, checkout } = this.#args;
        return {
            environment: {
                SESSIONS_TABLE: checkout.sessions.name,
                PAYMENTS_TABLE: orders.tables.payments.name,
                ORDERS_TABLE: orders.tables.orders.name,
                VERSIONS_TABLE: orders.tables.versions.name,
            },
            allow: [
                checkout.sessions.allow("Query"),
                orders.tables.payments.allow("Query", "PutItem"),
                orders.tables.orders.allow("GetItem"),
                // What is canceled of the order, and that it is still so when something is written.
                orders.tables.versions.allow("Query", "ConditionCheckItem"),
            ],
        };
    }

    #change(): void {
        const { api, authorization } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/changePayment.ts")>("change", {
            entry: "checkoutSessions/changePayment",
            name: "payment-changer",
            description: "Writes refunds and captures that the merchant asks for.",
            from: api.requests(["POST /orders/{orderId}/refunds", "POST /orders/{orderId}/capture"], authorization),
            ...this.#ledgers,
        });
    }

    /** Stripe signs its events: the callback verifies them. */
    #hear(): void {
        const { api, checkout } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/stripeEvents.ts")>("hear", {
            entry: "checkoutSessions/stripeEvents",
            name: "stripe-listener",
            description: "Answers POST /payments/stripe: takes events of Stripe.",
            from: api.requests("POST /payments/stripe", { type: "NONE" }),
            environment: {
                PAYMENT_RESOURCE: checkout.payment.environment.PAYMENT_RESOURCE,
                PAYMENTS_QUEUE_URL: this.tasks.url,
            },
            allow: [checkout.payment.use, this.tasks.send()],
        });
    }

    #keep(): void {
        const { checkout, merchant } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/keepPayments.ts")>("keep", {
            entry: "checkoutSessions/keepPayments",
            name: "payment-keeper",
            description: "Refunds, captures and releases payments, and takes over what the provider did.",
            timeout,
            from: this.tasks.batches({ size: 1 }),
            environment: {
                ...this.#ledgers.environment,
                SETTLEMENTS_QUEUE_URL: checkout.settlements.url,
                MERCHANT: JSON.stringify(merchant),
                ...checkout.payment.environment,
            },
            allow: [...this.#ledgers.allow, checkout.settlements.send(), checkout.payment.change],
            internet: checkout.payment.internet,
        });
    }

    #publish(): void {
        const { orders } = this.#args;
        const unpublished = this.addDeadLetters("unpublished");
        this.addCallback<typeof import("../../runtime/checkoutSessions/publishPayments.ts")>("publish", {
            entry: "checkoutSessions/publishPayments",
            name: "payment-announcer",
            description: "Announces each change of a payment on the bus.",
            timeout,
            from: orders.tables.payments.changes({ size: 100, events: ["INSERT"] }),
            environment: { EVENT_BUS_NAME: orders.bus.name, UNPUBLISHED_QUEUE_URL: unpublished.url },
            allow: [orders.bus.put(), sendingTo(unpublished, this.context)],
        });
    }
}
