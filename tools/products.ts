/**
 * `npm run products`: writes the products of a file into a stack's catalogue, and the catalogue's into a file.
 */
import { createWriteStream, existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { ProductStore } from "../runtime/catalog/productStore.ts";
import { merchantProduct } from "../runtime/catalog/storedProduct.ts";
import { csvLine } from "../runtime/shared/csv.ts";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import type { Counts } from "./operator/importReport.ts";
import { importProducts } from "./operator/productImport.ts";
import { flattened, formatOf } from "./operator/productRows.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";

const usage = `npm run products -- import <file>          writes each row of a .csv or .jsonl file as PUT /products/{id} does
  --dry-run           says what would become of each row, and writes nothing
  --report <file>     a line for each row; without it beside the file. Where an import was interrupted, the same
                      command goes on, writes no row twice, and none over what was changed meanwhile
  --anew              begins at the first row, although an import was interrupted
npm run products -- export [<file>]        writes all products into a .csv or .jsonl file, without one JSON lines to the terminal
${stackUsage}`;

/** Products of a page. */
const perPage = 100;
/** Rows, where the progress is kept and not overwritten. */
const perLineOfProgress = 10_000;

/** Files are meant where the operator is: npm changes the folder. */
const placeOf = (file: string) => resolve(process.env["INIT_CWD"] ?? ".", file);

async function* exported(products: ProductStore): AsyncGenerator<object> {
    let after: string | undefined;
    do {
        const { items, next } = await products.page(perPage, after, () => true);
        for (const product of await products.withPieces(items)) {
            const { availability: _, held: __, updatedAt: ___, ...own } = merchantProduct(product, Date.now());
            yield own;
        }
        after = next;
    } while (after !== undefined);
}

async function* asJsonLines(all: AsyncIterable<object>): AsyncGenerator<string> {
    for await (const product of all) yield `${JSON.stringify(product)}\n`;
}

/** The columns have to be known before the first row: all products are read twice. */
async function* asCsv(read: () => AsyncIterable<object>): AsyncGenerator<string> {
    const columns = new Set(["productId"]);
    for await (const product of read()) for (const [path] of flattened(product)) columns.add(path);
    yield csvLine([...columns]);
    for await (const product of read()) {
        const cells = new Map(flattened(product));
        yield csvLine([...columns].map((path) => cells.get(path) ?? ""));
    }
}

/** The file is the whole, or what it was before. */
async function written(rows: AsyncIterable<string>, file: string): Promise<void> {
    const target = existsSync(file) ? realpathSync(file) : file;
    const part = `${target}.${process.pid}.part`;
    try {
        await pipeline(rows, createWriteStream(part, { flush: true }));
        renameSync(part, target);
    } catch (error) {
        rmSync(part, { force: true });
        throw error;
    }
}

const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
const inWords = (counts: Counts) =>
    Object.entries(counts)
        .filter(([, count]) => count > 0)
        .map(([outcome, count]) => `${count} ${outcome === "changedMeanwhile" ? "changed meanwhile" : outcome}`)
        .join(", ") || "no rows";

await runCommand({
    usage,
    options: {
        ...stackOptions,
        "dry-run": { type: "boolean", default: false },
        report: { type: "string" },
        anew: { type: "boolean", default: false },
    },
    words: 2,
    run: async (values, [action, named]) => {
        if (action !== "import" && action !== "export") {
            throw new UsageError(
                action === undefined
                    ? "say import or export"
                    : `${JSON.stringify(action)} is neither import nor export`,
            );
        }
        const file = named === undefined ? undefined : placeOf(named);
        if (file !== undefined) formatOf(file);
        if (action === "import" && (file === undefined || !existsSync(file))) {
            throw new UsageError(file === undefined ? "import needs a file" : `there is no file ${file}`);
        }
        const isDry = values["dry-run"];
        const stack = await Stack.of(values);
        const { dynamo, region } = stack;
        const [table, stock] = [stack.named("catalog-products"), stack.named("catalog-stock")];
        const products = new ProductStore(dynamo, { products: table, stock, region });
        try {
            if (action === "export") {
                const rows =
                    file !== undefined && formatOf(file) === "csv"
                        ? asCsv(() => exported(products))
                        : asJsonLines(exported(products));
                if (file === undefined) for await (const line of rows) process.stdout.write(line);
                else await written(rows, file);
                return exitCodes.good;
            }
            if (file === undefined) throw new UsageError("import needs a file");
            const report = values.report ? placeOf(values.report) : `${file}.${isDry ? "dry-run" : "report"}.jsonl`;
            const { isTTY } = process.stderr;
            let told = 0;
            const { counts, resumedAt } = await importProducts({
                file,
                report,
                into: stack.title,
                isDry,
                isAnew: values.anew,
                products,
                progress: (soFar) => {
                    const rows = total(soFar);
                    if (isTTY) process.stderr.write(`\r${rows} rows: ${inWords(soFar)}`);
                    else if (rows - told >= perLineOfProgress) {
                        told = rows;
                        process.stderr.write(`${rows} rows: ${inWords(soFar)}\n`);
                    }
                },
            });
            if (isTTY) process.stderr.write("\n");
            if (values.json) console.log(JSON.stringify({ ...counts, rows: total(counts), resumedAt, report, isDry }));
            else {
                const resumed = resumedAt > 0 ? ` (the first ${resumedAt} before)` : "";
                console.log(
                    `${total(counts)} rows${resumed}: ${inWords(counts)}${isDry ? ", if this was no dry run" : ""}`,
                );
                console.log(`each row: ${report}`);
            }
            return counts.refused + counts.changedMeanwhile > 0 ? exitCodes.found : exitCodes.good;
        } finally {
            stack.close();
        }
    },
});
