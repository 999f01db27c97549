import { instantOf } from "../instant.ts";
import {
    ImpossibleChangeError,
    type Order,
    type OrderUpdate,
    type Progress,
    type Received,
    refuseTooMany,
    refuseUnknown,
} from "./orderChange.ts";
import { earlier, latest, type Reports, reportOf, withReports } from "./reports.ts";

type Adjustment = NonNullable<Order["adjustments"]>[number];
type AdjustmentUpdate = NonNullable<OrderUpdate["adjustments"]>[number];

// In the order of progress.
const statuses = ["pending", "failed", "completed"];
/** These types are nothing but money; others may be without. */
const moneyTypes: ReadonlySet<string> = new Set(["refund", "credit", "price_adjustment"]);

/**
 * The order with one adjustment of the merchant more, or further. A completed one is final. The entries of the payment's
 * ledger are not the merchant's: they only change with the payment. Throws ImpossibleChangeError.
 */
export function withAdjustment(
    { order, reports }: Progress,
    update: AdjustmentUpdate,
    index: number,
    { sent, currency, ledgerEntries, isOwn = false }: Received,
): Progress {
    const place = `/adjustments/${index}`;
    const { id, status: _, ...news } = update;
    if (ledgerEntries.includes(id)) throw new ImpossibleChangeError(`${place}/id`, "is of the payment's ledger");
    if (update.currency !== undefined && update.currency !== currency) {
        throw new ImpossibleChangeError(`${place}/currency`, `is ${update.currency}, the order in ${currency}`);
    }
    refuseUnknown(order, update.line_items ?? [], `${place}/line_items`);

    const adjustments = order.adjustments ?? [];
    const before = adjustments.find((one) => one.id === id);
    const known = before ?? newAdjustment(update, place);
    const name = `adjustments/${id}`;
    const { occurred_at } = update;
    const report = reportOf(update, sent, occurred_at === undefined ? sent : instantOf(occurred_at));
    const reported = reports[name] ?? {};
    const { members, reports: since } = latest(reported, news, report);
    const status = furtherStatus(known, update);
    const after: Adjustment = { ...known, ...members, status };
    if (before !== undefined) {
        const isLate = sent < (reported["status"]?.[1] ?? Number.NEGATIVE_INFINITY);
        refuseChangeOfFinal(before, update, isLate, place);
    }
    if (after.amount === undefined && moneyTypes.has(after.type)) {
        throw new ImpossibleChangeError(`${place}/amount`, "is required");
    }
    const others = adjustments.filter((one) => one !== before);
    const merged: Order = { ...order, adjustments: inOrder([...others, after], ledgerEntries) };
    const { type } = after;
    const isCounted = (one: Adjustment) => type !== "cancellation" || isReported(one, reports, ledgerEntries);
    if (!isOwn) {
        const [were, are] = [order, merged].map((each) => piecesIn(each, type, isCounted));
        refuseTooMany(order, update.line_items ?? [], were ?? [], are ?? [], place);
    }
    refuseTooMuch(order, merged, update, place);

    const isNewStatus = status !== before?.status;
    const statusReport =
        update.status === status ? earlier(isNewStatus ? undefined : since["status"], report) : undefined;
    return {
        order: { ...merged, totals: totalsWithRefunds(merged) },
        reports: withReports(reports, name, {
            ...since,
            ...(statusReport && { status: statusReport }),
            ...(isOwn && { [own]: report }),
        }),
    };
}

/** Name of the report that says that an adjustment is of the order API. */
const own = "own";

/** Of the merchant's systems: neither of the order API nor of the payment's ledger. */
const isReported = ({ id }: Adjustment, reports: Reports, ledgerEntries: readonly string[]): boolean =>
    reports[`adjustments/${id}`]?.[own] === undefined && !ledgerEntries.includes(id);

/**
 * How many of each line an adjustment leaves at most: without all that completed cancellations of the merchant's systems
 * name together. What the order API cancels is told by quantities, and may be among these: systems repeat it by their ids.
 */
export function leftBy(
    { order, reports }: Progress,
    adjustmentId: string,
    ledgerEntries: readonly string[],
): { readonly id: string; readonly current: number }[] {
    const { adjustments = [], line_items: lines = [] } = order;
    const isMeant = (one: Adjustment) =>
        one.type === "cancellation" && one.status === "completed" && isReported(one, reports, ledgerEntries);
    const counted = adjustments.filter(isMeant);
    const named = counted.find(({ id }) => id === adjustmentId)?.line_items ?? [];
    return lines
        .filter((line) => named.some(({ id }) => id === line.id))
        .map(({ id, quantity: { ordered } }) => {
            const pieces = counted.flatMap(({ line_items = [] }) => line_items).filter((one) => one.id === id);
            return { id, current: Math.max(0, ordered - sum(pieces.map(({ quantity }) => quantity))) };
        });
}

