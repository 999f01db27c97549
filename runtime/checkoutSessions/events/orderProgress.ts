import type { Order } from "../domain/protocol.ts";

/** Updates of an order from the merchant's systems; absent members stay unchanged. */
export interface OrderChanges {
    readonly status?: string;
    readonly line_items?: readonly LineChange[];
    /** Each is news of the one of its id, or a new one. */
    readonly fulfillments?: readonly Fulfillment[];
    /** Each is news of the one of its id, or a new one. */
    readonly adjustments?: readonly Adjustment[];
    readonly estimated_delivery?: NonNullable<Order["estimated_delivery"]>;
}

type OrderLine = NonNullable<Order["line_items"]>[number];
type Fulfillment = NonNullable<Order["fulfillments"]>[number];
type Adjustment = NonNullable<Order["adjustments"]>[number];
type FulfillmentEvent = NonNullable<Fulfillment["events"]>[number];
type LineChange = { readonly id: string; readonly quantity?: Partial<OrderLine["quantity"]> };

/** The update contradicts the order. */
class ImpossibleChangeError extends Error {
    override readonly name = "ImpossibleChangeError";
}

// The protocol's statuses in the order of progress. Events may arrive late or repeatedly, so a status never goes back:
// the result does not depend on the order of events.
const orderStatuses = ["created", "confirmed", "manual_review", "processing", "shipped", "completed", "canceled"];
const fulfillmentStatuses = [
    "pending",
    "processing",
    "ready_for_pickup",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "failed",
    "canceled",
    "delivered",
];
const adjustmentStatuses = ["pending", "failed", "completed"];

/** The rank of a status. Unknown ones (the protocol's lists are open) rank as in progress. */
function rankOf(status: string | undefined, statuses: readonly string[]): number {
    const rank = statuses.indexOf(status ?? "");
    return status === undefined || rank >= 0 ? rank : statuses.indexOf("processing");
}

/** Sets the status unless the order has it or a later one. */
function inStatus(order: Order, status: string): Order {
    const isFurther = rankOf(status, orderStatuses) > rankOf(order.status ?? "created", orderStatuses);
    return isFurther ? { ...order, status } : order;
}

/**
 * The order after an update; the same object if nothing changes. Totals stay as placed, except for refunds (ACP, order
 * object). Pure; throws ImpossibleChangeError.
 * @param currency of the order
 */
export function changed(order: Order, changes: OrderChanges, currency: string): Order {
    const { status, line_items: lines, fulfillments, adjustments, estimated_delivery } = changes;
    const merged: Order = {
        ...order,
        ...(lines && { line_items: linesAfter(order, lines) }),
        ...(fulfillments && { fulfillments: byId(order.fulfillments, fulfillments, fulfillmentAfter) }),
        ...(adjustments && { adjustments: byId(order.adjustments, adjustments, adjustmentAfter) }),
        ...(estimated_delivery && { estimated_delivery }),
    };
    const refunded = adjustments ? { ...merged, totals: totalsAfter(merged, currency) } : merged;
    return status === undefined ? refunded : inStatus(refunded, status);
}

/** The updated known elements, followed by new ones. */
function byId<Element extends { readonly id: string }>(
    known: readonly Element[] = [],
    update: readonly Element[],
    after: (known: Element, update: Element) => Element,
): Element[] {
    const elements = new Map(known.map((element) => [element.id, element]));
    for (const element of update) {
        const before = elements.get(element.id);
        elements.set(element.id, before === undefined ? element : after(before, element));
    }
    return [...elements.values()];
}

function linesAfter({ id: orderId, line_items: lines = [] }: Order, changes: readonly LineChange[]): OrderLine[] {
    const after = new Map(lines.map((line) => [line.id, line]));
    for (const { id, quantity } of changes) {
        const line = after.get(id);
        if (line === undefined) throw new ImpossibleChangeError(`the order ${orderId} has no line ${id}`);
        after.set(id, lineAfter(line, quantity));
    }
    return [...after.values()];
}

/** The current quantity only decreases, the fulfilled one only increases; both determine the status (ACP, order object). */
function lineAfter(line: OrderLine, update: LineChange["quantity"] = {}): OrderLine {
    const { ordered } = line.quantity;
    const current = Math.min(line.quantity.current, update.current ?? ordered);
    const fulfilled = Math.max(line.quantity.fulfilled ?? 0, update.fulfilled ?? 0);
    if (fulfilled > ordered) {
        throw new ImpossibleChangeError(`of the line ${line.id} ${fulfilled} are fulfilled, ${ordered} were ordered`);
    }
    return { ...line, quantity: { ordered, current, fulfilled }, status: lineStatus(current, fulfilled) };
}

function lineStatus(current: number, fulfilled: number): string {
    if (current === 0) return "removed";
    if (fulfilled >= current) return "fulfilled";
    return fulfilled > 0 ? "partial" : "processing";
}

/** The update wins unless it is older; events are merged. */
function fulfillmentAfter(known: Fulfillment, update: Fulfillment): Fulfillment {
    // An update without events may be of any time.
    const time = update.events?.length ? lastTime(update) : Number.POSITIVE_INFINITY;
    const isOlder = isBefore(
        [rankOf(update.status ?? known.status, fulfillmentStatuses), time],
        [rankOf(known.status, fulfillmentStatuses), lastTime(known)],
    );
    const events = byId(known.events, update.events ?? [], (event) => event);
    return {
        ...(isOlder ? { ...update, ...known } : { ...known, ...update }),
        ...(events.length > 0 && { events: events.sort(byTime) }),
    };
}

function adjustmentAfter(known: Adjustment, update: Adjustment): Adjustment {
    const isOlder = isBefore(
        [rankOf(update.status, adjustmentStatuses), Date.parse(update.occurred_at)],
        [rankOf(known.status, adjustmentStatuses), Date.parse(known.occurred_at)],
    );
    return isOlder ? { ...update, ...known } : { ...known, ...update };
}

/** By status first, then by time. */
function isBefore([rank, time]: readonly [number, number], [thanRank, thanTime]: readonly [number, number]): boolean {
    return rank === thanRank ? time < thanTime : rank < thanRank;
}

const lastTime = ({ events = [] }: Fulfillment) =>
    Math.max(0, ...events.map(({ occurred_at }) => Date.parse(occurred_at)));

/** By id for equal times, to be deterministic. */
function byTime(a: FulfillmentEvent, b: FulfillmentEvent): number {
    return Date.parse(a.occurred_at) - Date.parse(b.occurred_at) || (a.id < b.id ? -1 : 1);
}

function totalsAfter({ totals = [], adjustments = [] }: Order, currency: string): NonNullable<Order["totals"]> {
    const refunds = adjustments.filter(({ type, status }) => type === "refund" && status === "completed");
    for (const { id, amount = 0, currency: other = currency } of refunds) {
        if (other !== currency)
            throw new ImpossibleChangeError(`the refund ${id} is in ${other}, the order in ${currency}`);
        if (amount < 0) throw new ImpossibleChangeError(`the refund ${id} is of ${amount}`);
    }
    const amount = refunds.reduce((sum, refund) => sum + (refund.amount ?? 0), 0);
    const charged = totals.filter(({ type }) => type !== "amount_refunded");
    if (amount === 0) return charged;
    return [...charged, { type: "amount_refunded", display_text: "Refunded", amount }];
}
