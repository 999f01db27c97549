import type { components } from "../../../spec/generated/orders.types.ts";
import { instantOf } from "../../shared/instant.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { unitsOf } from "../../shared/money.ts";
import { checkoutOrderIn, metaIn, orderIn } from "../order.ts";
import type { Changed } from "./change.ts";
import type { OrderState } from "./orderState.ts";
import type { Fulfillment } from "./pieces.ts";

type Schemas = components["schemas"];
type ShownFulfillment = Schemas["ShownFulfillments"][number];
type Happening = Schemas["Timeline"][number];
interface ShownProgress {
    readonly lines: Schemas["OrderLines"];
    readonly fulfillments: Schemas["ShownFulfillments"];
    readonly adjustments?: Schemas["Adjustments"];
    readonly shopNotes: Schemas["Notes"];
}

export function shownChange({ state, item, status, version, entry }: Changed): Schemas["ChangedOrder"] {
    const { type, id, at } = entry;
    return { orderId: state.orderId, version, status, change: { type, id, at }, ...shownProgress(state, item) };
}

/** Lines, fulfilments, adjustments and notes of an order as they are now. @param item of the orders table */
export function shownProgress({ order, currency, notes }: OrderState, item: JsonObject): ShownProgress {
    const { line_items: lines = [], fulfillments = [], adjustments = [] } = order;
    const placed = checkoutOrderIn(orderIn(item))?.fulfillments ?? [];
    return {
        lines: lines.map(({ id, product_id: productId, title: name, quantity }) => {
            const { ordered, current, fulfilled = 0 } = quantity;
            return { id, ...(productId !== undefined && { productId }), name, ordered, current, fulfilled };
        }),
        fulfillments: fulfillments.map((one) => ({
            ...placed.find(({ id }) => id === one.id),
            ...shownFulfillment(one),
        })),
        ...(adjustments.length > 0 && {
            adjustments: adjustments.map(({ id, type, status, occurred_at: at, amount, line_items, ...rest }) => {
                const { reason, description } = rest;
                return {
                    id,
                    type,
                    status,
                    at,
                    ...(amount !== undefined && { amount: unitsOf(amount, currency) }),
                    ...(line_items && { items: line_items }),
                    ...(reason !== undefined && { reason }),
                    ...(description !== undefined && { description }),
                };
            }),
        }),
        shopNotes: notes,
    };
}

function shownFulfillment(one: Fulfillment): ShownFulfillment {
    const { id, type, status = "pending", line_items: items = [], events = [], description: title } = one;
    const { carrier, tracking_number: trackingNumber, tracking_url: trackingUrl, estimated_delivery: promise } = one;
    return {
        id,
        type,
        // Commands and updates have no others.
        status: status as ShownFulfillment["status"],
        items,
        ...(title !== undefined && { title }),
        ...(promise && { earliest: promise.earliest, latest: promise.latest }),
        ...(carrier !== undefined && { carrier }),
        ...(trackingNumber !== undefined && { trackingNumber }),
        ...(trackingUrl !== undefined && { trackingUrl }),
        events: events.map(({ occurred_at: at, ...event }) => ({ ...event, at })),
    };
}

interface Sources {
    /** Of the orders table. */
    readonly item: JsonObject;
    readonly state: OrderState;
    readonly steps: Schemas["Steps"];
    /** As the item of the payments table has it, if there is one. */
    readonly payment: unknown;
}

/** What happened to an order, of all sources, by time. */
export function timelineOf({ item, state, steps, payment }: Sources): Happening[] {
    const entries = isJsonObject(payment) && Array.isArray(payment["entries"]) ? payment["entries"] : [];
    // `LedgerStore` writes them.
    const ofPayment = (entries as Schemas["PaymentEntry"][]).map(
        ({ id, kind, status, at }): Happening => ({ at, type: "payment", name: kind, id, status }),
    );
    return [
        { at: metaIn(item).receivedAt, type: "received" } as const,
        ...steps.map(({ name, at }): Happening => ({ at, type: "step", name })),
        ...ofPayment,
        ...state.timeline.map(({ type, id, at, status, ...entry }): Happening => {
            return { at, type, id, ...(status !== undefined && { status }), ...("by" in entry && { by: entry.by }) };
        }),
    ].sort((one, other) => instantOf(one.at) - instantOf(other.at));
}
