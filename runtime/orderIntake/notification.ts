import { isJsonObject } from "../shared/json.ts";
import { type Cart, cartOf, InvalidOrderError, linesOf, type Meta, type Order, orderIn } from "./order.ts";
import { amountText } from "./texts.ts";

/** A message of the e-mail queue: all that the mail contains. */
interface Notification {
    readonly recipient: string;
    readonly subject: string;
    readonly orderData: Cart;
}

export function notificationMessage(order: Order, { correlationId }: Meta, recipient: string) {
    const notification: Notification = {
        recipient,
        subject: `New Order Received: ${order.orderId}`,
        orderData: cartOf(order),
    };
    return {
        MessageBody: JSON.stringify(notification),
        MessageAttributes: {
            orderId: { DataType: "String", StringValue: order.orderId },
            correlationId: { DataType: "String", StringValue: correlationId },
        },
    };
}

/** Throws InvalidOrderError. */
export function readNotification(body: string): Notification {
    const message: unknown = JSON.parse(body);
    if (!isJsonObject(message) || !isJsonObject(message["orderData"])) {
        throw new InvalidOrderError([{ pointer: "/orderData", detail: "is required" }]);
    }
    const { recipient, subject, orderData } = message;
    if (typeof recipient !== "string" || typeof subject !== "string") {
        throw new InvalidOrderError([{ pointer: "", detail: "must name recipient and subject" }]);
    }
    if (orderData["total"] !== undefined) return { recipient, subject, orderData: cartOf(orderIn(orderData)) };
    // The cart of a product order has no total.
    const { total: _, ...cart } = cartOf(orderIn({ ...orderData, total: 0 }));
    return { recipient, subject, orderData: cart };
}

/** The announcement of an order for the topic's subscribers, without data of the customer. */
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
