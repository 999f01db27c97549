import { canonicalJson } from "../../shared/canonical.ts";
import type { DisputeSnapshot, PaymentSnapshot, RefundSnapshot } from "../payment/money.ts";
import { canceledLines, owedIn } from "./canceled.ts";
import { type Entry, isUndone, type Ledger, refundable, wholeOf } from "./ledger.ts";

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
    const isOwed = captured === 0 || ledger.captured > 0 || captured === owedIn(ledger);
    if (captured > 0 && captured < ledger.amount && !entries.some(({ id }) => id === uncaptured)) {
        const { paymentId: providerId, amount } = ledger;
        const common = { kind: "void", status: "completed", amount: amount - captured, at, providerId } as const;
        const why = isOwed
            ? { id: "uncaptured", reason: "canceled", lines: canceledLines(ledger) }
            : { id: uncaptured, failure: "captured_in_part_by_provider" };
        if (!entries.some(({ id }) => id === why.id)) entries = [...entries, { ...common, ...why }];
    }
    entries = entries.map((entry) => {
        const failure = refusals.get(entry.id);
        return failure !== undefined && isUndone(entry) ? { ...entry, status: "failed", failure } : entry;
    });
    const anew = isOwed || ledger.canceled === undefined ? {} : { canceled: [] };
    const after = withinReach({ ...ledger, captured, isVoided, entries, ...anew });
    return canonicalJson(after) === canonicalJson(ledger) ? ledger : after;
}

/** A proposal is to give back what is left, which the provider may have changed: by a lost dispute, for example. */
function withinReach(ledger: Ledger): Ledger {
    const whole = wholeOf(ledger);
    const entries = ledger.entries.map((entry): Entry => {
        if (entry.status !== "proposed") return entry;
        const { kind, amount } =
            entry.isOfCanceled && entry.kind === "refund"
                ? { kind: entry.kind, amount: Math.min(entry.amount, refundable(ledger)) }
                : whole;
        return amount === 0 ? { ...entry, status: "replaced" } : { ...entry, kind, amount };
    });
    return { ...ledger, entries };
}

/** Id of the release of what a capture in the provider's dashboard left. */
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
