import { instantOf } from "../../shared/instant.ts";
import type { Pieces } from "../../shared/stockHold.ts";
import { blocker, warning } from "../domain/messages.ts";
import type { Buyer, LineItem, Message } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import type { Cart } from "./cart.ts";
import { type Market, type Product, pricedIn } from "./market.ts";
import { rulesOf } from "./tables.ts";
import type { Tax } from "./tax.ts";
import { totalsOf } from "./totals.ts";

/** A line of the cart with its product. */
export interface PricedLine {
    /** `li_1` */
    readonly id: string;
    /** JSONPath: `$.line_items[0]`. */
    readonly path: string;
    readonly productId: string;
    readonly quantity: number;
    /** Absent: not sold, or not in the merchant's currency. It has `availableFrom` only if that is still to come. */
    readonly product?: Product;
    /** Price before discounts and tax, in minor units; 0 if not sold. */
    readonly base: number;
    /** Quantity of the product in all lines. */
    readonly wanted: number;
}

/** In minor units. */
interface Adjustments {
    readonly discounts: NonNullable<LineItem["discount_details"]>;
    readonly tax: Tax | undefined;
    readonly taxIncluded: boolean;
}

/** Remaining stock after the purchase at which the stock is shown. */
const few = 5;

export function linesIn(cart: Cart, market: Market): PricedLine[] {
    const { products, merchant, now } = market;
    const wanted = new Map<string, number>();
    for (const { productId, quantity } of cart.lines) {
        wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
    }
    return cart.lines.map(({ id, productId, quantity }, index) => {
        const known = products.get(productId);
        const listed = known && soldAt(now, pricedIn(known, merchant.currency));
        const product = listed && priced(listed, wanted.get(productId) ?? quantity, cart, market);
        return {
            id,
            path: `$.line_items[${index}]`,
            productId,
            quantity,
            ...(product && { product }),
            base: product ? product.price * quantity : 0,
            wanted: wanted.get(productId) ?? quantity,
        };
    });
}

/** Negated, so that an invalid time never sells a product. */
function soldAt(now: Date, product: Product | undefined): Product | undefined {
    if (product?.availableFrom === undefined || !(instantOf(product.availableFrom) <= now.getTime())) return product;
    const { availableFrom: _, ...sold } = product;
    return sold;
}

/** The product with its price by the rules; undefined if it is not sold. */
function priced(listed: Product, quantity: number, { buyer }: Cart, market: Market): Product | undefined {
    const { productId, price: inCatalogue, currency } = listed;
    const { email, company }: Partial<Buyer> = buyer ?? {};
    const customer = { ...(email !== undefined && { email }), ...(company && { company }) };
    const price = rulesOf(market).price({ productId, quantity, price: inCatalogue, currency, buyer: customer });
    return price === undefined ? undefined : { ...listed, price };
}

/** What the lines take from stocks, each product once. */
export function stockedIn(lines: readonly PricedLine[]): Pieces[] {
    const stocked = lines.filter(({ product }) => product?.stock !== undefined);
    const pieces = new Map(stocked.map(({ productId, wanted }) => [productId, wanted]));
    return [...pieces].map(([productId, quantity]) => ({ productId, quantity }));
}

/** Messages about products that are not sold, out of stock, short or almost short. */
export function stockMessages(lines: readonly PricedLine[]): Message[] {
    if (lines.length === 0) return [blocker("missing", "$.line_items", "The cart is empty. Add an item.")];
    return lines.flatMap((line) => messageOn(line) ?? []);
}

function messageOn({ path, productId, product, wanted }: PricedLine): Message | undefined {
    if (product === undefined) {
        return blocker("not_found", `${path}.item.id`, `The item '${productId}' is not sold here. Remove it.`);
    }
    const { name, availableFrom } = product;
    if (availableFrom !== undefined) {
        return blocker("out_of_stock", `${path}.item.id`, `'${name}' is sold from ${availableFrom} on. Remove it.`);
    }
    const availability = availabilityOf(product, wanted);
    switch (availability.status) {
        case "in_stock":
            return undefined;
        case "out_of_stock":
            return blocker("out_of_stock", `${path}.item.id`, `'${name}' is out of stock. Choose another item.`);
        case "low_stock": {
            const { available } = availability;
            return available < wanted
                ? blocker(
                      "quantity_exceeded",
                      `${path}.quantity`,
                      `Only ${available} of '${name}' are left, the cart has ${wanted}. Choose a smaller quantity.`,
                  )
                : warning("low_stock", `${path}.available_quantity`, `Only ${available} of '${name}' are left.`);
        }
        default:
            return availability satisfies never;
    }
}

type Availability =
    | { readonly status: "in_stock" }
    | { readonly status: "low_stock" | "out_of_stock"; readonly available: number };

/** Shows the stock only if it is low or below the wanted quantity. */
function availabilityOf({ stock, availableFrom }: Product, wanted: number): Availability {
    if (availableFrom !== undefined) return { status: "out_of_stock", available: 0 };
    if (stock === undefined || stock - wanted > few) return { status: "in_stock" };
    return stock > 0 ? { status: "low_stock", available: stock } : { status: "out_of_stock", available: 0 };
}

export function lineItem(
    { id, productId, quantity, product, base, wanted }: PricedLine,
    adjustments: Adjustments,
): LineItem {
    const { discounts, tax, taxIncluded } = adjustments;
    return {
        id,
        item: { id: productId, ...(product && { name: product.name, unit_amount: product.price }) },
        quantity,
        product_id: productId,
        ...(product && shown(product, wanted)),
        ...(discounts.length > 0 && { discount_details: discounts }),
        totals: totalsOf({
            base,
            itemsDiscount: sumOf(discounts.map(({ amount }) => amount)),
            taxes: tax ? [tax] : [],
            taxIncluded,
        }),
    };
}

function shown(product: Product, wanted: number): Partial<LineItem> {
    const { name, description, images, price, taxExempt, weight } = product;
    const availability = availabilityOf(product, wanted);
    return {
        name,
        ...(description !== undefined && { description }),
        ...(images !== undefined && { images }),
        unit_amount: price,
        availability_status: availability.status,
        ...(availability.status !== "in_stock" && { available_quantity: availability.available }),
        ...(taxExempt === true && { tax_exempt: true }),
        ...(weight !== undefined && { weight: { value: weight, unit: "g" as const } }),
    };
}
