import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { environment } from "../shared/environment.ts";
import { type BusEvent, bytesOf, publishAll } from "../shared/events.ts";
import { isJsonObject } from "../shared/json.ts";
import { outbox } from "../shared/outbox.ts";
import { orderReceived } from "./events.ts";
import { metaIn, orderIn } from "./order.ts";

export const env = environment("EVENT_BUS_NAME", "UNANNOUNCED_QUEUE_URL");
const events = new EventBridgeClient({});

interface OrderEvent extends BusEvent {
    readonly orderId: string;
    readonly correlationId: string;
}

/** Stream of the orders table: publishes `order.received.v1` for each new order, in stream order. */
export const handler = outbox<OrderEvent>({
    asideQueueUrl: env.UNANNOUNCED_QUEUE_URL,
    messageOf: (item) => {
        const order = orderIn(item);
        const meta = metaIn(item);
        return { ...orderReceived(order, meta), orderId: order.orderId, correlationId: meta.correlationId };
    },
    bytesOf,
    publish: (group) => publishAll(events, env.EVENT_BUS_NAME, group),
    fieldsOf: ({ orderId: order_id, correlationId }) => ({ order_id, correlationId }),
    lines: {
        published: "Order published",
        refused: "The order could not be published",
    },
    putAside: "OrderUnannounced",
    idsOf: ({ orderId, meta }) => {
        const { correlationId } = isJsonObject(meta) ? meta : {};
        return { order_id: String(orderId), ...(typeof correlationId === "string" && { correlationId }) };
    },
});
