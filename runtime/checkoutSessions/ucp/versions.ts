import type { PickupLocation } from "../domain/merchant.ts";
import { type PostalAddress, postalAddressOf } from "./address.ts";
import { capability } from "./capabilities.ts";

/** What a version of UCP has of its own. */
export interface UcpVersion {
    readonly name: string;
    /** What the merchant can do for a checkout, a cart, the catalogue and an order. */
    readonly capabilities: readonly string[];
    /** The description of a way of delivery. */
    describe(text: string): unknown;
    /** An address that is shipped to. */
    shippingTo(address: PostalAddress & { readonly id: string }): object;
    /**
     * A place where goods are collected. Undefined where the version's schema accepts none: it takes each place for an
     * address as well, and wants it to be one of the two. The buyer then chooses among ways that name their places.
     */
    readonly collectedAt: ((id: string, location: PickupLocation) => object) | undefined;
}

const v20260408: UcpVersion = {
    name: "2026-04-08",
    capabilities: Object.values(capability),
    describe: (text) => text,
    shippingTo: (address) => address,
    collectedAt: undefined,
};

/** From its data of three days before; served where the settings name it. */
const v20260825: UcpVersion = {
    name: "2026-08-25",
    // A consent has another form there, with a text of the merchant's for each purpose.
    capabilities: Object.values(capability).filter((name) => name !== capability.buyerConsent),
    describe: (plain) => ({ plain }),
    shippingTo: (address) => ({ type: "shipping_address", ...address }),
    collectedAt: (id, { name, address }) => ({
        type: "business_location",
        id,
        name,
        address: postalAddressOf(address),
    }),
};

export const ucpVersions: Readonly<Record<string, UcpVersion>> = {
    [v20260408.name]: v20260408,
    [v20260825.name]: v20260825,
};
