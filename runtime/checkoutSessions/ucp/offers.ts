import { capability } from "./capabilities.ts";
import { ucpVersions } from "./versions.ts";

/** A capability that the merchant has, at one version. */
export interface Offer {
    readonly name: string;
    readonly version: string;
    /** What it adds to: without all of them it is of no use. @default it stands alone */
    readonly extends?: readonly string[];
    /** Of its page at ucp.dev: `checkout` */
    readonly page: string;
    /** `checkout.json` */
    readonly schema: string;
}

const documents: Readonly<Record<string, Pick<Offer, "page" | "schema" | "extends">>> = {
    [capability.checkout]: { page: "checkout", schema: "checkout.json" },
    [capability.fulfillment]: { page: "fulfillment", schema: "fulfillment.json", extends: [capability.checkout] },
    // Carts are estimates without discounts, which they say where a platform sends codes.
    [capability.discount]: { page: "discount", schema: "discount.json", extends: [capability.checkout] },
    [capability.buyerConsent]: { page: "buyer-consent", schema: "buyer_consent.json", extends: [capability.checkout] },
    [capability.cart]: { page: "cart", schema: "cart.json" },
    [capability.search]: { page: "catalog/search", schema: "catalog_search.json" },
    [capability.lookup]: { page: "catalog/lookup", schema: "catalog_lookup.json" },
    [capability.order]: { page: "order", schema: "order.json" },
};

/** All that is served by a version of the protocol; capabilities have its version. */
export const offersOf = (version: string): readonly Offer[] =>
    (ucpVersions[version]?.capabilities ?? []).flatMap((name) => {
        const document = documents[name];
        return document === undefined ? [] : [{ name, version, ...document }];
    });

/** Names that are of any use in the profile of a platform. */
export const offeredNames: ReadonlySet<string> = new Set(Object.keys(documents));
