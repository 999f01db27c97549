import { countries } from "../../../spec/generated/countries.ts";
import { territories } from "../../../spec/territories.ts";
import { isBlank } from "../domain/blank.ts";
import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import type { Address, Message } from "../domain/protocol.ts";
import { type Regions, regionsIn } from "./regions.ts";

/** An address with its JSONPath in the session or request. */
export interface Destination {
    readonly address: Address;
    readonly param: string;
}

/** Where an address is, for taxes and shipping. */
export interface Place {
    /** ISO 3166-1 alpha-2 */
    readonly country: string;
    /**
     * Codes (ISO 3166) whose rate applies, the narrowest first and the country last: `["ES-TF", "ES-CN", "ES"]`. Several
     * where the address does not tell more; never empty.
     */
    readonly jurisdictions: readonly (readonly string[])[];
}

/** Undefined for an unknown country. */
export function countryOf({ country }: Address): string | undefined {
    const code = country.trim().toUpperCase();
    return /^[A-Z]{2}$/.test(code) && countries.includes(code) ? code : undefined;
}

/** The address with the country's code as ISO 3166-1 writes it; unchanged if there is no such country. */
export const inCountry = (address: Address): Address => ({
    ...address,
    country: countryOf(address) ?? address.country,
});

/** The place of an address, or the message why it cannot be told. */
export function placeOf({ address, param }: Destination, merchant: Merchant, regions: Regions): Place | Message {
    const country = countryOf(address);
    if (country === undefined) return unknownCountry(param);
    const outer = (territories[country] ?? [undefined]).map((code) => (code ? [country, code] : [country]));
    if (!taxedByRegion(merchant).includes(country)) return { country, jurisdictions: outer };
    const inner = regionsIn(address.state, country, regions);
    if (inner.length === 0) return unknownRegion(country, param);
    return { country, jurisdictions: inner.flatMap((codes) => within(codes, outer)) };
}

/** A territory with a country's code of its own has no rate of the country around it, whichever of the two names it. */
function within(codes: readonly string[], outer: readonly (readonly string[])[]): (readonly string[])[] {
    const own = Object.keys(territories).filter((one) => territories[one]?.some((code) => codes.includes(code)));
    return own.length > 0 ? [[...codes, ...own]] : outer.map((others) => [...codes, ...others]);
}

export const unknownRegion = (country: string, param: string): Message =>
    blocker(
        "invalid",
        `${param}.state`,
        `Taxes differ in ${country}, and the region cannot be told. Give it by its code (ISO 3166-2) or name.`,
    );

/** The first member without visible text, of those that every address has. Not every country has states and postal codes. */
export const blankMember = (address: Address) =>
    (["name", "line_one", "city"] as const).find((name) => isBlank(address[name]));

export const unknownCountry = (param: string): Message =>
    blocker("invalid", `${param}.country`, "Give the country as two letters (ISO 3166-1): 'DE'.");

/** The message about an address that is nowhere, or to ship to and shows nothing where a label needs it. */
export function unusableAddress({ address, param }: Destination, isShipped: boolean): Message[] {
    if (countryOf(address) === undefined) return [unknownCountry(param)];
    const blank = isShipped ? blankMember(address) : undefined;
    if (blank === undefined) return [];
    return [blocker("missing", `${param}.${blank}`, "Nothing is shipped without it. Complete the address.")];
}

/** Countries whose regions have tax rates of their own. */
export function taxedByRegion({ taxRates, taxClasses = {} }: Pick<Merchant, "taxRates" | "taxClasses">): string[] {
    const keys = [taxRates, ...Object.values(taxClasses)].flatMap((rates) => Object.keys(rates));
    return [...new Set(keys.filter((key) => key.includes("-")).map((key) => key.slice(0, 2)))];
}
