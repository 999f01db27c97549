import { largestContent } from "../../shared/message.ts";
import type { Order } from "../domain/protocol.ts";
import { deliveryOf, orderIn } from "../events/deliveries.ts";
import type { CheckoutEvent, Delivery } from "../events/event.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { type UcpOrder, ucpOrder } from "./order.ts";

/** Bytes that a message has besides. */
const others = 4096;

/** The event of a version for the platform that bought its order: the whole order, in the version of its purchase. */
export function platformDeliveriesOf(event: CheckoutEvent): Delivery[] {
    const { completedIn = "", orderWebhook, session } = event;
    const [, version] = /^ucp\/([\d-]{10})$/.exec(completedIn) ?? [];
    const type = typeOf(event);
    if (version === undefined || type === undefined) return [];
    const delivery = deliveryOf(event, type, fitting(orderIn(event), session.currency, version));
    return [{ ...delivery, ...(orderWebhook !== undefined && { webhook: orderWebhook }) }];
}

function typeOf({ type }: CheckoutEvent): Delivery["type"] | undefined {
    switch (type) {
        case "checkout_session.completed":
            return "ucp_order_create";
        case "checkout_session.order_updated":
            return "ucp_order_update";
        default:
            return undefined;
    }
}

/**
 * Parcels with many events repeat their lines, which expectations have: events go without where the message would be too
 * large.
 */
function fitting(order: Order, currency: string, version: string): UcpOrder {
    const capabilities = new Map([[capability.order, version]]);
    const told = ucpOrder(order, currency, envelopeOf({ version, capabilities }, [capability.order]));
    if (Buffer.byteLength(JSON.stringify(told)) <= largestContent - others) return told;
    const { expectations, events } = told.fulfillment;
    return { ...told, fulfillment: { expectations, events: events.map((event) => ({ ...event, line_items: [] })) } };
}
