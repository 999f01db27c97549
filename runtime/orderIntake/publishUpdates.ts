import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { environment } from "../shared/environment.ts";
import { type BusEvent, bytesOf, publishAll } from "../shared/events.ts";
import type { JsonObject } from "../shared/json.ts";
import { outbox } from "../shared/outbox.ts";
import type { OrderUpdated } from "./progress/orderUpdate.ts";

export const env = environment("EVENT_BUS_NAME", "UNPUBLISHED_QUEUE_URL");
const events = new EventBridgeClient({});

interface OrderEvent extends BusEvent {
    readonly detail: Pick<OrderUpdated, "orderId"> & { readonly meta: Pick<OrderUpdated["meta"], "correlationId"> };
}

/**
 * Stream of the table of orders' versions: publishes `order.updated.v1` for each change by the order API. For what an event
 * of the bus has changed, which is known there, `order.tracked.v1` says that the order shows it: payments rest on that.
 */
export const handler = outbox<OrderEvent>({
    asideQueueUrl: env.UNPUBLISHED_QUEUE_URL,
    messageOf: (item) => (item["event"] === undefined ? orderTracked(item) : orderUpdated(item["event"])),
    bytesOf,
    publish: (group) => publishAll(events, env.EVENT_BUS_NAME, group),
    fieldsOf: ({ detail: { orderId: order_id, meta } }) => ({ order_id, correlationId: meta.correlationId }),
    lines: { published: "Order update published", refused: "The order update could not be published" },
    putAside: "OrderUpdateUnpublished",
    idsOf: ({ orderId, requestId }: JsonObject) => ({ order_id: String(orderId), correlationId: String(requestId) }),
});

function orderTracked({ orderId, version, requestId }: JsonObject): OrderEvent {
    const detail = { orderId: String(orderId), version, meta: { correlationId: String(requestId) } };
    return { source: "order.api", type: "order.tracked.v1", detail };
}

/** Only `OrderStore` writes the table. */
function orderUpdated(event: unknown): OrderEvent {
    const detail = event as OrderUpdated;
    return { source: "order.api", type: "order.updated.v1", detail, time: new Date(detail.meta.occurredAt) };
}
