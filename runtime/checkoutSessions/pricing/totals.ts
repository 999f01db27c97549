import type { Total } from "../domain/protocol.ts";

/**
 * The largest price and the largest sum to pay, in minor units: what the order intake takes in every currency, also in
 * one without smaller units (`Amount` in spec/orders.openapi.yaml).
 */
export const largestAmount = 1_000_000_000;

/** What an amount to pay is made of, in minor units, each from 0. */
interface Amounts {
    /** Prices times quantities */
    readonly base: number;
    /** Taken off the items, at most `base`. */
    readonly itemsDiscount: number;
    /** Absent until the buyer has chosen how to get the items. */
    readonly fulfillment?: number;
    /** Taken off the fulfilment, at most `fulfillment`. */
    readonly discount?: number;
    readonly tax: number;
    /** Of the tax: by jurisdiction, the amounts add up to it. */
    readonly breakdown?: NonNullable<Total["breakdown"]>;
}

/**
 * The totals of a line or of the whole cart, always in this order. What they add up to: subtotal = items_base_amount −
 * items_discount; total = subtotal − discount + fulfillment + tax.
 */
export function totalsOf(amounts: Amounts): Total[] {
    const { base, itemsDiscount, discount = 0, fulfillment, tax, breakdown = [] } = amounts;
    return [
        entry("items_base_amount", "Items", base),
        ...(itemsDiscount > 0 ? [entry("items_discount", "Item discounts", itemsDiscount)] : []),
        entry("subtotal", "Subtotal", base - itemsDiscount),
        ...(discount > 0 ? [entry("discount", "Delivery discounts", discount)] : []),
        ...(fulfillment === undefined ? [] : [entry("fulfillment", "Delivery", fulfillment)]),
        { ...entry("tax", "Tax", tax), ...(breakdown.length > 0 && { breakdown }) },
        entry("total", "Total", totalOf(amounts)),
    ];
}

/** What is to be paid, in minor units. */
export function totalOf({ base, itemsDiscount, discount = 0, fulfillment = 0, tax }: Amounts): number {
    return base - itemsDiscount - discount + fulfillment + tax;
}

/** What totals say is to be paid. Throws NoTotalError: nothing is free by mistake. */
export function totalIn(totals: readonly Total[]): number {
    const total = totals.find(({ type }) => type === "total");
    if (total === undefined) throw new NoTotalError("the totals lack the total");
    return total.amount;
}

/** Totals do not say what is to be paid. */
class NoTotalError extends Error {
    override readonly name = "NoTotalError";
}

export function entry(type: Total["type"], text: string, amount: number): Total {
    return { type, display_text: text, amount };
}