function newAdjustment({ id, type, occurred_at, status }: AdjustmentUpdate, place: string): Adjustment {
    const lacks = (name: string) => new ImpossibleChangeError(`${place}/${name}`, "is required for a new one");
    if (type === undefined) throw lacks("type");
    if (occurred_at === undefined) throw lacks("occurred_at");
    if (status === undefined) throw lacks("status");
    return { id, type, occurred_at, status };
}

function furtherStatus({ status: known }: Adjustment, { status }: AdjustmentUpdate): string {
    return status !== undefined && statuses.indexOf(status) > statuses.indexOf(known) ? status : known;
}

/** @param isLate the update was sent before the adjustment got its status */
function refuseChangeOfFinal(known: Adjustment, update: AdjustmentUpdate, isLate: boolean, place: string): void {
    const { type = known.type, status = known.status, amount = known.amount } = update;
    if (type !== known.type) throw new ImpossibleChangeError(`${place}/type`, `is ${known.type} and does not change`);
    // A late report of an earlier state is nothing new.
    if (known.status !== "completed" || (isLate && status !== "completed")) return;
    if (amount !== known.amount) {
        throw new ImpossibleChangeError(`${place}/amount`, `is ${known.amount} and completed, which is final`);
    }
    if (status === "failed") throw new ImpossibleChangeError(`${place}/status`, "is completed, which is final");
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
const isInForce = ({ status }: Adjustment) => status !== "failed";

/** The pieces that adjustments of a type are about: each can be given back once in each way. */
const piecesIn = ({ adjustments = [] }: Order, type: string, isCounted: (one: Adjustment) => boolean) =>
    adjustments
        .filter((one) => one.type === type && isInForce(one) && isCounted(one))
        .flatMap(({ line_items = [] }) => line_items);

/** All that the buyer was or will be credited with, whatever the type. */
const creditedIn = ({ adjustments = [] }: Order) => sum(adjustments.filter(isInForce).map(({ amount = 0 }) => amount));

/** Money that the merchant has given back, or is about to, without the payment's ledger. Minor units. */
export const givenElsewhereIn = ({ adjustments = [] }: Order, ledgerEntries: readonly string[] = []): number =>
    sum(
        adjustments
            .filter((one) => moneyTypes.has(one.type) && isInForce(one) && !ledgerEntries.includes(one.id))
            .map(({ amount = 0 }) => amount),
    );

const paidIn = ({ totals = [] }: Order) => totals.find(({ type }) => type === "total")?.amount ?? 0;

function refuseTooMuch(before: Order, after: Order, { amount = 0 }: AdjustmentUpdate, place: string): void {
    const [paid, credited] = [paidIn(after), creditedIn(after)];
    // The ledger is never refused: after it the sum may be above, but the merchant cannot add to it.
    if (amount > paid || (credited > paid && credited > creditedIn(before))) {
        throw new ImpossibleChangeError(`${place}/amount`, `makes more than the ${paid} that were paid`);
    }
}

/** The merchant's by time, then the ledger's as they are there: the same for any order of arrival. */
function inOrder(adjustments: readonly Adjustment[], ledgerEntries: readonly string[]): Adjustment[] {
    const isOfLedger = ({ id }: Adjustment) => ledgerEntries.includes(id);
    const byTime = (a: Adjustment, b: Adjustment) =>
        instantOf(a.occurred_at) - instantOf(b.occurred_at) || (a.id < b.id ? -1 : 1);
    const own = adjustments.filter((one) => !isOfLedger(one)).sort(byTime);
    return [...own, ...adjustments.filter(isOfLedger)];
}

/**
 * The totals as placed, and the sum of the completed refunds (ACP, order object), which is never above what was paid: the
 * merchant may have reported a refund that the ledger contains as well.
 */
export function totalsWithRefunds(order: Order): NonNullable<Order["totals"]> {
    const { totals = [], adjustments = [] } = order;
    const refunds = adjustments.filter(({ type, status }) => type === "refund" && status === "completed");
    const amount = Math.min(paidIn(order), sum(refunds.map((refund) => refund.amount ?? 0)));
    const charged = totals.filter(({ type }) => type !== "amount_refunded");
    if (amount === 0) return charged;
    return [...charged, { type: "amount_refunded", display_text: "Refunded", amount }];
}
