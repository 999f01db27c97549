import type { components } from "../../spec/generated/catalog.types.ts";
import { instantOf } from "../shared/instant.ts";
import type { JsonObject } from "../shared/json.ts";

type Availability = components["schemas"]["Availability"];

/** Pieces that can be sold, up to which the stock is limited. */
const few = 5;

/**
 * A product's pieces. Completions take what they hold out of the item's `stock` and add it to `taken`; what became
 * reservations of orders is added up elsewhere (`reserved`, runtime/shared/stockHold.ts).
 */
export interface Pieces {
    /** Pieces that can be sold. Below 0 if fewer were counted than are held. Absent: not counted. */
    readonly sellable?: number;
    readonly taken: number;
    readonly reserved: number;
}

export function piecesIn(item: JsonObject | undefined, reserved: unknown): Pieces {
    const { stock, taken } = item ?? {};
    return {
        ...(typeof stock === "number" && { sellable: stock }),
        taken: typeof taken === "number" ? taken : 0,
        reserved: typeof reserved === "number" ? reserved : 0,
    };
}

/** Pieces that running checkouts hold. Never below 0, also if the item was replaced by another way than this domain's. */
export const heldIn = ({ taken, reserved }: Pieces): number => Math.max(0, taken - reserved);

/** Pieces that are not part of an order; null if they are not counted. */
export const countIn = (pieces: Pieces): number | null =>
    pieces.sellable === undefined ? null : Math.max(0, pieces.sellable + heldIn(pieces));

/** @param sellable the attribute `stock` */
export function availabilityOf(sellable: unknown, availableFrom: string | undefined, now: number): Availability {
    if (availableFrom !== undefined && !(instantOf(availableFrom) <= now)) return "not_yet_available";
    if (typeof sellable !== "number" || sellable > few) return "in_stock";
    return sellable > 0 ? "limited_stock" : "out_of_stock";
}

/** Parts of an update of the item. */
export interface StockUpdate {
    readonly set: readonly string[];
    readonly remove: readonly string[];
    readonly condition: readonly string[];
    readonly values: Readonly<Record<string, number>>;
}

/**
 * Sets what can be sold to the count without what is held. What completions take meanwhile is in `taken` when this is
 * written; what they turn into reservations meanwhile was among the counted pieces, and stays out.
 */
export function counted(pieces: Pieces, count: number): StockUpdate {
    const { taken, reserved } = pieces;
    // Where another item replaced the one that `taken` was in, the sums begin anew.
    if (taken < reserved) {
        return {
            set: ["stock = :count", "taken = :reserved"],
            remove: [],
            condition: [takenIs(taken)],
            values: { ":count": count, ":reserved": reserved, ":taken": taken },
        };
    }
    return {
        set: ["stock = :count - if_not_exists(taken, :none)"],
        remove: [],
        condition: [],
        values: { ":count": count + reserved, ":none": 0 },
    };
}

/** Ends the counting. Only while nothing is held: what is given back later could not be told from what was counted. */
export const uncounted = ({ taken }: Pieces): StockUpdate => ({
    set: [],
    remove: ["stock"],
    condition: [takenIs(taken)],
    values: { ":taken": taken },
});

/** On condition that the stock is as it was read. */
export const onlyIfUnsold = (update: StockUpdate, { sellable, taken }: Pieces): StockUpdate => ({
    ...update,
    condition: [
        ...update.condition,
        sellable === undefined ? "attribute_not_exists(stock)" : "stock = :sellable",
        takenIs(taken),
    ],
    values: { ...update.values, ...(sellable !== undefined && { ":sellable": sellable }), ":taken": taken },
});

const takenIs = (taken: number) => (taken > 0 ? "taken = :taken" : "(attribute_not_exists(taken) OR taken = :taken)");
