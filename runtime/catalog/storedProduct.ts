import type { components } from "../../spec/generated/catalog.types.ts";
import type { JsonObject } from "../shared/json.ts";
import { etagOf } from "../shared/preconditions.ts";
import { type ProductData, productIn, type ShownProduct, shownProduct } from "./product.ts";
import { countIn, heldIn, type Pieces, piecesIn } from "./stock.ts";

type Schemas = components["schemas"];

/** A product as it is stored. */
export interface StoredProduct {
    readonly item: JsonObject;
    readonly data: ProductData;
    readonly pieces: Pieces;
}

/** What was read under an id. */
export interface Found {
    readonly item: JsonObject | undefined;
    /** Undefined if there is no product, or none any more. */
    readonly product: StoredProduct | undefined;
    readonly pieces: Pieces;
}

/** @param reserved the item of `reservedKey` */
export function foundIn(item: JsonObject | undefined, reserved: JsonObject | undefined): Found {
    const data = productIn(item);
    const pieces = piecesIn(item, reserved?.["pieces"]);
    return { item, pieces, product: item && data && { item, data, pieces } };
}

/** ETag of what merchants see of a product. */
export const etagFor = ({ data, pieces }: StoredProduct): string => etagOf(data, countIn(pieces));

/** What merchants see of a product. */
export function merchantProduct({ item, data, pieces }: StoredProduct, now: number): ShownProduct {
    const count = countIn(pieces);
    return { ...shownProduct(item, data, now), ...(count !== null && { stock: count, held: heldIn(pieces) }) };
}

export function stockOf({ item, data, pieces }: StoredProduct, now: number): Schemas["Stock"] {
    const { productId, availability } = shownProduct(item, data, now);
    return { productId, stock: countIn(pieces), held: heldIn(pieces), availability };
}
