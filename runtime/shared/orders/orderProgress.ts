import { canonicalJson } from "../canonical.ts";
import { instantOf } from "../instant.ts";
import type { ValidationError } from "../validationErrors.ts";
import { leftBy, withAdjustment } from "./orderAdjustments.ts";
import {
    ImpossibleChangeError,
    type Order,
    type OrderUpdate,
    type Progress,
    type Received,
    refuseTooMany,
    refuseUnknown,
} from "./orderChange.ts";
import { earlier, latest, type Report, type Reports, reportOf, withReports } from "./reports.ts";

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
type FulfillmentEvent = NonNullable<Fulfillment["events"]>[number];
type LineUpdate = NonNullable<OrderChanges["line_items"]>[number];
type FulfillmentUpdate = NonNullable<OrderChanges["fulfillments"]>[number];
type EstimatedDelivery = NonNullable<OrderChanges["estimated_delivery"]>;

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

/** The later of two statuses in the order of progress. */
function further(known: string | undefined, status: string | undefined, statuses: readonly string[]) {
    const rank = (one: string | undefined) => statuses.indexOf(one ?? "");
    return rank(status) > rank(known) ? status : known;
}

/** Sets the status unless the order has it or a later one. */
export function inStatus(order: Order, status: string): Order {
    const after = further(order.status ?? "created", status, orderStatuses);
    return after === undefined || after === (order.status ?? "created") ? order : { ...order, status: after };
}

/** The order after the changes that are possible, and the others with their places. Pure. */
export function progressed(
    before: Progress,
    changes: readonly Change[],
    received: Received,
): Progress & { readonly refused: readonly ValidationError[] } {
    let [progress, open] = [before, changes];
    for (;;) {
        const impossible: Change[] = [];
        const refused: ValidationError[] = [];
        for (const change of open) {
            try {
                progress = changed(progress, change.update, received);
            } catch (error) {
                if (!(error instanceof ImpossibleChangeError)) throw error;
                impossible.push(change);
                refused.push(...placed([error.error], change.index ?? 0));
            }
        }
        // What was refused may be possible after the others: pieces that another parcel did not have any more, for example.
        if (impossible.length === 0 || impossible.length === open.length) return { ...progress, refused };
        open = impossible;
    }
}

/** Errors of an update with one element, with the element's place in the list that was sent. */
export const placed = (errors: readonly ValidationError[], index: number): ValidationError[] =>
    errors.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^(\/\w+\/)0(?=\/|$)/, `$1${index}`), detail }));

/** The order after an update. Totals stay as placed, except for refunds (ACP, order object). Throws ImpossibleChangeError. */
function changed(before: Progress, changes: OrderChanges, received: Received): Progress {
    const {
        status,
        line_items: lines = [],
        fulfillments = [],
        adjustments = [],
        estimated_delivery,
        notes = [],
    } = changes;
    let after = before;
    for (const [index, line] of lines.entries()) after = withLine(after, line, `/line_items/${index}`, received);
    for (const [index, one] of fulfillments.entries()) after = withFulfillment(after, one, index, received);
    for (const [index, one] of adjustments.entries()) after = withCanceled(after, one, index, received);
    for (const { id, ...note } of notes) {
        const reports = { [noteReport(id)]: { text: reportOf(note, received.sent) }, ...after.reports };
        after = { ...after, reports };
    }
    if (estimated_delivery) after = withEstimate(after, estimated_delivery, received);
    return status === undefined ? after : { ...after, order: inStatus(after.order, status) };
}

/** With an adjustment, and without the pieces that it cancels. */
function withCanceled(
    before: Progress,
    update: NonNullable<OrderChanges["adjustments"]>[number],
    index: number,
    received: Received,
): Progress {
    let after = withAdjustment(before, update, index, received);
    for (const { id, current } of leftBy(after, update.id, received.ledgerEntries)) {
        after = withLine(after, { id, quantity: { current } }, `/adjustments/${index}`, received);
    }
    return after;
}

/** The name of the report that has told a note to the customer, which the order itself does not show. */
const noteReport = (id: string): string => `notes/${id}`;

/** The notes of changes that an order with these reports has not told yet. */
export function untoldNotes(reports: Reports = {}, changes: readonly Change[]): NonNullable<OrderChanges["notes"]> {
    const notes = changes.flatMap(({ update }) => update.notes ?? []);
    return notes.filter(({ id }) => reports[noteReport(id)] === undefined);
}

function withEstimate(
    { order, reports }: Progress,
    estimated_delivery: EstimatedDelivery,
    received: Received,
): Progress {
    refuseReversed(estimated_delivery, "");
    const report = reportOf(estimated_delivery, received.sent);
    const { members, reports: since } = latest(reports["order"], { estimated_delivery }, report);
    return { order: { ...order, ...members }, reports: { ...reports, order: since } };
}

function refuseReversed(estimate: EstimatedDelivery | undefined, place: string): void {
    if (estimate !== undefined && instantOf(estimate.latest) < instantOf(estimate.earliest)) {
        throw new ImpossibleChangeError(`${place}/estimated_delivery/latest`, "is before earliest");
    }
}

