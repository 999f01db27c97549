import { canonicalJson } from "../../shared/canonical.ts";
import type { Order, Progress } from "../../shared/orders/orderChange.ts";
import { type OrderEvent, orderAfter } from "../../shared/orders/orderEvent.ts";
import type { Change, OrderChanges } from "../../shared/orders/orderProgress.ts";

// Reports reach the payment and the order in any order. What the payment has heard of pieces that left counts for it at
// once, also where the order shows it later: else pieces that are canceled meanwhile would be given back after they left.

/** What an event reports as having left the shop, without whom it is for. */
export interface Departures {
    /** Milliseconds since 1970 */
    readonly sent: number;
    readonly changes: readonly Change[];
}

/** Undefined if the event reports nothing of the kind. What is of the order API the order shows already. */
export function departuresIn({ sent, changes, isOwn }: OrderEvent): Departures | undefined {
    const left = changes.flatMap(({ update, index }): Change[] => {
        const part = departuresOf(update);
        return part === undefined ? [] : [{ update: part, ...(index !== undefined && { index }) }];
    });
    return isOwn || left.length === 0 ? undefined : { sent, changes: left };
}

/**
 * Each change is one member, or one element of its list. Of a parcel also what is planned, since a later report may say no
 * more than that it has left; not that it failed, by which pieces may count as canceled: that the order has to show.
 */
function departuresOf({
    line_items: [line] = [],
    fulfillments: [parcel] = [],
}: OrderChanges): OrderChanges | undefined {
    const { fulfilled = 0 } = line?.quantity ?? {};
    if (line !== undefined && fulfilled > 0) return { line_items: [{ id: line.id, quantity: { fulfilled } }] };
    if (parcel === undefined || parcel.status === "failed" || parcel.status === "canceled") return undefined;
    const { id, type, status, line_items, events } = parcel;
    const log = events?.map(({ id: eventId, type: what, occurred_at }) => ({ id: eventId, type: what, occurred_at }));
    return {
        fulfillments: [
            {
                id,
                ...(type && { type }),
                ...(status && { status }),
                ...(line_items && { line_items }),
                ...(log && { events: log }),
            },
        ],
    };
}

interface Known extends Progress {
    readonly currency: string;
    readonly ledgerEntries: readonly string[];
    /** Whether it is the order's own version, which has refused what it does not show and cannot take. */
    readonly isVersion: boolean;
}

/** The order with what was heard, and of that what the order does not show yet. */
export function orderWith(
    { order, reports, isVersion, currency, ledgerEntries }: Known,
    heard: readonly Departures[],
): { readonly order: Order; readonly ahead: readonly Departures[] } {
    let now: Progress = { order, reports };
    const ahead: Departures[] = [];
    const once = new Map(heard.map((one) => [canonicalJson(one), one]));
    for (const { sent, changes } of once.values()) {
        const hidden = { reports: now.reports, ledgerEntries };
        const after = orderAfter(
            now.order,
            { session: { currency }, hidden },
            { sent, changes, isOwn: false, refused: [] },
        );
        if (!isVersion || piecesIn(after.order) !== piecesIn(now.order)) ahead.push({ sent, changes });
        now = after;
    }
    return { order: now.order, ahead };
}

const piecesIn = ({ line_items: lines = [], fulfillments = [] }: Order): string =>
    canonicalJson([
        lines.map(({ id, quantity }) => [id, quantity]),
        fulfillments.map(({ id, status = "", line_items = [] }) => [id, status, line_items]),
    ]);
