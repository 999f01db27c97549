import type { Line } from "./order.ts";

/** A product as the catalogue keeps it, as far as the stock is concerned. */
export interface Product {
    readonly productId: string;
    /** Absent: not stocked, a digital product for example, and never short. */
    readonly stock?: number;
}

/** So many of a product. */
export interface Quantity {
    readonly productId: string;
    readonly name: string;
    readonly quantity: number;
}

/** What was decided for an order: all of its lines are reserved, or none. */
export interface Reservation {
    readonly status: "reserved" | "shortage";
    /** What the order asks of the catalogue, each product once. */
    readonly lines: readonly Quantity[];
    /** Lines that name no product: nobody counts their stock. */
    readonly untracked: readonly Line[];
    /** Of which products there is not enough, and how many there are. An unknown product has none. */
    readonly short?: readonly (Quantity & { readonly available: number })[];
}

/** Decides by the catalogue as it was read just now. */
export function reservationFor(lines: readonly Line[], products: readonly Product[]): Reservation {
    const wanted = wantedIn(lines);
    const untracked = lines.filter(({ productId }) => productId === undefined);
    const short = wanted.flatMap((line) => {
        const product = products.find(({ productId }) => productId === line.productId);
        const available = product === undefined ? 0 : (product.stock ?? Number.POSITIVE_INFINITY);
        return available < line.quantity ? [{ ...line, available }] : [];
    });
    if (short.length > 0) return { status: "shortage", lines: wanted, untracked, short };
    return { status: "reserved", lines: wanted, untracked };
}

/** Each product once, with the sum of its lines. */
export function wantedIn(lines: readonly Line[]): Quantity[] {
    const wanted = new Map<string, Quantity>();
    for (const { productId, name, quantity } of lines) {
        if (productId === undefined) continue;
        const before = wanted.get(productId)?.quantity ?? 0;
        wanted.set(productId, { productId, name: wanted.get(productId)?.name ?? name, quantity: before + quantity });
    }
    return [...wanted.values()];
}
