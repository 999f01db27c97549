import { canonicalJson } from "../../shared/canonical.ts";
import type { OrderPayment, PaymentState } from "../domain/orderPayment.ts";
import type { DisputeSnapshot, PaymentOrder, PaymentSnapshot, RefundSnapshot } from "../payment/money.ts";
import type { State } from "../session/session.ts";

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
    /** Of a refund by lines. */
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
}

export interface RefundedLine {
    readonly id: string;
    readonly quantity: number;
    readonly amount: number;
}

/** The ledger of a completed session's order; undefined if nothing was paid. */
export function opened({ session, hidden: { payment } }: State): Ledger | undefined {
    const { order } = session;
    if (order === undefined || payment === undefined) return undefined;
    const { provider, id: paymentId, amount, currency, state } = payment;
    const lines = (order.line_items ?? []).map(({ id, product_id: productId = id, quantity, totals = [] }) => ({
        id,
        productId,
        quantity: quantity.ordered,
        total: totals.find(({ type }) => type === "total")?.amount ?? 0,
    }));
    return unchanged({ orderId: order.id, sessionId: session.id, provider, paymentId, amount, currency, lines }, state);
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

/** The ledger with a new entry, which takes the place of proposals. */
export const withEntry = (ledger: Ledger, entry: Entry): Ledger => ({
    ...ledger,
    entries: [
        ...ledger.entries.map((each): Entry => (each.status === "proposed" ? { ...each, status: "replaced" } : each)),
        entry,
    ],
});

/** 0 is left out where nothing was given before: most ledgers are without. */
export function withGivenElsewhere(ledger: Ledger, givenElsewhere: number): Ledger {
    return givenElsewhere === (ledger.givenElsewhere ?? 0) ? ledger : { ...ledger, givenElsewhere };
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

const isUndone = (entry: Entry): entry is Undone =>
    entry.kind !== "dispute" && entry.status === "pending" && entry.providerId === undefined;

/**
 * The ledger with what the provider says; the same object if that is nothing new.
 * @param refusals codes by id of the entries that the provider refused
 */
export function reconciled(
    ledger: Ledger,
    snapshot: PaymentSnapshot,
    refusals: ReadonlyMap<string, string>,
    at: string,
): Ledger {
    const { captured } = snapshot;
    const isVoided = snapshot.state === "voided";
    let entries = ledger.entries.map((entry) => movedOn(entry, captured, isVoided));
    for (const refund of snapshot.refunds) entries = withRefund(entries, refund);
    for (const dispute of snapshot.disputes) entries = withDispute(entries, dispute);
    if (isVoided && !entries.some(({ kind, status }) => kind === "void" && status === "completed")) {
        const { paymentId: providerId, amount } = ledger;
        const common = { kind: "void", status: "completed", amount, at, providerId } as const;
        entries = [...entries, { ...common, id: "void_by_provider", failure: "released_by_provider" }];
    }
    if (captured > 0 && captured < ledger.amount && !entries.some(({ id }) => id === uncaptured)) {
        const { paymentId: providerId, amount } = ledger;
        const common = { kind: "void", status: "completed", amount: amount - captured, at, providerId } as const;
        entries = [...entries, { ...common, id: uncaptured, failure: "captured_in_part_by_provider" }];
    }
    entries = entries.map((entry) => {
        const failure = refusals.get(entry.id);
        return failure !== undefined && isUndone(entry) ? { ...entry, status: "failed", failure } : entry;
    });
    const after = withinReach({ ...ledger, captured, isVoided, entries });
    return canonicalJson(after) === canonicalJson(ledger) ? ledger : after;
}

/** A proposal is to give back what is left, which the provider may have changed: by a lost dispute, for example. */
function withinReach(ledger: Ledger): Ledger {
    const { kind, amount } = wholeOf(ledger);
    const entries = ledger.entries.map((entry): Entry => {
        if (entry.status !== "proposed") return entry;
        return amount === 0 ? { ...entry, status: "replaced" } : { ...entry, kind, amount };
    });
    return { ...ledger, entries };
}

/** All that can be given back, with what is disputed and not decided: a refund, or the release of what is not captured. */
export function wholeOf(ledger: Ledger): Pick<Entry, "amount"> & { readonly kind: "refund" | "void" } {
    const { isVoided, captured, amount } = ledger;
    if (captured === 0) return { kind: "void", amount: isVoided ? 0 : amount };
    return { kind: "refund", amount: Math.max(0, leftOf(ledger) + undecidedIn(ledger)) };
}

/** The id of the release of what a capture in the provider's dashboard left. */
const uncaptured = "uncaptured_by_provider";

/** A capture or void that has become true, or impossible. */
function movedOn(entry: Entry, captured: number, isVoided: boolean): Entry {
    if (entry.status !== "pending") return entry;
    switch (entry.kind) {
        case "capture":
            if (captured > 0) return { ...entry, status: "completed", amount: captured };
            return isVoided ? { ...entry, status: "failed", failure: "voided" } : entry;
        case "void":
            if (isVoided) return { ...entry, status: "completed" };
            return captured > 0 ? { ...entry, status: "failed", failure: "captured" } : entry;
        case "refund":
        case "dispute":
            return entry;
    }
}

function withRefund(entries: readonly Entry[], { id, entryId, amount, status, reason, at }: RefundSnapshot): Entry[] {
    const known = entries.find((entry) => entry.providerId === id || entry.id === entryId);
    const failure = status === "failed" && reason !== undefined ? { failure: reason } : {};
    if (known === undefined) {
        // One with an entry's id is ours: another region has overwritten the version with it (global tables).
        const elsewhere = { id: entryId ?? id, kind: "refund", status, amount, at, providerId: id } as const;
        return [...entries, { ...elsewhere, ...(reason !== undefined && { reason }), ...failure }];
    }
    return entries.map((entry) => (entry === known ? { ...entry, status, amount, providerId: id, ...failure } : entry));
}

function withDispute(
    entries: readonly Entry[],
    { id, amount, withdrawn, status, reason, at }: DisputeSnapshot,
): Entry[] {
    const dispute: Entry = {
        id,
        kind: "dispute",
        status,
        amount,
        withdrawn,
        at,
        providerId: id,
        ...(reason !== undefined && { reason }),
    };
    const isKnown = entries.some((entry) => entry.id === id);
    return isKnown ? entries.map((entry) => (entry.id === id ? dispute : entry)) : [...entries, dispute];
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

/** What of a line is refunded or about to be. */
export function refundedOf(ledger: Ledger, lineId: string): Omit<RefundedLine, "id"> {
    const lines = refundsIn(ledger, "pending", "completed").flatMap(({ lines: of = [] }) => of);
    const own = lines.filter(({ id }) => id === lineId);
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
