import { rules, validateProduct } from "../../spec/generated/catalog.validators.js";
import { isCatalogId, type ProductData, productIn } from "../catalog/product.ts";
import { availabilityOf } from "../catalog/stock.ts";
import { instantOf } from "../shared/instant.ts";
import type { JsonObject } from "../shared/json.ts";
import { includedIn, percentOf } from "../shared/percentages.ts";
import { validationErrorsOf } from "../shared/validationErrors.ts";
import type { Feed, FeedTarget, TaxChange } from "./target.ts";

/** A product as it is told to a target. Never how many pieces there are. */
export interface Offer {
    readonly productId: string;
    readonly title: string;
    readonly description: string;
    readonly url: string;
    /** Absolute, the main one first. */
    readonly images: readonly [string, ...string[]];
    /** Minor units of the target's currency. */
    readonly price: number;
    /** Above the price. */
    readonly listPrice?: number;
    readonly availability: "in_stock" | "limited_stock" | "out_of_stock" | "preorder";
    /** With `preorder`: ISO 8601. */
    readonly availableFrom?: string;
    /** With `preorder`: the same in milliseconds since 1970. The offer is another one from then on. */
    readonly changesAt?: number;
    readonly brand: string;
    readonly data: ProductData;
}

/** What a product lacks to be told, or which of its members is none that a product of the catalogue may have. */
export type Lack = "title" | "description" | "image" | "price" | `invalid: /${string}`;

/** What a target is told of an item of the products table. */
export type Told =
    | { readonly offer: Offer }
    /** It is left out. */
    | { readonly lacks: readonly [Lack, ...Lack[]] }
    /** It is hidden or deleted, or none. */
    | undefined;

/** @param now milliseconds since 1970 */
export function toldOf(item: JsonObject, target: FeedTarget, { shop }: Pick<Feed, "shop">, now: number): Told {
    if (item["deletedAt"] !== undefined || item["hidden"] === true) return undefined;
    // What another program may have called it: no path and no checkout can name it.
    if (!isCatalogId(item["productId"])) return { lacks: ["invalid: /productId"] };
    const data = productIn(item);
    // Another program's item without a title, or with prices that are none.
    if (data === undefined) return { lacks: [textOf(item["name"]) === undefined ? "title" : "price"] };
    const productId = String(item["productId"]);
    const { title } = data;
    const description = textOf(data.description);
    const [image, ...images] = textsOf(data.images).filter(isAbsolute);
    const price = priceOf(data.prices, data, target);
    if (textOf(title) === undefined || description === undefined || image === undefined || price === undefined) {
        const missing: Lack[] = [
            ...(textOf(title) === undefined ? ["title" as const] : []),
            ...(description === undefined ? ["description" as const] : []),
            ...(image === undefined ? ["image" as const] : []),
            ...(price === undefined ? ["price" as const] : []),
        ];
        const [first = "price", ...others] = missing;
        return { lacks: [first, ...others] };
    }
    const [fault, ...faults] = faultsOf(data);
    if (fault !== undefined) return { lacks: [fault, ...faults] };
    const listPrice = priceOf(data.listPrices ?? {}, data, target);
    const word = availabilityOf(item["stock"], data.availableFrom, now);
    return {
        offer: {
            productId,
            title,
            description,
            url: textOf(data.link) ?? `${shop.url}/products/${encodeURIComponent(productId)}`,
            images: [image, ...images],
            price,
            ...(listPrice !== undefined && listPrice > price && { listPrice }),
            availability: word === "not_yet_available" ? "preorder" : word,
            ...(word === "not_yet_available" &&
                data.availableFrom !== undefined && {
                    availableFrom: data.availableFrom,
                    changesAt: instantOf(data.availableFrom),
                }),
            brand: textOf(data.brand) ?? shop.name,
            data,
        },
    };
}

/** Members that another program has written, and no catalogue takes: what is made of them might fail, or mislead. */
function faultsOf(data: ProductData): Lack[] {
    if (validateProduct(data)) return [];
    const errors = validationErrorsOf(validateProduct.errors, rules);
    return [...new Set(errors.map(({ pointer }) => `invalid: /${pointer.split("/")[1] ?? ""}` as const))];
}

const textOf = (value: unknown): string | undefined =>
    typeof value === "string" && value.trim() !== "" ? value : undefined;

/** Items of another program may have anything there. */
const textsOf = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

const isAbsolute = (url: string): boolean => /^https?:\/\//.test(url) && URL.canParse(url);

function priceOf(
    amounts: Readonly<Record<string, number>>,
    { taxExempt, taxClass }: ProductData,
    { currency, tax }: FeedTarget,
): number | undefined {
    const amount = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined;
    if (amount === undefined || !Number.isSafeInteger(amount) || amount < 0) return undefined;
    return taxExempt ? amount : changedBy(tax, amount, taxClass);
}

function changedBy({ change, percent, classes }: TaxChange, amount: number, taxClass: string | undefined): number {
    const own = taxClass !== undefined && Object.hasOwn(classes, taxClass) ? (classes[taxClass] ?? percent) : percent;
    switch (change) {
        case "none":
            return amount;
        case "add":
            return amount + percentOf(amount, own);
        case "remove":
            return amount - includedIn(amount, own);
    }
}
