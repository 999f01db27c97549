import type { PricedLine } from "./lines.ts";
import type { Market } from "./market.ts";
import type { Destination } from "./places.ts";
import type { Parcel, ShippingWay } from "./rules.ts";
import { isAddressable } from "./shipping.ts";
import { rulesOf } from "./tables.ts";

export function isDigital({ product }: PricedLine): boolean {
    return product?.digital === true;
}

interface Shipment {
    readonly lines: readonly PricedLine[];
    readonly destination: Destination | undefined;
}

/** The ways by which the goods among the lines may come. */
export function waysTo({ lines, destination }: Shipment, market: Market): readonly ShippingWay[] {
    if (destination === undefined || !isAddressable(destination.address)) return [];
    const goods = lines.filter((line) => !isDigital(line));
    return rulesOf(market).shipping.waysFor(parcelOf(goods, destination, market));
}

export const parcelOf = (
    goods: readonly PricedLine[],
    { address }: Destination,
    { merchant: { currency } }: Market,
): Parcel => ({
    currency,
    destination: address,
    items: goods.map(({ productId, quantity, product, base }) => ({
        productId,
        quantity,
        weight: (product?.weight ?? 0) * quantity,
        amount: base,
    })),
});
