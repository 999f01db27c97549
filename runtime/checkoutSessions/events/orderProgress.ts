import type { Order } from "../domain/protocol.ts";

/** What the merchant's own systems tell of an order: what is left out stays as it is. */
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

/** The order and what is told of it contradict each other. */
export class ImpossibleChangeError extends Error {
    override readonly name = "ImpossibleChangeError";
}

// The protocol's lists, each in the order in which things happen. Any event may come late or once more, so that nothing
// goes back on its list: whatever the order of the events, what they lead to is the same.
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

/** The place of a status. One that the protocol does not know (its lists are open) stands where work goes on. */
function rankOf(status: string | undefined, statuses: readonly string[]): number {
    const rank = statuses.indexOf(status ?? "");
    return status === undefined || rank >= 0 ? rank : statuses.indexOf("processing");
}

/** The order in this status, unless it is there already or further. */
function inStatus(order: Order, status: string): Order {
    const isFurther = rankOf(status, orderStatuses) > rankOf(order.status ?? "created", orderStatuses);
    return isFurther ? { ...order, status } : order;
}

/**
 * The order after a change; the same again when that says nothing new. Its totals stay those of the day it was placed, but for what was refunded since (ACP, order
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

/** The elements known, each as it is after what is told of it, and after them the new ones. */
function byId<Element extends { readonly id: string }>(
    known: readonly Element[] = [],
    told: readonly Element[],
    after: (known: Element, told: Element) => Element,
): Element[] {
    const elements = new Map(known.map((element) => [element.id, element]));
    for (const element of told) {
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

/** Fewer and fewer are wanted, more and more are fulfilled; the status follows (ACP, order object). */
function lineAfter(line: OrderLine, told: LineChange["quantity"] = {}): OrderLine {
    const { ordered } = line.quantity;
    const current = Math.min(line.quantity.current, told.current ?? ordered);
    const fulfilled = Math.max(line.quantity.fulfilled ?? 0, told.fulfilled ?? 0);
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

/** What is told wins, unless it is older than what is known; the log of its events only grows. */
function fulfillmentAfter(known: Fulfillment, told: Fulfillment): Fulfillment {
    // What is told without events may be of any time.
    const time = told.events?.length ? lastTime(told) : Number.POSITIVE_INFINITY;
    const isOlder = isBefore(
        [rankOf(told.status ?? known.status, fulfillmentStatuses), time],
        [rankOf(known.status, fulfillmentStatuses), lastTime(known)],
    );
    const events = byId(known.events, told.events ?? [], (event) => event);
    return {
        ...(isOlder ? { ...told, ...known } : { ...known, ...told }),
        ...(events.length > 0 && { events: events.sort(byTime) }),
    };
}

function adjustmentAfter(known: Adjustment, told: Adjustment): Adjustment {
    const isOlder = isBefore(
        [rankOf(told.status, adjustmentStatuses), Date.parse(told.occurred_at)],
        [rankOf(known.status, adjustmentStatuses), Date.parse(known.occurred_at)],
    );
    return isOlder ? { ...told, ...known } : { ...known, ...told };
}

/** By status first, then by time. */
function isBefore([rank, time]: readonly [number, number], [thanRank, thanTime]: readonly [number, number]): boolean {
    return rank === thanRank ? time < thanTime : rank < thanRank;
}

const lastTime = ({ events = [] }: Fulfillment) =>
    Math.max(0, ...events.map(({ occurred_at }) => Date.parse(occurred_at)));

/** What happened at the same time stands in the order of the ids: the same order every time. */
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
