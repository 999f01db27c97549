import type { CommercetoolsCustomer } from "./customer.ts";

/**
 * Reserved traits of Segment. An absent trait stays unchanged, `null` removes it.
 * https://segment.com/docs/connections/spec/identify/#traits
 */
export interface Traits {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly name?: string | null;
    readonly phone?: string | null;
    readonly company?: { readonly name: string } | null;
    /** ISO 8601 */
    readonly birthday?: string | null;
    /** ISO 8601 */
    readonly createdAt?: string | null;
    readonly address?: AddressTrait | null;
}

interface AddressTrait {
    readonly street?: string;
    readonly city?: string;
    readonly postalCode?: string;
    readonly state?: string;
    /** ISO 3166, alpha-2 */
    readonly country?: string;
}

export function traitsOf(customer: CommercetoolsCustomer): Traits {
    const { email, firstName, lastName, companyName, dateOfBirth: birthday, createdAt, phone, addresses } = customer;
    const name = customer.fullName !== undefined ? customer.fullName : nameOf(firstName, lastName);
    return {
        ...(email !== undefined && { email }),
        ...(firstName !== undefined && { firstName }),
        ...(lastName !== undefined && { lastName }),
        ...(name !== undefined && { name }),
        ...(phone !== undefined && { phone }),
        ...(companyName !== undefined && { company: companyName ? { name: companyName } : null }),
        ...(birthday !== undefined && { birthday }),
        ...(createdAt !== undefined && { createdAt }),
        ...(addresses !== undefined && { address: addressOf(addresses?.[0]) }),
    };
}

/** Undefined (unknown) if one of them is. */
function nameOf(first: string | null | undefined, last: string | null | undefined): string | null | undefined {
    if (first === undefined || last === undefined) return undefined;
    return joined(first, last) ?? null;
}

function addressOf(address: NonNullable<CommercetoolsCustomer["addresses"]>[number] | undefined): AddressTrait | null {
    if (address === undefined) return null;
    const { streetName, streetNumber, city, postalCode, state, country } = address;
    const street = joined(streetName, streetNumber);
    const trait = {
        ...(street && { street }),
        ...(city && { city }),
        ...(postalCode && { postalCode }),
        ...(state && { state }),
        ...(country && { country }),
    };
    return Object.keys(trait).length > 0 ? trait : null;
}

function joined(...texts: readonly (string | null | undefined)[]): string | undefined {
    return texts.filter((text) => text).join(" ") || undefined;
}
