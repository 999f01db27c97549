import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { leftStatuses } from "../../shared/orders/canceledPieces.ts";
import { type OrderEvent, readOrderEvent } from "../../shared/orders/orderEvent.ts";

/** What a message of the payments queue asks for. */
export type Task = { readonly correlationId?: string } & (
    | { readonly kind: "look"; readonly paymentId: string }
    /** `tracked`: the order has a version with what was reported. */
    | { readonly kind: "carryOut" | "nothing" | "tracked"; readonly orderId: string }
    | Updated
    | Unfulfillable
);

/** The merchant's systems report something of the order. */
export interface Updated {
    readonly kind: "updated";
    readonly orderId: string;
    readonly event: OrderEvent;
    /** The event says that pieces are fulfilled, whether that is possible or not. */
    readonly isFulfilled: boolean;
}

interface Unfulfillable {
    readonly kind: "unfulfillable";
    readonly orderId: string;
    readonly reason: "out_of_stock" | "canceled";
    /** The status in which the order's session shows the event. */
    readonly status: "manual_review" | "canceled";
    /** Absent for an event that reports nothing but the status. */
    readonly update?: Updated;
}

/** A message of the payments queue is invalid. */
class InvalidPaymentTaskError extends Error {
    override readonly name = "InvalidPaymentTaskError";
}

/** Statuses of an order that has left the merchant. */
const fulfilled: ReadonlySet<unknown> = new Set(["shipped", "completed"]);

/** The task in a message: a wake-up, or an event of the order bus. Throws InvalidPaymentTaskError. */
export function taskIn(value: unknown): Task {
    if (!isJsonObject(value)) throw new InvalidPaymentTaskError("the message is no object");
    const { paymentId, "detail-type": type, detail } = value;
    if (typeof paymentId === "string") return { kind: "look", paymentId };
    if (!isJsonObject(detail)) throw new InvalidPaymentTaskError("the message has neither paymentId nor detail");
    const { orderId, meta } = detail;
    if (typeof orderId !== "string") throw new InvalidPaymentTaskError("the event has no orderId");
    const { correlationId } = isJsonObject(meta) ? meta : {};
    return { ...(typeof correlationId === "string" && { correlationId }), ...taskOf(type, orderId, value, detail) };
}

function taskOf(type: unknown, orderId: string, { id, time }: JsonObject, detail: JsonObject): Task {
    switch (type) {
        case "payment.updated.v1":
            return { kind: detail["isPending"] === true ? "carryOut" : "nothing", orderId };
        case "order.tracked.v1":
            return { kind: "tracked", orderId };
        case "inventory.shortage.v1":
            return { kind: "unfulfillable", orderId, reason: "out_of_stock", status: "manual_review" };
        case "order.updated.v1": {
            const event = readOrderEvent({ id: String(id), time: String(time), "detail-type": type, detail });
            const update: Updated = { kind: "updated", orderId, event, isFulfilled: isFulfilled(detail) };
            if (detail["status"] !== "canceled") return update;
            return { kind: "unfulfillable", orderId, reason: "canceled", status: "canceled", update };
        }
        default:
            throw new InvalidPaymentTaskError("the event is not one about payments");
    }
}

interface Reported {
    readonly status?: unknown;
    readonly line_items?: unknown;
    readonly fulfillments?: unknown;
}

/** Whether an order, or an update of one by the merchant's systems, says that a piece has left the merchant. */
export function isFulfilled({ status, line_items: lines, fulfillments }: Reported): boolean {
    const isFulfilledLine = (line: unknown) => {
        const quantity = isJsonObject(line) && isJsonObject(line["quantity"]) ? line["quantity"] : {};
        return Number(quantity["fulfilled"] ?? 0) > 0;
    };
    const hasLeft = (fulfillment: unknown) =>
        isJsonObject(fulfillment) &&
        (leftStatuses.has(fulfillment["status"]) ||
            listIn(fulfillment["events"]).some((event) => isJsonObject(event) && leftStatuses.has(event["type"])));
    return fulfilled.has(status) || listIn(lines).some(isFulfilledLine) || listIn(fulfillments).some(hasLeft);
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
