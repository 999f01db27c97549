import { isJsonObject, type JsonObject } from "../../shared/json.ts";

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
    readonly reason?: string | undefined;
}

/** By these the pieces of a fulfilment are on their way, or the customer can take them. */
const onTheWay: ReadonlySet<unknown> = new Set([
    "shipped",
    "in_transit",
    "out_for_delivery",
    "ready_for_pickup",
    "delivered",
]);

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
            return [...shipments(detail), ...adjustments(detail, true), ...notes(detail)];
        case "payment.updated.v1":
            return [
                ...adjustments(detail, false),
                // The order could not be fulfilled.
                ...(detail["isCanceled"] === true
                    ? [{ kind: "cancellation" as const, id: "order", change: {}, at: timeOf(detail) }]
                    : []),
            ];
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
        if (id === undefined || status === undefined || !onTheWay.has(status)) return [];
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

/** @param cancels whether cancellations are of pieces; those of payments release what was authorised. */
function adjustments(detail: JsonObject, cancels: boolean): News[] {
    return objectsIn(detail, "adjustments").flatMap((adjustment): News[] => {
        const [id, type] = [textIn(adjustment, "id"), textIn(adjustment, "type")];
        if (id === undefined || (adjustment["status"] ?? "completed") !== "completed") return [];
        const kind = type === "refund" ? "refund" : type === "cancellation" && cancels ? "cancellation" : undefined;
        if (kind === undefined) return [];
        const { amount } = adjustment;
        const change: Change = {
            amount: typeof amount === "number" ? amount : undefined,
            pieces: namedPieces(detail, id) ?? piecesIn(adjustment, "line_items"),
            reason: textIn(adjustment, "reason"),
        };
        return [{ kind, id, change, at: textIn(adjustment, "occurred_at") ?? timeOf(detail) }];
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
