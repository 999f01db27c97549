import { createHash, randomUUID } from "node:crypto";
import { closeSync, createReadStream, existsSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { isCatalogId, productFrom } from "../../runtime/catalog/product.ts";
import { type ProductStore, planOf } from "../../runtime/catalog/productStore.ts";
import type { Found } from "../../runtime/catalog/storedProduct.ts";
import { isJsonObject } from "../../runtime/shared/json.ts";
import type { ValidationError } from "../../runtime/shared/validationErrors.ts";
import { UnreachableError, UsageError } from "./command.ts";
import { type Row, rowsIn } from "./productRows.ts";

type Outcome = "created" | "changed" | "unchanged" | "refused";

/** A line of the report: what became of a row. */
export interface Reported {
    readonly line: number;
    readonly productId?: string;
    readonly outcome: Outcome;
    readonly errors?: readonly ValidationError[];
}

/** The first line of a report. */
interface Beginning {
    readonly import: string;
    /** SHA-256 of the file. */
    readonly file: string;
    readonly into: string;
}

export type Counts = Readonly<Record<Outcome, number>>;
const none: Counts = { created: 0, changed: 0, unchanged: 0, refused: 0 };

interface ImportArgs {
    readonly file: string;
    /** Where each row is reported. The report of an import that did not end says where the next one goes on. */
    readonly report: string;
    /** The stack, in words. */
    readonly into: string;
    /** Nothing is written. */
    readonly isDry: boolean;
    /** Begins at the first row, whatever the report says. */
    readonly isAnew: boolean;
    readonly products: ProductStore;
    readonly progress: (counts: Counts) => void;
}

/** Rows that are read, written and reported together: so many are in memory. */
const perWindow = 100;

/**
 * Writes the products of a file, a window of rows at a time. A row is marked in the product that it is written into, and
 * then reported: an import that is interrupted goes on behind its report's last row, and rows that were written without
 * being reported are known by their marks. So each row is written once, although its product is sold meanwhile.
 */
export async function importProducts(
    args: ImportArgs,
): Promise<{ readonly counts: Counts; readonly resumedAt: number }> {
    const { file, report, into, isDry, isAnew, products, progress } = args;
    const digest = await digestOf(file);
    const before = isDry || isAnew ? undefined : await interruptedIn(report, { file: digest, into });
    const beginning = before?.beginning ?? { import: randomUUID(), file: digest, into };
    const output = openSync(report, before === undefined ? "w" : "r+");
    try {
        let position = before?.bytes ?? 0;
        const print = (value: object) => {
            position += writeSync(output, `${JSON.stringify(value)}\n`, position);
        };
        if (before === undefined) print(beginning);
        // What was being written when the import ended.
        else ftruncateSync(output, position);
        const counts = { ...none, ...before?.counts };
        for await (const rows of windowsOf(rowsIn(file), before?.rows ?? 0)) {
            const reported = await new Window(products, beginning.import, isDry).write(rows);
            for (const one of reported) print(one);
            for (const { outcome } of reported) counts[outcome] += 1;
            progress(counts);
        }
        print({ ended: counts });
        return { counts, resumedAt: before?.rows ?? 0 };
    } finally {
        closeSync(output);
    }
}

async function* windowsOf(rows: AsyncIterable<Row>, skipped: number): AsyncGenerator<Row[]> {
    let window: Row[] = [];
    let index = 0;
    for await (const row of rows) {
        index += 1;
        if (index <= skipped) continue;
        window.push(row);
        if (window.length < perWindow) continue;
        yield window;
        window = [];
    }
    if (window.length > 0) yield window;
}

/** Rows that are written at the same time, those of one product in their order. */
class Window {
    readonly #products: ProductStore;
    readonly #import: string;
    readonly #isDry: boolean;
    #found: ReadonlyMap<string, Found> = new Map();

    constructor(products: ProductStore, id: string, isDry: boolean) {
        this.#products = products;
        this.#import = id;
        this.#isDry = isDry;
    }

    /** In the rows' order. */
    async write(rows: readonly Row[]): Promise<Reported[]> {
        const ids = rows.flatMap(({ value }) => idIn(value) ?? []);
        this.#found = await this.#products.readAll([...new Set(ids)]);
        const reported = new Map<Row, Reported>();
        const ofProducts = [...Map.groupBy(rows, (row) => idIn(row.value) ?? row).values()];
        await Promise.all(
            ofProducts.map(async (own) => {
                for (const row of own) reported.set(row, await this.#writeRow(row));
            }),
        );
        return rows.flatMap((row) => reported.get(row) ?? []);
    }

    async #writeRow({ line, value, fault }: Row): Promise<Reported> {
        const productId = idIn(value);
        const refused = (errors: readonly ValidationError[]): Reported => ({
            line,
            ...(productId !== undefined && { productId }),
            outcome: "refused",
            errors,
        });
        if (value === undefined) return refused([{ pointer: "", detail: fault ?? "cannot be read" }]);
        if (productId === undefined) {
            return refused([
                { pointer: "/productId", detail: "must be 1 to 64 visible ASCII characters without a slash" },
            ]);
        }
        const product = productFrom(value, productId);
        if ("errors" in product) return refused(product.errors);
        const found = this.#found.get(productId);
        const earlier = this.#writtenIn(found, line);
        if (earlier !== undefined) return { line, productId, outcome: earlier };
        if (this.#isDry) {
            const plan = planOf(found ?? (await this.#products.read(productId)), product);
            if ("problem" in plan) return refused([{ pointer: "/stock", detail: plan.problem.detail }]);
            return { line, productId, outcome: plan.outcome };
        }
        const change = {
            correlationId: `import-${this.#import}`,
            now: Date.now(),
            line: { import: this.#import, number: line },
        };
        const put = await this.#products.put(productId, product, change, found);
        if ("outcome" in put) return { line, productId, outcome: put.outcome };
        const { status, detail } = put.problem;
        if (status === 503) throw new UnreachableError(`line ${line}: ${detail}; the same command goes on from here`);
        return refused([{ pointer: "/stock", detail }]);
    }

    /** The outcome of the row, or of a later one of the product, if this import wrote it before it was interrupted. */
    #writtenIn(found: Found | undefined, line: number): Outcome | undefined {
        const mark = found?.item?.["imported"];
        if (!isJsonObject(mark) || mark["import"] !== this.#import || !(Number(mark["number"]) >= line))
            return undefined;
        const { outcome } = mark;
        return outcome === "created" || outcome === "unchanged" ? outcome : "changed";
    }
}

function idIn(value: Row["value"]): string | undefined {
    const id = value?.["productId"];
    return isCatalogId(id) ? id : undefined;
}

async function digestOf(file: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest("hex");
}

interface Interrupted {
    readonly beginning: Beginning;
    readonly rows: number;
    /** Of the report's whole lines. */
    readonly bytes: number;
    readonly counts: Counts;
}

/** What the report of an import says that did not end. Throws UsageError if it is of something else. */
async function interruptedIn(report: string, of: Omit<Beginning, "import">): Promise<Interrupted | undefined> {
    if (!existsSync(report)) return undefined;
    let beginning: Beginning | undefined;
    const counts = { ...none };
    let [rows, bytes, rest] = [0, 0, Buffer.alloc(0)];
    for await (const chunk of createReadStream(report)) {
        rest = Buffer.concat([rest, Buffer.from(chunk)]);
        for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
            const line = JSON.parse(rest.subarray(0, end).toString());
            bytes += end + 1;
            rest = rest.subarray(end + 1);
            if (beginning === undefined) {
                beginning = line;
            } else if ("ended" in line) {
                return undefined;
            } else {
                rows += 1;
                counts[(line as Reported).outcome] += 1;
            }
        }
    }
    if (beginning === undefined) return undefined;
    if (beginning.file !== of.file || beginning.into !== of.into) {
        const what = beginning.file === of.file ? `into ${beginning.into}` : "of another content of the file";
        throw new UsageError(`${report} is of an import ${what} that did not end: --anew begins this one`);
    }
    return { beginning, rows, bytes, counts };
}
