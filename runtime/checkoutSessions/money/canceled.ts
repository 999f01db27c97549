import type { LineProgress } from "../../shared/orders/canceledPieces.ts";
import { type CanceledPieces, type Entry, type Ledger, type RefundedLine, refundable, refundedOf } from "./ledger.ts";

// What is not to be paid since a part of the order was canceled. Pure functions; amounts are in minor units.

const sumOf = (pieces: readonly { readonly quantity: number }[]) =>
    pieces.reduce((sum, { quantity }) => sum + quantity, 0);
const totalOf = (lines: readonly { readonly amount: number }[]) => lines.reduce((sum, { amount }) => sum + amount, 0);

/** The amount of pieces of a line, such that the amounts of all of its pieces add up to its total. */
export function shareOf({ total, quantity }: Ledger["lines"][number], before: number, pieces: number): number {
    const upTo = (count: number) => Math.round((total * count) / quantity);
    return upTo(before + pieces) - upTo(before);
}

/**
 * The ledger that counts the canceled pieces of these lines, too. They only become more, since an event may be in hand
 * that the order does not show yet; what has left is not canceled, until it is captured and given back.
 */
export function counting(ledger: Ledger, lines: readonly LineProgress[]): Ledger {
    const isOpen = ledger.captured === 0 && !ledger.entries.some(({ status }) => status === "pending");
    const canceled = ledger.lines.flatMap(({ id, quantity: ordered }): CanceledPieces[] => {
        const known = countedOf(ledger, id);
        const { canceled: news = 0, gone = 0 } = lines.find((line) => line.id === id) ?? {};
        const most = Math.max(known.quantity, news);
        const quantity = isOpen ? Math.min(most, ordered - gone) : most;
        return quantity > 0 ? [{ ...known, quantity }] : [];
    });
    if (canceled.length > 0) return { ...ledger, canceled };
    const { canceled: known = [], ...without } = ledger;
    return known.length > 0 ? without : ledger;
}

/** Lines of which more is given back, or was not captured, than is canceled now: it has left after all. */
export const isOvercounted = (ledger: Ledger, lines: readonly LineProgress[]): boolean =>
    ledger.lines.some(({ id, quantity }) => {
        const { gone = 0 } = lines.find((line) => line.id === id) ?? {};
        return ledger.captured > 0 && countedOf(ledger, id).quantity > quantity - gone;
    });

const countedOf = ({ canceled = [] }: Ledger, lineId: string): CanceledPieces =>
    canceled.find(({ id }) => id === lineId) ?? { id: lineId, quantity: 0 };

/** What is counted as canceled, each line with its amount. */
export const canceledLines = (ledger: Ledger): RefundedLine[] =>
    ledger.lines.flatMap((line) => {
        const { quantity } = countedOf(ledger, line.id);
        return quantity > 0 ? [{ id: line.id, quantity, amount: shareOf(line, 0, quantity) }] : [];
    });

/** The prices of the deliveries of which nothing is left: each is due as long as a piece of it is. */
const canceledDeliveries = (ledger: Ledger): number => {
    const isCanceled = (lineId: string) =>
        ledger.lines.some(({ id, quantity }) => id === lineId && countedOf(ledger, id).quantity >= quantity);
    const without = (ledger.deliveries ?? []).filter(({ lines }) => lines.length > 0 && lines.every(isCanceled));
    return without.reduce((sum, { total }) => sum + total, 0);
};

export const isAllCanceled = (ledger: Ledger): boolean =>
    ledger.lines.length > 0 && ledger.lines.every(({ id, quantity }) => countedOf(ledger, id).quantity >= quantity);

/** What of the authorised amount is to be paid. */
export const owedIn = (ledger: Ledger): number =>
    isAllCanceled(ledger)
        ? 0
        : Math.max(0, ledger.amount - totalOf(canceledLines(ledger)) - canceledDeliveries(ledger));

/**
 * The pieces that are canceled and not counted yet, with what is to be given back for them. What the merchant has given back
 * of a line by requests is taken to be for pieces that have left, as far as there are, and then for these: by amounts, since
 * a request may give less than pieces cost.
 */
