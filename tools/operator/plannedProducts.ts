import { DatabaseSync } from "node:sqlite";
import type { NewProduct } from "../../runtime/catalog/product.ts";
import { planOf } from "../../runtime/catalog/productStore.ts";
import { countIn } from "../../runtime/catalog/stock.ts";
import type { Found } from "../../runtime/catalog/storedProduct.ts";
import { canonicalJson } from "../../runtime/shared/canonical.ts";

/** What a product would be after the rows that a dry run has seen. */
interface Planned {
    /** Canonical JSON */
    readonly data: string;
    readonly stock: number | null;
}

/** The products that a dry run would have written, by a temporary file: however many there are, they take no memory. */
export class PlannedProducts {
    readonly #database = new DatabaseSync("");
    readonly #read;
    readonly #write;

    constructor() {
        this.#database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        this.#database.exec(
            "CREATE TABLE planned (id TEXT PRIMARY KEY, data TEXT NOT NULL, stock INTEGER) WITHOUT ROWID",
        );
        this.#read = this.#database.prepare("SELECT data, stock FROM planned WHERE id = ?");
        this.#write = this.#database.prepare("INSERT OR REPLACE INTO planned VALUES (?, ?, ?)");
    }

    /** What would become of a row. @param found the product as it is now */
    plan(productId: string, found: Found, product: NewProduct): ReturnType<typeof planOf> {
        const plan = planOf(found, product);
        if ("problem" in plan) return plan;
        const before = this.#planned(productId);
        const { stock: known } = before ?? { stock: found.product === undefined ? null : countIn(found.pieces) };
        const { stock = known } = product;
        const after = { data: canonicalJson(product.data), stock };
        this.#write.run(productId, after.data, after.stock);
        if (before === undefined) return plan;
        const isSame = before.data === after.data && before.stock === after.stock;
        return { ...plan, outcome: isSame ? "unchanged" : "changed" };
    }

    #planned(productId: string): Planned | undefined {
        const row = this.#read.get(productId);
        if (row === undefined) return undefined;
        return { data: String(row["data"]), stock: row["stock"] === null ? null : Number(row["stock"]) };
    }

    close(): void {
        this.#database.close();
    }
}
