import type { Offer } from "../offer.ts";
import type { Feed, FeedTarget } from "../target.ts";
import { amountText, optionNamed, type Row } from "./row.ts";

/** Columns of a feed in the shape of Google's Merchant Center. */
export const googleColumns = [
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "price",
    "sale_price",
    "availability",
    "availability_date",
    "brand",
    "gtin",
    "mpn",
    "identifier_exists",
    "condition",
    "product_type",
    "item_group_id",
    "color",
    "size",
    "material",
    "shipping_weight",
] as const;

/** The row of a product. */
export function googleRow(
    offer: Offer,
    { currency }: FeedTarget,
    _: Pick<Feed, "shop">,
): Row<(typeof googleColumns)[number]> {
    const { data, price, listPrice } = offer;
    const { gtin, mpn, group, weight, condition = "new", categories = [] } = data;
    const [image, ...images] = offer.images;
    return {
        id: offer.productId,
        title: offer.title,
        description: offer.description,
        link: offer.url,
        image_link: image,
        // Google takes ten.
        additional_image_link: images
            .slice(0, 10)
            .map((url) => url.replaceAll(",", "%2C"))
            .join(","),
        price: amountText(listPrice ?? price, currency),
        sale_price: listPrice === undefined ? undefined : amountText(price, currency),
        availability: offer.availability === "limited_stock" ? "in_stock" : offer.availability,
        availability_date: offer.availableFrom,
        brand: offer.brand,
        gtin,
        mpn,
        identifier_exists: gtin === undefined && mpn === undefined ? "no" : "yes",
        condition,
        product_type: categories[0],
        item_group_id: group?.id,
        color: optionNamed(group, /^colou?r$/i),
        size: optionNamed(group, /^size$/i),
        material: optionNamed(group, /^material$/i),
        shipping_weight: weight === undefined ? undefined : `${weight} g`,
    };
}
