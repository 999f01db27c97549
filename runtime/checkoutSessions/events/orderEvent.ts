import type { EventBridgeEvent } from "aws-lambda";
import { rules, validateOrderUpdate } from "../../../spec/generated/checkout.validators.js";
import { isCorrelationId } from "../../shared/http.ts";
import { isJsonObject } from "../../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { OrderChanges } from "./orderProgress.ts";

/** A change of an order, from an event of the order bus. */
export interface OrderEvent {
    readonly orderId: string;
    readonly correlationId: string;
    readonly changes: OrderChanges;
}

/** Permanent: the event has an invalid form. */
class UnreadableOrderEventError extends Error {
    override readonly name = "UnreadableOrderEventError";

    constructor(type: string, errors: readonly ValidationError[]) {
        super(`${type} cannot be read: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`);
    }
}

/** Parses an event about stock or of the merchant. Throws UnreadableOrderEventError. */
export function readOrderEvent({ id, "detail-type": type, detail }: EventBridgeEvent<string, unknown>): OrderEvent {
    const { orderId, meta } = isJsonObject(detail) ? detail : {};
    if (typeof orderId !== "string")
        throw new UnreadableOrderEventError(type, [{ pointer: "/orderId", detail: "is required" }]);
    return { orderId, correlationId: correlationIdIn(meta) ?? id, changes: changesIn(type, detail) };
}

/** The session of an order (`orderIdOf`); undefined for other orders. */
export function sessionIdOf(orderId: string): string | undefined {
    return orderId.startsWith("ord_") ? `cs_${orderId.slice("ord_".length)}` : undefined;
}

function changesIn(type: string, detail: unknown): OrderChanges {
    switch (type) {
        case "inventory.reserved.v1":
            return { status: "confirmed" };
        case "inventory.shortage.v1":
        // Paid, but rejected by the order intake: an operator must act.
        case "order.rejected.v1":
            return { status: "manual_review" };
        case "order.updated.v1":
            if (!validateOrderUpdate(detail)) {
                throw new UnreadableOrderEventError(type, validationErrorsOf(validateOrderUpdate.errors, rules));
            }
            return detail;
        default:
            throw new UnreadableOrderEventError(type, [
                { pointer: "", detail: "is not an event about an order's progress" },
            ]);
    }
}

function correlationIdIn(meta: unknown): string | undefined {
    const correlationId = isJsonObject(meta) ? meta["correlationId"] : undefined;
    return typeof correlationId === "string" && isCorrelationId(correlationId) ? correlationId : undefined;
}
