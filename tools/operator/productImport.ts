import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { versionOf } from "../../runtime/catalog/catalogTable.ts";
import { isCatalogId, productFrom } from "../../runtime/catalog/product.ts";
import type { Change, ProductStore } from "../../runtime/catalog/productStore.ts";
import type { Found } from "../../runtime/catalog/storedProduct.ts";
import type { Problem } from "../../runtime/shared/http.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import type { ValidationError } from "../../runtime/shared/validationErrors.ts";
import { UnreachableError, UsageError } from "./command.ts";
import { type Counts, ImportReport, isOutcome, type Outcome, type Reported } from "./importReport.ts";
import { PlannedProducts } from "./plannedProducts.ts";
import { type Row, rowsIn } from "./productRows.ts";

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
 * Writes the products of a file, a window of rows at a time. The report says first which rows are being written, and to
 * which versions of their products; then a row is marked in the product that it is written into, and then reported. An
 * import that is interrupted goes on behind its report's last row. Of the window that was being written, rows are known by
 * their marks, and written only into products that were not changed since. So each row is written once, although its product
 * is sold meanwhile, and none over a newer change.
 */
export async function importProducts(
    args: ImportArgs,
): Promise<{ readonly counts: Counts; readonly resumedAt: number }> {
    const { file, report: path, into, isDry, isAnew, products, progress } = args;
    if (isSameFile(file, path)) throw new UsageError(`the report would overwrite ${file}: name another file`);
    const digest = await digestOf(file);
    const report = await ImportReport.open({ path, isResumed: !isDry && !isAnew, file: digest, into });
    const planned = isDry ? new PlannedProducts() : undefined;
    try {
        const before = report.progress;
        const counts = { ...before.counts };
        let { open } = before;
        for await (const rows of windowsOf(rowsIn(file), before.rows, open?.rows)) {
            const window = await Window.of(rows, { products, id: before.id, planned, seen: open?.versions });
            if (!isDry && open === undefined) report.begin({ rows: rows.length, versions: window.versions });
            open = undefined;
            const reported = await window.write();
            report.add(reported);
            for (const { outcome } of reported) counts[outcome] += 1;
            progress(counts);
        }
        report.end(counts);
        return { counts, resumedAt: before.rows };
    } finally {
        planned?.close();
        report.close();
    }
}

/** Also by links. */
function isSameFile(one: string, other: string): boolean {
    const [a, b] = [one, other].map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }));
    return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** @param first rows of the first window. @default as of all */
async function* windowsOf(rows: AsyncIterable<Row>, skipped: number, first = perWindow): AsyncGenerator<Row[]> {
    let window: Row[] = [];
    let index = 0;
    let size = first;
    for await (const row of rows) {
        index += 1;
        if (index <= skipped) continue;
        window.push(row);
        if (window.length < size) continue;
        yield window;
        window = [];
        size = perWindow;
    }
    if (window.length > 0) yield window;
}

const changedMeanwhile: Problem = { status: 409, detail: "changed since the import was interrupted" };

interface WindowArgs {
    readonly products: ProductStore;
    /** The import's. */
    readonly id: string;
    /** Nothing is written. */
    readonly planned: PlannedProducts | undefined;
    /** Versions before the rows may have been written by an import that was interrupted. */
    readonly seen: JsonObject | undefined;
}

/** Rows that are written at the same time, those of one product in their order. */
class Window {
    readonly #rows: readonly Row[];
    readonly #args: WindowArgs;
    readonly #found: ReadonlyMap<string, Found>;

    private constructor(rows: readonly Row[], args: WindowArgs, found: ReadonlyMap<string, Found>) {
        this.#rows = rows;
        this.#args = args;
        this.#found = found;
    }

    static async of(rows: readonly Row[], args: WindowArgs): Promise<Window> {
        const ids = rows.flatMap(({ value }) => idIn(value) ?? []);
        return new Window(rows, args, await args.products.readAll([...new Set(ids)]));
    }

