import type { Negotiated } from "./platform.ts";

/** Capabilities of UCP that checkouts, carts, the catalogue and orders are about. */
export const capability = {
    checkout: "dev.ucp.shopping.checkout",
    fulfillment: "dev.ucp.shopping.fulfillment",
    discount: "dev.ucp.shopping.discount",
    buyerConsent: "dev.ucp.shopping.buyer_consent",
    cart: "dev.ucp.shopping.cart",
    search: "dev.ucp.shopping.catalog.search",
    lookup: "dev.ucp.shopping.catalog.lookup",
    order: "dev.ucp.shopping.order",
} as const;

/** What answers about a checkout are composed of. */
export const ofCheckouts: readonly string[] = [
    capability.checkout,
    capability.fulfillment,
    capability.discount,
    capability.buyerConsent,
];

/** The metadata `ucp` of an answer. */
export interface Envelope {
    readonly version: string;
    readonly status: "success" | "error";
    readonly capabilities: Readonly<Record<string, readonly { readonly version: string }[]>>;
}

/** @param names of the capabilities that the answer is about; those that are not negotiated are left out */
export function envelopeOf(
    { version, capabilities }: Pick<Negotiated, "version" | "capabilities">,
    names: readonly string[],
    status: Envelope["status"] = "success",
): Envelope {
    const common = names.flatMap((name) => {
        const agreed = capabilities.get(name);
        return agreed === undefined ? [] : [[name, [{ version: agreed }]] as const];
    });
    return { version, status, capabilities: Object.fromEntries(common) };
}
