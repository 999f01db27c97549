import { createHash } from "node:crypto";
import { cartOf, checkoutOrderIn, type Order } from "../order.ts";
import type { ShownStatus } from "./orderState.ts";

export const sources = ["api", "checkout"] as const;
export type Source = (typeof sources)[number];

/**
 * Shards of each key of the indexes, since a key takes 1,000 writes a second and new orders all come to its end: 4,000
 * orders a second of each source.
 */
export const shards: readonly string[] = Array.from({ length: 4 }, (_, shard) => String(shard));

/**
 * The attributes by which the indexes of the orders table list an order. Keys have no personal data: of the customer's
 * address a digest. Items of earlier releases have none of them, and are not listed.
 */
export interface Listing {
    /** Partition key of the index `byTime`: source and shard. */
    readonly sourceKey: string;
    /** Partition key of `byStatus`. */
    readonly statusKey: string;
    /** Partition key of `byCustomer`; absent without an e-mail address. */
    readonly customerKey?: string;
    /** Sort key of all: the time of receipt and the id. */
    readonly listedAt: string;
    readonly status: ShownStatus;
    readonly source: Source;
    readonly listed: Listed;
}

/** What the list shows of an order, besides its id, time, status and source. */
interface Listed {
    readonly customer: { readonly name?: string; readonly email?: string };
    readonly items: number;
    readonly total?: number;
    readonly currency?: string;
}

export function listingOf(order: Order, receivedAt: string, status: ShownStatus = "received"): Listing {
    const { orderId, customer, items, total, currency } = cartOf(order);
    const source: Source = checkoutOrderIn(order) ? "checkout" : "api";
    const { name, email } = typeof customer === "string" ? namedBy(customer) : customer;
    return {
        sourceKey: sourceKeyOf(source, shardOf(orderId)),
        statusKey: statusKeyOf(status, orderId),
        ...(email?.includes("@") && { customerKey: customerKeyOf(email) }),
        listedAt: `${receivedAt} ${orderId}`,
        status,
        source,
        listed: {
            customer: { ...(name !== undefined && { name }), ...(email !== undefined && { email }) },
            items: items.length,
            ...(total !== undefined && { total }),
            ...(currency !== undefined && { currency }),
        },
    };
}

/** A client may send a name or an address. */
const namedBy = (customer: string): Listed["customer"] =>
    /^[^\s@]+@[^\s@]+$/.test(customer) ? { email: customer } : { name: customer };

const shardOf = (orderId: string): string =>
    shards[createHash("sha256").update(orderId).digest().readUInt8(0) % shards.length] ?? "0";

export const sourceKeyOf = (source: Source, shard: string): string => `${source}#${shard}`;
export const statusKeyOf = (status: ShownStatus, orderId: string): string => statusKeyIn(status, shardOf(orderId));
export const statusKeyIn = (status: ShownStatus, shard: string): string => `${status}#${shard}`;
export const customerKeyOf = (email: string): string =>
    createHash("sha256").update(email.trim().toLowerCase()).digest("base64url");
