import type { components } from "../../../spec/generated/orders.types.ts";
import type { Refused } from "../../shared/http.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import type { OrderChanges } from "../../shared/orders/orderProgress.ts";
import type { ClientEntry, Note, OrderState } from "./orderState.ts";
import {
    byLine,
    conflict,
    type Fulfillment,
    hasLeft,
    isPlanned,
    type LineRequest,
    less,
    openPieces,
    overdrawn,
    type Piece,
    piecesOf,
    refused,
    unplanned,
} from "./pieces.ts";

type Schemas = components["schemas"];
type FulfillmentUpdate = NonNullable<OrderChanges["fulfillments"]>[number];

/** What a client asks for. */
export type Command =
    | { readonly type: "fulfill"; readonly request: Schemas["FulfillmentRequest"] }
    | { readonly type: "change"; readonly fulfillmentId: string; readonly request: Schemas["FulfillmentChange"] }
    | { readonly type: "cancel"; readonly request: Schemas["CancelRequest"] }
    | { readonly type: "note"; readonly request: Schemas["NoteRequest"] };

/** What a command makes of an order. Pure. */
export interface Decision {
    /** For the order, its session and the receivers of the event. */
    readonly changes: OrderChanges;
    readonly entry: Pick<ClientEntry, "type" | "id" | "status">;
    readonly note?: Note;
    /** What the event says of the change, besides its id and type. */
    readonly told: Told;
    /** Pieces that go back to the stock. */
    readonly restocked: readonly Piece[];
}

interface Told {
    readonly lines?: readonly Piece[];
    readonly carrier?: string;
    readonly trackingNumber?: string;
    readonly trackingUrl?: string;
    readonly reason?: string;
    readonly text?: string;
    readonly audience?: Note["audience"];
}

interface Now {
    /** ISO 8601 */
    readonly at: string;
    /** The client. */
    readonly by: string;
    /** The order's payment, or is about to be: nothing was paid. */
    readonly isReleased: boolean;
}

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

/** Pieces leave: as the planned fulfilment that has just these, else as a new one beside the rest of the planned one. */
function fulfilled(order: Order, request: Schemas["FulfillmentRequest"], { at, isReleased }: Now): Decision | Refused {
    if (order.status === "canceled") return conflict("the order is canceled");
    if (isReleased) return released;
    const lines = byLine(order, request.lines);
    const planned = plannedFor(order, request, lines);
    if ("problem" in planned) return planned;
    const { from } = planned;
    const wanted = piecesOf(
        order,
        lines,
        from ? [...(from.line_items ?? []), ...besides(order, from, request)] : unplanned(order),
    );
    if ("problem" in wanted) return wanted;
    const { pieces } = wanted;
    const type = from?.type ?? request.type ?? "shipping";
    const status = request.status ?? usualStatus[type];
    if (!allowed[type].includes(status)) return refused("/status", `is no status of the type ${type}`);
    const rest = from && less(from.line_items, pieces);
    const isWhole = from !== undefined && rest?.length === 0;
    const id = isWhole ? from.id : freeId("ful_", order.fulfillments);
    const isMore = isWhole && less(pieces, from.line_items ?? []).length > 0;
    const { destination, estimated_delivery, description, events = [] } = from ?? {};
    const fulfillment: FulfillmentUpdate = {
        id,
        status,
        ...trackingIn(request),
        ...(isMore && { line_items: pieces }),
        ...(!isWhole && {
            type,
            line_items: pieces,
            ...(destination && { destination }),
            ...(estimated_delivery && { estimated_delivery }),
            ...(description !== undefined && { description }),
        }),
        events: [{ id: freeId(`${id}_`, isWhole ? events : []), type: status, occurred_at: at }],
    };
    const left = from === undefined || isWhole ? [] : [{ id: from.id, line_items: rest ?? [] }];
    return {
        changes: { line_items: withFulfilled(order, pieces), fulfillments: [...left, fulfillment] },
        entry: { type: "fulfillment", id, status },
        told: { lines: pieces, ...shownTracking(request) },
        restocked: [],
    };
}

/** Pieces without a plan that leave with a planned fulfilment: those that are named, else those to be sent again. */
function besides(order: Order, { type }: Fulfillment, request: Schemas["FulfillmentRequest"]): readonly Piece[] {
    if (request.fulfillmentId !== undefined) return [];
    if (request.lines !== undefined) return unplanned(order);
    const failed = (order.fulfillments ?? []).filter((one) => one.status === "failed" && one.type === type);
    return unplanned(order).filter(({ id }) =>
        failed.some(({ line_items = [] }) => line_items.some((one) => one.id === id)),
    );
}

