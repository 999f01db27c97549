import type { OrderPayment, PaymentState } from "../domain/orderPayment.ts";
import type { PaymentOrder } from "../payment/money.ts";
import type { State } from "../session/session.ts";
import type { Departures } from "./departures.ts";

/**
 * The money of an order: its payment, and every capture, void, refund and dispute. An entry is written before the
 * provider is called, with an id that is the call's idempotency key; what the provider says is taken over afterwards.
 * Pure functions; amounts are in minor units.
 */
export interface Ledger {
    readonly orderId: string;
    readonly sessionId: string;
    /** 1, 2, 3… without a gap; 0: not written yet. */
    readonly version: number;
    /** Versions that are no notes; absent in a ledger of an earlier release, whose versions all count. */
    readonly changes?: number;
    /** Of this version, ISO 8601: later than the one before, so that receivers put events in order by it. */
    readonly writtenAt?: string;
    readonly provider: OrderPayment["provider"];
    readonly paymentId: string;
    /** Authorised */
    readonly amount: number;
    readonly currency: string;
    readonly captured: number;
    readonly isVoided: boolean;
    readonly lines: readonly LedgerLine[];
    /** In the order in which they became known. */
    readonly entries: readonly Entry[];
    /** The merchant's systems have reported something as shipped, ready or delivered, if only in an update that was refused. */
    readonly isFulfilled?: true;
    /** What they have reported as given back by other ways than the provider. @default 0 */
    readonly givenElsewhere?: number;
    /** The prices of the deliveries; absent in a ledger of an earlier release. */
    readonly deliveries?: readonly Delivery[];
    /**
     * Pieces that were canceled before they left, as far as the payment takes them into account: they are not captured, or
     * given back. Empty where the provider has captured another amount, so that they count anew.
     */
    readonly canceled?: readonly CanceledPieces[];
    /** Reports of pieces that have left, which the order does not show yet (`departures.ts`). */
    readonly ahead?: readonly Departures[];
}

interface Delivery {
    /** Ids of the lines that it was planned for. */
    readonly lines: readonly string[];
    /** With tax and discounts */
    readonly total: number;
}

export interface CanceledPieces {
    /** Of the line. */
    readonly id: string;
    readonly quantity: number;
    /** What the merchant has given back for these by requests, in minor units. @default 0 */
    readonly credited?: number;
}

interface LedgerLine {
    readonly id: string;
    readonly productId: string;
    readonly quantity: number;
    /** With tax and discounts */
    readonly total: number;
}

export interface Entry {
    /** `ref_…`, `capture_1`, `void_1`; the provider's id for what was made there. */
    readonly id: string;
    readonly kind: PaymentOrder["kind"] | "dispute";
    /**
     * `proposed`: waits for an operator, until another entry has `replaced` it or nothing is left. `pending`: to be done, or
     * the provider decides.
     */
    readonly status: "proposed" | "replaced" | "pending" | "completed" | "failed";
    readonly amount: number;
    /** ISO 8601 */
    readonly at: string;
    /** The provider's id; absent while it is not known to have been done. */
    readonly providerId?: string;
    /** Of a refund by lines, and of the release of what was canceled before the capture. */
    readonly lines?: readonly RefundedLine[];
    readonly reason?: string;
    /** The provider's code, if it failed. */
    readonly failure?: string;
    /** Of a dispute: what the provider has taken for it. */
    readonly withdrawn?: number;
    /** Digest of the request, to tell another one with the same id. */
    readonly request?: string;
    /** The order cannot be fulfilled: it is canceled when this is done. */
    readonly isCancellation?: boolean;
    /** It gives back the pieces that were canceled, and the rest of the order stays as it is. */
    readonly isOfCanceled?: true;
}

export interface RefundedLine {
    readonly id: string;
    readonly quantity: number;
    readonly amount: number;
}

/** The ledger of a completed session's order; undefined if nothing was paid. */
export function opened({ session, hidden }: State): Ledger | undefined {
    const { order } = session;
    const { payment, fulfillments: prices, taxIncluded = false } = hidden;
    if (order === undefined || payment === undefined) return undefined;
    const { provider, id: paymentId, amount, currency, state } = payment;
    const lines = (order.line_items ?? []).map(({ id, product_id: productId = id, quantity, totals = [] }) => ({
        id,
        productId,
        quantity: quantity.ordered,
        total: totals.find(({ type }) => type === "total")?.amount ?? 0,
    }));
    const deliveries = (order.fulfillments ?? []).map(({ line_items: pieces = [] }, index) => {
        const { cost, discount, tax } = prices?.[index] ?? { cost: 0, discount: 0, tax: 0 };
        return { lines: pieces.map(({ id }) => id), total: cost - discount + (taxIncluded ? 0 : tax) };
    });
    const paid = { orderId: order.id, sessionId: session.id, provider, paymentId, amount, currency };
    return unchanged({ ...paid, lines, deliveries }, state);
}

/** The ledger of a payment in the state that its completion left. */
export const unchanged = (
    paid: Omit<Ledger, "version" | "captured" | "isVoided" | "entries">,
    state: string,
): Ledger => ({
    ...paid,
    version: 0,
    captured: state === "authorized" ? 0 : paid.amount,
    isVoided: false,
    entries: [],
});

