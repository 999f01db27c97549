import type { Feed, FeedTarget } from "../../../runtime/feed/target.ts";

/** A target of which a test says only what matters to it. */
export const target = (by: Partial<FeedTarget> = {}): FeedTarget => ({
    name: "agent-us",
    kind: "acp",
    gzip: true,
    country: "US",
    currency: "usd",
    feedId: "feed_1",
    endpoint: "https://agent.example",
    eligibleForCheckout: false,
    hosted: "none",
    shards: 1,
    rate: 6000,
    tax: { change: "none", percent: 0, classes: {} },
    ...by,
});

export const feed: Pick<Feed, "shop"> = { shop: { name: "Example Shop", url: "https://shop.example" } };

/** An item of the products table that every feed tells. */
export const item = {
    productId: "lamp",
    name: "Lamp",
    prices: { usd: 4900, eur: 4500 },
    description: "A lamp.\nWith a cord.",
    images: ["https://shop.example/lamp.jpg", "https://shop.example/lamp-2.jpg"],
    link: "https://shop.example/products/lamp",
    brand: "Lumen",
    gtin: "4006381333931",
    mpn: "LMP-1",
    categories: ["Home > Lighting"],
    condition: "refurbished",
    group: { id: "lamps", title: "Lamps", options: { colour: "Blue", size: "M" } },
    taxClass: "reduced",
    taxExempt: true,
    weight: 1200,
    digital: true,
    returnPolicy: { days: 30, exchanges: true },
    stock: 20,
};
