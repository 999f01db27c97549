import type { MoneyProvider, PaymentSnapshot } from "../payment/money.ts";
import { type Entry, type Ledger, undone } from "./ledger.ts";
import type { LedgerStore } from "./ledgerStore.ts";
import { reconciled } from "./reconcile.ts";

interface Till {
    readonly ledgers: LedgerStore;
    readonly provider: MoneyProvider;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

/** Other invocations changed the ledger during every attempt. SQS retries the message. */
class LedgerContendedError extends Error {
    override readonly name = "LedgerContendedError";
}

/** The provider has no such payment: another account, or another mode of it. */
class PaymentMissingError extends Error {
    override readonly name = "PaymentMissingError";
}

const attempts = 5;

/**
 * Does at the provider what the ledger of an order says, and takes over what the provider says, also of changes that others made there. Reads
 * both anew, so that it may run at any time, repeatedly and concurrently: it is the one answer to a new entry, to an event
 * of the provider and to a crash. Undefined for an order without a payment.
 * Throws PaymentUnavailableError and PaymentOutcomeUnknownError after it has written what is known.
 */
export async function carryOut(
    { ledgers, provider, now }: Till,
    orderId: string,
    requestId: string,
): Promise<{ readonly ledger: Ledger; readonly news: readonly Entry[] } | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const before = await ledgers.load(orderId);
        if (before === undefined) return undefined;
        const { after, failure } = await done(before, provider, now);
        const written = after === before ? "appended" : await ledgers.append(after, requestId);
        if (written === "conflict") continue;
        if (failure !== undefined) throw failure;
        return { ledger: after, news: newsIn(before, after) };
    }
    throw new LedgerContendedError(`the ledger of ${orderId} changed during ${attempts} attempts`);
}

async function done(
    before: Ledger,
    provider: MoneyProvider,
    now: () => number,
): Promise<{ readonly after: Ledger; readonly failure: unknown }> {
    const { orderId, paymentId } = before;
    const at = new Date(now()).toISOString();
    const seen = reconciled(before, await look(provider, paymentId), new Map(), at);
    const orders = undone(seen);
    if (orders.length === 0) return { after: seen, failure: undefined };
    const refusals = new Map<string, string>();
    let failure: unknown;
    for (const { id: entryId, kind, amount } of orders) {
        try {
            const outcome = await provider.carryOut({ entryId, kind, orderId, paymentId, amount });
            if (outcome.status === "refused") refusals.set(entryId, outcome.reason);
        } catch (error) {
            failure ??= error;
        }
    }
    try {
        return { after: reconciled(seen, await look(provider, paymentId), refusals, at), failure };
    } catch (error) {
        return { after: seen, failure: failure ?? error };
    }
}

async function look(provider: MoneyProvider, paymentId: string): Promise<PaymentSnapshot> {
    const snapshot = await provider.look(paymentId);
    if (snapshot === undefined) throw new PaymentMissingError(`the provider has no payment ${paymentId}`);
    return snapshot;
}

/** Entries that are new or have another status. */
function newsIn(before: Ledger, after: Ledger): Entry[] {
    const statuses = new Map(before.entries.map(({ id, status }) => [id, status]));
    return after.entries.filter(({ id, status }) => statuses.get(id) !== status);
}
