import type { components } from "../../../spec/generated/orders.types.ts";
import type { Refused } from "../../shared/http.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import type { OrderChanges } from "../../shared/orders/orderProgress.ts";
import type { Command, Decision, Now } from "./decision.ts";
import type { OrderState } from "./orderState.ts";
import { changed, fulfilled } from "./parcels.ts";
import { byLine, freeId, isPlanned, less, type Piece, piecesOf } from "./pieces.ts";

type Schemas = components["schemas"];
type FulfillmentUpdate = NonNullable<OrderChanges["fulfillments"]>[number];

export function decide(state: OrderState, command: Command, now: Now): Decision | Refused {
    switch (command.type) {
        case "fulfill":
            return fulfilled(state.order, command.request, now);
        case "change":
            return changed(state.order, command.fulfillmentId, command.request, now);
        case "cancel":
            return canceled(state.order, command.request, now);
        case "note":
            return noted(state, command.request, now);
    }
}

/**
 * Pieces that have not left are not wanted any more; also those of an order that others have canceled without a word about
 * its pieces, which go back to the stock by this.
 */
function canceled(order: Order, request: Schemas["CancelRequest"], { at }: Now): Decision | Refused {
    const wanted = piecesOf(order, byLine(order, request.lines));
    if ("problem" in wanted) return wanted;
    const { pieces } = wanted;
    const { reason, restock = true } = request;
    const id = freeId("cancel_", order.adjustments);
    const isMeant = ({ id: line }: Piece) => pieces.some((piece) => piece.id === line);
    let open = pieces;
    const fulfillments = (order.fulfillments ?? []).flatMap((one): FulfillmentUpdate[] => {
        const { line_items: planned = [], events = [] } = one;
        if (!isPlanned(one) || !planned.some(isMeant)) return [];
        const left = less(planned, open);
        open = less(open, planned);
        if (left.length > 0) return [{ id: one.id, line_items: left }];
        const event = { id: freeId(`${one.id}_`, events), type: "canceled", occurred_at: at };
        return [{ id: one.id, status: "canceled", events: [event] }];
    });
    const line_items = pieces.map((piece) => {
        const line = order.line_items?.find((each) => each.id === piece.id);
        return { id: piece.id, quantity: { current: (line?.quantity.current ?? 0) - piece.quantity } };
    });
    const why = reason === undefined ? {} : { reason };
    const adjustment = { id, type: "cancellation", status: "completed", occurred_at: at, line_items: pieces } as const;
    return {
        changes: { line_items, fulfillments, adjustments: [{ ...adjustment, ...why }] },
        entry: { type: "cancellation", id },
        told: { lines: pieces, ...why },
        isRestocked: restock,
    };
}

function noted(
    { notes }: OrderState,
    { text, audience = "internal" }: Schemas["NoteRequest"],
    { at, by }: Now,
): Decision {
    const id = freeId("note_", notes);
    return {
        changes: audience === "customer" ? { notes: [{ id, text }] } : {},
        entry: { type: "note", id },
        note: { id, text, audience, at, by },
        told: { text, audience },
    };
}
