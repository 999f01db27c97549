import { EnvironmentError } from "../../shared/environment.ts";
import type { Address, AuthenticationMetadata } from "./protocol.ts";

/**
 * Settings of the merchant, as JSON in the environment variable MERCHANT.
 */
export interface Merchant {
    /** Shown to buyers: `Example Shop`. */
    readonly name: string;
    /** Base URL of links, without a slash at the end. */
    readonly shopUrl: string;
    /** Of the session; without one the merchant's own. Lower case ISO 4217. */
    readonly currency: string;
    /** The versions of ACP that are served, oldest first, as in the discovery document. */
    readonly acpVersions: readonly string[];
    /** Further currencies that sessions may have, each with its prices of shipping. @default none */
    readonly currencies?: Readonly<Record<string, Pick<Merchant, "shippingRates">>>;
    /** The merchant's own currency, that of amounts in discount codes. @default currency */
    readonly ownCurrency?: string;
    /** Days until an unchanged cart expires. */
    readonly cartDays: number;
    /** URL of the shop's page for a cart, in which `{items}` stands for `id:quantity,…`. @default carts have none */
    readonly cartPage?: string;
    /** Hours until an unchanged open session expires. */
    readonly sessionHours: number;
    /** Percent by country (`DE`) or country and region (`US-CA`); `*` for all others. @default 0 */
    readonly taxRates: TaxRates;
    /** Other rates by the tax class of products. @default none */
    readonly taxClasses?: Readonly<Record<string, TaxRates>>;
    /** Prices of products and shipping include the tax. @default false */
    readonly taxIncluded?: boolean;
    /** Shipping is taxed. @default false */
    readonly taxOnShipping?: boolean;
    /**
     * By country (`DE`) or country and beginning of the postal code (`FR:20`), `*` for all others. No shipping where there
     * is no entry.
     */
    readonly shippingRates: Readonly<Record<string, ShippingRate>>;
    /** By location id. */
    readonly pickupLocations: Readonly<Record<string, PickupLocation>>;
    /** The name of a module that prices, ships or taxes in place of the tables. @default none */
    readonly rules?: string;
    /** Marketing channels that buyers can subscribe to: `email`, `sms`. */
    readonly marketingChannels: readonly string[];
    /** Interventions that every purchase requires: `3ds`. */
    readonly requiredInterventions: readonly ("3ds" | "biometric")[];
    /** Payment provider and the merchant's account; the acquirer for 3-D Secure. */
    readonly payment: {
        readonly provider: "sandbox" | "stripe";
        readonly merchantId: string;
        readonly acquirer?: Acquirer;
        /** For Google Pay in UCP: the ids at Google and, for the browser, at Stripe. @default not offered */
        readonly googlePay?: { readonly merchantId: string; readonly publishableKey: string };
        /** `manual`: a completion authorises, and the first fulfilment or a request captures. */
        readonly capture: "automatic" | "manual";
        /** What happens to the payment of an order that cannot be fulfilled. */
        readonly unfulfillable: "refund" | "propose";
    };
}

export type Acquirer = AuthenticationMetadata["acquirer_details"];

export type TaxRates = Readonly<Record<string, number>>;

/** Prices of the ways of shipping in minor units; a way without a price is not offered. */
interface ShippingPrices {
    readonly standard?: number;
    readonly express?: number;
}

/** Prices up to each step, and above the last one. */
export interface ShippingRate extends ShippingPrices {
    /** Ascending */
    readonly steps?: readonly (ShippingPrices & { readonly upTo: number })[];
    /** What the steps measure: grams, or minor units before discounts. @default weight */
    readonly by?: "weight" | "value";
    /** Value of the goods from which standard shipping is free, in minor units before discounts. @default never */
    readonly freeFrom?: number;
}

export interface PickupLocation {
    readonly name: string;
    readonly address: Address;
}

export const currenciesOf = ({ currency, ownCurrency = currency, currencies = {} }: Merchant): readonly string[] => [
    ownCurrency,
    ...Object.keys(currencies),
];

/** The merchant as sessions in a currency see him. In one that is no longer sold in, nothing is shipped. */
export function sellingIn(merchant: Merchant, currency: string): Merchant {
    if (currency === merchant.currency) return merchant;
    const { shippingRates = {} } = new Map(Object.entries(merchant.currencies ?? {})).get(currency) ?? {};
    return { ...merchant, currency, shippingRates, ownCurrency: merchant.currency };
}

/** Throws EnvironmentError. The Pulumi program writes the variable, so its shape is known. */
export function merchantFrom(text: string): Merchant {
    try {
        return JSON.parse(text);
    } catch (cause) {
        throw new EnvironmentError("MERCHANT is not JSON", { cause });
    }
}
