import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../shared/batchGet.ts";
import { canonicalJson } from "../shared/canonical.ts";
import { ConditionFailed } from "../shared/conditionally.ts";
import { expiryAfter } from "../shared/expiry.ts";
import type { Problem } from "../shared/http.ts";
import type { JsonObject } from "../shared/json.ts";
import { pause } from "../shared/pause.ts";
import { reservedKey } from "../shared/stockHold.ts";
import { transact } from "../shared/transact.ts";
import { adjustmentOf, obstacleTo } from "./adjustment.ts";
import { CatalogTable, versionOf } from "./catalogTable.ts";
import { attributes, attributesOf, type NewProduct, type ProductData, productIn } from "./product.ts";
import { counted, countIn, heldIn, onlyIfUnsold, type Pieces, type StockUpdate, uncounted } from "./stock.ts";
import { type Found, foundIn, type StoredProduct } from "./storedProduct.ts";

/** How a change is made. */
export interface Change {
    readonly correlationId: string;
    /** Milliseconds since 1970 */
    readonly now: number;
    /** Why it must not be made to what is there. @param item also of a deleted product @default it may */
    readonly problem?: (product: StoredProduct | undefined, item: JsonObject | undefined) => Problem | undefined;
    /** Whether it depends on the stock as it was read. @default false */
    readonly ifUnsold?: boolean;
    /** The line of an import that makes it, with the outcomes of earlier ones that are not yet reported. */
    readonly line?: {
        readonly import: string;
        readonly number: number;
        readonly earlier: Readonly<Record<number, string>>;
    };
}

interface Tables {
    readonly products: string;
    readonly stock: string;
    /** Where they are written. @default this function's region */
    readonly region?: string;
}

type Changed =
    | { readonly outcome: "created" | "changed" | "unchanged"; readonly product: StoredProduct }
    | { readonly problem: Problem };

const attempts = 8;
/** Days in which a repeated adjustment is recognised. */
const adjustmentDays = 30;

const missing: Problem = { status: 404, detail: "there is no such product" };
const busy: Problem = { status: 503, detail: "other requests are changing the product, try again", retryAfter: 1 };

