import { EnvironmentError } from "../../shared/environment.ts";
import type { Address } from "./protocol.ts";

/**
 * Settings of the merchant, as JSON in the environment variable MERCHANT.
 */
export interface Merchant {
    /** Shown to buyers: `Example Shop`. */
    readonly name: string;
    /** Base URL of links, without a slash at the end. */
    readonly shopUrl: string;
    /** The one settlement currency, lower case ISO 4217. */
    readonly currency: string;
    /** Hours until an unchanged open session expires. */
    readonly sessionHours: number;
    /** Percent by country (`DE`) or country and state (`US-CA`); `*` for all others. @default 0 */
    readonly taxRates: Readonly<Record<string, number>>;
    /**
     * Minor units by country, `*` for all others. No shipping to countries without an entry.
     */
    readonly shippingRates: Readonly<Record<string, ShippingRate>>;
    /** By location id. */
    readonly pickupLocations: Readonly<Record<string, PickupLocation>>;
    /** Marketing channels that buyers can subscribe to: `email`, `sms`. */
    readonly marketingChannels: readonly string[];
    /** Interventions that every purchase requires: `3ds`. */
    readonly requiredInterventions: readonly ("3ds" | "biometric")[];
    /** Payment provider and the merchant's account. */
    readonly payment: {
        readonly provider: "sandbox" | "stripe";
        readonly merchantId: string;
        /** `manual`: a completion authorises, and the first fulfilment or a request captures. */
        readonly capture: "automatic" | "manual";
        /** What happens to the payment of an order that cannot be fulfilled. */
        readonly unfulfillable: "refund" | "propose";
    };
}

export interface ShippingRate {
    readonly standard: number;
    /** Absent: no express shipping. */
    readonly express?: number;
}

interface PickupLocation {
    readonly name: string;
    readonly address: Address;
}

/** Throws EnvironmentError. The Pulumi program writes the variable, so its shape is known. */
export function merchantFrom(text: string): Merchant {
    try {
        return JSON.parse(text);
    } catch (cause) {
        throw new EnvironmentError("MERCHANT is not JSON", { cause });
    }
}
