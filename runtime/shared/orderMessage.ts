import { messageBody, type TextAttribute, textAttributes } from "./message.ts";

/** A message of the orders queue, from whichever domain the order comes: the order, and how it came in. */
export interface OrderMessage {
    readonly MessageBody: string;
    readonly MessageAttributes: Record<string, TextAttribute>;
}

/** @param order as `spec/orders.openapi.yaml` has it, under its id. */
export function orderMessage(
    order: { readonly orderId: string },
    { correlationId, receivedAt }: { readonly correlationId: string; readonly receivedAt: string },
): OrderMessage {
    return {
        MessageBody: messageBody(order),
        MessageAttributes: textAttributes({ orderId: order.orderId, correlationId, receivedAt }),
    };
}
