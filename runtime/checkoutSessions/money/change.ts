import type { Refused } from "../../shared/http.ts";
import type { LineProgress } from "../../shared/orders/canceledPieces.ts";
import { pause } from "../../shared/pause.ts";
import type { Write } from "../../shared/transact.ts";
import type { Departures } from "./departures.ts";
import type { Entry, Ledger } from "./ledger.ts";
import { type LedgerStore, next } from "./ledgerStore.ts";
import type { EntryDecision } from "./request.ts";

/** Decides on a new entry, or on a note. `written` undefined: neither is needed. */
export type Decide = (
    ledger: Ledger,
    at: string,
    order: OrderNow,
) => EntryDecision | { readonly written: undefined } | { readonly noted: Ledger };

interface Changed {
    readonly ledger: Ledger;
    readonly entry: Entry | undefined;
    readonly order: OrderNow;
}

/** What of the order a change of its payment rests on. */
export interface OrderNow {
    /** The latest in its table; 0: none. */
    readonly version: number;
    readonly progress: readonly LineProgress[];
    /** As a whole. */
    readonly isCanceled: boolean;
    /** What the ledger has heard of pieces that left, and the order does not show. */
    readonly ahead?: readonly Departures[];
    /** What is to hold while the change is written: that the order is still so, for example. */
    readonly beside: readonly Write[];
    /** Why nothing is to be written. */
    readonly refused?: Refused;
}

const attempts = 5;
const unknown: OrderNow = { version: 0, progress: [], isCanceled: false, beside: [] };

/** Decides and writes with optimistic locking. Undefined for an order without a payment. @param look reads the order */
export async function change(
    ledgers: Pick<LedgerStore, "load" | "append">,
    orderId: string,
    decide: Decide,
    correlationId: string,
    now: () => number,
    look: (ledger: Ledger) => Promise<OrderNow> = async () => unknown,
): Promise<Changed | Refused | undefined> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const ledger = await ledgers.load(orderId);
        if (ledger === undefined) return undefined;
        const order = await look(ledger);
        const decision = decide(ledger, new Date(now()).toISOString(), order);
        if ("problem" in decision) return decision;
        if ("written" in decision) return { ledger, entry: decision.written, order };
        if (order.refused !== undefined) return order.refused;
        const isNote = "noted" in decision;
        const after = isNote ? decision.noted : decision.after;
        const written = await ledgers.append(after, correlationId, isNote, order.beside);
        if (written === "appended") {
            return { ledger: next(after, isNote), entry: isNote ? undefined : decision.entry, order };
        }
        await pause(attempt);
    }
    return { problem: { status: 503, detail: "other requests are changing the payment", retryAfter: 1 } };
}