    /** Of the products, as they were read. */
    get versions(): JsonObject {
        return Object.fromEntries([...this.#found].map(([id, { item }]) => [id, seenOf(item)]));
    }

    /** In the rows' order. */
    async write(): Promise<Reported[]> {
        const reported = new Map<Row, Reported>();
        const ofProducts = [...Map.groupBy(this.#rows, (row) => idIn(row.value) ?? row).values()];
        await Promise.all(
            ofProducts.map(async (own) => {
                const earlier: Reported[] = [];
                for (const row of own) {
                    const one = await this.#writeRow(row, earlier);
                    earlier.push(one);
                    reported.set(row, one);
                }
            }),
        );
        return this.#rows.flatMap((row) => reported.get(row) ?? []);
    }

    /** @param earlier rows of the same product */
    async #writeRow({ line, value, fault }: Row, earlier: readonly Reported[]): Promise<Reported> {
        const { products, id, planned, seen } = this.#args;
        const productId = idIn(value);
        const not = (outcome: "refused" | "changedMeanwhile", errors: readonly ValidationError[]): Reported => ({
            line,
            ...(productId !== undefined && { productId }),
            outcome,
            errors,
        });
        if (value === undefined) return not("refused", [{ pointer: "", detail: fault ?? "cannot be read" }]);
        if (productId === undefined) {
            const detail = "must be 1 to 64 visible ASCII characters without a slash";
            return not("refused", [{ pointer: "/productId", detail }]);
        }
        const product = productFrom(value, productId);
        if ("errors" in product) return not("refused", product.errors);
        const found = this.#found.get(productId);
        const known = this.#writtenIn(found?.item, line);
        if (known === "refused") return not(known, [{ pointer: "/stock", detail: "running checkouts held pieces" }]);
        if (known !== undefined) return { line, productId, outcome: known };
        if (planned !== undefined) {
            const plan = planned.plan(productId, found ?? (await products.read(productId)), product);
            if ("problem" in plan) return not("refused", [{ pointer: "/stock", detail: plan.problem.detail }]);
            return { line, productId, outcome: plan.outcome };
        }
        const before = Object.fromEntries(earlier.map((one) => [one.line, one.outcome]));
        const change: Change = {
            correlationId: `import-${id}`,
            now: Date.now(),
            line: { import: id, number: line, earlier: before },
            ...(seen && {
                problem: (_, item) => (this.#isAsSeen(item, seen[productId]) ? undefined : changedMeanwhile),
            }),
        };
        // What was read for the first of a product's rows is older than what it wrote.
        const put = await products.put(productId, product, change, earlier.length === 0 ? found : undefined);
        if ("outcome" in put) return { line, productId, outcome: put.outcome };
        const { status, detail } = put.problem;
        if (put.problem === changedMeanwhile) return not("changedMeanwhile", [{ pointer: "", detail }]);
        if (status === 503) throw new UnreachableError(`line ${line}: ${detail}; the same command goes on from here`);
        return not("refused", [{ pointer: "/stock", detail }]);
    }

    /** The outcome of the row, if this import wrote it, or a later one of the product, before it was interrupted. */
    #writtenIn(item: JsonObject | undefined, line: number): Outcome | undefined {
        const mark = this.#markIn(item);
        if (mark === undefined || !(Number(mark["number"]) >= line)) return undefined;
        const { outcomes } = mark;
        const outcome = isJsonObject(outcomes) ? outcomes[line] : undefined;
        return isOutcome(outcome) ? outcome : "changed";
    }

    /** Whether only this import changed what was there. */
    #isAsSeen(item: JsonObject | undefined, seen: unknown): boolean {
        const version = seenOf(item);
        return version === seen || this.#markIn(item)?.["version"] === version;
    }

    #markIn(item: JsonObject | undefined): JsonObject | undefined {
        const mark = item?.["imported"];
        return isJsonObject(mark) && mark["import"] === this.#args.id ? mark : undefined;
    }
}

const seenOf = (item: JsonObject | undefined): number | null => (item === undefined ? null : versionOf(item));

function idIn(value: Row["value"]): string | undefined {
    const id = value?.["productId"];
    return isCatalogId(id) ? id : undefined;
}

async function digestOf(file: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest("hex");
}
