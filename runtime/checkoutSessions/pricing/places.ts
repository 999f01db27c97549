import { countries } from "../../../spec/generated/countries.ts";
import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { Address, Message } from "../domain/protocol.ts";
import { type Regions, regionIn } from "./regions.ts";

/** An address with its JSONPath in the session or request. */
export interface Destination {
    readonly address: Address;
    readonly param: string;
}

/** Where an address is, for taxes and shipping. */
export interface Place {
    /** ISO 3166-1 alpha-2 */
    readonly country: string;
    /** ISO 3166-2: `US-CA`. Absent where no rate depends on it. */
    readonly region?: string;
}

/** Undefined for an unknown country. */
export function countryOf({ country }: Address): string | undefined {
    const code = country.trim().toUpperCase();
    return /^[A-Z]{2}$/.test(code) && countries.includes(code) ? code : undefined;
}

/** The place of an address, or the message why it cannot be told. */
export function placeOf({ address, param }: Destination, merchant: Merchant, regions: Regions): Place | Message {
    const country = countryOf(address);
    if (country === undefined) return unknownCountry(param);
    if (!taxedByRegion(merchant).includes(country)) return { country };
    const code = regionIn(address.state, country, regions);
    if (code !== undefined) return { country, region: `${country}-${code}` };
    return blocker(
        "invalid",
        `${param}.state`,
        `Taxes differ in ${country}. Give the region by its code (ISO 3166-2) or name.`,
    );
}

export const unknownCountry = (param: string): Message =>
    blocker("invalid", `${param}.country`, "Give the country as two letters (ISO 3166-1): 'DE'.");

/** Countries whose regions have tax rates of their own. */
export function taxedByRegion({ taxRates, taxClasses = {} }: Pick<Merchant, "taxRates" | "taxClasses">): string[] {
    const keys = [taxRates, ...Object.values(taxClasses)].flatMap((rates) => Object.keys(rates));
    return [...new Set(keys.filter((key) => key.includes("-")).map((key) => key.slice(0, 2)))];
}