/** The merchant's products and their stock. */
export class ProductStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #products: CatalogTable;
    readonly #tables: Tables;

    constructor(client: DynamoDBDocumentClient, tables: Tables) {
        this.#client = client;
        this.#products = new CatalogTable(client, tables.products, "productId", tables.region);
        this.#tables = tables;
    }

    static of(client: DynamoDBDocumentClient, env: { PRODUCTS_TABLE: string; STOCK_TABLE: string }): ProductStore {
        return new ProductStore(client, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE });
    }

    /** Without its stock, as the public sees it. */
    async item(productId: string): Promise<JsonObject | undefined> {
        return await this.#products.get(productId);
    }

    async read(productId: string): Promise<Found> {
        const Key = reservedKey(productId);
        const [item, { Item: reserved }] = await Promise.all([
            this.#products.get(productId),
            this.#client.send(new GetCommand({ TableName: this.#tables.stock, Key, ConsistentRead: true })),
        ]);
        return foundIn(item, reserved);
    }

    /** By id; also for ids that have nothing. */
    async readAll(productIds: readonly string[]): Promise<ReadonlyMap<string, Found>> {
        const { products, stock } = this.#tables;
        const wanted = {
            [products]: productIds.map((productId) => ({ productId })),
            [stock]: productIds.map(reservedKey),
        };
        const items = await batchGet(this.#client, wanted, { consistent: true });
        const of = (table: string, id: string) => items.get(table)?.find(({ productId }) => productId === id);
        return new Map(productIds.map((id) => [id, foundIn(of(products, id), of(stock, id))]));
    }

    /** @param isShown of the data of an item */
    async page(limit: number, after: string | undefined, isShown: (data: ProductData) => boolean) {
        return await this.#products.page(limit, after, (item) => {
            const data = productIn(item);
            return data !== undefined && isShown(data);
        });
    }

    /** The products of items, with what is held of them. */
    async withPieces(items: readonly JsonObject[]): Promise<StoredProduct[]> {
        const { stock } = this.#tables;
        const ids = items.map(({ productId }) => String(productId));
        const reserved = await batchGet(this.#client, { [stock]: ids.map(reservedKey) });
        return items.flatMap((item, index) => {
            const entry = reserved.get(stock)?.find(({ productId }) => productId === ids[index]);
            return foundIn(item, entry).product ?? [];
        });
    }

    /** Creates or replaces a product. @param first what was read already */
    async put(productId: string, product: NewProduct, change: Change, first?: Found): Promise<Changed> {
        return await this.#write(productId, () => product, change, first);
    }

    /** @param stock null: not counted */
    async setStock(productId: string, stock: number | null, change: Change): Promise<Changed> {
        return await this.#write(productId, (product) => product && { data: product.data, stock }, change);
    }

    /** @param wanted what is to be there in place of what is; undefined if there has to be a product, and is none. */
    async #write(
        productId: string,
        wanted: (product: StoredProduct | undefined) => NewProduct | undefined,
        change: Change,
        first?: Found,
    ): Promise<Changed> {
        return await this.#decide(productId, change, first, async (found) => {
            const { item, product, pieces } = found;
            const { data, stock } = wanted(product) ?? {};
            if (data === undefined) return { problem: missing };
            const plan = planOf(found, { data, stock });
            if ("problem" in plan) return plan;
            const { outcome, update } = plan;
            // An import marks also what it leaves as it is, so that a repetition leaves it, too, if it is sold meanwhile.
            const isMarked = change.line !== undefined && stock !== undefined;
            if (outcome === "unchanged" && product !== undefined && !isMarked) return { outcome, product };
            const imported = change.line && markOf(change.line, outcome, versionOf(item) + 1);
            const written = await this.#products.change({
                id: productId,
                found: item,
                names: attributes,
                data: { ...attributesOf(data), ...(imported && { imported }) },
                ...(change.ifUnsold && stock !== undefined ? onlyIfUnsold(update ?? unset, pieces) : update),
                ...change,
            });
            if (written instanceof ConditionFailed) return undefined;
            const now = foundIn(written, { pieces: pieces.reserved }).product;
            if (now === undefined) throw new Error(`${productId} was not written as it was to be`);
            return { outcome, product: now };
        });
    }

    /** Deletes a product; what is held of it stays known. */
    async delete(productId: string, change: Change): Promise<Problem | undefined> {
        const deleted = await this.#decide(productId, change, undefined, async ({ item, product }) => {
            if (product === undefined) return { problem: missing };
            const deletedAt = new Date(change.now).toISOString();
            const data = { deletedAt };
            const written = await this.#products.change({
                id: productId,
                found: item,
                names: attributes,
                data,
                ...change,
            });
            return written instanceof ConditionFailed ? undefined : { outcome: "changed", product };
        });
        return "problem" in deleted ? deleted.problem : undefined;
    }

    /** Takes pieces in or out, once for each key. @param key of this product and caller */
    async adjust(
        productId: string,
        by: number,
        key: string,
        change: Change,
    ): Promise<{ readonly product: StoredProduct; readonly isRepeated: boolean } | { readonly problem: Problem }> {
        const entry = { productId, entry: `adjustment ${key}` };
        const done = new GetCommand({ TableName: this.#tables.stock, Key: entry, ConsistentRead: true });
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
            if (attempt > 1) await pause(attempt);
            const [found, { Item: before }] = await Promise.all([this.read(productId), this.#client.send(done)]);
            const { product, pieces } = found;
            if (before !== undefined && before["by"] !== by) {
                return { problem: { status: 422, detail: "the Idempotency-Key was used for another adjustment" } };
            }
            const refused = before === undefined ? change.problem?.(product, product?.item) : undefined;
            if (refused !== undefined) return { problem: refused };
            if (before !== undefined) return await this.#adjusted(productId, true);
            if (product === undefined) return { problem: missing };
            const detail = obstacleTo(pieces, by);
            if (detail !== undefined) return { problem: { status: 409, detail } };
            const failed = await transact(this.#client, [
                { Update: { TableName: this.#tables.products, ...adjustmentOf(productId, by, found, change) } },
                {
                    Put: {
                        TableName: this.#tables.stock,
                        Item: {
                            ...entry,
                            by,
                            at: new Date(change.now).toISOString(),
                            expiresAt: expiryAfter(adjustmentDays, change.now),
                        },
                        ConditionExpression: "attribute_not_exists(productId)",
                    },
                },
            ]);
            if (failed === undefined) return await this.#adjusted(productId, false);
        }
        return { problem: busy };
    }

    /** Read after the adjustment was seen: what was read beside it may be older. */
    async #adjusted(
        productId: string,
        isRepeated: boolean,
    ): Promise<{ readonly product: StoredProduct; readonly isRepeated: boolean } | { readonly problem: Problem }> {
        const { product } = await this.read(productId);
        return product === undefined ? { problem: missing } : { product, isRepeated };
    }

    /** Reads and decides again while others change the product. @param decide undefined: it was changed meanwhile */
    async #decide(
        productId: string,
        { problem }: Change,
        first: Found | undefined,
        decide: (found: Found) => Promise<Changed | undefined>,
    ): Promise<Changed> {
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
            if (attempt > 1) await pause(attempt);
            const found = attempt === 1 && first !== undefined ? first : await this.read(productId);
            const refused = problem?.(found.product, found.item);
            if (refused !== undefined) return { problem: refused };
            const decided = await decide(found);
            if (decided !== undefined) return decided;
        }
        return { problem: busy };
    }
}

interface Plan {
    readonly outcome: "created" | "changed" | "unchanged";
    /** Of the stock. Undefined if it stays. */
    readonly update: StockUpdate | undefined;
}

/** What becomes of what was found when the product is put there. */
export function planOf({ product, pieces }: Found, { data, stock }: NewProduct): Plan | { readonly problem: Problem } {
    // A new product without a stock is not counted.
    const update = stockUpdate(pieces, stock === undefined && product === undefined ? null : stock);
    if (update !== undefined && "problem" in update) return update;
    if (product === undefined) return { outcome: "created", update };
    const isSame = update === undefined && canonicalJson(product.data) === canonicalJson(data);
    return { outcome: isSame ? "unchanged" : "changed", update };
}

/** Of the line of an import, in what it wrote as this version. */
const markOf = ({ import: id, number, earlier }: NonNullable<Change["line"]>, outcome: string, version: number) => ({
    import: id,
    number,
    version,
    outcomes: { ...earlier, [number]: outcome },
});

const unset: StockUpdate = { set: [], remove: [], condition: [], values: {} };

/** Undefined if the stock is as it is to be. @param count undefined: it stays */
function stockUpdate(
    pieces: Pieces,
    count: number | null | undefined,
): StockUpdate | { readonly problem: Problem } | undefined {
    if (count === undefined || countIn(pieces) === count) return undefined;
    if (count !== null) return counted(pieces, count);
    const held = heldIn(pieces);
    if (held === 0) return uncounted(pieces);
    const detail = `running checkouts hold ${held} pieces: give the product a stock, or try again later`;
    return { problem: { status: 409, detail } };
}