function withLine({ order, reports }: Progress, update: LineUpdate, place: string, { sent }: Received): Progress {
    const { line_items: lines = [] } = order;
    const line = lines.find(({ id }) => id === update.id);
    if (line === undefined) throw new ImpossibleChangeError(`${place}/id`, "is no line of the order");
    const { quantity: sentQuantity = {} } = update;
    const { ordered, current, fulfilled = 0 } = line.quantity;
    const known = { ordered, current, fulfilled };
    const quantity = quantityAfter(known, sentQuantity, `${place}/quantity`);
    const name = `line_items/${line.id}`;
    const report = reportOf(sentQuantity, sent);
    // Since when the quantities are known to be so.
    const since = { ...reports[name] };
    for (const member of ["current", "fulfilled"] as const) {
        const before = since[member];
        if (quantity[member] !== known[member]) since[member] = report;
        else if (before && sentQuantity[member] === known[member]) since[member] = earlier(before, report);
    }
    refuseFulfilledLater(known, quantity, report, since, `${place}/quantity`);
    const after: OrderLine = { ...line, quantity, status: lineStatus(quantity) };
    return {
        order: { ...order, line_items: lines.map((one) => (one === line ? after : one)) },
        reports: withReports(reports, name, since),
    };
}

type Quantity = Readonly<Record<"ordered" | "current" | "fulfilled", number>>;

/** The ordered quantity never changes, the current one only decreases, the fulfilled one only increases (ACP). */
function quantityAfter(known: Quantity, sent: NonNullable<LineUpdate["quantity"]>, place: string): Quantity {
    const { ordered } = known;
    for (const member of ["ordered", "current", "fulfilled"] as const) {
        const { [member]: quantity = 0 } = sent;
        const isWrong = member === "ordered" ? quantity !== 0 && quantity !== ordered : quantity > ordered;
        if (isWrong) throw new ImpossibleChangeError(`${place}/${member}`, `is ${quantity}, ${ordered} were ordered`);
    }
    const current = Math.min(known.current, sent.current ?? ordered);
    return { ordered, current, fulfilled: Math.max(known.fulfilled, sent.fulfilled ?? 0) };
}

/** Pieces can be returned after they were fulfilled, but what was canceled or returned cannot be fulfilled later. */
function refuseFulfilledLater(
    known: Quantity,
    { current, fulfilled }: Quantity,
    report: Report,
    since: Readonly<Partial<Record<string, Report>>>,
    place: string,
): void {
    if (fulfilled <= current) return;
    const { current: lessSince, fulfilled: moreSince } = since;
    if (fulfilled > known.fulfilled && lessSince !== report && (lessSince?.[1] ?? 0) <= report[1]) {
        throw new ImpossibleChangeError(`${place}/fulfilled`, `is ${fulfilled}, ${current} are wanted`);
    }
    if (current < known.current && moreSince !== report && (moreSince?.[1] ?? 0) > report[1]) {
        throw new ImpossibleChangeError(`${place}/current`, `is ${current}, ${fulfilled} were fulfilled later`);
    }
}

function lineStatus({ current, fulfilled }: Quantity): string {
    if (current === 0) return "removed";
    if (fulfilled >= current) return "fulfilled";
    return fulfilled > 0 ? "partial" : "processing";
}

/** The later report of each member wins, the further status, and every event of the log stays. */
function withFulfillment(
    { order, reports }: Progress,
    update: FulfillmentUpdate,
    index: number,
    { sent }: Received,
): Progress {
    const place = `/fulfillments/${index}`;
    const { id, type, status: reportedStatus, events: news = [], ...others } = update;
    refuseUnknown(order, others.line_items ?? [], `${place}/line_items`);
    refuseReversed(others.estimated_delivery, place);
    const { fulfillments = [] } = order;
    const before = fulfillments.find((one) => one.id === id);
    const known = before ?? { id, type: type ?? lacksType(place) };
    if (type !== undefined && type !== known.type) {
        throw new ImpossibleChangeError(`${place}/type`, `is ${known.type} and does not change`);
    }
    const name = `fulfillments/${id}`;
    const report = reportOf(update, sent, news.length > 0 ? lastTime(news) : sent);
    const { members, reports: since } = latest(reports[name], others, report);
    const status = further(known.status, reportedStatus, fulfillmentStatuses);
    const events = logOf(known.events, news);
    const after: Fulfillment = {
        ...known,
        ...members,
        ...(status !== undefined && { status }),
        ...(events.length > 0 && { events }),
    };
    const merged = [...fulfillments.filter((one) => one !== before), after].sort(byId);
    refuseTooMany(order, others.line_items ?? [], piecesIn(fulfillments), piecesIn(merged), place);
    return { order: { ...order, fulfillments: merged }, reports: withReports(reports, name, since) };
}

function lacksType(place: string): never {
    throw new ImpossibleChangeError(`${place}/type`, "is required for a new one");
}

/** The pieces on their way or delivered; those of a parcel that failed may be sent again. */
const piecesIn = (fulfillments: readonly Fulfillment[]) =>
    fulfillments.flatMap(({ status, line_items = [] }) =>
        status === "failed" || status === "canceled" ? [] : line_items,
    );

// `ful_10` comes after `ful_9`.
const collator = new Intl.Collator("en", { numeric: true });
const byId = ({ id: a }: { readonly id: string }, { id: b }: { readonly id: string }): number =>
    collator.compare(a, b) || (a < b ? -1 : 1);

const lastTime = (events: readonly FulfillmentEvent[]) =>
    Math.max(...events.map(({ occurred_at }) => instantOf(occurred_at)));

/** All events by time. Of two with the same id the one with the greater text is kept, in any order of arrival. */
function logOf(known: readonly FulfillmentEvent[] = [], news: readonly FulfillmentEvent[]): FulfillmentEvent[] {
    const events = new Map<string, FulfillmentEvent>();
    for (const event of [...known, ...news]) {
        const before = events.get(event.id);
        if (before === undefined || canonicalJson(before) < canonicalJson(event)) events.set(event.id, event);
    }
    return [...events.values()].sort(
        (a, b) => instantOf(a.occurred_at) - instantOf(b.occurred_at) || (a.id < b.id ? -1 : 1),
    );
}
