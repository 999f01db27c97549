import type { OrderChanges } from "../../shared/orders/orderProgress.ts";
import type { Decision } from "./decision.ts";
import type { OrderState } from "./orderState.ts";
import { type Loaded, versionOf } from "./orderStore.ts";
import type { Piece } from "./pieces.ts";

/** Detail of `order.updated.v1` (spec/events.asyncapi.yaml): what a client of the order API has changed. */
export interface OrderUpdated extends OrderChanges {
    readonly orderId: string;
    readonly meta: {
        readonly correlationId: string;
        /** ISO 8601, with milliseconds */
        readonly occurredAt: string;
        readonly version: number;
        readonly change: object;
    };
}

export function orderUpdate(
    loaded: Loaded,
    changes: OrderChanges,
    { entry, told }: Decision,
    { at, correlationId }: { readonly at: string; readonly correlationId: string },
): OrderUpdated {
    const { state } = loaded;
    const { lines, ...rest } = told;
    const { type, id, status } = entry;
    return {
        orderId: state.orderId,
        ...changes,
        meta: {
            correlationId,
            occurredAt: at,
            version: versionOf(loaded),
            change: {
                type,
                id,
                ...(status !== undefined && { status }),
                ...(lines && { lines: lines.map((piece) => namedPiece(state, piece)) }),
                ...rest,
            },
        },
    };
}

/** With the names that a mail shows. */
function namedPiece({ order: { line_items = [] } }: OrderState, { id, quantity }: Piece) {
    const { title: name = id, product_id: productId } = line_items.find((line) => line.id === id) ?? {};
    return { id, ...(productId !== undefined && { productId }), name, quantity };
}
