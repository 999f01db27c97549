import { isJsonObject, type JsonObject } from "../../shared/json.ts";

/** What a message of the payments queue asks for. */
export type Task = { readonly correlationId?: string } & (
    | { readonly kind: "look"; readonly paymentId: string }
    | { readonly kind: "carryOut" | "fulfilled" | "nothing"; readonly orderId: string }
    | Unfulfillable
);

interface Unfulfillable {
    readonly kind: "unfulfillable";
    readonly orderId: string;
    readonly reason: "out_of_stock" | "canceled";
    /** The status in which the order's session shows the event. */
    readonly status: "manual_review" | "canceled";
    /** The event itself reports pieces as fulfilled. */
    readonly isFulfilled: boolean;
}

/** A message of the payments queue is invalid. */
class InvalidPaymentTaskError extends Error {
    override readonly name = "InvalidPaymentTaskError";
}

/** Statuses of a fulfilment that has left the merchant (ACP, order object). */
const fulfilling: ReadonlySet<unknown> = new Set([
    "shipped",
    "in_transit",
    "out_for_delivery",
    "ready_for_pickup",
    "delivered",
]);

/** The task in a message: a wake-up, or an event of the order bus. Throws InvalidPaymentTaskError. */
export function taskIn(value: unknown): Task {
    if (!isJsonObject(value)) throw new InvalidPaymentTaskError("the message is no object");
    const { paymentId, "detail-type": type, detail } = value;
    if (typeof paymentId === "string") return { kind: "look", paymentId };
    if (!isJsonObject(detail)) throw new InvalidPaymentTaskError("the message has neither paymentId nor detail");
    const { orderId, meta } = detail;
    if (typeof orderId !== "string") throw new InvalidPaymentTaskError("the event has no orderId");
    const { correlationId } = isJsonObject(meta) ? meta : {};
    return { ...(typeof correlationId === "string" && { correlationId }), ...taskOf(type, orderId, detail) };
}

function taskOf(type: unknown, orderId: string, detail: JsonObject): Task {
    switch (type) {
        case "payment.updated.v1":
            return { kind: detail["isPending"] === true ? "carryOut" : "nothing", orderId };
        case "inventory.shortage.v1":
            return {
                kind: "unfulfillable",
                orderId,
                reason: "out_of_stock",
                status: "manual_review",
                isFulfilled: false,
            };
        case "order.updated.v1":
            if (detail["status"] === "canceled") {
                const status = "canceled";
                return { kind: "unfulfillable", orderId, reason: status, status, isFulfilled: isFulfilled(detail) };
            }
            return { kind: isFulfilled(detail) ? "fulfilled" : "nothing", orderId };
        default:
            throw new InvalidPaymentTaskError("the event is not one about payments");
    }
}

/** Whether an order, or an update of one by the merchant's system, has a piece that is fulfilled. */
export function isFulfilled({
    line_items: lines,
    fulfillments,
}: {
    readonly line_items?: unknown;
    readonly fulfillments?: unknown;
}): boolean {
    const isFulfilledLine = (line: unknown) => {
        const quantity = isJsonObject(line) && isJsonObject(line["quantity"]) ? line["quantity"] : {};
        return Number(quantity["fulfilled"] ?? 0) > 0;
    };
    return (
        listIn(lines).some(isFulfilledLine) ||
        listIn(fulfillments).some((each) => isJsonObject(each) && fulfilling.has(each["status"]))
    );
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