export function dueFor(
    ledger: Ledger,
    progress: readonly LineProgress[],
): { readonly counted: Ledger; readonly lines: readonly RefundedLine[]; readonly amount: number } {
    const after = counting(ledger, progress);
    const lines: RefundedLine[] = [];
    const canceled = (after.canceled ?? []).map((pieces): CanceledPieces => {
        const line = ledger.lines.find(({ id }) => id === pieces.id);
        const known = countedOf(ledger, pieces.id);
        const news = pieces.quantity - known.quantity;
        if (line === undefined || news <= 0) return pieces;
        const { credited = 0 } = known;
        const { gone = 0 } = progress.find(({ id }) => id === pieces.id) ?? {};
        const share = shareOf(line, known.quantity, news);
        const spare = Math.max(0, requestedOf(ledger, pieces.id) - shareOf(line, 0, gone) - credited);
        // Shares of as many pieces differ by what they are rounded.
        const credit = spare >= share - 1 ? share : spare;
        const before = refundedOf(ledger, pieces.id);
        const amount = Math.min(share - credit, line.total - before.amount);
        const unpaid = news - Math.floor((news * credit) / Math.max(1, share));
        const quantity = Math.max(0, Math.min(unpaid, line.quantity - before.quantity));
        if (amount > 0 || (share === 0 && quantity > 0)) lines.push({ id: line.id, quantity, amount });
        return credit > 0 ? { ...pieces, credited: credited + credit } : pieces;
    });
    const counted = after.canceled === undefined ? after : { ...after, canceled };
    const deliveries = canceledDeliveries(counted) - canceledDeliveries(ledger);
    const amount = Math.min(totalOf(lines) + deliveries, refundable(ledger));
    return { counted, lines: within(lines, amount), amount };
}

/** What requests of the merchant have refunded of a line. */
const requestedOf = ({ entries }: Ledger, lineId: string): number => {
    const isMeant = ({ kind, status, isOfCanceled }: Entry) =>
        kind === "refund" && !isOfCanceled && (status === "pending" || status === "completed");
    const lines = entries.filter(isMeant).flatMap(({ lines: of = [] }) => of);
    return totalOf(lines.filter(({ id }) => id === lineId));
};

/** The lines with amounts that make no more than this. */
function within(lines: readonly RefundedLine[], most: number): RefundedLine[] {
    let left = most;
    return lines.map((line) => {
        const amount = Math.min(line.amount, left);
        left -= amount;
        return { ...line, amount };
    });
}

/** Id of the release of a payment all of whose pieces are canceled. */
export const allCanceled = "all_canceled";

/**
 * The ledger with a new entry, which takes the place of proposals: of one for canceled pieces only as far as it is about
 * the same lines. A capture leaves the one for an order that cannot be fulfilled, which is about a refund from there.
 */
export function withEntry(ledger: Ledger, entry: Entry): Ledger {
    if (entry.isOfCanceled) return { ...ledger, entries: [...ledger.entries, entry] };
    const credits = new Map<string, Omit<RefundedLine, "id">>();
    const entries = ledger.entries.map((each): Entry => {
        if (each.status !== "proposed") return each;
        if (entry.kind === "capture" && each.isCancellation && each.id !== allCanceled) return each;
        if (!each.isOfCanceled || entry.lines === undefined) return { ...each, status: "replaced" };
        return replacedIn(each, entry.lines, credits);
    });
    const canceled = ledger.canceled?.map((pieces) => {
        const { amount: credit = 0 } = credits.get(pieces.id) ?? {};
        return credit > 0 ? { ...pieces, credited: (pieces.credited ?? 0) + credit } : pieces;
    });
    return { ...ledger, ...(canceled && { canceled }), entries: [...entries, entry] };
}

/** A proposal without the pieces that are refunded. @param given by line, for all proposals so far */
function replacedIn(proposal: Entry, refunded: readonly RefundedLine[], given: Map<string, Omit<RefundedLine, "id">>) {
    const { lines = [], amount } = proposal;
    const left = lines.map((line) => {
        const before = given.get(line.id) ?? { quantity: 0, amount: 0 };
        const of = refunded.filter(({ id }) => id === line.id);
        const pieces = Math.min(line.quantity, Math.max(0, sumOf(of) - before.quantity));
        const quantity = line.quantity - pieces;
        const rest = line.quantity === 0 ? line.amount : Math.round((line.amount * quantity) / line.quantity);
        const credit = pieces === 0 ? 0 : Math.min(line.amount - rest, Math.max(0, totalOf(of) - before.amount));
        given.set(line.id, { quantity: before.quantity + pieces, amount: before.amount + credit });
        return { ...line, quantity, amount: rest };
    });
    const rest = left.filter((line) => line.quantity > 0 || line.amount > 0);
    if (rest.length === 0) return { ...proposal, status: "replaced" } as const;
    return { ...proposal, lines: rest, amount: amount - totalOf(lines) + totalOf(rest) };
}
