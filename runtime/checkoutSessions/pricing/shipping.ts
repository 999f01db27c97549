import type { Merchant, ShippingRate } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { FulfillmentOption, Message } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import type { PricedLine } from "./lines.ts";
import { countryOf, type Destination, unknownCountry } from "./places.ts";
import { comparedCode, isPostalCode } from "./postalCodes.ts";
import { entry } from "./totals.ts";

/** A way of shipping with its price. */
interface ShippingWay {
    readonly id: string;
    readonly title: string;
    /** Days until it arrives. */
    readonly days: readonly [from: number, to: number];
    readonly name: "standard" | "express";
}

const ways: readonly ShippingWay[] = [
    { id: "shipping_standard", title: "Standard shipping", days: [3, 5], name: "standard" },
    { id: "shipping_express", title: "Express shipping", days: [1, 2], name: "express" },
];

/** The message why nothing can be shipped (yet). @param alternative `, or choose …` */
export function obstacleTo(
    destination: Destination | undefined,
    merchant: Merchant,
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
    if (rateTo(destination, merchant) !== undefined) return undefined;
    const place = Object.keys(merchant.shippingRates).some((key) => key.startsWith(`${country}:`))
        ? "postal_code"
        : "country";
    return blocker(
        "region_restricted",
        `${param}.${place}`,
        `Nothing is shipped there. Change the address${alternative}.`,
    );
}

/** The ways that the merchant has, if anything is shipped there. */
export function waysTo(destination: Destination | undefined, merchant: Merchant) {
    const rate = destination && rateTo(destination, merchant);
    return rate === undefined ? [] : ways.map((way) => ({ way, rate }));
}

/** The rate of the longest beginning of the postal code, then of the country, then of all others. */
function rateTo({ address }: Destination, { shippingRates }: Merchant): ShippingRate | undefined {
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

/** The price in minor units; undefined if these goods are not shipped this way. */
export function shippingPrice(
    { name }: ShippingWay,
    rate: ShippingRate,
    goods: readonly PricedLine[],
): number | undefined {
    const value = sumOf(goods.map(({ base }) => base));
    const weight = sumOf(goods.map(({ product, quantity }) => (product?.weight ?? 0) * quantity));
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
