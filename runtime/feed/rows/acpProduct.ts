import type { Offer } from "../offer.ts";
import type { Feed, FeedTarget } from "../target.ts";
import { optionsOf } from "./row.ts";

/** A product of ACP's feed (2026-04-17, schema.feed.json), with the members that the catalogue has. */
export interface AcpProduct {
    readonly id: string;
    readonly title: string;
    readonly description?: { readonly plain: string };
    readonly url?: string;
    readonly media?: readonly Media[];
    readonly variants: readonly AcpVariant[];
}

interface AcpVariant {
    readonly id: string;
    readonly title: string;
    readonly description?: { readonly plain: string };
    readonly url?: string;
    readonly barcodes?: readonly { readonly type: string; readonly value: string }[];
    readonly price?: Money;
    readonly list_price?: Money;
    readonly availability: { readonly available: boolean; readonly status: Offer["availability"] | "discontinued" };
    readonly categories?: readonly { readonly value: string; readonly taxonomy: string }[];
    readonly condition?: readonly string[];
    readonly variant_options?: readonly { readonly name: string; readonly value: string }[];
    readonly media?: readonly Media[];
    readonly seller?: {
        readonly name: string;
        readonly links: readonly { readonly type: string; readonly url: string }[];
    };
}

interface Media {
    readonly type: "image";
    readonly url: string;
}

interface Money {
    readonly amount: number;
    /** Upper case here, lower case in checkouts. */
    readonly currency: string;
}

/**
 * A product of the catalogue as a product of one variant: an upsert replaces a product whole, and a group's other products
 * are not read for it. What the checkout calls the item by is the id of both.
 */
export function acpProduct(offer: Offer, target: FeedTarget, { shop }: Pick<Feed, "shop">): AcpProduct {
    const { productId: id, title, url, availability, data } = offer;
    const description = { plain: offer.description };
    const media = offer.images.map((image) => ({ type: "image" as const, url: image }));
    const { gtin, categories = [], condition = "new", group, returnPolicy } = data;
    const money = (amount: number): Money => ({ amount, currency: target.currency.toUpperCase() });
    const variant: AcpVariant = {
        id,
        title,
        description,
        url,
        ...(gtin !== undefined && { barcodes: [{ type: "GTIN", value: gtin }] }),
        price: money(offer.price),
        ...(offer.listPrice !== undefined && { list_price: money(offer.listPrice) }),
        availability: {
            available: availability === "in_stock" || availability === "limited_stock",
            status: availability,
        },
        ...(categories.length > 0 && { categories: categories.map((value) => ({ value, taxonomy: "merchant" })) }),
        condition: [condition],
        ...(group && {
            variant_options: optionsOf(group).map(([name, value]) => ({ name, value })),
        }),
        media,
        seller: { name: shop.name, links: linksOf(shop.url, returnPolicy?.url) },
    };
    return { id, title, description, url, media, variants: [variant] };
}

/** What takes a product away: the protocol has no deletion. */
export const withdrawnProduct = (id: string, title: string): AcpProduct => ({
    id,
    title,
    variants: [{ id, title, availability: { available: false, status: "discontinued" } }],
});

/** The shop's policies where the checkout links them. */
const linksOf = (shopUrl: string, returns = `${shopUrl}/returns`) => [
    { type: "privacy_policy", url: `${shopUrl}/privacy` },
    { type: "terms_of_service", url: `${shopUrl}/terms` },
    { type: "refund_policy", url: returns },
];
