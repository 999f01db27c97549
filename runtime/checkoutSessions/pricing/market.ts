import type { Merchant } from "../domain/merchant.ts";

/** What a quote is made with: the catalogue as it was read just now, and the merchant's rules. */
export interface Market {
    /** By product id; what is missing is not sold any more. */
    readonly products: ReadonlyMap<string, Product>;
    /** By code in upper case. */
    readonly discounts: ReadonlyMap<string, DiscountCode>;
    readonly merchant: Merchant;
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
    /** How many there are; absent for what does not run out. */
    readonly stock?: number;
    /** Delivered by download or mail, not shipped. */
    readonly digital?: boolean;
    readonly description?: string;
    /** URLs of pictures. */
    readonly images?: readonly string[];
    /** Not taxed anywhere. */
    readonly taxExempt?: boolean;
}

/** A discount code as the merchant keeps it. Codes are compared in upper case. */
export interface DiscountCode {
    /** Upper case */
    readonly code: string;
    readonly name: string;
    /** Either this, from 0 to 100… */
    readonly percentOff?: number;
    /** …or this, in minor units of the merchant's currency. */
    readonly amountOff?: number;
    /** What it is taken from. @default items */
    readonly appliesTo?: "items" | "fulfillment";
    /** Products it is limited to. @default all */
    readonly products?: readonly string[];
    /** Least sum of the items before discounts, in minor units. @default 0 */
    readonly minimum?: number;
    /** ISO 8601 */
    readonly startsAt?: string;
    /** ISO 8601 */
    readonly endsAt?: string;
    /** How often it may be redeemed in all. @default without limit */
    readonly usageLimit?: number;
    /** How often it has been redeemed. @default 0 */
    readonly timesRedeemed?: number;
    /** Whether it goes together with other codes. @default true */
    readonly combinable?: boolean;
    /** Lower ones are taken off first. @default 100 */
    readonly priority?: number;
}
