import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import { Table, type TableArgs } from "../parts/table.ts";

/** What is known of orders. */
export interface OrderTables {
    /** Orders as they were placed, and by which attributes they are listed (runtime/orderIntake/progress/listing.ts). */
    readonly orders: Table;
    /** The steps done for each order, by consumer; each consumer does its part once. */
    readonly effects: Table;
    /** The payment of each order and what becomes of it, version by version (components/checkoutSessions/orderPayments.ts). */
    readonly payments: Table;
    /** What becomes of each order besides, version by version (orderManagement.ts). */
    readonly versions: Table;
}

const listed = ["status", "source", "listed"];
const versioned = ["orderId", { name: "version", type: "N" }] as const;

/** @param first those of the first region, which these replicate */
export function orderTables(
    name: string,
    first: OrderTables | undefined,
    context: Context,
    opts: pulumi.ComponentResourceOptions,
): OrderTables {
    const table = (part: keyof OrderTables, args: Omit<TableArgs, "context" | "replicaOf">) =>
        new Table(`${name}-${part}`, { ...args, replicaOf: first?.[part], context }, opts);
    return {
        orders: table("orders", {
            name: "ecommerce-orders",
            key: ["orderId"],
            indexes: [
                { name: "byTime", key: ["sourceKey", "listedAt"], include: listed },
                { name: "byStatus", key: ["statusKey", "listedAt"], include: listed },
                // Only orders with an e-mail address are in it.
                { name: "byCustomer", key: ["customerKey", "listedAt"], include: listed },
            ],
            stream: true,
        }),
        effects: table("effects", {
            name: "ecommerce-order-effects",
            key: ["orderId", "effect"],
            ttl: "expiresAt",
        }),
        payments: table("payments", { name: "ecommerce-order-payments", key: versioned, stream: true }),
        versions: table("versions", { name: "ecommerce-order-versions", key: versioned, stream: true }),
    };
}
