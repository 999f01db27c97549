import type { components } from "../../../spec/generated/orders.types.ts";
import { canonicalJson } from "../../shared/canonical.ts";
import type { Refused } from "../../shared/http.ts";
import { hasLeft } from "../../shared/orders/canceledPieces.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import type { OrderChanges } from "../../shared/orders/orderProgress.ts";
import type { Decision, Now } from "./decision.ts";
import {
    byLine,
    conflict,
    type Fulfillment,
    freeId,
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

// Parcels that leave, and what becomes of them. Pure functions.

type Schemas = components["schemas"];
type FulfillmentUpdate = NonNullable<OrderChanges["fulfillments"]>[number];

/**
 * Pieces leave: as the planned fulfilment that has just these, else as a new one beside the rest of the planned one. Where
 * several are planned for them, each of these leaves so, with the same tracking.
 */
export function fulfilled(
    order: Order,
    request: Schemas["FulfillmentRequest"],
    { at, isReleased }: Now,
): Decision | Refused {
    if (order.status === "canceled") return conflict("the order is canceled");
    if (isReleased) return released;
    const lines = byLine(order, request.lines);
    const planned = plannedFor(order, request, lines);
    if ("problem" in planned) return planned;
    const { plans } = planned;
    const [first] = plans;
    const own = plans.flatMap(({ line_items = [] }) => line_items);
    const wanted = piecesOf(order, lines, first ? [...own, ...besides(order, first, request)] : unplanned(order));
    if ("problem" in wanted) return wanted;
    const { pieces } = wanted;
    const type = first?.type ?? request.type ?? "shipping";
    const status = request.status ?? usualStatus[type];
    if (!allowed[type].includes(status)) return refused("/status", `is no status of the type ${type}`);
    const known = [...(order.fulfillments ?? [])];
    const parcels: FulfillmentUpdate[] = [];
    const left: FulfillmentUpdate[] = [];
    for (const { plan, pieces: taken } of parted(plans, pieces)) {
        const rest = plan && less(plan.line_items, taken);
        const isWhole = plan !== undefined && rest?.length === 0;
        const id = isWhole ? plan.id : freeId("ful_", known);
        const isMore = isWhole && less(taken, plan.line_items ?? []).length > 0;
        const { destination, estimated_delivery, description, events = [] } = plan ?? {};
        if (plan !== undefined && !isWhole) left.push({ id: plan.id, line_items: rest ?? [] });
        known.push({ id, type });
        parcels.push({
            id,
            status,
            ...trackingIn(request),
            ...(isMore && { line_items: taken }),
            ...(!isWhole && {
                type,
                line_items: taken,
                ...(destination && { destination }),
                ...(estimated_delivery && { estimated_delivery }),
                ...(description !== undefined && { description }),
            }),
            events: [{ id: freeId(`${id}_`, isWhole ? events : []), type: status, occurred_at: at }],
        });
    }
    return {
        changes: { line_items: withFulfilled(order, pieces), fulfillments: [...left, ...parcels] },
        entry: { type: "fulfillment", id: parcels[0]?.id ?? "", status },
        told: { lines: pieces, ...shownTracking(request) },
    };
}

interface Part {
    readonly plan: Fulfillment | undefined;
    readonly pieces: readonly Piece[];
}

/** Which of the pieces leave by which plan, the first ones first; those without a plan leave with the first. */
function parted(plans: readonly Fulfillment[], pieces: readonly Piece[]): readonly Part[] {
    let left = pieces;
    const parts = plans.map((plan): Part => {
        const before = left;
        left = less(left, plan.line_items ?? []);
        return { plan, pieces: less(before, left) };
    });
    const [first, ...others] = parts.filter((part) => part.pieces.length > 0);
    if (first === undefined) return [{ plan: plans[0], pieces }];
    return [{ ...first, pieces: merged(first.pieces, left) }, ...others];
}

function merged(pieces: readonly Piece[], more: readonly Piece[]): Piece[] {
    const sums = new Map<string, number>();
    for (const { id, quantity } of [...pieces, ...more]) sums.set(id, (sums.get(id) ?? 0) + quantity);
    return [...sums].map(([id, quantity]) => ({ id, quantity }));
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

/** The planned fulfilments whose pieces leave; none if the order has no plan for them. */
function plannedFor(
    { fulfillments = [] }: Order,
    { fulfillmentId, type }: Schemas["FulfillmentRequest"],
    lines: readonly LineRequest[] | undefined,
): { readonly plans: readonly Fulfillment[] } | Refused {
    const planned = fulfillments.filter((one) => isPlanned(one) && (type === undefined || one.type === type));
    if (fulfillmentId !== undefined) {
        const from = planned.find(({ id }) => id === fulfillmentId);
        return from ? { plans: [from] } : refused("/fulfillmentId", "is no planned fulfilment of the order", 409);
    }
    const meant = planned.filter(
        ({ line_items = [] }) => lines === undefined || lines.some(({ id }) => line_items.some((one) => one.id === id)),
    );
    if (meant.length < 2) return { plans: meant };
    const [whole] = meant.filter(({ line_items = [] }) =>
        lines?.every(({ id, quantity = 1 }) => line_items.some((one) => one.id === id && one.quantity >= quantity)),
    );
    if (whole !== undefined) return { plans: [whole] };
    const goals = new Set(meant.map((one) => canonicalJson([one.type, one.destination ?? null])));
    if (goals.size === 1) return { plans: meant };
    const ids = meant.map(({ id }) => id).join(", ");
    const detail = `is required: the pieces are of planned fulfilments that differ in type or destination, ${ids}`;
    return refused("/fulfillmentId", detail);
}

/** The status or the tracking of a fulfilment changes; a planned one leaves. */
export function changed(order: Order, id: string, request: Schemas["FulfillmentChange"], now: Now): Decision | Refused {
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
        const over = before === "failed" ? undefined : overdrawn(order, pieces);
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
 * The lines with so many pieces more fulfilled; pieces that are sent again were counted before. Pieces that arrive though
 * they were canceled are told by their parcel alone.
 */
function withFulfilled(order: Order, pieces: readonly Piece[]) {
    const open = openPieces(order);
    return pieces.map(({ id, quantity }) => {
        const line = order.line_items?.find((each) => each.id === id);
        const { current = 0, fulfilled = 0 } = line?.quantity ?? {};
        const more = Math.min(current, current - (open.get(id) ?? 0) + quantity);
        return { id, quantity: { fulfilled: Math.max(fulfilled, more) } };
    });
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
