import type { Merchant } from "../domain/merchant.ts";
import type { Regions } from "./regions.ts";
import type { Rules } from "./rules.ts";

/** Input of a quote: catalogue and merchant's settings. */
export interface Market {
    /** By product id; missing ones are not sold. */
    readonly products: ReadonlyMap<string, Product>;
    /** By code in upper case. */
    readonly discounts: ReadonlyMap<string, DiscountCode>;
    readonly merchant: Merchant;
    /** Of countries whose regions have tax rates. */
    readonly regions: Regions;
    /** @default the catalogue's prices and the merchant's tables */
    readonly rules?: Rules;
    readonly now: Date;
}

/** A product of the catalogue. */
export interface Product {
    readonly productId: string;
    readonly name: string;
    /** Minor units of `currency`. */
    readonly price: number;
    /** Lower case ISO 4217 */
    readonly currency: string;
    /** Prices in all currencies that it is sold in, by lower case ISO 4217. @default only `price` */
    readonly prices?: Readonly<Record<string, number>>;
    /** Absent: unlimited. */
    readonly stock?: number;
    /** Delivered electronically. */
    readonly digital?: boolean;
    readonly description?: string;
    /** URLs. */
    readonly images?: readonly string[];
    readonly taxExempt?: boolean;
    /** Key of `Merchant.taxClasses`. */
    readonly taxClass?: string;
    /** Grams, for shipping by weight. @default 0 */
    readonly weight?: number;
    /** ISO 8601: not sold before. @default sold already */
    readonly availableFrom?: string;
}

/** The product with its price in a currency; undefined if it has none. */
export function pricedIn(product: Product, currency: string): Product | undefined {
    const price = product.prices?.[currency] ?? (product.currency === currency ? product.price : undefined);
    return price === undefined ? undefined : { ...product, price, currency };
}

/** Codes are compared in upper case. */
export interface DiscountCode {
    /** Upper case */
    readonly code: string;
    readonly name: string;
    /** Either this, from 0 to 100… */
    readonly percentOff?: number;
    /** …or this, in minor units of the merchant's currency. */
    readonly amountOff?: number;
    /** @default items */
    readonly appliesTo?: "items" | "fulfillment";
    /** @default all */
    readonly products?: readonly string[];
    /** Minimum sum of the items before discounts, in minor units. @default 0 */
    readonly minimum?: number;
    /** ISO 8601 */
    readonly startsAt?: string;
    /** ISO 8601 */
    readonly endsAt?: string;
    /** @default unlimited */
    readonly usageLimit?: number;
    /** @default 0 */
    readonly timesRedeemed?: number;
    /** @default true */
    readonly combinable?: boolean;
    /** Lower ones first. @default 100 */
    readonly priority?: number;
}