/** The planned fulfilment whose pieces leave; none if the order has no plan for them. */
function plannedFor(
    { fulfillments = [] }: Order,
    { fulfillmentId, type }: Schemas["FulfillmentRequest"],
    lines: readonly LineRequest[] | undefined,
): { readonly from: Fulfillment | undefined } | Refused {
    const planned = fulfillments.filter((one) => isPlanned(one) && (type === undefined || one.type === type));
    if (fulfillmentId !== undefined) {
        const from = planned.find(({ id }) => id === fulfillmentId);
        return from ? { from } : refused("/fulfillmentId", "is no planned fulfilment of the order", 409);
    }
    const meant = planned.filter(
        ({ line_items = [] }) => lines === undefined || lines.some(({ id }) => line_items.some((one) => one.id === id)),
    );
    if (meant.length < 2) return { from: meant[0] };
    const whole = meant.filter(({ line_items = [] }) =>
        lines?.every(({ id, quantity = 1 }) => line_items.some((one) => one.id === id && one.quantity >= quantity)),
    );
    const [from] = whole;
    if (from !== undefined) return { from };
    const ids = planned.map(({ id }) => id).join(", ");
    return refused("/fulfillmentId", `is required: the pieces are of several planned fulfilments, ${ids}`);
}

/** The status or the tracking of a fulfilment changes; a planned one leaves. */
function changed(order: Order, id: string, request: Schemas["FulfillmentChange"], now: Now): Decision | Refused {
    const { at, isReleased } = now;
    const known = order.fulfillments?.find((one) => one.id === id);
    if (known === undefined) return { problem: { status: 404, detail: "the order has no such fulfilment" } };
    const { type, status: before = "pending", events = [], line_items: pieces = [] } = known;
    const { status = before, event } = request;
    if (order.status === "canceled" && !hasLeft(known)) return conflict("the order is canceled");
    if (status !== before) {
        if (!allowed[type].includes(status) && status !== "failed") {
            return refused("/status", `is no status of the type ${type}`);
        }
        if (!follows(known, status)) return refused("/status", `does not follow ${before}`, 409);
    }
    const leaves = !hasLeft(known) && hasLeft({ ...known, status });
    if (leaves) {
        // What has failed had left before, and is where it is.
        if (isReleased && isPlanned(known)) return released;
        const over = overdrawn(order, pieces);
        if (over !== undefined) return refused("/status", `is of more pieces than the ${over} that are left`, 409);
    }
    const isNews = status !== before || event !== undefined;
    const news = { id: freeId(`${id}_`, events), type: eventType[status] ?? status, occurred_at: at, ...event };
    const update: FulfillmentUpdate = {
        id,
        ...(request.status !== undefined && { status: request.status }),
        ...trackingIn(request),
        ...(isNews && { events: [news] }),
    };
    return {
        changes: { ...(leaves && { line_items: withFulfilled(order, pieces) }), fulfillments: [update] },
        entry: { type: "fulfillment", id, status },
        told: { lines: pieces, ...shownTracking(request) },
        restocked: [],
    };
}

const released = conflict("the order's payment is released: nothing was paid");

/** What is delivered or canceled is final; what failed may be delivered after all. */
function follows(known: Fulfillment, status: string): boolean {
    const { type, status: before = "pending" } = known;
    if (before === "delivered" || before === "canceled") return false;
    if (before === "failed") return status === "delivered";
    if (status === "failed") return hasLeft(known);
    return allowed[type].indexOf(status) > allowed[type].indexOf(before);
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
        restocked: restock ? pieces : [],
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
        restocked: [],
    };
}

/** The lines with so many pieces more fulfilled; pieces that are sent again were counted before. */
function withFulfilled(order: Order, pieces: readonly Piece[]) {
    const open = openPieces(order);
    return pieces.map(({ id, quantity }) => {
        const line = order.line_items?.find((each) => each.id === id);
        const { current = 0, fulfilled = 0 } = line?.quantity ?? {};
        return { id, quantity: { fulfilled: Math.max(fulfilled, current - (open.get(id) ?? 0) + quantity) } };
    });
}

/** After the highest number; ids that others report on the bus may have any. */
function freeId(prefix: string, known: readonly { readonly id: string }[] = []): string {
    const numbers = known.map(({ id }) => (id.startsWith(prefix) ? id.slice(prefix.length) : ""));
    const last = Math.max(0, ...numbers.filter((number) => /^\d{1,9}$/.test(number)).map(Number));
    return `${prefix}${last + 1}`;
}

type Tracked = Pick<Schemas["FulfillmentRequest"], "carrier" | "trackingNumber" | "trackingUrl">;

const trackingIn = ({ carrier, trackingNumber, trackingUrl }: Tracked) => ({
    ...(carrier !== undefined && { carrier }),
    ...(trackingNumber !== undefined && { tracking_number: trackingNumber }),
    ...(trackingUrl !== undefined && { tracking_url: trackingUrl }),
});

const shownTracking = ({ carrier, trackingNumber, trackingUrl }: Tracked) => ({
    ...(carrier !== undefined && { carrier }),
    ...(trackingNumber !== undefined && { trackingNumber }),
    ...(trackingUrl !== undefined && { trackingUrl }),
});

const usualStatus = { shipping: "shipped", pickup: "ready_for_pickup", digital: "delivered" } as const;
/** In the order of progress. */
const allowed: Readonly<Record<Fulfillment["type"], readonly string[]>> = {
    shipping: ["shipped", "in_transit", "out_for_delivery", "delivered"],
    pickup: ["ready_for_pickup", "delivered"],
    digital: ["delivered"],
};
/** The protocol's name of an event, where it is not the status. */
const eventType: Readonly<Record<string, string>> = { failed: "undeliverable" };
