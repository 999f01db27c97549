import type * as pulumi from "@pulumi/pulumi";
import type { Catalog } from "../catalog.ts";
import type { OrderIntake } from "../orderIntake.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import { sendingTo } from "../parts/queue.ts";

interface OrderManagementArgs {
    /** The API that the merchant manages orders by. */
    readonly api: HttpApi;
    /** Authorizes the merchant's callers. */
    readonly authorization: Authorization;
    /** The orders, with the table of their versions and the bus that tells of changes. */
    readonly orders: OrderIntake;
    /** The catalog whose stock takes back what is canceled. */
    readonly catalog: Catalog;
    readonly context: Context;
}

/** Seconds that each callback may take. */
const timeout = 30;

/**
 * What becomes of an order: fulfilments, cancellations, notes, each a version of the order.
 *
 *     /orders/{orderId}/fulfillments, /cancel, /notes → change → versions table → publish → order bus → sessions, endpoints
 *     order bus: reports of the merchant's systems, stock → track → versions table, orders table
 *     GET /orders → list → indexes of the orders table
 */
export class OrderManagement extends Component {
    readonly #args: OrderManagementArgs;

    constructor(name: string, args: OrderManagementArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:OrderManagement", name, args.context, opts);
        this.#args = args;

        this.#change();
        this.#publish();
        this.#track();
        this.#list();

        this.registerOutputs();
    }

    /** The stored orders and their versions, with what their status and version consist of besides. */
    get #stores() {
        const { tables } = this.#args.orders;
        return {
            environment: {
                ORDERS_TABLE: tables.orders.name,
                VERSIONS_TABLE: tables.versions.name,
                PAYMENTS_TABLE: tables.payments.name,
                EFFECTS_TABLE: tables.effects.name,
            },
            allow: [
                tables.orders.allow("GetItem", "UpdateItem"),
                tables.versions.allow("Query", "PutItem"),
                tables.effects.allow("GetItem"),
            ],
        };
    }

    #change(): void {
        const { api, authorization, orders, catalog } = this.#args;
        this.addCallback<typeof import("../../runtime/orderIntake/manageOrders.ts")>("change", {
            entry: "orderIntake/manageOrders",
            name: "order-manager",
            description: "Writes fulfilments, cancellations and notes of orders.",
            timeout,
            from: api.requests(
                [
                    "POST /orders/{orderId}/fulfillments",
                    "POST /orders/{orderId}/fulfillments/{fulfillmentId}",
                    "POST /orders/{orderId}/cancel",
                    "POST /orders/{orderId}/notes",
                ],
                authorization,
            ),
            environment: { ...this.#stores.environment, PRODUCTS_TABLE: catalog.products.name },
            allow: [
                ...this.#stores.allow,
                orders.tables.payments.allow("Query", "ConditionCheckItem"),
                catalog.products.allow("BatchGetItem", "UpdateItem"),
            ],
        });
    }

    #publish(): void {
        const { orders } = this.#args;
        const unpublished = this.addDeadLetters("unpublished");
        this.addCallback<typeof import("../../runtime/orderIntake/publishUpdates.ts")>("publish", {
            entry: "orderIntake/publishUpdates",
            name: "order-update-announcer",
            description: "Announces each change of an order on the bus.",
            timeout,
            from: orders.tables.versions.changes({ size: 100, events: ["INSERT"] }),
            environment: { EVENT_BUS_NAME: orders.bus.name, UNPUBLISHED_QUEUE_URL: unpublished.url },
            allow: [orders.bus.put(), sendingTo(unpublished, this.context)],
        });
    }

    #track(): void {
        const { orders, catalog } = this.#args;
        this.addCallback<typeof import("../../runtime/orderIntake/trackOrders.ts")>("track", {
            entry: "orderIntake/trackOrders",
            name: "order-tracker",
            description: "Takes what is reported about an order into its versions and the list.",
            timeout,
            from: orders.bus.events({
                rule: "route-to-orders",
                detailTypes: [
                    "inventory.reserved.v1",
                    "inventory.shortage.v1",
                    "order.updated.v1",
                    "payment.updated.v1",
                ],
                // What this program has changed is in its tables already.
                detail: { meta: { change: [{ exists: false }] } },
            }),
            environment: { ...this.#stores.environment, PRODUCTS_TABLE: catalog.products.name },
            allow: [
                ...this.#stores.allow,
                orders.tables.payments.allow("Query"),
                catalog.products.allow("BatchGetItem", "UpdateItem"),
            ],
        });
    }

    #list(): void {
        const { api, authorization, orders } = this.#args;
        const { name } = orders.tables.orders;
        this.addCallback<typeof import("../../runtime/orderIntake/readOrders.ts")>("list", {
            entry: "orderIntake/readOrders",
            name: "order-lister",
            description: "Answers GET /orders.",
            from: api.requests("GET /orders", authorization),
            environment: { ORDERS_TABLE: name },
            allow: ["byTime", "byStatus", "byCustomer"].map((index) => orders.tables.orders.query(index)),
        });
    }
}
