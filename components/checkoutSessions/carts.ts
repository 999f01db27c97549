import type * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { Catalog } from "../catalog.ts";
import type { CheckoutSessions } from "../checkoutSessions.ts";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import type { Table } from "../parts/table.ts";

interface CartsArgs {
    /** The API that agents fill carts by. */
    readonly api: HttpApi;
    /** API keys, which callers send as their bearer token. */
    readonly keys: ApiKeys;
    readonly catalog: Catalog;
    /** The checkout, which has the responses of idempotency keys. */
    readonly checkout: CheckoutSessions;
    /** The carts of the first region, whose table this one replicates. @default none: this is the first region */
    readonly first?: Carts | undefined;
    readonly merchant: Merchant;
    readonly context: Context;
}

/**
 * What agents put together before a checkout.
 *
 *     /carts → keep → carts table
 */
export class Carts extends Component {
    /** Each cart as it is now (`StoredCart`). */
    readonly carts: Table;

    constructor(name: string, args: CartsArgs, opts?: pulumi.ComponentResourceOptions) {
        const { api, keys, catalog, checkout, first, merchant, context } = args;
        super("commerce:index:Carts", name, context, opts);

        this.carts = this.addTable("carts", {
            name: "checkout-carts",
            key: ["id"],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.carts,
        });
        this.addCallback<typeof import("../../runtime/checkoutSessions/carts.ts")>("keep", {
            entry: "checkoutSessions/carts",
            name: "cart-keeper",
            description: "Creates, returns, replaces and cancels carts.",
            timeout: 30,
            // The callback authenticates callers itself: API Gateway's own 401 is no error of the protocol.
            from: api.requests(
                [
                    "POST /carts",
                    "GET /carts/{id}",
                    "PUT /carts/{id}",
                    "POST /carts/{id}/cancel",
                    // What is none of these gets an answer of the protocol's, too.
                    "ANY /carts",
                    "ANY /carts/{proxy+}",
                ],
                { type: "NONE" },
            ),
            environment: {
                CARTS_TABLE: this.carts.name,
                IDEMPOTENCY_TABLE: checkout.idempotency.name,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                ...keys.environment,
                MERCHANT: JSON.stringify(merchant),
            },
            allow: [
                this.carts.allow("GetItem", "PutItem", "DeleteItem"),
                checkout.idempotency.allow("GetItem", "PutItem"),
                catalog.products.allow("BatchGetItem"),
                keys.read(),
            ],
            internet: merchant.rules !== undefined,
        });

        this.registerOutputs({ cartsTable: this.carts.name });
    }
}
