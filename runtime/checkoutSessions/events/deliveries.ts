import { lastOlderOrder, olderOrder } from "../acp/older/order.ts";
import type { Order } from "../domain/protocol.ts";
import type { CheckoutEvent, Delivery } from "./event.ts";
import { InvalidCheckoutEventError } from "./publication.ts";

/**
 * The events of a version for endpoints: the version itself and, if it creates or changes an order, the protocol's own
 * event (ACP, webhooks).
 */
export function deliveriesOf(event: CheckoutEvent): Delivery[] {
    const session = deliveryOf(event, event.type, event.session);
    switch (event.type) {
        case "checkout_session.completed":
            return [session, ofOrder(event, "order_create")];
        case "checkout_session.order_updated":
            return [session, ofOrder(event, "order_update")];
        default:
            return [session];
    }
}

/**
 * The protocol's own event in both of its forms: it speaks the version that the endpoint pins, or that of the request
 * which completed the session (ACP says nothing of it).
 */
function ofOrder(event: CheckoutEvent, type: "order_create" | "order_update"): Delivery {
    const { completedIn } = event;
    return {
        ...deliveryOf(event, type, fullOrder(event)),
        ...(completedIn !== undefined && { completedIn }),
        older: { until: lastOlderOrder, data: olderOrder(orderIn(event)) },
    };
}

export function deliveryOf(event: CheckoutEvent, type: Delivery["type"], data: object): Delivery {
    const { timestamp, correlationId, tenantId } = event;
    const id = `${event.id}:${type.replace("checkout_session.", "")}`;
    return { id, type, timestamp, correlationId, ...(tenantId !== undefined && { tenantId }), data };
}

/** The order with its payment, and with members that are required in events and optional in sessions. */
function fullOrder(event: CheckoutEvent): Order & Pick<CheckoutEvent, "payment"> {
    const order = orderIn(event);
    const { payment } = event;
    return { ...order, type: "order", status: order.status ?? "created", ...(payment && { payment }) };
}

/** Throws InvalidCheckoutEventError. */
export function orderIn({ type, session: { order } }: CheckoutEvent): Order {
    if (order === undefined) throw new InvalidCheckoutEventError([`${type} has no order`]);
    return order;
}
