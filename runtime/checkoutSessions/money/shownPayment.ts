import type { components } from "../../../spec/generated/orders.types.ts";
import { unitsOf } from "../../shared/money.ts";
import { disputedIn, type Entry, type Ledger, refundable, refundedIn, stateOf } from "./ledger.ts";

/** The payment of an order as the order API shows it, in units of its currency. */
export type ShownPayment = components["schemas"]["OrderPayment"];
type ShownEntry = components["schemas"]["PaymentEntry"];

export function shownPayment(ledger: Ledger): ShownPayment {
    const { provider, paymentId: id, amount, currency, captured, entries } = ledger;
    const units = (minor: number) => unitsOf(minor, currency);
    return {
        provider,
        id,
        state: stateOf(ledger),
        currency,
        amount: units(amount),
        captured: units(captured),
        refunded: units(refundedIn(ledger)),
        refundable: units(refundable(ledger)),
        disputed: units(disputedIn(ledger)),
        entries: entries.map((entry) => shownEntry(entry, currency)),
    };
}

export function shownEntry(
    { id, kind, status, amount, at, lines, reason, failure }: Entry,
    currency: string,
): ShownEntry {
    return {
        id,
        kind,
        status,
        amount: unitsOf(amount, currency),
        at,
        ...(lines && { lines: lines.map((line) => ({ ...line, amount: unitsOf(line.amount, currency) })) }),
        ...(reason !== undefined && { reason }),
        ...(failure !== undefined && { failure }),
    };
}
