import type { components } from "../../../spec/generated/ucp.types.ts";
import { currenciesOf, type Merchant } from "../domain/merchant.ts";
import type { ShownProduct } from "../products/shownCatalog.ts";
import { hasWords, wordsIn } from "../products/words.ts";

type Schemas = components["schemas"];

/** The currency that a platform prefers, if the shop sells in it. Lower case. */
export function currencyFor(context: Schemas["Context"] | undefined, merchant: Merchant): string {
    const sold = currenciesOf(merchant);
    return sold.find((code) => code === context?.currency?.toLowerCase()) ?? sold[0] ?? merchant.currency;
}

/** Whether a product is sold in the currency, and is what a search wants. */
export function isWanted(
    { query = "", filters }: { readonly query?: string; readonly filters?: Schemas["Filters"] | undefined },
    currency: string,
): (product: ShownProduct) => boolean {
    const words = wordsIn(query);
    const { categories, price: { min = 0, max = Number.POSITIVE_INFINITY } = {} } = filters ?? {};
    return (product) => {
        const price = priceIn(product.prices, currency);
        if (price === undefined || price < min || price > max || !hasWords(product, words)) return false;
        return categories === undefined || categories.some((category) => product.categories?.includes(category));
    };
}

/** Codes are in lower case in the catalogue; those that others wrote may not be. */
const priceIn = (prices: ShownProduct["prices"] | undefined, currency: string): number | undefined =>
    Object.entries(prices ?? {}).find(([code]) => code.toLowerCase() === currency)?.[1];

/**
 * A product of the catalogue, which has one variant: itself. Products that differ in options are products of their own.
 * @param inputs ids of a lookup that it was found by
 */
export function ucpProduct(product: ShownProduct, currency: string, inputs: readonly string[] = []): object {
    const { productId: id = "", title, prices, listPrices, link, images = [], categories, gtin, group } = product;
    const code = currency.toUpperCase();
    const price = { amount: priceIn(prices, currency) ?? 0, currency: code };
    const listed = priceIn(listPrices, currency);
    const description = { plain: product.description ?? title };
    const media = images.map((url) => ({ type: "image", url }));
    const chosen = Object.entries(group?.options ?? {}).map(([name, label]) => ({ name, label }));
    return {
        id,
        title,
        description,
        ...(link !== undefined && { url: link }),
        ...(categories && { categories: categories.map((value) => ({ value, taxonomy: "merchant" })) }),
        price_range: { min: price, max: price },
        ...(media.length > 0 && { media }),
        variants: [
            {
                id,
                title,
                description,
                price,
                ...(listed !== undefined && { list_price: { amount: listed, currency: code } }),
                ...(gtin !== undefined && { barcodes: [{ type: "GTIN", value: gtin }] }),
                availability: availabilityOf(product),
                ...(chosen.length > 0 && { options: chosen }),
                ...(inputs.length > 0 && { inputs: inputs.map((input) => ({ id: input, match: "exact" })) }),
            },
        ],
    };
}

function availabilityOf({ availability }: ShownProduct) {
    const available = availability === "in_stock" || availability === "limited_stock";
    return { available, status: available ? "in_stock" : "out_of_stock" };
}