/** 0 is left out where nothing was given before: most ledgers are without. */
export function withGivenElsewhere(ledger: Ledger, givenElsewhere: number): Ledger {
    return givenElsewhere === (ledger.givenElsewhere ?? 0) ? ledger : { ...ledger, givenElsewhere };
}

/** The list is left out where nothing is ahead of the order: most ledgers are without. */
export function withAhead({ ahead: _, ...ledger }: Ledger, ahead: readonly Departures[] = []): Ledger {
    return ahead.length > 0 ? { ...ledger, ahead } : ledger;
}

/** Bytes of JSON that the entries of a ledger may have: an item of the table holds them twice, events and sessions once. */
const mostBytes = 98_304;
/** Of these what the results of an entry may add to it: the provider's id, the code of its failure. */
const resultBytes = 256;
const mostEntries = 100;
/** What is kept for refunds of all that is left, which may fail and be asked for again. */
const kept = { bytes: 32_768, entries: 20 };

/**
 * Whether the table can take another entry, and afterwards the results of all of them: otherwise money would move that
 * cannot be written. @param isRest nothing is left after it
 */
export function hasRoomFor({ entries }: Ledger, entry: Entry, isRest: boolean): boolean {
    const after = [...entries, entry];
    const bytes = Buffer.byteLength(JSON.stringify(after)) + resultBytes * after.length;
    const more = isRest ? kept : { bytes: 0, entries: 0 };
    return after.length <= mostEntries + more.entries && bytes <= mostBytes + more.bytes;
}

/** What is to be done at the provider. */
export const undone = ({ entries }: Ledger): readonly Undone[] => entries.filter(isUndone);
type Undone = Entry & { readonly kind: PaymentOrder["kind"] };

export const isUndone = (entry: Entry): entry is Undone =>
    entry.kind !== "dispute" && entry.status === "pending" && entry.providerId === undefined;

/** All that can be given back, with what is disputed and not decided: a refund, or the release of what is not captured. */
export function wholeOf(ledger: Ledger): Pick<Entry, "amount"> & { readonly kind: "refund" | "void" } {
    const { isVoided, captured, amount } = ledger;
    if (captured === 0) return { kind: "void", amount: isVoided ? 0 : amount };
    return { kind: "refund", amount: Math.max(0, leftOf(ledger) + undecidedIn(ledger)) };
}

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

const refundsIn = ({ entries }: Ledger, ...statuses: readonly Entry["status"][]) =>
    entries.filter(({ kind, status }) => kind === "refund" && statuses.includes(status));

/** Refunds that are completed. */
export const refundedIn = (ledger: Ledger): number => sum(refundsIn(ledger, "completed").map(({ amount }) => amount));

/** What is neither refunded, nor about to be, nor taken by disputes, nor given back elsewhere. */
export const refundable = (ledger: Ledger): number => Math.max(0, leftOf(ledger));

/** Negative where what was done at the provider and elsewhere is more than was paid. */
const leftOf = (ledger: Ledger): number =>
    ledger.captured -
    sum(refundsIn(ledger, "pending", "completed").map(({ amount }) => amount)) -
    disputedIn(ledger) -
    (ledger.givenElsewhere ?? 0);

export const disputedIn = ({ entries }: Ledger): number => sum(entries.map(({ withdrawn = 0 }) => withdrawn));

/** What disputes have taken that are not decided yet. */
export const undecidedIn = ({ entries }: Ledger): number =>
    sum(entries.map(({ status, withdrawn = 0 }) => (status === "pending" ? withdrawn : 0)));

/** What the provider holds for the merchant of this payment, as far as the ledger knows. */
export const balanceOf = (ledger: Ledger): number => {
    const done = refundsIn(ledger, "pending", "completed").filter(({ providerId }) => providerId !== undefined);
    return ledger.captured - sum(done.map(({ amount }) => amount)) - disputedIn(ledger);
};

/** What of a line is refunded or about to be, and what of it was never captured. */
export function refundedOf({ entries }: Ledger, lineId: string): Omit<RefundedLine, "id"> {
    const isGiven = ({ kind, status }: Entry) =>
        status === "completed" ? kind === "refund" || kind === "void" : kind === "refund" && status === "pending";
    const own = entries
        .filter(isGiven)
        .flatMap(({ lines = [] }) => lines)
        .filter(({ id }) => id === lineId);
    return { quantity: sum(own.map(({ quantity }) => quantity)), amount: sum(own.map(({ amount }) => amount)) };
}

export function stateOf(ledger: Ledger): PaymentState {
    if (ledger.isVoided) return "voided";
    if (ledger.captured === 0) return "authorized";
    const refunded = refundedIn(ledger);
    if (refunded === 0) return "captured";
    return refunded >= ledger.captured ? "refunded" : "partially_refunded";
}

/** The payment as sessions and events name it. */
export const paymentOf = (ledger: Ledger): OrderPayment => ({
    provider: ledger.provider,
    id: ledger.paymentId,
    state: stateOf(ledger),
    amount: ledger.amount,
    currency: ledger.currency,
});
