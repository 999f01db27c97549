import { type AcpProduct, withdrawnProduct } from "../rows/acpProduct.ts";
import { type SentProduct, withdrawal } from "../stored/sentProducts.ts";
import type { Wanted } from "./wanted.ts";

/** What an API is to be told of a product. */
export interface Due {
    readonly productId: string;
    readonly product: AcpProduct;
    /** Absent: it is taken away. */
    readonly digest?: string;
    /** Milliseconds since 1970: it is to be looked at again then. */
    readonly changesAt?: number;
    readonly sent: SentProduct | undefined;
}

/**
 * Undefined if the API has the product as it is to have it, or has refused it so.
 * @param isAnew tells it in any case
 */
export function dueOf(
    productId: string,
    wanted: Wanted | undefined,
    sent: SentProduct | undefined,
    isAnew: boolean,
): Due | undefined {
    if (wanted === undefined) {
        if (sent === undefined || (sent.digest === undefined && !sent.isUnsure)) return undefined;
        if (sent.refused === withdrawal && !isAnew) return undefined;
        return { productId, product: withdrawnProduct(productId, sent.title), sent };
    }
    const isKnown = (sent?.digest === wanted.digest && !sent.isUnsure) || sent?.refused === wanted.digest;
    return isKnown && !isAnew ? undefined : { productId, ...wanted, sent };
}
