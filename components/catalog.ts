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
 * What the merchant sells, and the codes that make it cheaper: data that the merchant keeps up to date. A product has a
 * `productId`, a `name`, a `price` in minor units of its `currency`, and a `stock`, which is absent for what does not run
 * out (`digital`).
 */
export class Catalog extends Component {
    readonly products: Table;
    /** Discount codes, by `code` in upper case (`DiscountCode` in runtime/checkoutSessions/pricing/market.ts). */
    readonly discounts: Table;

    constructor(name: string, args: CatalogArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Catalog", name, args.context, opts);
        const { first } = args;
        this.products = this.addTable("products", {
            name: "catalog-products",
            key: ["productId"],
            replicaOf: first?.products,
        });
        this.discounts = this.addTable("discounts", {
            name: "catalog-discounts",
            key: ["code"],
            replicaOf: first?.discounts,
        });
        this.registerOutputs({ productsTable: this.products.name, discountsTable: this.discounts.name });
    }
}
