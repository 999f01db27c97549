import type { ValidationError } from "../../shared/validationErrors.ts";
import type { Order, OrderUpdate } from "../domain/protocol.ts";

/** Updates of an order from the merchant's systems; absent members stay unchanged. */
export type OrderChanges = Omit<OrderUpdate, "orderId" | "meta">;

/** One member of an update, or one element of its lists. */
export interface Change {
    readonly update: OrderChanges;
    /** Of the element in the list that was sent. */
    readonly index?: number;
}

type OrderLine = NonNullable<Order["line_items"]>[number];
type Fulfillment = NonNullable<Order["fulfillments"]>[number];
type Adjustment = NonNullable<Order["adjustments"]>[number];
type FulfillmentEvent = NonNullable<Fulfillment["events"]>[number];
type LineUpdate = NonNullable<OrderChanges["line_items"]>[number];
type FulfillmentUpdate = NonNullable<OrderChanges["fulfillments"]>[number];
type AdjustmentUpdate = NonNullable<OrderChanges["adjustments"]>[number];

/** The update contradicts the order. */
class ImpossibleChangeError extends Error {
    override readonly name = "ImpossibleChangeError";
    readonly error: ValidationError;

    constructor(pointer: string, detail: string) {
        super(`${pointer} ${detail}`);
        this.error = { pointer, detail };
    }
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

/** The order after the changes that are possible, and the others with their places. Pure. @param currency of the order */
export function progressed(
    order: Order,
    changes: readonly Change[],
    currency: string,
): { readonly order: Order; readonly refused: readonly ValidationError[] } {
    const refused: ValidationError[] = [];
    const after = changes.reduce((before, { update, index }) => {
        try {
            return changed(before, update, currency);
        } catch (error) {
            if (!(error instanceof ImpossibleChangeError)) throw error;
            refused.push(...placed([error.error], index ?? 0));
            return before;
        }
    }, order);
    return { order: after, refused };
}

/** Errors of an update with one element, with the element's place in the list that was sent. */
export const placed = (errors: readonly ValidationError[], index: number): ValidationError[] =>
    errors.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^(\/\w+\/)0(?=\/|$)/, `$1${index}`), detail }));

/**
 * The order after an update. Totals stay as placed, except for refunds (ACP, order object). Pure; throws
 * ImpossibleChangeError.
 * @param currency of the order
 */
export function changed(order: Order, changes: OrderChanges, currency: string): Order {
    const { status, line_items: lines, fulfillments = [], adjustments = [], estimated_delivery } = changes;
    for (const [index, { line_items = [] }] of fulfillments.entries()) {
        refuseUnknown(order, line_items, `/fulfillments/${index}/line_items`);
    }
    const merged: Order = {
        ...order,
        ...(lines && { line_items: linesAfter(order, lines) }),
        ...(fulfillments.length > 0 && {
            fulfillments: byId(order.fulfillments, fulfillments, fulfillmentAfter, newFulfillment),
        }),
        ...(adjustments.length > 0 && {
            adjustments: byId(order.adjustments, adjustments, adjustmentAfter, newAdjustment),
        }),
        ...(estimated_delivery && { estimated_delivery }),
    };
    const refunded =
        adjustments.length > 0 ? { ...merged, totals: totalsAfter(merged, adjustments, currency) } : merged;
    return status === undefined ? refunded : inStatus(refunded, status);
}

/** The updated known elements, followed by new ones. */
function byId<Element extends { readonly id: string }, Update extends { readonly id: string }>(
    known: readonly Element[] = [],
    updates: readonly Update[],
    after: (known: Element, update: Update) => Element,
    added: (update: Update, index: number) => Element,
): Element[] {
    const elements = new Map(known.map((element) => [element.id, element]));
    for (const [index, update] of updates.entries()) {
        const before = elements.get(update.id);
        elements.set(update.id, before === undefined ? added(update, index) : after(before, update));
    }
    return [...elements.values()];
}

function newFulfillment({ type, ...update }: FulfillmentUpdate, index: number): Fulfillment {
    if (type === undefined) throw new ImpossibleChangeError(`/fulfillments/${index}/type`, "is required for a new one");
    return { ...update, type };
}

function newAdjustment({ type, occurred_at, status, ...update }: AdjustmentUpdate, index: number): Adjustment {
    const lacks = (name: string) =>
        new ImpossibleChangeError(`/adjustments/${index}/${name}`, "is required for a new one");
    if (type === undefined) throw lacks("type");
    if (occurred_at === undefined) throw lacks("occurred_at");
    if (status === undefined) throw lacks("status");
    return { ...update, type, occurred_at, status };
}

