import type { components } from "../../../spec/generated/orders.types.ts";
import type { Problem, Refused } from "../../shared/http.ts";
import { piecesGone } from "../../shared/orders/canceledPieces.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import type { ValidationError } from "../../shared/validationErrors.ts";

type PieceRequests = components["schemas"]["PieceRequests"];
export type Fulfillment = NonNullable<Order["fulfillments"]>[number];

/** Pieces of a line of an order. */
export interface Piece {
    readonly id: string;
    readonly quantity: number;
}

export const isPlanned = ({ status = "pending" }: Fulfillment): boolean =>
    status === "pending" || status === "processing";

/** Pieces of each line that neither have left the shop nor are canceled; those of a failed parcel are open again. */
export function openPieces(order: Order): ReadonlyMap<string, number> {
    const { line_items: lines = [] } = order;
    return new Map(lines.map(({ id, quantity }) => [id, Math.max(0, quantity.current - piecesGone(order, id))]));
}

/** Open pieces that no planned fulfilment has. */
export function unplanned(order: Order): Piece[] {
    const planned = (order.fulfillments ?? []).filter(isPlanned).flatMap(({ line_items = [] }) => line_items);
    return less(
        [...openPieces(order)].map(([id, quantity]) => ({ id, quantity })),
        planned,
    );
}

/** The open pieces of a line that has fewer than these. */
export function overdrawn(order: Order, pieces: readonly Piece[]): number | undefined {
    const open = openPieces(order);
    const short = pieces.find(({ id, quantity }) => quantity > (open.get(id) ?? 0));
    return short && (open.get(short.id) ?? 0);
}

/**
 * The pieces of a request, or all that are open.
 * @param ofThese @default those of the whole order
 */
export function piecesOf(
    order: Order,
    lines: readonly LineRequest[] | undefined,
    ofThese?: readonly Piece[],
): { readonly pieces: readonly Piece[] } | Refused {
    const open = openPieces(order);
    const most = (id: string) => {
        const those = ofThese?.reduce((sum, piece) => (piece.id === id ? sum + piece.quantity : sum), 0);
        return Math.min(open.get(id) ?? 0, those ?? Number.POSITIVE_INFINITY);
    };
    if (lines === undefined) {
        const pieces = [...open.keys()]
            .map((id) => ({ id, quantity: most(id) }))
            .filter(({ quantity }) => quantity > 0);
        return pieces.length > 0 ? { pieces } : conflict("no pieces are left: all are fulfilled or canceled");
    }
    const pieces: Piece[] = [];
    for (const { id, quantity: asked, index } of lines) {
        const place = `/lines/${index}`;
        if (!open.has(id)) return refused(`${place}/id`, "is no line and no product of the order");
        if (pieces.some((piece) => piece.id === id)) return refused(`${place}/id`, "is named twice");
        const left = most(id);
        const quantity = asked ?? left;
        if (quantity > left || left === 0) {
            return refused(`${place}/quantity`, `is more than the ${left} that are left`, 409);
        }
        pieces.push({ id, quantity });
    }
    return { pieces };
}

/** A part of a request for pieces, of one line. */
export interface LineRequest {
    readonly id: string;
    /** Absent: all that are left. */
    readonly quantity?: number;
    /** Of the element of the request. */
    readonly index: number;
}

/** A request by lines: a product means all of its lines that have open pieces, the first ones first. */
export function byLine(order: Order, requests: PieceRequests | undefined): readonly LineRequest[] | undefined {
    const { line_items: lines = [] } = order;
    const open = openPieces(order);
    return requests?.flatMap((request, index): LineRequest[] => {
        const ofProduct = lines.filter(({ product_id }) => product_id === request.id);
        if (ofProduct.length === 0 || lines.some(({ id }) => id === request.id)) return [{ ...request, index }];
        const left = ofProduct.filter(({ id }) => (open.get(id) ?? 0) > 0);
        const ids = (left.length > 0 ? left : ofProduct.slice(0, 1)).map(({ id }) => id);
        if (request.quantity === undefined) return ids.map((id) => ({ id, index }));
        let rest = request.quantity;
        return ids.flatMap((id, at) => {
            const quantity = at === ids.length - 1 ? rest : Math.min(rest, open.get(id) ?? 0);
            rest -= quantity;
            return quantity > 0 ? [{ id, quantity, index }] : [];
        });
    });
}

/** Pieces without these; lines without pieces are left out. */
export const less = (pieces: readonly Piece[] = [], taken: readonly Piece[]): Piece[] =>
    pieces
        .map(({ id, quantity }) => ({
            id,
            quantity: taken.reduce((left, piece) => (piece.id === id ? left - piece.quantity : left), quantity),
        }))
        .filter(({ quantity }) => quantity > 0);

export const conflict = (detail: string): { readonly problem: Problem } => ({ problem: { status: 409, detail } });

export function refused(pointer: string, detail: string, status: 400 | 409 = 400): { readonly problem: Problem } {
    const errors: readonly ValidationError[] = [{ pointer, detail }];
    return { problem: { status, detail: "the order does not allow it", errors } };
}

/** After the highest number; ids that others report on the bus may have any. */
export function freeId(prefix: string, known: readonly { readonly id: string }[] = []): string {
    const numbers = known.map(({ id }) => (id.startsWith(prefix) ? id.slice(prefix.length) : ""));
    const last = Math.max(0, ...numbers.filter((number) => /^\d{1,9}$/.test(number)).map(Number));
    return `${prefix}${last + 1}`;
}
