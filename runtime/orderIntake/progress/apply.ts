import type { Refused } from "../../shared/http.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { bytesIn } from "../../shared/message.ts";
import { type Change, type OrderChanges, progressed, untoldNotes } from "../../shared/orders/orderProgress.ts";
import type { ValidationError } from "../../shared/validationErrors.ts";
import type { Decision } from "./decision.ts";
import { type ClientEntry, type Note, type OrderState, progressOf, statusOf } from "./orderState.ts";

/** An order after a change. */
interface Applied {
    readonly after: OrderState;
    /** What has changed, for the event. */
    readonly changes: OrderChanges;
    readonly entry: ClientEntry;
}

/** Bytes of JSON; an item of the table holds the state and the event, which is smaller. */
const mostBytes = 180_000;
const mostEntries = 300;
/**
 * Entries, and bytes for each, that a change leaves to those that must be possible after it: whatever the notes and reports
 * of an order are, its pieces can be sent and its rest canceled.
 */
const left = { note: 120, update: 40, fulfillment: 20, cancellation: 0 } as const;
const entryBytes = 600;

/** Ids of the adjustments that are entries of the payment's ledger, of its item in the payments table. */
export function ledgerEntriesIn(item: JsonObject | undefined): string[] {
    const payment = item?.["payment"];
    const entries: unknown = isJsonObject(payment) ? payment["entries"] : undefined;
    return Array.isArray(entries) ? entries.map((entry) => String(isJsonObject(entry) ? entry["id"] : "")) : [];
}

/** The state after a decision, with the status that follows from it. */
export function applied(
    state: OrderState,
    { changes, entry: decided, note }: Decision,
    asked: Pick<ClientEntry, "at" | "by" | "request">,
    ledgerEntries: readonly string[],
): Applied | Refused {
    const { at } = asked;
    const received = { sent: Date.parse(at), currency: state.currency, ledgerEntries, isOwn: true };
    const { refused, ...after } = progressed(state, changesIn(changes), received);
    if (refused.length > 0) return { problem: { status: 409, detail: "the order does not allow it", errors: refused } };
    const status = statusOf(after.order);
    const further = status === undefined ? after : progressed(after, [{ update: { status } }], received);
    const isNews = progressOf(further.order) !== progressOf(state.order);
    const entry = { ...decided, ...asked };
    const next: OrderState = {
        ...state,
        version: state.version + 1,
        order: further.order,
        reports: further.reports,
        notes: note ? [...state.notes, note] : state.notes,
        timeline: [...state.timeline, entry],
    };
    if (isTooLarge(next, entry.type)) {
        const detail = `the order has too many changes for another ${entry.type}`;
        return { problem: { status: 409, detail } };
    }
    return { after: next, entry, changes: isNews && status ? { status, ...changes } : changes };
}

/** The state after an update by a system of the merchant, or the event of another part of the program. */
export function merged(
    state: OrderState,
    changes: readonly Change[],
    {
        id,
        sent,
        ledgerEntries,
    }: { readonly id: string; readonly sent: number; readonly ledgerEntries: readonly string[] },
): { readonly after: OrderState; readonly refused: readonly ValidationError[] } {
    const received = { sent, currency: state.currency, ledgerEntries };
    const { refused, order, reports } = progressed(state, changes, received);
    const { status } = order;
    const entry = { type: "update", id, at: nextTime(state, sent), ...(status !== undefined && { status }) } as const;
    const told = untoldNotes(state.reports, changes).map(
        ({ id: note, text }): Note => ({ id: note, text, audience: "customer", at: entry.at, by: "bus" }),
    );
    const notes = [...state.notes, ...told];
    const after = { ...state, version: state.version + 1, order, reports, notes, timeline: [...state.timeline, entry] };
    return { after, refused };
}

/** Later than the changes before: events of an order are told apart by their times. ISO 8601 */
export function nextTime({ timeline }: OrderState, now: number): string {
    const last = Date.parse(timeline.at(-1)?.at ?? "");
    return new Date(Number.isNaN(last) ? now : Math.max(now, last + 1)).toISOString();
}

/** @param change the last one */
export const isTooLarge = (state: OrderState, change: keyof typeof left): boolean =>
    state.timeline.length > mostEntries - left[change] || bytesIn(state) > mostBytes - left[change] * entryBytes;

/** Each element of a list is a change of its own. */
function changesIn({ line_items = [], fulfillments = [], adjustments = [], notes = [] }: OrderChanges): Change[] {
    return [
        ...line_items.map((line, index) => ({ update: { line_items: [line] }, index })),
        ...fulfillments.map((one, index) => ({ update: { fulfillments: [one] }, index })),
        ...adjustments.map((one, index) => ({ update: { adjustments: [one] }, index })),
        ...notes.map((one, index) => ({ update: { notes: [one] }, index })),
    ];
}
