import type { components } from "../../spec/generated/catalog.types.ts";
import { rules, validateProduct } from "../../spec/generated/catalog.validators.js";
import { instantOf } from "../shared/instant.ts";
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { member, type ValidationError, validationErrorsOf } from "../shared/validationErrors.ts";
import { availabilityOf } from "./stock.ts";

type Schemas = components["schemas"];
export type ShownProduct = Schemas["ShownProduct"];

/** What the merchant says of a product, besides its stock. Without members that have their default. */
export type ProductData = Omit<Schemas["Product"], "productId" | "stock" | "availability" | "held" | "updatedAt">;

/** Members of the data as attributes of the item; the checkout reads `name` (session/catalog.ts). */
export const attributes = [
    "name",
    "prices",
    "listPrices",
    "description",
    "images",
    "link",
    "brand",
    "gtin",
    "mpn",
    "categories",
    "condition",
    "group",
    "taxClass",
    "taxExempt",
    "weight",
    "digital",
    "availableFrom",
    "hidden",
    "returnPolicy",
    // Of items that were written before there were several prices.
    "price",
    "currency",
    // Which line of which import wrote it last.
    "imported",
] as const;

/** As `ProductId` and `Code` of the document: what a path can name. */
export const isCatalogId = (id: unknown): id is string =>
    typeof id === "string" && /^(?!\.{1,2}$)[!-.0-~]{1,64}$/.test(id);

/** A product to be written. */
export interface NewProduct {
    readonly data: ProductData;
    /** null: not counted. Absent: it stays. */
    readonly stock?: number | null | undefined;
}

/** The product in a body, or what is wrong with it. @param productId of the path */
export function productFrom(value: unknown, productId: string): NewProduct | { readonly errors: ValidationError[] } {
    if (!validateProduct(value)) return { errors: validationErrorsOf(validateProduct.errors, rules) };
    const { productId: named = productId, stock, availability: _, held: __, updatedAt: ___, ...data } = value;
    const errors = [
        ...(named === productId
            ? []
            : [{ pointer: "/productId", detail: `is not the product's, which is ${productId}` }]),
        ...listPriceErrors(data),
        ...(data.gtin === undefined || hasCheckDigit(data.gtin)
            ? []
            : [{ pointer: "/gtin", detail: "has a wrong check digit" }]),
    ];
    return errors.length > 0 ? { errors } : { data: withoutDefaults(data), stock };
}

function listPriceErrors({ prices, listPrices = {} }: ProductData): ValidationError[] {
    return Object.entries(listPrices).flatMap(([currency, amount]) => {
        const pointer = member("/listPrices", currency);
        const price = Object.hasOwn(prices, currency) ? prices[currency] : undefined;
        if (price === undefined) return [{ pointer, detail: "is in a currency that has no price" }];
        return amount < price ? [{ pointer, detail: `must be at least the price, ${price}` }] : [];
    });
}

/** GS1 General Specifications, section 7.9: weights 3 and 1 from the right, the sum a multiple of ten. */
function hasCheckDigit(gtin: string): boolean {
    const sum = [...gtin].reverse().reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
    return sum % 10 === 0;
}

/** So that what means the same is the same. */
function withoutDefaults({ condition, taxExempt, digital, hidden, ...data }: ProductData): ProductData {
    return {
        ...data,
        ...(condition !== undefined && condition !== "new" && { condition }),
        ...(taxExempt && { taxExempt }),
        ...(digital && { digital }),
        ...(hidden && { hidden }),
    };
}

/** Attributes of the data, in the order of the list above. */
export function attributesOf({ title, ...data }: ProductData): JsonObject {
    return { name: title, ...data };
}

/** The data in an item; undefined if it is none of a product that is sold, such as what is left of a deleted one. */
export function productIn(item: JsonObject | undefined): ProductData | undefined {
    if (item === undefined || item["deletedAt"] !== undefined) return undefined;
    const {
        price,
        currency,
        prices: all,
        imported: _,
        ...rest
    } = Object.fromEntries(
        attributes.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]] as const])),
    );
    const { name: title, ...data } = rest;
    const prices = isJsonObject(all) ? all : { [String(currency).toLowerCase()]: price };
    const isPriced = Object.values(prices).every((amount) => typeof amount === "number");
    if (typeof title !== "string" || title === "" || !isPriced) return undefined;
    // Written by this domain, or by an operator with these names; the checkout checks again what it needs.
    return withoutDefaults({ title, prices, ...data } as ProductData);
}

/** Whether the public may see it. */
export function isPublic({ hidden, availableFrom }: ProductData, now: number): boolean {
    // Negated, so that an invalid time never shows it.
    return hidden !== true && !(availableFrom !== undefined && !(instantOf(availableFrom) <= now));
}

/** What the public sees of a product: not even when its stock was counted. */
export function publicProduct(item: JsonObject, data: ProductData, now: number): ShownProduct {
    const { hidden: _, taxClass: __, taxExempt: ___, updatedAt: ____, ...seen } = shownProduct(item, data, now);
    return seen;
}

/** A product without its stock. */
export function shownProduct(
    { productId, stock, updatedAt }: JsonObject,
    { condition = "new", digital = false, ...data }: ProductData,
    now: number,
): ShownProduct {
    return {
        productId: String(productId),
        ...data,
        condition,
        digital,
        availability: availabilityOf(stock, data.availableFrom, now),
        ...(typeof updatedAt === "string" && { updatedAt }),
    };
}
