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

/** The ledger that counts the canceled pieces of these lines, too: they only become more. */
export function counting(ledger: Ledger, lines: readonly LineProgress[]): Ledger {
    const canceled = ledger.lines.flatMap(({ id }): CanceledPieces[] => {
        const known = countedOf(ledger, id);
        const quantity = Math.max(known.quantity, lines.find((line) => line.id === id)?.canceled ?? 0);
        return quantity > 0 ? [{ ...known, quantity }] : [];
    });
    return canceled.length > 0 ? { ...ledger, canceled } : ledger;
}

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
 * The pieces that are canceled and not counted yet, with what is to be given back for them. What the merchant has refunded
 * of a line by requests is taken to be of pieces that have left, as far as there are, and then of these.
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
        if (line === undefined || news === 0) return pieces;
        const { refunded = 0 } = known;
        const { gone = 0 } = progress.find(({ id }) => id === pieces.id) ?? {};
        const given = Math.min(news, Math.max(0, requestedOf(ledger, pieces.id) - gone - refunded));
        const before = refundedOf(ledger, pieces.id);
        const quantity = Math.min(news - given, line.quantity - before.quantity);
        const amount = Math.min(shareOf(line, before.quantity, quantity), line.total - before.amount);
        if (quantity > 0) lines.push({ id: line.id, quantity, amount });
        return given > 0 ? { ...pieces, refunded: refunded + given } : pieces;
    });
    const counted = { ...after, canceled };
    const deliveries = canceledDeliveries(counted) - canceledDeliveries(ledger);
    const amount = Math.min(totalOf(lines) + deliveries, refundable(ledger));
    return { counted, lines: within(lines, amount), amount };
}

/** The pieces of a line that requests of the merchant have refunded. */
const requestedOf = ({ entries }: Ledger, lineId: string): number => {
    const isMeant = ({ kind, status, isOfCanceled }: Entry) =>
        kind === "refund" && !isOfCanceled && (status === "pending" || status === "completed");
    const lines = entries.filter(isMeant).flatMap(({ lines: of = [] }) => of);
    return sumOf(lines.filter(({ id }) => id === lineId));
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

/**
 * The ledger with a new entry, which takes the place of proposals: of one for canceled pieces only as far as it is about
 * the same lines.
 */
export function withEntry(ledger: Ledger, entry: Entry): Ledger {
    if (entry.isOfCanceled) return { ...ledger, entries: [...ledger.entries, entry] };
    const refunded = new Map<string, number>();
    const entries = ledger.entries.map((each): Entry => {
        if (each.status !== "proposed") return each;
        if (!each.isOfCanceled || entry.lines === undefined) return { ...each, status: "replaced" };
        return replacedIn(each, entry.lines, refunded);
    });
    const canceled = ledger.canceled?.map((pieces) => {
        const taken = refunded.get(pieces.id) ?? 0;
        return taken > 0 ? { ...pieces, refunded: (pieces.refunded ?? 0) + taken } : pieces;
    });
    return { ...ledger, ...(canceled && { canceled }), entries: [...entries, entry] };
}

/** A proposal without the pieces that are refunded. @param taken by line, of all proposals so far */
function replacedIn(proposal: Entry, refunded: readonly RefundedLine[], taken: Map<string, number>): Entry {
    const { lines = [], amount } = proposal;
    const left = lines.map((line) => {
        const before = taken.get(line.id) ?? 0;
        const most = sumOf(refunded.filter(({ id }) => id === line.id)) - before;
        const pieces = Math.min(line.quantity, Math.max(0, most));
        if (pieces > 0) taken.set(line.id, before + pieces);
        const quantity = line.quantity - pieces;
        return { ...line, quantity, amount: Math.round((line.amount * quantity) / line.quantity) };
    });
    const rest = left.filter(({ quantity }) => quantity > 0);
    if (rest.length === 0) return { ...proposal, status: "replaced" };
    return { ...proposal, lines: rest, amount: amount - totalOf(lines) + totalOf(rest) };
}
