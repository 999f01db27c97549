import type { Order } from "./orderChange.ts";

type Fulfillment = NonNullable<Order["fulfillments"]>[number];

/** Pieces of a line of an order as it is now. */
export interface LineProgress {
    readonly id: string;
    /** Before they left, or of a parcel that failed. */
    readonly canceled: number;
    /** Have left, and are not of a parcel that failed. */
    readonly gone: number;
}

/** Statuses of a fulfilment that has left the shop or can be fetched, and types of its events (ACP, order object). */
export const leftStatuses: ReadonlySet<unknown> = new Set([
    "ready_for_pickup",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "delivered",
]);
export const hasLeft = ({ status }: Fulfillment): boolean => leftStatuses.has(status);
const hasFailed = ({ status }: Fulfillment): boolean => status === "failed";

/**
 * What is canceled of the lines: ordered − current, whichever system has lowered `current`. Pieces that are wanted less after they
 * have left were returned, which is not the same.
 */
export const canceledIn = (order: Order): LineProgress[] =>
    (order.line_items ?? []).map(({ id, quantity: { ordered, current } }) => {
        const gone = Math.min(ordered, piecesGone(order, id));
        return { id, canceled: ordered - Math.max(current, gone), gone };
    });

/** Pieces of a line that have left the shop, without those of a failed parcel. */
export const piecesGone = (order: Order, lineId: string): number =>
    Math.max(piecesOf(order, lineId, hasLeft), fulfilledOf(order, lineId) - piecesOf(order, lineId, hasFailed));

/**
 * The pieces of a line that never left the shop, and will not: they are for sale again. Those of a failed parcel are not,
 * unless as many were sent again.
 */
export function piecesFree(order: Order, { id, quantity: { ordered, current } }: Line): number {
    const [left, failed] = [piecesOf(order, id, hasLeft), piecesOf(order, id, hasFailed)];
    const away = Math.max(left, failed, fulfilledOf(order, id));
    const open = order.status === "canceled" ? 0 : Math.max(0, current - piecesGone(order, id));
    return Math.max(0, ordered - away - open);
}

type Line = NonNullable<Order["line_items"]>[number];

const fulfilledOf = ({ line_items: lines = [] }: Order, lineId: string): number =>
    lines.find(({ id }) => id === lineId)?.quantity.fulfilled ?? 0;

const piecesOf = ({ fulfillments = [] }: Order, lineId: string, isMeant: (one: Fulfillment) => boolean): number =>
    fulfillments
        .filter(isMeant)
        .flatMap(({ line_items = [] }) => line_items)
        .reduce((sum, piece) => (piece.id === lineId ? sum + piece.quantity : sum), 0);
