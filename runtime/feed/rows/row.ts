import type { ProductData } from "../../catalog/product.ts";
import { digitsOf } from "../../shared/money.ts";

/** Cells of a row by column; what a product does not have is empty. */
export type Row<Column extends string> = Readonly<Record<Column, string | undefined>>;

/** `95.00 USD`. Exact, however large the amount is. */
export function amountText(amount: number, currency: string): string {
    const digits = digitsOf(currency);
    const text = String(amount).padStart(digits + 1, "0");
    const units = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
    return `${units} ${currency.toUpperCase()}`;
}

/** What a product is of its group, by name: DynamoDB keeps no order. */
export const optionsOf = (group: ProductData["group"]): [name: string, value: string][] =>
    Object.entries(group?.options ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));

/** What a product is of its group, in one of these respects. */
export const optionNamed = (group: ProductData["group"], name: RegExp): string | undefined =>
    optionsOf(group).find(([option]) => name.test(option))?.[1];
