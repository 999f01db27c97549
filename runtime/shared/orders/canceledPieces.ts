import type { Order } from "./orderChange.ts";

/** Pieces of a line of an order as it is now. */
export interface LineProgress {
    readonly id: string;
    /** Before they left. */
    readonly canceled: number;
    /** Have left. */
    readonly gone: number;
}

/**
 * The lines of which pieces were canceled: as cancellations name them, also of a parcel that failed, or as reports count
 * them. Pieces that are wanted less after they have left were returned, which is not the same.
 */
export function canceledIn({ line_items: lines = [], adjustments = [] }: Order): LineProgress[] {
    const named = adjustments
        .filter(({ type, status }) => type === "cancellation" && status !== "failed")
        .flatMap(({ line_items = [] }) => line_items);
    return lines
        .map(({ id, quantity: { ordered, current, fulfilled = 0 } }) => {
            const counted = ordered - Math.max(current, fulfilled);
            const pieces = named.reduce((sum, one) => (one.id === id ? sum + one.quantity : sum), 0);
            const canceled = Math.min(ordered, Math.max(counted, pieces));
            return { id, canceled, gone: Math.min(fulfilled, ordered - canceled) };
        })
        .filter(({ canceled }) => canceled > 0);
}
