import { schemasOf } from "../../../tools/generate.ts";

/** A product with all that a merchant can say of one. */
export const lamp = {
    title: "Lamp",
    prices: { usd: 4900, eur: 4500 },
    listPrices: { usd: 5900 },
    stock: 20,
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
    availableFrom: "2020-01-01T00:00:00Z",
    returnPolicy: { days: 30, exchanges: true, url: "https://shop.example/returns" },
} as const;

export const properties = Object.keys(
    (schemasOf("catalog")["Product"] as { readonly properties: Readonly<Record<string, unknown>> }).properties,
);
