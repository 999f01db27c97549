import type { FulfillmentOption, Total } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import { breakdownOf, type Tax } from "./tax.ts";

/**
 * Maximum price and total, in minor units: the order intake's maximum (`Amount` in spec/orders.openapi.yaml), also for
 * currencies without minor units.
 */
export const largestAmount = 1_000_000_000;

/** Components of an amount, in minor units, each from 0. */
interface Amounts {
    /** Prices times quantities */
    readonly base: number;
    /** At most `base`. */
    readonly itemsDiscount: number;
    /** Absent until the buyer has selected an option. */
    readonly fulfillment?: number;
    /** At most `fulfillment`. */
    readonly discount?: number;
    readonly taxes: readonly Tax[];
    /** The other amounts contain the taxes. */
    readonly taxIncluded: boolean;
}

/**
 * The totals of a line or of the cart, always in this order: subtotal = items_base_amount − items_discount; total =
 * subtotal − discount + fulfillment + tax. A tax that the prices include is 0 there, and in the breakdown.
 */
export function totalsOf(amounts: Amounts): Total[] {
    const { base, itemsDiscount, discount = 0, fulfillment, taxes, taxIncluded } = amounts;
    const breakdown = breakdownOf(taxes);
    return [
        entry("items_base_amount", "Items", base),
        ...(itemsDiscount > 0 ? [entry("items_discount", "Item discounts", itemsDiscount)] : []),
        entry("subtotal", "Subtotal", base - itemsDiscount),
        ...(discount > 0 ? [entry("discount", "Delivery discounts", discount)] : []),
        ...(fulfillment === undefined ? [] : [entry("fulfillment", "Delivery", fulfillment)]),
        {
            ...entry("tax", taxIncluded ? "Tax (included in the prices)" : "Tax", addedTax(amounts)),
            ...(breakdown.length > 0 && { breakdown }),
        },
        entry("total", "Total", totalOf(amounts)),
    ];
}

/** The totals of an option of delivery: with the tax, if there is one on top of its cost. */
export function optionTotals(
    { title, totals }: FulfillmentOption,
    cost: number,
    tax: Tax | undefined,
    taxIncluded: boolean,
): FulfillmentOption["totals"] {
    if (tax === undefined || tax.amount === 0 || taxIncluded) return totals;
    return [
        entry("fulfillment", title, cost),
        { ...entry("tax", "Tax", tax.amount), breakdown: breakdownOf([tax]) },
        entry("total", title, cost + tax.amount),
    ];
}

/** The amount to pay, in minor units. */
export function totalOf(amounts: Amounts): number {
    const { base, itemsDiscount, discount = 0, fulfillment = 0 } = amounts;
    return base - itemsDiscount - discount + fulfillment + addedTax(amounts);
}

const addedTax = ({ taxes, taxIncluded }: Amounts) => (taxIncluded ? 0 : sumOf(taxes.map(({ amount }) => amount)));

/** The amount of type `total`. Throws NoTotalError, so that nothing is free by mistake. */
export function totalIn(totals: readonly Total[]): number {
    const total = totals.find(({ type }) => type === "total");
    if (total === undefined) throw new NoTotalError("the totals lack the total");
    return total.amount;
}

/** There is no total of type `total`. */
class NoTotalError extends Error {
    override readonly name = "NoTotalError";
}

export function entry(type: Total["type"], text: string, amount: number): Total {
    return { type, display_text: text, amount };
}
