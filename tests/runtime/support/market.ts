import type { Merchant } from "../../../runtime/checkoutSessions/domain/merchant.ts";
import type { Address, Message, Total } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { Cart } from "../../../runtime/checkoutSessions/pricing/cart.ts";
import type { DiscountCode, Market, Product } from "../../../runtime/checkoutSessions/pricing/market.ts";
import type { Quote } from "../../../runtime/checkoutSessions/pricing/quote.ts";
import { regionsFor } from "../../../runtime/checkoutSessions/session/regions.ts";

/** A shop to quote carts in: amounts in cents. */

export const sanFrancisco: Address = {
    name: "Jo Doe",
    line_one: "1 Main Street",
    city: "San Francisco",
    state: "CA",
    country: "US",
    postal_code: "94131",
};
export const berlin: Address = {
    name: "Jo Doe",
    line_one: "Hauptstraße 1",
    city: "Berlin",
    state: "BE",
    country: "DE",
    postal_code: "10115",
};
/** Where nothing is taxed, nor shipped to. */
export const paris: Address = { ...berlin, city: "Paris", state: "", country: "FR", postal_code: "75001" };

export const merchant: Merchant = {
    name: "Example Shop",
    shopUrl: "https://shop.example",
    currency: "usd",
    acpVersions: ["2025-09-29", "2025-12-12", "2026-01-16", "2026-01-30", "2026-04-17"],
    cartDays: 30,
    sessionHours: 24,
    taxRates: { "US-CA": 7.25, US: 5, DE: 19, "*": 0 },
    shippingRates: { US: { standard: 500, express: 1500 }, DE: { standard: 900 } },
    pickupLocations: {},
    marketingChannels: [],
    requiredInterventions: [],
    payment: { provider: "sandbox", merchantId: "merchant_1", capture: "automatic", unfulfillable: "refund" },
};
/** Of the countries whose regions have a rate in a market of the tests. */
export const regions = await regionsFor({ ...merchant, taxRates: { "US-CA": 1, "DE-BE": 1 } });
export const pickupInBerlin = { mitte: { name: "Shop Mitte", address: berlin } };

const products: readonly Product[] = [
    { productId: "jacket", name: "Jacket", price: 10_000, currency: "usd", stock: 100 },
    { productId: "belt", name: "Belt", price: 2_500, currency: "usd", stock: 100 },
    { productId: "ebook", name: "E-book", price: 1_500, currency: "usd", digital: true },
    { productId: "bread", name: "Bread", price: 400, currency: "usd", stock: 100, taxExempt: true },
];

export function marketOf({
    discounts = [],
    stock = {},
    more = [],
    ...rest
}: {
    readonly discounts?: readonly DiscountCode[];
    /** Other stock by product id. */
    readonly stock?: Readonly<Record<string, number>>;
    readonly more?: readonly Product[];
    readonly merchant?: Merchant;
    readonly regions?: Market["regions"];
    readonly now?: Date;
} = {}): Market {
    return {
        products: new Map(
            [...products, ...more].map((product) => {
                const { [product.productId]: other } = stock;
                return [product.productId, other === undefined ? product : { ...product, stock: other }];
            }),
        ),
        discounts: new Map(discounts.map((discount) => [discount.code, discount])),
        merchant,
        regions,
        now: new Date("2026-05-04T15:16:17.181Z"),
        ...rest,
    };
}

/** A cart of these products and quantities, as lines `li_1`, `li_2`…, going to San Francisco. */
export function cartOf(
    lines: readonly (readonly [productId: string, quantity: number])[],
    more: Partial<Cart> = {},
): Cart {
    return {
        lines: lines.map(([productId, quantity], index) => ({ id: `li_${index + 1}`, productId, quantity })),
        fulfillmentDetails: { address: sanFrancisco },
        capabilities: {},
        ...more,
    };
}

export const selection = (type: "shipping" | "pickup" | "digital", option_id: string, ...item_ids: string[]) => ({
    type,
    option_id,
    item_ids,
});

/** The amounts by type, in the order of the totals. */
export const amounts = (totals: readonly Total[]) => totals.map(({ type, amount }) => [type, amount]);

export const amountOf = (totals: readonly Total[], type: Total["type"]): number =>
    totals.filter((total) => total.type === type).reduce((sum, { amount }) => sum + amount, 0);

/** What is wrong, in short: `out_of_stock $.line_items[0].item.id`. */
export const messagesOf = ({ messages }: Quote, type: Message["type"]) =>
    messages
        .filter((message) => message.type === type)
        .map((message) => ("code" in message ? `${message.code} ${message.param}` : message.content));
