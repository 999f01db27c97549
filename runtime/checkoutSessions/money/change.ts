import { pause } from "../../shared/pause.ts";
import type { Entry, Ledger } from "./ledger.ts";
import type { LedgerStore } from "./ledgerStore.ts";
import type { EntryDecision } from "./request.ts";

/** Decides on a new entry, or on a note. `written` undefined: neither is needed. */
export type Decide = (
    ledger: Ledger,
    at: string,
) => EntryDecision | { readonly written: undefined } | { readonly noted: Ledger };

interface Changed {
    readonly ledger: Ledger;
    readonly entry: Entry | undefined;
}

const attempts = 5;

/** Decides and writes with optimistic locking. Undefined for an order without a payment. */
export async function change(
    ledgers: Pick<LedgerStore, "load" | "append">,
    orderId: string,
    decide: Decide,
    correlationId: string,
    now: () => number,
): Promise<Changed | Extract<EntryDecision, { readonly problem: unknown }> | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const ledger = await ledgers.load(orderId);
        if (ledger === undefined) return undefined;
        const decision = decide(ledger, new Date(now()).toISOString());
        if ("problem" in decision) return decision;
        if ("written" in decision) return { ledger, entry: decision.written };
        const isNote = "noted" in decision;
        const after = isNote ? decision.noted : decision.after;
        const written = await ledgers.append(after, correlationId, isNote);
        if (written === "appended") return { ledger: after, entry: isNote ? undefined : decision.entry };
        await pause(attempt);
    }
    return { problem: { status: 503, detail: "other requests are changing the payment", retryAfter: 1 } };
}
