import type { Line } from "./order.ts";

/** The stock of a product of the catalogue. */
export interface Product {
    readonly productId: string;
    /** Absent: not stocked (a digital product), never short. */
    readonly stock?: number;
}

interface Quantity {
    readonly productId: string;
    readonly name: string;
    readonly quantity: number;
}

/** The decision for an order: all of its lines are reserved, or none. */
export interface Reservation {
    readonly status: "reserved" | "shortage";
    /** Quantities by product, each product once. */
    readonly lines: readonly Quantity[];
    /** Lines without a productId, which have no stock. */
    readonly untracked: readonly Line[];
    /** Products with too little stock. An unknown product has 0. */
    readonly short?: readonly (Quantity & { readonly available: number })[];
    /** Ids of products that had no stock, of which nothing was taken. Absent: none. */
    readonly uncounted?: readonly string[];
}

export function reservationFor(lines: readonly Line[], products: readonly Product[]): Reservation {
    const wanted = wantedIn(lines);
    const untracked = lines.filter(({ productId }) => productId === undefined);
    const short = wanted.flatMap((line) => {
        const product = products.find(({ productId }) => productId === line.productId);
        const available = product === undefined ? 0 : (product.stock ?? Number.POSITIVE_INFINITY);
        return available < line.quantity ? [{ ...line, available }] : [];
    });
    if (short.length > 0) return { status: "shortage", lines: wanted, untracked, short };
    return reserved(
        wanted,
        untracked,
        products.filter(({ stock }) => stock !== undefined),
    );
}

/** The reservation of an order whose stock the checkout holds. */
export function heldReservation(lines: readonly Line[], held: readonly Pick<Quantity, "productId">[]): Reservation {
    const untracked = lines.filter(({ productId }) => productId === undefined);
    return reserved(wantedIn(lines), untracked, held);
}

function reserved(
    lines: readonly Quantity[],
    untracked: readonly Line[],
    counted: readonly Pick<Quantity, "productId">[],
): Reservation {
    const isCounted = (id: string) => counted.some(({ productId }) => productId === id);
    const uncounted = lines.map(({ productId }) => productId).filter((id) => !isCounted(id));
    return { status: "reserved", lines, untracked, ...(uncounted.length > 0 && { uncounted }) };
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
