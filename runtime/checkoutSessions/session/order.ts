import type { Merchant } from "../domain/merchant.ts";
import type { PricedFulfillment } from "../domain/placement.ts";
import type { Address, FulfillmentOption, Order, Session } from "../domain/protocol.ts";
import type { Hidden } from "./session.ts";

/** A session has at most one order, so its id derives from the session's. */
export const orderIdOf = (sessionId: string): string => `ord_${sessionId.slice("cs_".length)}`;

/** The session of an order (`orderIdOf`); undefined for other orders. */
export function sessionIdOf(orderId: string): string | undefined {
    return orderId.startsWith("ord_") ? `cs_${orderId.slice("ord_".length)}` : undefined;
}

/** The order of a paid session (ACP, order object), with nothing fulfilled. */
export function orderOf(
    session: Session,
    { orderNotes, fulfillments = [] }: Hidden,
    { shopUrl, name }: Merchant,
    at: string,
): Order {
    const id = orderIdOf(session.id);
    const chosen = session.fulfillment_options.filter((option) =>
        session.selected_fulfillment_options?.some(({ option_id }) => option_id === option.id),
    );
    const earliest = chosen.flatMap((option) =>
        option.type === "shipping" ? (option.earliest_delivery_time ?? []) : [],
    );
    const latest = chosen.flatMap((option) => (option.type === "shipping" ? (option.latest_delivery_time ?? []) : []));
    return {
        type: "order",
        id,
        checkout_session_id: session.id,
        order_number: id,
        permalink_url: `${shopUrl}/orders/${id}`,
        status: "created",
        ...deliveryBetween(earliest.sort().at(0), latest.sort().at(-1)),
        confirmation: {
            confirmation_number: id,
            confirmation_email_sent: false,
            ...(orderNotes !== undefined && { order_notes: orderNotes }),
        },
        support: { help_center_url: `${shopUrl}/support` },
        line_items: session.line_items.map((line) => ({
            id: line.id,
            title: line.name ?? line.item.id,
            product_id: line.item.id,
            ...(line.description !== undefined && { description: line.description }),
            ...(line.images?.[0] !== undefined && { image_url: line.images[0] }),
            quantity: { ordered: line.quantity, current: line.quantity, fulfilled: 0 },
            ...(line.unit_amount !== undefined && { unit_price: line.unit_amount }),
            subtotal: line.totals.find(({ type }) => type === "subtotal")?.amount ?? 0,
            totals: line.totals,
            status: "processing",
        })),
        fulfillments: (session.selected_fulfillment_options ?? []).flatMap((selected, index) => {
            if (selected.type === "local_delivery") return [];
            const option = chosen.find(({ id }) => id === selected.option_id);
            const destination = destinationOf(option, session, fulfillments[index]);
            const isShipped = option?.type === "shipping";
            return [
                {
                    id: `ful_${index + 1}`,
                    type: selected.type,
                    status: "pending",
                    line_items: session.line_items
                        .filter((line) => selected.item_ids.includes(line.id))
                        .map(({ id: lineId, quantity }) => ({ id: lineId, quantity })),
                    ...(destination && { destination }),
                    ...(isShipped && deliveryBetween(option.earliest_delivery_time, option.latest_delivery_time)),
                    description: option?.title ?? name,
                    events: [{ id: `ful_${index + 1}_1`, type: "processing", occurred_at: at }],
                },
            ];
        }),
        adjustments: [],
        totals: session.totals,
    };
}

/** Where the items are shipped to or collected. */
function destinationOf(
    option: FulfillmentOption | undefined,
    { fulfillment_details: common, fulfillment_groups: groups = [] }: Session,
    priced: PricedFulfillment | undefined,
): Address | undefined {
    switch (option?.type) {
        case "shipping": {
            const group = groups.find(({ id }) => id === priced?.groupId);
            return group?.fulfillment_details?.address ?? common?.address;
        }
        case "pickup":
            return option.location.address;
        case "digital":
        case "local_delivery":
        case undefined:
            return undefined;
    }
}

const deliveryBetween = (earliest: string | undefined, latest: string | undefined) =>
    earliest !== undefined && latest !== undefined ? { estimated_delivery: { earliest, latest } } : {};
