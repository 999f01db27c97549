import { postalCodes } from "../../../spec/generated/postalCodes.ts";
import type { Merchant, ShippingRate } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { Address, FulfillmentOption, Message } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import { countryOf, type Destination, unknownCountry } from "./places.ts";
import type { Parcel, ShippingRule, ShippingWay } from "./rules.ts";
import { entry } from "./totals.ts";

const ways = {
    standard: { id: "shipping_standard", title: "Standard shipping", days: [3, 5] },
    express: { id: "shipping_express", title: "Express shipping", days: [1, 2] },
} as const satisfies Record<string, ShippingWay>;

/** The prices of the settings. */
export const shippingTable = (merchant: Merchant): ShippingRule => ({
    waysFor: ({ destination }) => (rateTo(destination, merchant) === undefined ? [] : Object.values(ways)),
    cost: ({ id }, { destination, items }) => {
        const rate = rateTo(destination, merchant);
        return rate && priceIn(rate, id === ways.express.id ? "express" : "standard", items);
    },
});

/**
 * The message why nothing can be shipped (yet).
 * @param isReached there is a way to the destination
 * @param alternative `, or choose …`
 */
export function obstacleTo(
    destination: Destination | undefined,
    merchant: Merchant,
    isReached: boolean,
    param: string,
    alternative: string,
): Message | undefined {
    if (destination === undefined) return blocker("missing", param, `Give the address to ship to${alternative}.`);
    const { address } = destination;
    const country = countryOf(address);
    if (country === undefined) return unknownCountry(param);
    if (!isPostalCode(address.postal_code, country)) {
        return blocker(
            "invalid",
            `${param}.postal_code`,
            `This is not a postal code of ${country}. Correct the address.`,
        );
    }
    if (isReached) return undefined;
    const place = Object.keys(merchant.shippingRates).some((key) => key.startsWith(`${country}:`))
        ? "postal_code"
        : "country";
    return blocker(
        "region_restricted",
        `${param}.${place}`,
        `Nothing is shipped there. Change the address${alternative}.`,
    );
}

/** Whether something can be addressed there, by whatever way. */
export function isAddressable(address: Address): boolean {
    const country = countryOf(address);
    return country !== undefined && isPostalCode(address.postal_code, country);
}

/** The rate of the longest beginning of the postal code, then of the country, then of all others. */
function rateTo(address: Address, { shippingRates }: Merchant): ShippingRate | undefined {
    const country = countryOf(address);
    if (country === undefined || !isPostalCode(address.postal_code, country)) return undefined;
    const code = comparedCode(address.postal_code, country);
    const byPrefix = Object.entries(shippingRates)
        .filter(([key]) => key.startsWith(`${country}:`))
        .map(([key, rate]) => ({ prefix: comparedCode(key.slice(3), country), rate }))
        .filter(({ prefix }) => code.startsWith(prefix))
        .sort((one, other) => other.prefix.length - one.prefix.length);
    const rate = byPrefix[0]?.rate ?? shippingRates[country] ?? shippingRates["*"];
    const { standard, express, steps = [] } = rate ?? {};
    // A place without prices is excluded.
    return standard === undefined && express === undefined && steps.length === 0 ? undefined : rate;
}

/** Undefined if these goods are not shipped this way. */
function priceIn(rate: ShippingRate, name: "standard" | "express", items: Parcel["items"]): number | undefined {
    const value = sumOf(items.map(({ amount }) => amount));
    const weight = sumOf(items.map((item) => item.weight));
    const measured = rate.by === "value" ? value : weight;
    const price = (rate.steps?.find(({ upTo }) => measured <= upTo) ?? rate)[name];
    const isFree = name === "standard" && rate.freeFrom !== undefined && value >= rate.freeFrom;
    return isFree && price !== undefined ? 0 : price;
}

/** @param id of the option */
export function shippingOption({ title, days }: ShippingWay, id: string, cost: number, now: Date): FulfillmentOption {
    return {
        type: "shipping",
        id,
        title,
        description: `Arrives in ${days[0]} to ${days[1]} days`,
        earliest_delivery_time: dayAfter(now, days[0], "00:00:00"),
        latest_delivery_time: dayAfter(now, days[1], "23:59:59"),
        totals: [entry("total", title, cost)],
    };
}

/** A day in UTC, so that a quote does not change every minute. */
function dayAfter(now: Date, days: number, time: "00:00:00" | "23:59:59"): string {
    const day = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    return `${day}T${time}Z`;
}

/** Whether a postal code has the form of its country, with or without its spaces and hyphens. True for other countries. */
function isPostalCode(code: string, country: string): boolean {
    const form = postalCodes[country];
    if (form === undefined) return true;
    const compact = compactCode(code);
    if (form.test(code) || form.test(compact)) return true;
    const spelled = Array.from(compact, (_, index) =>
        ["-", " "].map((separator) => `${compact.slice(0, index)}${separator}${compact.slice(index)}`),
    );
    return [code.trim().toUpperCase(), ...spelled.flat()].some((candidate) => form.test(candidate));
}

/** Beginnings that a country's codes can have or not, as their forms say. */
const optional: Readonly<Record<string, RegExp>> = {
    ...{ AI: /^AI/, FI: /^(FI|AX)/, HR: /^HR/, LT: /^LT/, LU: /^L/, LV: /^LV/, OM: /^PC/, SE: /^SE/, SI: /^SI/ },
    ...{ AM: /^37(?=\d{4}$)/, EC: /^[A-Z]{2}(?=\d{6}$)/, NI: /^\d{4}(?=\d{6,7}$)/ },
};

/** The one spelling in which codes of a country are compared: without separators and optional beginnings. */
const comparedCode = (code: string, country: string): string => compactCode(code).replace(optional[country] ?? "", "");

/** `SW1A 1AA` is `SW1A1AA`. */
const compactCode = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();
