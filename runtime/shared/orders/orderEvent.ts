import type { EventBridgeEvent } from "aws-lambda";
import { rules, validateOrderUpdate } from "../../../spec/generated/checkout.validators.js";
import { timeOf } from "../events.ts";
import { isCorrelationId } from "../http.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { limited, type ValidationError, validationErrorsOf } from "../validationErrors.ts";
import type { Order, Progress, Received } from "./orderChange.ts";
import { type Change, placed, progressed } from "./orderProgress.ts";

/** A change of an order, from an event of the order bus. */
export interface OrderEvent {
    readonly orderId: string;
    readonly correlationId: string;
    /** Milliseconds since 1970: the event's own time, which its sender may set. */
    readonly sent: number;
    readonly changes: readonly Change[];
    /** The order API has made the change. */
    readonly isOwn: boolean;
    /** Content of an invalid form, which is not among the changes. */
    readonly refused: readonly ValidationError[];
}

/** Permanent: the event has an invalid form. */
class UnreadableOrderEventError extends Error {
    override readonly name = "UnreadableOrderEventError";

    constructor(type: string, errors: readonly ValidationError[]) {
        super(`${type} cannot be read: ${errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join(", ")}`);
    }
}

/** Parses an event about stock or of the merchant. Throws UnreadableOrderEventError. */
export function readOrderEvent({
    id,
    time,
    "detail-type": type,
    detail,
}: Pick<EventBridgeEvent<string, unknown>, "id" | "time" | "detail-type" | "detail">): OrderEvent {
    const { orderId, meta } = isJsonObject(detail) ? detail : {};
    if (typeof orderId !== "string")
        throw new UnreadableOrderEventError(type, [{ pointer: "/orderId", detail: "is required" }]);
    return {
        orderId,
        correlationId: correlationIdIn(meta) ?? id,
        sent: timeOf(time, meta),
        isOwn: isJsonObject(meta) && isJsonObject(meta["change"]),
        ...changesIn(type, detail),
    };
}

/** Members of a session's state. */
interface OrderState {
    readonly session: Pick<Received, "currency">;
    readonly hidden: Partial<Pick<Progress, "reports"> & Pick<Received, "ledgerEntries">>;
}

/** The order after an event, as far as it is possible, and what of it is not. */
export function orderAfter(
    order: Order,
    { session: { currency }, hidden: { reports = {}, ledgerEntries = [] } }: OrderState,
    { sent, changes, isOwn, refused }: Pick<OrderEvent, "sent" | "changes" | "isOwn" | "refused">,
): Progress & { readonly refused: readonly ValidationError[] } {
    const { refused: impossible, ...after } = progressed({ order, reports }, changes, {
        sent,
        currency,
        ledgerEntries,
        isOwn,
    });
    return { ...after, refused: [...refused, ...impossible] };
}

function changesIn(type: string, detail: unknown): Pick<OrderEvent, "changes" | "refused"> {
    switch (type) {
        case "inventory.reserved.v1":
            return inStatus("confirmed");
        case "inventory.shortage.v1":
        // Paid, but rejected by the order intake: an operator must act.
        case "order.rejected.v1":
            return inStatus("manual_review");
        case "order.updated.v1":
            return updateIn(isJsonObject(detail) ? detail : {});
        default:
            throw new UnreadableOrderEventError(type, [
                { pointer: "", detail: "is not an event about an order's progress" },
            ]);
    }
}

const inStatus = (status: "confirmed" | "manual_review") => ({ changes: [{ update: { status } }], refused: [] });

const lists: ReadonlySet<string> = new Set(["line_items", "fulfillments", "adjustments", "notes"]);

/** Each member, and each element of a list, on its own: one that is invalid does not take the others with it. */
function updateIn({ orderId, meta: _, ...members }: JsonObject): Pick<OrderEvent, "changes" | "refused"> {
    const changes: Change[] = [];
    const refused: ValidationError[] = [];
    for (const [name, value] of Object.entries(members)) {
        const isList = lists.has(name) && Array.isArray(value);
        const values: unknown[] = isList ? value.map((element: unknown) => [element]) : [value];
        for (const [index, part] of values.entries()) {
            const update = { orderId, [name]: part };
            if (validateOrderUpdate(update)) changes.push({ update, ...(isList && { index }) });
            else refused.push(...placed(validationErrorsOf(validateOrderUpdate.errors, rules), isList ? index : 0));
        }
    }
    return { changes, refused: limited(refused) };
}

function correlationIdIn(meta: unknown): string | undefined {
    const correlationId = isJsonObject(meta) ? meta["correlationId"] : undefined;
    return typeof correlationId === "string" && isCorrelationId(correlationId) ? correlationId : undefined;
}
