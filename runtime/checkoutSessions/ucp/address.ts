import type { JsonObject } from "../../shared/json.ts";
import type { Address } from "../domain/protocol.ts";
import { countryCode } from "./country.ts";

/** `PostalAddress` of UCP. */
export interface PostalAddress {
    readonly first_name?: string;
    readonly last_name?: string;
    readonly street_address?: string;
    readonly extended_address?: string;
    readonly address_locality?: string;
    readonly address_region?: string;
    readonly address_country?: string;
    readonly postal_code?: string;
}

/** An address in UCP's terms. The name is split at its first space. */
export function postalAddressOf({
    name,
    line_one,
    line_two,
    city,
    state,
    country,
    postal_code,
}: Address): PostalAddress {
    const [first = "", ...others] = name.trim().split(/\s+/);
    const last = others.join(" ");
    return {
        ...(first !== "" && { first_name: first }),
        ...(last !== "" && { last_name: last }),
        street_address: line_one,
        ...(line_two !== undefined && { extended_address: line_two }),
        address_locality: city,
        ...(state !== undefined && { address_region: state }),
        address_country: country,
        postal_code,
    };
}

/** An address of UCP in the vocabulary of commands, with what it has. */
export function addressIn(postal: JsonObject): JsonObject {
    const { first_name, last_name, street_address, extended_address } = postal;
    const { address_locality, address_region, address_country, postal_code } = postal;
    const name = [first_name, last_name].filter((part) => typeof part === "string" && part !== "").join(" ");
    const told = {
        name,
        line_one: street_address,
        line_two: extended_address,
        city: address_locality,
        // Not every country has any.
        state: address_region ?? "",
        country: typeof address_country === "string" ? countryCode(address_country) : address_country,
        postal_code,
    };
    return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value !== null));
}
