import type * as pulumi from "@pulumi/pulumi";
import type { Catalog } from "./catalog.ts";
import type { ApiKeys } from "./parts/apiKeys.ts";
import type { Bus } from "./parts/bus.ts";
import { Component } from "./parts/component.ts";
import type { Context } from "./parts/context.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import { sendingTo } from "./parts/queue.ts";

interface CatalogApiArgs {
    /** The API that products are read and changed by. */
    readonly api: HttpApi;
    /** Authorizes the merchant's callers. */
    readonly authorization: Authorization;
    /** API keys, by which the open routes know merchants. */
    readonly keys: ApiKeys;
    readonly catalog: Catalog;
    /** Where changes of products are announced. */
    readonly bus: Bus;
    readonly context: Context;
}

/**
 * Shows the catalogue to the public, and lets the merchant change it.
 *
 *     GET /products → read → products table
 *     PUT, DELETE /products/{id}, /products/{id}/stock → change → products table → publish → order bus
 *     /discount_codes → codes → discounts table
 */
export class CatalogApi extends Component {
    readonly #args: CatalogApiArgs;

    constructor(name: string, args: CatalogApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:CatalogApi", name, args.context, opts);
        this.#args = args;

        this.#read();
        this.#change();
        this.#publish();
        this.#keepCodes();

        this.registerOutputs();
    }

    #read(): void {
        const { api, keys, catalog } = this.#args;
        this.addCallback<typeof import("../runtime/catalog/readProducts.ts")>("read", {
            entry: "catalog/readProducts",
            name: "product-reader",
            description: "Answers GET /products and GET /products/{id}, also without a key.",
            from: api.requests(["GET /products", "GET /products/{id}"], { type: "NONE" }),
            environment: { ...this.#tables, ...keys.environment },
            allow: [
                catalog.products.allow("GetItem", "Scan"),
                catalog.stock.allow("GetItem", "BatchGetItem"),
                keys.read(),
            ],
        });
    }

    #change(): void {
        const { api, authorization, catalog } = this.#args;
        this.addCallback<typeof import("../runtime/catalog/changeProducts.ts")>("change", {
            entry: "catalog/changeProducts",
            name: "product-changer",
            description: "Creates, replaces and deletes products, and sets and adjusts their stock.",
            from: api.requests(
                [
                    "PUT /products/{id}",
                    "DELETE /products/{id}",
                    "PUT /products/{id}/stock",
                    "POST /products/{id}/stock/adjustments",
                ],
                authorization,
            ),
            environment: this.#tables,
            allow: [catalog.products.allow("GetItem", "UpdateItem"), catalog.stock.allow("GetItem", "PutItem")],
        });
    }

    #publish(): void {
        const { catalog, bus } = this.#args;
        const unpublished = this.addDeadLetters("unpublished");
        this.addCallback<typeof import("../runtime/catalog/publishProducts.ts")>("publish", {
            entry: "catalog/publishProducts",
            name: "product-announcer",
            description: "Announces each change of a product on the bus.",
            timeout: 30,
            from: catalog.products.changes({ size: 100, events: ["INSERT", "MODIFY"] }),
            environment: { EVENT_BUS_NAME: bus.name, UNPUBLISHED_QUEUE_URL: unpublished.url },
            allow: [bus.put(), sendingTo(unpublished, this.context)],
        });
    }

    #keepCodes(): void {
        const { api, authorization, catalog } = this.#args;
        this.addCallback<typeof import("../runtime/catalog/discountCodes.ts")>("codes", {
            entry: "catalog/discountCodes",
            name: "discount-code-keeper",
            description: "Creates, shows, replaces and deletes discount codes.",
            from: api.requests(
                [
                    "GET /discount_codes",
                    "GET /discount_codes/{code}",
                    "PUT /discount_codes/{code}",
                    "DELETE /discount_codes/{code}",
                ],
                authorization,
            ),
            environment: { DISCOUNTS_TABLE: catalog.discounts.name },
            allow: [catalog.discounts.allow("GetItem", "UpdateItem", "Scan")],
        });
    }

    get #tables() {
        const { products, stock } = this.#args.catalog;
        return { PRODUCTS_TABLE: products.name, STOCK_TABLE: stock.name };
    }
}
