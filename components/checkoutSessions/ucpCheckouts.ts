import type * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { Catalog } from "../catalog.ts";
import type { CheckoutSessions } from "../checkoutSessions.ts";
import type { OrderIntake } from "../orderIntake.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import type { Carts } from "./carts.ts";
import type { UniversalCommerce } from "./ucp.ts";

interface UcpCheckoutsArgs {
    /** The API that platforms call. */
    readonly api: HttpApi;
    /** Lets platforms in. */
    readonly universal: UniversalCommerce;
    /** What is sold, and the discount codes. */
    readonly catalog: Catalog;
    /** Takes the orders of completed checkouts. */
    readonly orders: OrderIntake;
    /** The checkout whose sessions platforms change. */
    readonly checkout: CheckoutSessions;
    readonly carts: Carts;
    readonly merchant: Merchant;
    /** Days that versions of sessions are kept. @default 0, for good */
    readonly historyDays?: number;
    readonly context: Context;
}

const timeout = 30;
/** The callbacks let platforms in themselves: by signatures, or by keys that are bound to their profiles. */
const open: Authorization = { type: "NONE" };

/**
 * Checkouts, carts and the catalogue for platforms of the Universal Commerce Protocol.
 *
 *     /ucp/{version}/checkout-sessions, /carts, /catalog → serve, complete → sessions table, carts table
 */
export class UcpCheckouts extends Component {
    readonly #args: UcpCheckoutsArgs;

    constructor(name: string, args: UcpCheckoutsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:UcpCheckouts", name, args.context, opts);
        this.#args = args;
        this.#serve();
        this.#complete();
        this.registerOutputs();
    }

    #serve(): void {
        const { api, universal, catalog, checkout, carts } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/ucp.ts")>("serve", {
            entry: "checkoutSessions/ucp",
            name: "ucp-server",
            description: "Answers platforms of UCP: checkouts but their completions, carts and the catalogue.",
            timeout,
            from: api.requests(
                [
                    "POST /ucp/{version}/checkout-sessions",
                    "GET /ucp/{version}/checkout-sessions/{id}",
                    "PUT /ucp/{version}/checkout-sessions/{id}",
                    "POST /ucp/{version}/checkout-sessions/{id}/cancel",
                    "POST /ucp/{version}/carts",
                    "GET /ucp/{version}/carts/{id}",
                    "PUT /ucp/{version}/carts/{id}",
                    "POST /ucp/{version}/carts/{id}/cancel",
                    "POST /ucp/{version}/catalog/search",
                    "POST /ucp/{version}/catalog/lookup",
                    "POST /ucp/{version}/catalog/product",
                    "GET /ucp/{version}/orders/{id}",
                    // What is none of these gets an answer of the protocol's, too.
                    "ANY /ucp/{proxy+}",
                ],
                open,
            ),
            environment: {
                ...this.#stores,
                CARTS_TABLE: carts.carts.name,
                ...universal.admission.environment,
            },
            allow: [
                checkout.sessions.allow("Query", "GetItem", "PutItem"),
                checkout.idempotency.allow("GetItem", "PutItem"),
                carts.carts.allow("GetItem", "PutItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem", "Scan"),
                catalog.discounts.allow("BatchGetItem"),
                ...universal.admission.allow,
            ],
            internet: true,
        });
    }

    #complete(): void {
        const { api, universal, catalog, orders, checkout } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/ucpComplete.ts")>("complete", {
            entry: "checkoutSessions/ucpComplete",
            name: "ucp-completer",
            description: "Completes checkouts of platforms of UCP: takes the payment and makes the order.",
            timeout,
            from: api.requests("POST /ucp/{version}/checkout-sessions/{id}/complete", open),
            environment: {
                ...this.#stores,
                ...checkout.payment.environment,
                EFFECTS_TABLE: orders.tables.effects.name,
                ...universal.admission.environment,
            },
            allow: [
                checkout.sessions.allow("Query", "GetItem", "PutItem"),
                checkout.idempotency.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem", "UpdateItem"),
                catalog.discounts.allow("BatchGetItem", "UpdateItem"),
                orders.tables.effects.allow("PutItem", "DeleteItem"),
                checkout.payment.use,
                ...universal.admission.allow,
            ],
            internet: true,
        });
    }

    get #stores() {
        const { catalog, checkout, historyDays, merchant } = this.#args;
        return {
            SESSIONS_TABLE: checkout.sessions.name,
            IDEMPOTENCY_TABLE: checkout.idempotency.name,
            HISTORY_DAYS: String(historyDays ?? 0),
            PRODUCTS_TABLE: catalog.products.name,
            DISCOUNTS_TABLE: catalog.discounts.name,
            MERCHANT: JSON.stringify(merchant),
        };
    }
}
