import { EnvironmentError } from "../../shared/environment.ts";
import type { Address } from "./protocol.ts";

/**
 * What the merchant has decided, from the stack's settings; the callbacks get it as JSON in the variable MERCHANT.
 */
export interface Merchant {
    /** Shown to buyers: `Example Shop`. */
    readonly name: string;
    /** The shop's address without a slash at the end: policies and orders are linked below it. */
    readonly shopUrl: string;
    /** The one settlement currency, lower case ISO 4217. */
    readonly currency: string;
    /** Hours after its last change when an open session expires. */
    readonly sessionHours: number;
    /** Percent by country (`DE`) or country and state (`US-CA`); `*` for all others; 0 where nothing matches. */
    readonly taxRates: Readonly<Record<string, number>>;
    /**
     * What shipping costs in minor units, by country, `*` for all others. To where no entry matches nothing is shipped.
     */
    readonly shippingRates: Readonly<Record<string, ShippingRate>>;
    /** Where goods can be fetched, by the location's id. */
    readonly pickupLocations: Readonly<Record<string, PickupLocation>>;
    /** Channels that buyers may subscribe to at checkout: `email`, `sms`. */
    readonly marketingChannels: readonly string[];
    /** Interventions without which nothing is sold: `3ds`. */
    readonly requiredInterventions: readonly ("3ds" | "biometric")[];
    /** Who charges, and the merchant's account there. */
    readonly payment: { readonly provider: "sandbox" | "stripe"; readonly merchantId: string };
}

export interface ShippingRate {
    readonly standard: number;
    /** Absent: there is no faster way. */
    readonly express?: number;
}

interface PickupLocation {
    readonly name: string;
    readonly address: Address;
}

/** Throws EnvironmentError when it is not JSON; the program wrote it, so its shape is known. */
export function merchantFrom(text: string): Merchant {
    try {
        return JSON.parse(text);
    } catch (cause) {
        throw new EnvironmentError("MERCHANT is not JSON", { cause });
    }
}
