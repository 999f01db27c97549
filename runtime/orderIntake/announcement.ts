import { amountText } from "../shared/money.ts";
import { cartOf, linesOf, type Meta, type Order } from "./order.ts";

/** An order as those who read along by e-mail are told of it: what was ordered, and nothing about the customer. */
export function announcementOf(order: Order, { receivedAt, correlationId }: Meta) {
    const { orderId, total, currency } = cartOf(order);
    return {
        // SNS takes up to 100 ASCII characters; an order id has at most 64.
        Subject: `Order ${orderId}`,
        Message: [
            `Order ${orderId} was received at ${receivedAt}.`,
            "",
            ...linesOf(order).map(({ name, quantity }) => `${quantity} x ${name}`),
            ...(total === undefined ? [] : ["", `Total: ${amountText(total, currency)}`]),
            "",
        ].join("\n"),
        MessageAttributes: {
            orderId: { DataType: "String", StringValue: orderId },
            correlationId: { DataType: "String", StringValue: correlationId },
        },
    };
}
