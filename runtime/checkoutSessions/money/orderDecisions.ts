import { canonicalJson } from "../../shared/canonical.ts";
import type { Problem } from "../../shared/http.ts";
import type { LineProgress } from "../../shared/orders/canceledPieces.ts";
import { allCanceled, counting, dueFor, isAllCanceled, isOvercounted, owedIn } from "./canceled.ts";
import type { Departures } from "./departures.ts";
import { type Entry, hasRoomFor, type Ledger, undecidedIn, wholeOf, withAhead, withGivenElsewhere } from "./ledger.ts";
import { begun, busy, conflict, type EntryDecision, isPending } from "./request.ts";

// What becomes of a payment by what becomes of its order. Pure functions.

/**
 * The capture of what is owed of an authorised payment; the rest is released by it. `written` undefined: it is captured.
 * @param progress the lines of the order, which must not change before the entry is written
 */
export function decideCapture(
    ledger: Ledger,
    at: string,
    progress: readonly LineProgress[] = [],
): EntryDecision | { readonly written: undefined } {
    if (ledger.captured > 0) return { written: undefined };
    if (ledger.isVoided || isPending(ledger, "void")) return conflict("the payment is released and cannot be captured");
    const captures = ledger.entries.filter(({ kind }) => kind === "capture");
    const running = captures.find(({ status }) => status === "pending");
    if (running !== undefined) return { written: running };
    const id = `capture_${captures.length + 1}`;
    const counted = counting(ledger, progress);
    const amount = owedIn(counted);
    if (amount === 0) return conflict("nothing is owed: all that is to be paid is canceled");
    return begun(counted, { id, kind: "capture", status: "pending", amount, at });
}

/** The capture of a payment whose order is delivered. What is given back since the order cannot be fulfilled is a conflict. */
export function decideFulfilled(
    ledger: Ledger,
    at: string,
    progress: readonly LineProgress[] = [],
): EntryDecision | { readonly written: undefined } {
    const isGivenBack = ledger.entries.some(
        ({ isCancellation, status }) => isCancellation && (status === "pending" || status === "completed"),
    );
    if (isGivenBack) return conflict("the order is delivered, and its payment given back");
    if (isOvercounted(ledger, progress)) return conflict("more is delivered than was paid for: it was canceled before");
    return ledger.captured === 0 && owedIn(counting(ledger, progress)) === 0
        ? { written: undefined }
        : decideCapture(ledger, at, progress);
}

/**
 * Gives back what was paid for pieces that were canceled, or proposes it, or notes what is not to be captured. What is
 * disputed or given back elsewhere is proposed, since it may be the same. `written` undefined: no more are canceled.
 */
export function decideCanceled(
    ledger: Ledger,
    { progress, isCanceled, isProposal, ahead = [], at }: Canceled,
): EntryDecision | { readonly written: undefined } | { readonly noted: Ledger } {
    const { counted: before, lines, amount } = dueFor(ledger, progress);
    const counted = withAhead(before, ahead);
    if (canonicalJson(counted.canceled ?? []) === canonicalJson(ledger.canceled ?? [])) {
        return ahead.length === (ledger.ahead ?? []).length ? { written: undefined } : { noted: counted };
    }
    const isWhole = isCanceled || ledger.entries.some((one) => one.isCancellation && one.status === "proposed");
    if (isWhole || ledger.isVoided || isPending(ledger, "void")) return { noted: counted };
    if (isPending(ledger, "capture")) return busy("the payment is being captured");
    const common = { reason: "canceled", at };
    const status = isProposal ? "proposed" : "pending";
    if (ledger.captured === 0) {
        if (owedIn(counted) > 0) return { noted: counted };
        // What is left may be free, and is not canceled by it.
        const what = isAllCanceled(counted)
            ? ({ id: allCanceled, isCancellation: true } as const)
            : ({ id: "nothing_owed", isOfCanceled: true } as const);
        return begun(counted, { ...common, ...what, kind: "void", amount: ledger.amount, status });
    }
    if (amount === 0) return { noted: counted };
    const isUndecided =
        undecidedIn(ledger) > 0 ||
        (ledger.givenElsewhere ?? 0) > 0 ||
        ledger.entries.some(({ kind, failure }) => kind === "void" && failure !== undefined);
    const entry: Entry = {
        ...common,
        id: `canceled_${ledger.entries.filter(({ isOfCanceled }) => isOfCanceled).length + 1}`,
        kind: "refund",
        status: isUndecided ? "proposed" : status,
        amount,
        ...(lines.length > 0 && { lines }),
        isOfCanceled: true,
    };
    return hasRoomFor(counted, entry, true) ? begun(counted, entry) : conflict("the payment has too many entries");
}

interface Canceled {
    /** The lines of the order as it is now. */
    readonly progress: readonly LineProgress[];
    /** The order as a whole, which gives everything back. */
    readonly isCanceled: boolean;
    readonly isProposal: boolean;
    /** See `OrderNow`. */
    readonly ahead?: readonly Departures[];
    readonly at: string;
}

/** Of JSON; the ledger's item has room for it beside its entries. */
const mostBytesAhead = 16_384;

interface Noted {
    readonly isFulfilled: boolean;
    readonly givenElsewhere: number;
    /** See `OrderNow`. */
    readonly ahead: readonly Departures[];
}

/** Notes what the merchant's systems have reported of the order. */
export function decideNote(
    ledger: Ledger,
    { isFulfilled, givenElsewhere, ahead }: Noted,
): { readonly noted: Ledger } | { readonly written: undefined } | { readonly problem: Problem } {
    if (Buffer.byteLength(JSON.stringify(ahead)) > mostBytesAhead)
        return busy("the order does not show its reports yet");
    const known = withAhead(isFulfilled ? { ...ledger, isFulfilled } : ledger, ahead);
    const after = withGivenElsewhere(known, givenElsewhere);
    return canonicalJson(after) === canonicalJson(ledger) ? { written: undefined } : { noted: after };
}

/**
 * Gives everything back that is left, or proposes it: also after an earlier try that failed, and a proposal that was
 * replaced by less. What is disputed is proposed, since it is not decided who gets it, and what may have been fulfilled.
 * `written` undefined: nothing is left.
 */
export function decideUnfulfillable(
    ledger: Ledger,
    { reason, isProposal, at }: { readonly reason: string; readonly isProposal: boolean; readonly at: string },
): EntryDecision | { readonly written: undefined } {
    const earlier = ledger.entries.filter(({ isCancellation }) => isCancellation);
    const pending = earlier.find(({ status }) => status === "pending");
    if (pending !== undefined) return { written: pending };
    if (ledger.isVoided || isPending(ledger, "void")) return { written: undefined };
    if (isPending(ledger, "capture")) return busy("the payment is being captured");
    const { kind, amount } = wholeOf(ledger);
    if (amount === 0) return { written: undefined };
    const proposed = earlier.find(({ status }) => status === "proposed");
    if (proposed?.amount === amount) return { written: proposed };
    const isUndecided = ledger.isFulfilled === true || proposed !== undefined || undecidedIn(ledger) > 0;
    const entry: Entry = {
        id: earlier.length === 0 ? "unfulfillable" : `unfulfillable_${earlier.length + 1}`,
        kind,
        status: isProposal || isUndecided ? "proposed" : "pending",
        amount,
        at,
        reason,
        isCancellation: true,
    };
    return hasRoomFor(ledger, entry, true) ? begun(ledger, entry) : conflict("the payment has too many entries");
}
