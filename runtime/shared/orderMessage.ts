import { messageBody, type TextAttribute, textAttributes } from "./message.ts";

/** A message of the orders queue, from whichever domain the order comes: the order, and how it came in. */
interface OrderMessage {
    readonly MessageBody: string;
    readonly MessageAttributes: Record<string, TextAttribute>;
}

/** Ids of orders that begin so are the checkout's: an order and its session are found by each other's id. */
const reserved = "ord_";
export const isReserved = (orderId: string): boolean => orderId.startsWith(reserved);

/**
 * The attribute by which `store` knows that an order comes from the checkout. Clients cannot set it: `receive` does not,
 * and the attributes of API Gateway's integration are those that the stack names (components/orderIntake.ts).
 */
export const senderAttribute = "sender";
export const checkout = "checkout";

/**
 * @param order as `spec/orders.openapi.yaml` has it, under its id.
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
