import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { isPublic, productIn, publicProduct, type ShownProduct } from "../../catalog/product.ts";
import { batchGet } from "../../shared/batchGet.ts";
import type { JsonObject } from "../../shared/json.ts";

export type { ShownProduct };

/** The merchant's catalogue, as the public sees it. */
export interface ShownCatalog {
    /** One read of the table at most: a page may have fewer products than asked for, or none, and a next one. */
    search(
        isWanted: (product: ShownProduct) => boolean,
        limit: number,
        after: string | undefined,
    ): Promise<ProductPage>;
    /** Those that there are. */
    lookup(ids: readonly string[]): Promise<readonly ShownProduct[]>;
}

interface ProductPage {
    readonly products: readonly ShownProduct[];
    readonly next?: string;
}

/** Of one lookup. */
export const mostIds = 20;
/** Items of one read. */
const perRead = 250;
/** Reads of a search: what is not found by then is looked for from `next` on. */
const mostReads = 4;

/** The products of the table that the public may see. */
export function shownCatalog(client: DynamoDBDocumentClient, table: string): ShownCatalog {
    const shown = (item: JsonObject, now: number) => {
        const data = productIn(item);
        return data !== undefined && isPublic(data, now)
            ? [{ id: item["productId"], product: publicProduct(item, data, now) }]
            : [];
    };
    return {
        search: async (isWanted, limit, after) => {
            const now = Date.now();
            const products: ShownProduct[] = [];
            let from: Record<string, unknown> | undefined = after === undefined ? undefined : { productId: after };
            let last: unknown;
            for (let read = 1; ; read += 1) {
                const scan = new ScanCommand({ TableName: table, Limit: perRead, ExclusiveStartKey: from });
                const { Items = [], LastEvaluatedKey } = await client.send(scan);
                for (const { id, product } of Items.flatMap((item) => shown(item, now))) {
                    const isFound = isWanted(product);
                    if (isFound && products.length === limit) return { products, next: String(last) };
                    if (isFound) products.push(product);
                    // Never the id of a product that is not shown.
                    last = id;
                }
                from = LastEvaluatedKey;
                if (from === undefined) return { products };
                if (read >= mostReads && last !== undefined) return { products, next: String(last) };
            }
        },
        lookup: async (ids) => {
            const found = await batchGet(client, { [table]: ids.map((productId) => ({ productId })) });
            const items = found.get(table) ?? [];
            return ids.flatMap((id) =>
                items
                    .filter(({ productId }) => productId === id)
                    .flatMap((item) => shown(item, Date.now()))
                    .map(({ product }) => product),
            );
        },
    };
}
