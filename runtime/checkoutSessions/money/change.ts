import type { Refused } from "../../shared/http.ts";
import { pause } from "../../shared/pause.ts";
import type { Write } from "../../shared/transact.ts";
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

/** What a client wants to be so before its change is written: a problem, or what is to hold while it is. */
export type Precondition = (ledger: Ledger) => Promise<{ readonly beside: readonly Write[] } | Refused>;
const none: Precondition = async () => ({ beside: [] });

/** Decides and writes with optimistic locking. Undefined for an order without a payment. */
export async function change(
    ledgers: Pick<LedgerStore, "load" | "append">,
    orderId: string,
    decide: Decide,
    correlationId: string,
    now: () => number,
    precondition = none,
): Promise<Changed | Refused | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const ledger = await ledgers.load(orderId);
        if (ledger === undefined) return undefined;
        const decision = decide(ledger, new Date(now()).toISOString());
        if ("problem" in decision) return decision;
        if ("written" in decision) return { ledger, entry: decision.written };
        const held = await precondition(ledger);
        if ("problem" in held) return held;
        const isNote = "noted" in decision;
        const after = isNote ? decision.noted : decision.after;
        const written = await ledgers.append(after, correlationId, isNote, held.beside);
        if (written === "appended") return { ledger: after, entry: isNote ? undefined : decision.entry };
        await pause(attempt);
    }
    return { problem: { status: 503, detail: "other requests are changing the payment", retryAfter: 1 } };
}
