import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { isKey } from "../../shared/storable.ts";
import type { DiscountCode, Product } from "../pricing/market.ts";
import { largestAmount } from "../pricing/totals.ts";

/** Current products and codes of a cart. */
interface Offers {
    readonly products: ReadonlyMap<string, Product>;
    readonly discounts: ReadonlyMap<string, DiscountCode>;
}

const attempts = 6;

/** The merchant's products and discount codes. */
export class Catalog {
    readonly #client: DynamoDBDocumentClient;
    readonly #tables: { readonly products: string; readonly discounts: string };

    constructor(client: DynamoDBDocumentClient, tables: { readonly products: string; readonly discounts: string }) {
        this.#client = client;
        this.#tables = tables;
    }

    static of(client: DynamoDBDocumentClient, env: { PRODUCTS_TABLE: string; DISCOUNTS_TABLE: string }): Catalog {
        return new Catalog(client, { products: env.PRODUCTS_TABLE, discounts: env.DISCOUNTS_TABLE });
    }

    /** Reads both tables in one batch. Throws UnprocessedKeysError. @param consistent @default false */
    async offers(productIds: readonly string[], codes: readonly string[], consistent = false): Promise<Offers> {
        const wanted = {
            [this.#tables.products]: distinct(productIds).map((productId) => ({ productId })),
            [this.#tables.discounts]: distinct(codes.map((code) => code.toUpperCase())).map((code) => ({ code })),
        };
        const found = await batchGet(this.#client, wanted, { attempts, consistent });
        const of = (table: string) => found.get(table) ?? [];
        return {
            products: new Map(of(this.#tables.products).flatMap(productIn)),
            discounts: new Map(of(this.#tables.discounts).flatMap(discountIn)),
        };
    }
}

const distinct = (keys: readonly string[]) => [...new Set(keys)].filter(isKey);

const isProductId = (value: unknown): value is string => typeof value === "string" && /^[!-~]{1,64}$/.test(value);
const amount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const text = (value: unknown): value is string => typeof value === "string" && value !== "";
const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every(text);

/** Empty if the item has no valid id, name or price. */
function productIn(item: JsonObject): [string, Product][] {
    const { productId, name, stock, digital, description, images, taxExempt, taxClass, weight, availableFrom } = item;
    const prices = pricesIn(item);
    const [first] = Object.entries(prices);
    if (!isProductId(productId) || !text(name) || first === undefined) return [];
    const [currency, price] = first;
    const product: Product = {
        productId,
        name,
        price,
        currency,
        prices,
        ...(typeof stock === "number" && { stock }),
        ...(digital === true && { digital }),
        ...(text(description) && { description }),
        ...(texts(images) && { images }),
        ...(taxExempt === true && { taxExempt }),
        ...(text(taxClass) && { taxClass }),
        ...(amount(weight) && { weight }),
        ...(text(availableFrom) && { availableFrom }),
    };
    return [[productId, product]];
}

/** By currency in lower case. Items that were written before there were several have one `price` and its `currency`. */
function pricesIn({ prices, price, currency }: JsonObject): Readonly<Record<string, number>> {
    const all = isJsonObject(prices) ? Object.entries(prices) : text(currency) ? [[currency, price] as const] : [];
    const valid = all.flatMap(([code, value]) =>
        amount(value) && value <= largestAmount ? [[code.toLowerCase(), value] as const] : [],
    );
    return Object.fromEntries(valid);
}

/** Empty if the item has no reduction. */
function discountIn(item: JsonObject): [string, DiscountCode][] {
    const { code, name, percentOff, amountOff, appliesTo, products, minimum, startsAt, endsAt } = item;
    const { usageLimit, timesRedeemed, combinable, priority } = item;
    if (!text(code)) return [];
    const isPercent = typeof percentOff === "number" && percentOff >= 0 && percentOff <= 100;
    if (!isPercent && !amount(amountOff)) return [];
    const discount: DiscountCode = {
        code,
        name: text(name) ? name : code,
        ...(isPercent ? { percentOff } : amount(amountOff) && { amountOff }),
        ...(appliesTo === "fulfillment" && { appliesTo }),
        ...(texts(products) && { products }),
        ...(amount(minimum) && { minimum }),
        ...(text(startsAt) && { startsAt }),
        ...(text(endsAt) && { endsAt }),
        ...(amount(usageLimit) && { usageLimit }),
        ...(typeof timesRedeemed === "number" && { timesRedeemed }),
        ...(combinable === false && { combinable }),
        ...(typeof priority === "number" && { priority }),
    };
    return [[code, discount]];
}
