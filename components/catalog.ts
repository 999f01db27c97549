import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./parts/component.ts";
import type { Context } from "./parts/context.ts";
import type { Table } from "./parts/table.ts";

interface CatalogArgs {
    /** The catalog of the first region, which this one repeats. @default none: this is the first region */
    readonly first?: Catalog | undefined;
    readonly context: Context;
}

/**
 * What the merchant sells, and the codes that make it cheaper: data that the merchant keeps up to date (`CatalogApi`), and
 * that checkouts and orders read.
 */
export class Catalog extends Component {
    /** Products by `productId` (runtime/catalog/product.ts), with what can be sold of each: `stock`. */
    readonly products: Table;
    /** Discount codes, by `code` in upper case (`DiscountCode` in runtime/checkoutSessions/pricing/market.ts). */
    readonly discounts: Table;
    /** Of each product what orders have reserved of held pieces, and adjustments that may be repeated. */
    readonly stock: Table;

    constructor(name: string, args: CatalogArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Catalog", name, args.context, opts);
        const { first } = args;
        this.products = this.addTable("products", {
            name: "catalog-products",
            key: ["productId"],
            stream: true,
            replicaOf: first?.products,
        });
        this.discounts = this.addTable("discounts", {
            name: "catalog-discounts",
            key: ["code"],
            replicaOf: first?.discounts,
        });
        this.stock = this.addTable("stock", {
            name: "catalog-stock",
            key: ["productId", "entry"],
            ttl: "expiresAt",
            replicaOf: first?.stock,
        });
        this.registerOutputs({ productsTable: this.products.name, discountsTable: this.discounts.name });
    }

    /** What the reservation of an order needs. */
    get reserving() {
        return {
            environment: { PRODUCTS_TABLE: this.products.name, STOCK_TABLE: this.stock.name },
            allow: [this.products.allow("BatchGetItem", "UpdateItem"), this.stock.allow("UpdateItem")],
        };
    }
}
