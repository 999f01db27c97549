import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { leftStatuses } from "../../shared/orders/canceledPieces.ts";

/** What a customer is told by a mail. */
export type News = { readonly at: string | undefined } & (
    | { readonly kind: "confirmation"; readonly document: string }
    | { readonly kind: "shipment"; readonly id: string; readonly parcel: Parcel }
    | { readonly kind: "refund"; readonly id: string; readonly change: Change }
    | { readonly kind: "cancellation"; readonly id: string; readonly change: Change }
    | { readonly kind: "note"; readonly id: string; readonly text: string }
);

/** Pieces of a line of the order. */
interface Piece {
    readonly id: string;
    readonly name?: string | undefined;
    readonly quantity: number;
}

/** A fulfilment whose pieces have left, or can be taken. */
interface Parcel {
    readonly status: string;
    readonly carrier?: string | undefined;
    readonly trackingNumber?: string | undefined;
    readonly trackingUrl?: string | undefined;
    /** Absent: those of the fulfilment in the order. */
    readonly pieces?: readonly Piece[] | undefined;
}

/** A refund, or the cancellation of pieces. */
interface Change {
    /** In minor units. */
    readonly amount?: number | undefined;
    readonly pieces?: readonly Piece[] | undefined;
    /** In the shop's words. */
    readonly reason?: string | undefined;
    readonly isOutOfStock?: boolean;
}

/**
 * The news in an event of the order bus, each with the id that it has in every event about it. Events may come repeatedly
 * and in any order, and repeat what earlier ones said.
 */
export function newsIn(type: string, detail: JsonObject): News[] {
    switch (type) {
        case "document.generated.v1": {
            const document = textIn(detail, "key");
            return document === undefined ? [] : [{ kind: "confirmation", document, at: timeOf(detail) }];
        }
        case "order.updated.v1":
            return [...shipments(detail), ...refunds(detail), ...cancellations(detail), ...notes(detail)];
        case "payment.updated.v1":
            return [...refunds(detail, shopsRefund), ...canceledOrder(detail)];
        default:
            return [];
    }
}

/** The pieces of what the order API says of its change, which have names. */
function namedPieces({ meta }: JsonObject, id: string): readonly Piece[] | undefined {
    const { change } = isJsonObject(meta) ? meta : {};
    return isJsonObject(change) && change["id"] === id ? piecesIn(change, "lines") : undefined;
}

function shipments(detail: JsonObject): News[] {
    return objectsIn(detail, "fulfillments").flatMap((fulfillment): News[] => {
        const [id, status] = [textIn(fulfillment, "id"), textIn(fulfillment, "status")];
        if (id === undefined || status === undefined || !leftStatuses.has(status)) return [];
        const parcel: Parcel = {
            status,
            carrier: textIn(fulfillment, "carrier"),
            trackingNumber: textIn(fulfillment, "tracking_number"),
            trackingUrl: textIn(fulfillment, "tracking_url"),
            pieces: namedPieces(detail, id) ?? piecesIn(fulfillment, "line_items"),
        };
        return [{ kind: "shipment", id, parcel, at: timeOf(detail) }];
    });
}

/** What the shop tells the customer in its own words. */
function notes(detail: JsonObject): News[] {
    return objectsIn(detail, "notes").flatMap((note): News[] => {
        const [id, text] = [textIn(note, "id"), textIn(note, "text")];
        return id === undefined || text === undefined ? [] : [{ kind: "note", id, text, at: timeOf(detail) }];
    });
}

/** Ids of refunds that a client of the order API has asked for: the reasons of all others in a ledger are codes. */
const shopsRefund = /^ref_/;

/** @param worded ids of those whose reason is in words */
function refunds(detail: JsonObject, worded = /./): News[] {
    return completed(detail, "refund").map(({ id, change, at }) => {
        const told = worded.test(id) ? change : { ...change, reason: undefined };
        return { kind: "refund", id, change: told, at };
    });
}

/** Of pieces; of the order, however many the rest was, if nothing is left of it. */
function cancellations(detail: JsonObject): News[] {
    const all = completed(detail, "cancellation");
    const last = all.at(-1);
    if (detail["status"] !== "canceled" || last === undefined) {
        return all.map((one) => ({ kind: "cancellation", ...one }));
    }
    return [{ kind: "cancellation", id: "order", change: { reason: last.change.reason }, at: last.at }];
}

/** The payment of an order that could not be fulfilled is given back: the customer knows of the cancellation, or not. */
function canceledOrder(detail: JsonObject): News[] {
    if (detail["isCanceled"] !== true) return [];
    const isOutOfStock = objectsIn(detail, "adjustments").some(({ reason }) => reason === "out_of_stock");
    return [
        { kind: "cancellation", id: "order", change: { ...(isOutOfStock && { isOutOfStock }) }, at: timeOf(detail) },
    ];
}

function completed(detail: JsonObject, type: "refund" | "cancellation") {
    return objectsIn(detail, "adjustments").flatMap((adjustment) => {
        const id = textIn(adjustment, "id");
        const isDone = (adjustment["status"] ?? "completed") === "completed";
        if (id === undefined || !isDone || adjustment["type"] !== type) return [];
        const { amount } = adjustment;
        const change: Change = {
            amount: typeof amount === "number" ? amount : undefined,
            pieces: namedPieces(detail, id) ?? piecesIn(adjustment, "line_items"),
            reason: textIn(adjustment, "reason"),
        };
        return [{ id, change, at: textIn(adjustment, "occurred_at") ?? timeOf(detail) }];
    });
}

function timeOf({ meta }: JsonObject): string | undefined {
    return isJsonObject(meta) ? (textIn(meta, "occurredAt") ?? textIn(meta, "receivedAt")) : undefined;
}

function textIn(of: JsonObject, name: string): string | undefined {
    const value = of[name];
    return typeof value === "string" && value !== "" ? value : undefined;
}

function objectsIn(of: JsonObject, name: string): JsonObject[] {
    const value = of[name];
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function piecesIn(of: JsonObject, name: string): readonly Piece[] | undefined {
    if (!Array.isArray(of[name])) return undefined;
    return objectsIn(of, name).flatMap((piece) => {
        const { quantity } = piece;
        const id = textIn(piece, "id");
        return id !== undefined && typeof quantity === "number" ? [{ id, name: textIn(piece, "name"), quantity }] : [];
    });
}
