import { isJsonObject } from "../shared/json.ts";
import { type Cart, cartOf, type Meta, NotAnOrder, type Order, orderIn } from "./order.ts";

/** A message of the e-mail queue: whoever reads the queue can write the mail. */
export interface Notification {
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

/** Throws NotAnOrder. */
export function readNotification(body: string): Notification {
    const message: unknown = JSON.parse(body);
    if (!isJsonObject(message) || !isJsonObject(message["orderData"])) {
        throw new NotAnOrder([{ pointer: "/orderData", detail: "is required" }]);
    }
    const { recipient, subject, orderData } = message;
    if (typeof recipient !== "string" || typeof subject !== "string") {
        throw new NotAnOrder([{ pointer: "", detail: "must name recipient and subject" }]);
    }
    if (orderData["total"] !== undefined) return { recipient, subject, orderData: cartOf(orderIn(orderData)) };
    // The cart of a product order has no total; in all else it is like any other.
    const { total: _, ...cart } = cartOf(orderIn({ ...orderData, total: 0 }));
    return { recipient, subject, orderData: cart };
}
