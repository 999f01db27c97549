import { instantOf } from "../../shared/instant.ts";
import type { Order } from "../domain/protocol.ts";
import { type PostalAddress, postalAddressOf } from "./address.ts";
import type { Envelope } from "./capabilities.ts";
import { type UcpTotal, ucpTotals } from "./totals.ts";

interface LineReference {
    readonly id: string;
    readonly quantity: number;
}

/** An order as UCP's capability `dev.ucp.shopping.order` tells it: the whole as it is now. */
export interface UcpOrder {
    readonly ucp: Envelope;
    readonly id: string;
    readonly checkout_id: string;
    readonly permalink_url: string;
    readonly currency: string;
    readonly line_items: readonly {
        readonly id: string;
        readonly item: {
            readonly id: string;
            readonly title: string;
            readonly price: number;
            readonly image_url?: string;
        };
        readonly quantity: { readonly original: number; readonly total: number; readonly fulfilled: number };
        readonly totals: readonly UcpTotal[];
        readonly status: "processing" | "partial" | "fulfilled" | "removed";
    }[];
    readonly fulfillment: {
        readonly expectations: readonly {
            readonly id: string;
            readonly line_items: readonly LineReference[];
            readonly method_type: "shipping" | "pickup" | "digital";
            readonly destination: PostalAddress;
            readonly description?: string;
        }[];
        readonly events: readonly {
            readonly id: string;
            readonly occurred_at: string;
            readonly type: string;
            readonly line_items: readonly LineReference[];
        }[];
    };
    readonly adjustments: readonly {
        readonly id: string;
        readonly type: string;
        readonly occurred_at: string;
        readonly status: "pending" | "completed" | "failed";
        readonly line_items?: readonly LineReference[];
        readonly totals?: readonly { readonly type: "total"; readonly amount: number }[];
        readonly description?: string;
    }[];
    readonly totals: readonly UcpTotal[];
}

type OrderLine = NonNullable<Order["line_items"]>[number];
type Fulfillment = NonNullable<Order["fulfillments"]>[number];
type Adjustment = NonNullable<Order["adjustments"]>[number];

/** @param currency of the session, in lower case */
export function ucpOrder(order: Order, currency: string, ucp: Envelope): UcpOrder {
    const { id, checkout_session_id, permalink_url, line_items = [], totals = [] } = order;
    const { fulfillments = [], adjustments = [] } = order;
    return {
        ucp,
        id,
        checkout_id: checkout_session_id,
        permalink_url,
        currency: currency.toUpperCase(),
        line_items: line_items.map(lineOf),
        fulfillment: {
            expectations: fulfillments.flatMap(expectationsOf),
            events: fulfillments
                .flatMap(eventsOf)
                .sort((a, b) => instantOf(a.occurred_at) - instantOf(b.occurred_at) || (a.id < b.id ? -1 : 1)),
        },
        adjustments: adjustments.map(adjustmentOf),
        totals: ucpTotals(totals),
    };
}

function lineOf(line: OrderLine): UcpOrder["line_items"][number] {
    const { id, product_id = id, title, image_url, unit_price = 0, totals = [] } = line;
    const { ordered: original, current: total, fulfilled: sent = 0 } = line.quantity;
    // What came back was fulfilled once, and is not any more.
    const fulfilled = Math.min(sent, total);
    const status =
        total === 0 ? "removed" : fulfilled === total ? "fulfilled" : fulfilled > 0 ? "partial" : "processing";
    return {
        id,
        item: { id: product_id, title, price: unit_price, ...(image_url !== undefined && { image_url }) },
        quantity: { original, total, fulfilled },
        totals: ucpTotals(totals),
        status,
    };
}

/** What the buyer may expect: nothing of a parcel that does not arrive. */
function expectationsOf(fulfillment: Fulfillment): UcpOrder["fulfillment"]["expectations"][number][] {
    const {
        id,
        type: method_type,
        status,
        line_items = [],
        destination,
        description,
        estimated_delivery,
    } = fulfillment;
    if (status === "failed" || status === "canceled" || line_items.length === 0) return [];
    const period = estimated_delivery && `${dayOf(estimated_delivery.earliest)} to ${dayOf(estimated_delivery.latest)}`;
    const told = [description, period].filter((text) => text !== undefined).join(", ");
    return [
        {
            id,
            line_items,
            method_type,
            // Required, also where nothing is sent.
            destination: destination ? postalAddressOf(destination) : {},
            ...(told !== "" && { description: told }),
        },
    ];
}

const dayOf = (time: string) => time.slice(0, 10);

function eventsOf({ id: parcel, line_items = [], carrier, tracking_number, tracking_url, events = [] }: Fulfillment) {
    return events.map(({ id, type, occurred_at, description }) => ({
        // Unique in the order, also where the merchant numbers the events of each parcel.
        id: `${parcel}:${id}`,
        occurred_at,
        type,
        line_items,
        ...(tracking_number !== undefined && { tracking_number }),
        ...(tracking_url !== undefined && { tracking_url }),
        ...(carrier !== undefined && { carrier }),
        ...(description !== undefined && { description }),
    }));
}

/** All that adjusts an order of ours takes away from it: money and pieces are negative. */
function adjustmentOf(adjustment: Adjustment): UcpOrder["adjustments"][number] {
    const { id, type, occurred_at, status, line_items, amount, reason, description = reason } = adjustment;
    return {
        id,
        type,
        occurred_at,
        status: status === "completed" || status === "failed" ? status : "pending",
        ...(line_items !== undefined && {
            line_items: line_items.map((line) => ({ id: line.id, quantity: -line.quantity })),
        }),
        ...(amount !== undefined && amount > 0 && { totals: [{ type: "total", amount: -amount }] }),
        ...(description !== undefined && { description }),
    };
}