function refuseUnknown(
    { line_items: lines = [] }: Order,
    references: readonly { readonly id: string }[],
    place: string,
): void {
    const unknown = references.findIndex(({ id }) => !lines.some((line) => line.id === id));
    if (unknown >= 0) throw new ImpossibleChangeError(`${place}/${unknown}/id`, "is no line of the order");
}

function linesAfter(order: Order, changes: readonly LineUpdate[]): OrderLine[] {
    refuseUnknown(order, changes, "/line_items");
    const after = new Map((order.line_items ?? []).map((line) => [line.id, line]));
    for (const [index, { id, quantity }] of changes.entries()) {
        const line = after.get(id);
        if (line) after.set(id, lineAfter(line, quantity, `/line_items/${index}/quantity/fulfilled`));
    }
    return [...after.values()];
}

/** The current quantity only decreases, the fulfilled one only increases; both determine the status (ACP, order object). */
function lineAfter(line: OrderLine, update: LineUpdate["quantity"] = {}, place: string): OrderLine {
    const { ordered } = line.quantity;
    const current = Math.min(line.quantity.current, update.current ?? ordered);
    const fulfilled = Math.max(line.quantity.fulfilled ?? 0, update.fulfilled ?? 0);
    if (fulfilled > ordered) throw new ImpossibleChangeError(place, `is ${fulfilled}, ${ordered} were ordered`);
    return { ...line, quantity: { ordered, current, fulfilled }, status: lineStatus(current, fulfilled) };
}

function lineStatus(current: number, fulfilled: number): string {
    if (current === 0) return "removed";
    if (fulfilled >= current) return "fulfilled";
    return fulfilled > 0 ? "partial" : "processing";
}

/** The update wins unless it is older; events are merged. */
function fulfillmentAfter(known: Fulfillment, update: FulfillmentUpdate): Fulfillment {
    // An update without events may be of any time.
    const time = update.events?.length ? lastTime(update) : Number.POSITIVE_INFINITY;
    const isOlder = isBefore(
        [rankOf(update.status ?? known.status, fulfillmentStatuses), time],
        [rankOf(known.status, fulfillmentStatuses), lastTime(known)],
    );
    const events = byId(
        known.events,
        update.events ?? [],
        (event) => event,
        (event) => event,
    );
    return {
        ...(isOlder ? { ...update, ...known } : { ...known, ...update }),
        ...(events.length > 0 && { events: events.sort(byTime) }),
    };
}

function adjustmentAfter(known: Adjustment, update: AdjustmentUpdate): Adjustment {
    const { status = known.status, occurred_at = known.occurred_at } = update;
    const isOlder = isBefore(
        [rankOf(status, adjustmentStatuses), Date.parse(occurred_at)],
        [rankOf(known.status, adjustmentStatuses), Date.parse(known.occurred_at)],
    );
    return isOlder ? { ...update, ...known } : { ...known, ...update };
}

/** By status first, then by time. */
function isBefore([rank, time]: readonly [number, number], [thanRank, thanTime]: readonly [number, number]): boolean {
    return rank === thanRank ? time < thanTime : rank < thanRank;
}

const lastTime = ({ events = [] }: Pick<Fulfillment, "events">) =>
    Math.max(0, ...events.map(({ occurred_at }) => Date.parse(occurred_at)));

/** By id for equal times, to be deterministic. */
function byTime(a: FulfillmentEvent, b: FulfillmentEvent): number {
    return Date.parse(a.occurred_at) - Date.parse(b.occurred_at) || (a.id < b.id ? -1 : 1);
}

function totalsAfter(
    order: Order,
    updates: readonly AdjustmentUpdate[],
    currency: string,
): NonNullable<Order["totals"]> {
    const paid = order.totals?.find(({ type }) => type === "total")?.amount ?? 0;
    const totals = totalsWithRefunds(order);
    const amount = totals.find(({ type }) => type === "amount_refunded")?.amount ?? 0;
    for (const [index, { amount: own = 0, currency: other = currency }] of updates.entries()) {
        const place = `/adjustments/${index}`;
        if (other !== currency)
            throw new ImpossibleChangeError(`${place}/currency`, `is ${other}, the order in ${currency}`);
        if (Math.max(own, amount) > paid) {
            throw new ImpossibleChangeError(`${place}/amount`, `makes more than the ${paid} that were paid`);
        }
    }
    return totals;
}

/** The totals as placed, and the sum of the completed refunds (ACP, order object). */
export function totalsWithRefunds({ totals = [], adjustments = [] }: Order): NonNullable<Order["totals"]> {
    const refunds = adjustments.filter(({ type, status }) => type === "refund" && status === "completed");
    const amount = refunds.reduce((sum, refund) => sum + (refund.amount ?? 0), 0);
    const charged = totals.filter(({ type }) => type !== "amount_refunded");
    if (amount === 0) return charged;
    return [...charged, { type: "amount_refunded", display_text: "Refunded", amount }];
}
