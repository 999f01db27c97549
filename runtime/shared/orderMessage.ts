import { messageBody, type TextAttribute, textAttributes } from "./message.ts";

/** A message of the orders queue. */
interface OrderMessage {
    readonly MessageBody: string;
    readonly MessageAttributes: Record<string, TextAttribute>;
}

/** Prefix of the ids of the checkout's orders, which derive from the ids of their sessions. */
const reserved = "ord_";
export const isReserved = (orderId: string): boolean => orderId.startsWith(reserved);

/**
 * Message attribute by which `store` recognises orders of the checkout. Clients cannot set it: neither `receive` nor API
 * Gateway's integration (components/orderIntake.ts) passes it on.
 */
export const senderAttribute = "sender";
export const checkout = "checkout";

/**
 * @param order with its id, valid by `spec/orders.openapi.yaml`.
 * @param sender @default a client of the order API
 */
export function orderMessage(
    order: { readonly orderId: string },
    { correlationId, receivedAt }: { readonly correlationId: string; readonly receivedAt: string },
    sender?: typeof checkout,
): OrderMessage {
    return {
        MessageBody: messageBody(order),
        MessageAttributes: textAttributes({
            orderId: order.orderId,
            correlationId,
            receivedAt,
            ...(sender && { [senderAttribute]: sender }),
        }),
    };
}
