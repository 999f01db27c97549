import type { Address } from "../domain/protocol.ts";

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
