import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { environment } from "../shared/environment.ts";
import { bytesOf, publishAll } from "../shared/events.ts";
import type { JsonObject } from "../shared/json.ts";
import { outbox } from "../shared/outbox.ts";
import { isNote, ledgerIn } from "./money/ledgerStore.ts";
import { orderUpdatedBy, paymentUpdated } from "./money/paymentEvent.ts";

export const env = environment("EVENT_BUS_NAME", "UNPUBLISHED_QUEUE_URL");
const events = new EventBridgeClient({});

type PaymentUpdated = ReturnType<typeof paymentUpdated>;

interface PaymentEvent extends PaymentUpdated {
    readonly orderId: string;
    readonly correlationId: string;
}

/**
 * Stream of the payments table: publishes each version of a ledger as `payment.updated.v1`, which says what the payment is,
 * and as `order.updated.v1`, by which receivers hear of every change of an order.
 */
export const handler = outbox<PaymentEvent>({
    asideQueueUrl: env.UNPUBLISHED_QUEUE_URL,
    messageOf: (item) => {
        if (isNote(item)) return undefined;
        const { orderId, correlationId, at } = idsIn(item);
        return { ...paymentUpdated(ledgerIn(item), correlationId, at), orderId, correlationId };
    },
    bytesOf,
    publish: async (group) => {
        const failed = await publishAll(events, env.EVENT_BUS_NAME, group);
        // What is published again has the same ids for its receivers.
        return failed.length > 0 ? failed : await publishAll(events, env.EVENT_BUS_NAME, group.map(orderUpdatedBy));
    },
    fieldsOf: ({ orderId: order_id, correlationId }) => ({ order_id, correlationId }),
    lines: { published: "Payment published", refused: "The payment could not be published" },
    putAside: "PaymentUnpublished",
    idsOf: (item) => {
        const { orderId, correlationId } = idsIn(item);
        return { order_id: orderId, correlationId };
    },
});

const idsIn = ({ orderId, requestId, writtenAt }: JsonObject) => ({
    orderId: String(orderId),
    correlationId: String(requestId),
    at: String(writtenAt),
});
