import type { Offer } from "../offer.ts";
import type { Feed, FeedTarget } from "../target.ts";
import { amountText, optionNamed, optionsOf, type Row } from "./row.ts";

/** Columns of OpenAI's product feed: all that one of its revisions requires, and what the catalogue has besides. */
export const openAiColumns = [
    "item_id",
    "title",
    "description",
    "url",
    "image_url",
    "additional_image_urls",
    "price",
    "sale_price",
    "availability",
    "availability_date",
    "brand",
    "gtin",
    "mpn",
    "condition",
    "product_category",
    "group_id",
    "listing_has_variations",
    "variant_dict",
    "color",
    "size",
    "material",
    "is_eligible_search",
    "is_eligible_checkout",
    "seller_name",
    "seller_url",
    "seller_privacy_policy",
    "seller_tos",
    "target_countries",
    "store_country",
    "return_policy",
    "accepts_returns",
    "return_deadline_in_days",
    "accepts_exchanges",
] as const;

/** The row of a product. */
export function openAiRow(
    offer: Offer,
    target: FeedTarget,
    { shop }: Pick<Feed, "shop">,
): Row<(typeof openAiColumns)[number]> {
    const { data, price, listPrice, availability } = offer;
    const { condition = "new", group, returnPolicy, gtin, mpn } = data;
    const [image, ...images] = offer.images;
    const text = (amount: number) => amountText(amount, target.currency);
    return {
        item_id: offer.productId,
        title: offer.title,
        description: offer.description,
        url: offer.url,
        image_url: image,
        // A comma parts one from the next.
        additional_image_urls: images.map((url) => url.replaceAll(",", "%2C")).join(","),
        price: text(listPrice ?? price),
        sale_price: listPrice === undefined ? undefined : text(price),
        availability: words[availability],
        availability_date: offer.availableFrom,
        brand: offer.brand,
        gtin,
        mpn,
        condition,
        product_category: data.categories?.[0],
        group_id: group?.id,
        listing_has_variations: group && "true",
        variant_dict: group && JSON.stringify(Object.fromEntries(optionsOf(group))),
        color: optionNamed(group, /^colou?r$/i),
        size: optionNamed(group, /^size$/i),
        material: optionNamed(group, /^material$/i),
        is_eligible_search: "true",
        is_eligible_checkout: String(target.eligibleForCheckout),
        seller_name: shop.name,
        seller_url: shop.url,
        seller_privacy_policy: `${shop.url}/privacy`,
        seller_tos: `${shop.url}/terms`,
        target_countries: target.country,
        store_country: target.country,
        return_policy: returnPolicy?.url ?? `${shop.url}/returns`,
        accepts_returns: returnPolicy && String(returnPolicy.days > 0),
        return_deadline_in_days: returnPolicy && String(returnPolicy.days),
        accepts_exchanges: returnPolicy?.exchanges === undefined ? undefined : String(returnPolicy.exchanges),
    };
}

const words = {
    in_stock: "in_stock",
    limited_stock: "in_stock",
    out_of_stock: "out_of_stock",
    preorder: "pre_order",
} as const satisfies Record<Offer["availability"], string>;
