import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
    createWriteStream,
    existsSync,
    linkSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, paginateScan, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import { ProductStore } from "../../runtime/catalog/productStore.ts";
import { csvLine } from "../../runtime/shared/csv.ts";
import { schemasOf } from "../../tools/generate.ts";
import type { Reported } from "../../tools/operator/importReport.ts";
import { flattened, rowsIn } from "../../tools/operator/productRows.ts";
import { runCommand } from "../command.ts";
import { isProof } from "../proof.ts";
import { lamp } from "../runtime/support/catalog.ts";
import { Database } from "../runtime/support/database.ts";
import { started } from "../runtime/support/started.ts";

const tables = { products: "catalog-products-dev", stock: "catalog-stock-dev" };

describe("npm run products", () => {
    const database = started(new Database(), async ({ client }) => {
        for (const [TableName, ...names] of [
            [tables.products, "productId"],
            [tables.stock, "productId", "entry"],
        ] as const) {
            await client.send(
                new CreateTableCommand({
                    TableName,
                    BillingMode: "PAY_PER_REQUEST",
                    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
                    KeySchema: names.map((AttributeName, index) => ({
                        AttributeName,
                        KeyType: index === 0 ? "HASH" : "RANGE",
                    })),
                }),
            );
        }
    });
    let folder: string;
    const children = new Set<ChildProcess>();

    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "commerce-products-"));
        for await (const { productId } of items()) {
            await database.client.send(new DeleteCommand({ TableName: tables.products, Key: { productId } }));
        }
    });
    afterEach(() => {
        for (const child of children) child.kill("SIGKILL");
        children.clear();
        rmSync(folder, { recursive: true, force: true });
    });

    async function* items(): AsyncGenerator<Record<string, unknown>> {
        for await (const { Items = [] } of paginateScan({ client: database.client }, { TableName: tables.products })) {
            yield* Items;
        }
    }
    const itemOf = (productId: string) => database.get(tables.products, { productId });
    const products = async (...args: string[]) =>
        await runCommand("tools/products.ts", ["--endpoint", database.url, ...args], { PATH: process.env["PATH"] });
    const fileOf = (name: string, text: string) => {
        const file = join(folder, name);
        writeFileSync(file, text);
        return file;
    };
    const linesOf = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");
    const linesIn = (file: string) => readFileSync(file, "utf8").split("\n").slice(0, -1);
    /** The lines of a report that are of rows. */
    const reportOf = (file: string): Reported[] =>
        linesIn(file)
            .map((line) => JSON.parse(line))
            .filter((line) => "line" in line);
    /** As the end of a machine leaves a report: what was written to the disk before the last window's rows, and some of them. */
    const cut = (report: string, rows: number) => {
        const lines = linesIn(report);
        const begun = lines.findLastIndex((line) => line.startsWith('{"writing"'));
        const kept = lines.slice(0, begun + 1 + rows);
        writeFileSync(report, `${kept.join("\n")}\n${lines[kept.length]?.slice(0, 9)}`);
    };

    it("imports JSON lines, and reports each by its line, with the place of its fault", async () => {
        const rows = [
            { productId: "lamp", ...lamp },
            { productId: "mop", title: "Mop\u2028for floors", prices: { usd: 1999 }, stock: null },
            { productId: "mop", title: "Mop", prices: { usd: 1899 }, stock: 3 },
            { productId: "soap", title: "", prices: { usd: 12.5 } },
            { title: "No id", prices: { usd: 1 } },
        ];
        const file = fileOf("catalogue.jsonl", `\n${linesOf(rows)}{"productId":\n[]\n`);

        const { code, output } = await products("import", file, "--json");

        expect(JSON.parse(output)).to.include({ rows: 7, created: 2, changed: 1, unchanged: 0, refused: 4 });
        expect(code).to.equal(1);
        expect(await itemOf("lamp")).to.deep.include({
            name: "Lamp",
            prices: lamp.prices,
            group: lamp.group,
            stock: 20,
        });
        expect(await itemOf("mop")).to.deep.include({ name: "Mop", stock: 3, version: 2 });
        const report = reportOf(`${file}.report.jsonl`);
        expect(report.map(({ line, outcome }) => [line, outcome])).to.deep.equal([
            [2, "created"],
            [3, "created"],
            [4, "changed"],
            [5, "refused"],
            [6, "refused"],
            [7, "refused"],
            [8, "refused"],
        ]);
        const pointers = report.map(({ errors = [] }) => errors.map(({ pointer }) => pointer));
        expect(pointers.slice(3)).to.deep.equal([["/title", "/prices/usd"], ["/productId"], [""], [""]]);
    });

    it("imports CSV, by columns that name members", async () => {
        const file = fileOf(
            "catalogue.csv",
            "\ufeffproductId,title,prices.usd,prices.eur,stock,gtin,images.1,images.2,group.id,group.options.colour,digital\r\n" +
                'lamp,"Lamp, ""large""",4900,4500,7,04006381333931,https://a.example/1.jpg,,lamps,Blue,false\r\n' +
                "mop,Mop,19.99,,,,,,,,yes\r\n" +
                "soap,Soap\r\n" +
                'guide,"Two\r\nlines",999,,null,,,https://a.example/2.jpg,,,TRUE\r\n',
        );

        const { code, output } = await products("import", file);

        expect(code).to.equal(1);
        expect(output).to.include("4 rows: 1 created, 3 refused").and.to.include(`${file}.report.jsonl`);
        expect(await itemOf("lamp")).to.deep.include({
            name: 'Lamp, "large"',
            prices: { usd: 4900, eur: 4500 },
            stock: 7,
            gtin: "04006381333931",
            images: ["https://a.example/1.jpg"],
            group: { id: "lamps", options: { colour: "Blue" } },
        });
        const refused = reportOf(`${file}.report.jsonl`).slice(1);
        expect(refused.map(({ line, errors = [] }) => [line, ...errors.map(({ pointer }) => pointer)])).to.deep.equal([
            [3, "/prices/usd", "/digital"],
            [4, ""],
            [5, "/title"],
        ]);
    });

    it("says what would become of each row, and writes nothing", async () => {
        await products(
            "import",
            fileOf("first.jsonl", linesOf([{ productId: "mop", title: "Mop", prices: { usd: 1 } }])),
        );
        const before = await itemOf("mop");
        const rows = [
            { productId: "mop", title: "Mop", prices: { usd: 1 } },
            { productId: "lamp", ...lamp },
            { productId: "mop", title: "Mop", prices: { usd: 2 } },
            { productId: "soap" },
            { productId: "lamp", ...lamp },
            ...Array.from({ length: 100 }, (_, index) => ({ productId: `p-${index}`, title: "P", prices: { usd: 1 } })),
            { productId: "lamp", ...lamp, title: "Another" },
            { productId: "mop", title: "Mop", prices: { usd: 2 }, stock: 3 },
            { productId: "mop", title: "Mop", prices: { usd: 2 } },
        ];
        const file = fileOf("second.jsonl", linesOf(rows));

        const { output } = await products("import", file, "--dry-run", "--json");

        const { isDry: _, report: __, resumedAt: ___, ...planned } = JSON.parse(output);
        expect(planned).to.include({ created: 101, changed: 3, unchanged: 3, refused: 1 });
        expect(await itemOf("mop")).to.deep.equal(before);
        expect(await itemOf("lamp")).to.equal(undefined);
        expect(existsSync(`${file}.report.jsonl`)).to.equal(false);
        expect(reportOf(`${file}.dry-run.jsonl`)).to.have.length(rows.length);
        const written = await products("import", file, "--json");
        const { isDry: ____, report: _____, resumedAt: ______, ...counts } = JSON.parse(written.output);
        expect(planned, "the same as an import that writes").to.deep.equal(counts);
    });

    it("exports what it imports, in both forms", async () => {
        const rows = [
            { productId: "lamp", ...lamp },
            { productId: "mop", title: 'A "mop"', prices: { usd: 1 }, hidden: true },
        ];
        await products("import", fileOf("all.jsonl", linesOf(rows)));
        const printed = await products("export");
        const productsIn = (output: string) =>
            output
                .trimEnd()
                .split("\n")
                .map((line) => JSON.parse(line));
        for (const name of ["copy.csv", "copy.jsonl"]) {
            const copy = join(folder, name);
            expect(await products("export", copy)).to.include({ code: 0, errors: "" });
            const again = await products("import", copy, "--json");
            expect(JSON.parse(again.output), name).to.include({ rows: 2, unchanged: 2 });
            for (const { productId } of rows) {
                await database.client.send(new DeleteCommand({ TableName: tables.products, Key: { productId } }));
            }
            await products("import", copy);
            expect(productsIn((await products("export")).output), name).to.have.deep.members(
                productsIn(printed.output),
            );
        }
    });

    it("writes each member that a product can have into cells, empty lists too, and reads it from them", async () => {
        const text = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" });
        const words = fc.oneof(
            text,
            fc.constantFrom("null", "true", "12", "[]", "{}", " a ", 'a"b', "a,b", "a\r\nb", "=1"),
        );
        const amounts = fc.dictionary(fc.constantFrom("usd", "eur", "jpy"), fc.nat(), { minKeys: 1 });
        const list = fc.array(words, { maxLength: 3 });
        const members = {
            productId: text,
            title: words,
            prices: amounts,
            listPrices: amounts,
            stock: fc.option(fc.nat()),
            description: words,
            images: list,
            link: words,
            brand: words,
            gtin: fc.constantFrom("04006381333931", "12345678"),
            mpn: words,
            categories: list,
            condition: fc.constantFrom("new", "used"),
            group: fc.record(
                { id: words, title: words, options: fc.dictionary(fc.constantFrom("size", "2024", "0", "a b"), words) },
                { requiredKeys: ["id", "options"] },
            ),
            taxClass: words,
            taxExempt: fc.boolean(),
            weight: fc.nat(),
            digital: fc.boolean(),
            availableFrom: fc.constant("2026-12-01T00:00:00Z"),
            hidden: fc.boolean(),
            returnPolicy: fc.record(
                { days: fc.nat(), exchanges: fc.boolean(), url: words },
                { requiredKeys: ["days"] },
            ),
        };
        const { properties = {} } = schemasOf("catalog")["Product"] as { properties?: object };
        const shownOnly = ["availability", "held", "updatedAt"];
        expect(Object.keys(members)).to.have.members(
            Object.keys(properties).filter((name) => !shownOnly.includes(name)),
        );

        const product = fc.record(members, { requiredKeys: ["productId", "title", "prices"] });
        const rows = fc.array(product, { minLength: 1, maxLength: 4 });
        await fc.assert(
            fc.asyncProperty(rows, async (values) => {
                const columns = [...new Set(values.flatMap((value) => flattened(value).map(([path]) => path)))];
                const lines = values.map((value) => {
                    const cells = new Map(flattened(value));
                    return csvLine(columns.map((path) => cells.get(path) ?? ""));
                });
                const file = fileOf("round.csv", [csvLine(columns), ...lines].join(""));
                const read: unknown[] = [];
                for await (const row of rowsIn(file)) read.push(row.value ?? row.fault);
                expect(JSON.parse(JSON.stringify(read))).to.deep.equal(JSON.parse(JSON.stringify(values)));
            }),
            { numRuns: isProof ? 1000 : 100 },
        );
        expect(csvLine(["a", 'b"c', "d,e", "f\ng"])).to.equal('a,"b""c","d,e","f\ng"\r\n');
    });

    it("is refused for other files than it reads, and for another content than was interrupted", async () => {
        const file = fileOf("catalogue.jsonl", linesOf([{ productId: "mop", title: "Mop", prices: { usd: 1 } }]));
        writeFileSync(`${file}.report.jsonl`, `${JSON.stringify({ import: "i", file: "another", into: "x" })}\n`);
        for (const args of [
            [],
            ["import"],
            ["import", join(folder, "none.csv")],
            ["import", fileOf("catalogue.txt", "")],
            ["export", join(folder, "catalogue.xml")],
            ["import", file],
        ]) {
            expect(await products(...args), args.join(" ")).to.include({ code: 2, output: "" });
        }
        expect((await products("import", file)).errors).to.include("--anew");
        expect(await products("import", file, "--anew")).to.include({ code: 0, errors: "" });
        // An import that ended is not gone on with.
        const again = await products("import", file, "--json");
        expect(JSON.parse(again.output)).to.include({ rows: 1, unchanged: 1, resumedAt: 0 });
    });

    describe("goes on after it was killed while it wrote rows", () => {
        const rows = ["put", "stocked", "deleted", "adjusted", "sold", "new"].map((productId) => ({
            productId,
            title: "Of the file",
            prices: { usd: 100 },
            stock: 10,
        }));
        const file = () => fileOf("catalogue.jsonl", linesOf(rows));
        const merchant = () => new ProductStore(database.client, tables);
        const change = { correlationId: "merchant", now: Date.now() };
        const outcomes = (of: string) => reportOf(`${of}.report.jsonl`).map(({ outcome }) => outcome);

        it("and leaves what the merchant changed or deleted meanwhile, which it says", async () => {
            const of = file();
            await products("import", of);
            cut(`${of}.report.jsonl`, 0);
            await merchant().put("put", { data: { title: "Newer", prices: { usd: 1 } }, stock: 3 }, change);
            await merchant().setStock("stocked", 4, change);
            await merchant().delete("deleted", change);
            await merchant().adjust("adjusted", -1, "key", change);
            await sell("sold");
            await database.client.send(new DeleteCommand({ TableName: tables.products, Key: { productId: "new" } }));

            const { code, output } = await products("import", of);

            expect(code).to.equal(1);
            expect(output).to.include("6 rows: 3 created, 3 changed meanwhile");
            expect(await itemOf("put")).to.include({ name: "Newer", stock: 3 });
            expect(await itemOf("stocked")).to.include({ stock: 4, version: 2 });
            expect(await itemOf("deleted")).not.to.have.property("name");
            expect(await itemOf("adjusted")).to.include({ stock: 9 });
            expect(await itemOf("sold")).to.include({ stock: 9, version: 1 });
            expect(await itemOf("new")).to.include({ stock: 10, version: 1 });
            const [changed, created] = ["changedMeanwhile", "created"];
            expect(outcomes(of)).to.deep.equal([changed, changed, changed, created, created, created]);
        });

        it("and leaves what the merchant changed before the import came to it", async () => {
            const of = file();
            await products("import", of);
            // As if the rows were not written yet when it was killed.
            for (const { productId } of rows) {
                await database.client.send(new DeleteCommand({ TableName: tables.products, Key: { productId } }));
            }
            cut(`${of}.report.jsonl`, 1);
            await merchant().put("stocked", { data: { title: "Newer", prices: { usd: 1 } } }, change);
            await merchant().put("deleted", { data: { title: "Newer", prices: { usd: 1 } } }, change);
            await merchant().delete("deleted", change);

            const { output } = await products("import", of, "--json");

            expect(JSON.parse(output)).to.include({ created: 4, changedMeanwhile: 2, resumedAt: 1 });
            expect(await itemOf("stocked")).to.include({ name: "Newer" });
            expect(await itemOf("deleted")).not.to.have.property("name");
            expect(await itemOf("put"), "reported before").to.equal(undefined);
        });

        it("and reports each of many rows of one product by its own outcome", async () => {
            const mop = { productId: "mop", title: "Mop", prices: { usd: 1 } };
            const other = { ...mop, title: "Other" };
            const of = fileOf("mop.jsonl", linesOf([mop, other, other, mop, { ...mop, stock: 1 }, mop]));
            const expected = ["created", "changed", "unchanged", "changed", "changed", "unchanged"];
            await products("import", of);
            expect(outcomes(of)).to.deep.equal(expected);
            for (const reported of [0, 2, 5]) {
                cut(`${of}.report.jsonl`, reported);
                expect((await products("import", of)).code).to.equal(0);
                expect(outcomes(of), `${reported} reported`).to.deep.equal(expected);
            }
            expect(await itemOf("mop")).to.include({ name: "Mop", stock: 1, version: 4 });
        });
    });

    it("does not run twice into one report, unless the other one is dead", async () => {
        const file = fileOf("catalogue.jsonl", linesOf([{ productId: "mop", title: "Mop", prices: { usd: 1 } }]));
        const report = `${file}.report.jsonl`;
        const other = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
            stdio: ["pipe", "ignore", "ignore"],
        });
        children.add(other);
        writeFileSync(`${report}.lock`, String(other.pid));

        const refused = await products("import", file);
        expect(refused.code).to.equal(2);
        expect(refused.errors).to.include(`process ${other.pid}`).and.to.include(`${report}.lock`);
        expect(await itemOf("mop")).to.equal(undefined);

        const ended = once(other, "exit");
        other.kill("SIGKILL");
        await ended;
        expect(await products("import", file)).to.include({ code: 0, errors: "" });
        expect(readdirSync(folder).sort()).to.deep.equal(["catalogue.jsonl", "catalogue.jsonl.report.jsonl"]);
    });

    it("overwrites no file that is no report: neither another one nor the import's own, also by a link", async () => {
        const text = linesOf([{ productId: "mop", title: "Mop", prices: { usd: 1 } }]);
        const file = fileOf("catalogue.jsonl", text);
        symlinkSync(file, join(folder, "symbolic"));
        linkSync(file, join(folder, "hard"));
        for (const report of ["catalogue.jsonl", "symbolic", "hard"]) {
            for (const more of [[], ["--anew"], ["--dry-run"]]) {
                const { code, errors } = await products("import", file, "--report", join(folder, report), ...more);
                expect(code, report).to.equal(2);
                expect(errors, report).to.include("name another file");
            }
        }
        expect(readFileSync(file, "utf8")).to.equal(text);
        for (const other of ["no JSON\n", "no line's end", "{}\n", '{"import":"i"}\n{"line":1,"outcome":"lost"}\n']) {
            const report = fileOf("other", other);
            const { code, errors } = await products("import", file, "--report", report);
            expect(code, other).to.equal(2);
            expect(errors.trimEnd().split("\n"), other).to.have.length(1);
            expect(errors, other).to.include("--anew").and.not.include("SyntaxError");
            expect(readFileSync(report, "utf8")).to.equal(other);
            expect((await products("import", file, "--report", report, "--anew")).code).to.equal(0);
        }
    });

    it("exports nothing in place of a file where it fails", async () => {
        const copy = fileOf("copy.jsonl", "earlier");
        // Nothing answers there.
        expect((await products("export", copy, "--endpoint", "http://127.0.0.1:1")).code).to.equal(2);
        expect(readFileSync(copy, "utf8")).to.equal("earlier");
        expect(readdirSync(folder)).to.deep.equal(["copy.jsonl"]);
    });

    const count = isProof ? 100_000 : 1_000;
    const unreported = 30;

    it(`writes each of ${count} rows once in 64 MB, although it is killed and they are sold meanwhile`, async () => {
        const file = join(folder, "many.jsonl");
        const report = `${file}.report.jsonl`;
        await pipeline(rowsOf(count), createWriteStream(file));
        const sold = new Map<string, number>();
        for (const share of isProof ? [0.2, 0.5, 0.8] : [0.5]) {
            const child = importing(file);
            const ended = once(child, "exit");
            while (sizeOf(report) < share * count * 50 && child.exitCode === null) await setTimeout(2);
            child.kill("SIGKILL");
            await ended;
            expect(child.exitCode, "it ended before it was killed").to.equal(null);
            // Rows that were written and not reported, as the end of a machine leaves them.
            cut(report, 0);
            const next = linesIn(report).filter((line) => line.startsWith('{"line"')).length;
            for (let row = next - 2 * unreported; row < Math.min(count, next + 100); row += 1) {
                const productId = `product-${row}`;
                if (await sell(productId)) sold.set(productId, (sold.get(productId) ?? 0) + 1);
            }
        }
        const child = importing(file);
        const [code] = await once(child, "exit");

        expect(code).to.equal(0);
        let seen = 0;
        for await (const { productId, version, stock } of items()) {
            seen += 1;
            const expected = { version: 1, stock: 10 - (sold.get(String(productId)) ?? 0) };
            expect({ version, stock }, String(productId)).to.deep.equal(expected);
        }
        expect(seen).to.equal(count);
        expect(sold.size).to.be.at.least(2 * unreported);
        const lines = reportOf(report);
        expect(lines).to.have.length(count);
        expect(lines.every(({ line, outcome }, index) => line === index + 1 && outcome === "created")).to.equal(true);
    }).timeout(isProof ? 30 * 60_000 : 240_000);

    function* rowsOf(rows: number): Generator<string> {
        const description = "A product of the catalogue. ".repeat(30);
        for (let row = 0; row < rows; row += 1) {
            const product = { title: `Product ${row}`, prices: { usd: 1000 + row }, stock: 10, description };
            yield `${JSON.stringify({ productId: `product-${row}`, ...product })}\n`;
        }
    }

    function importing(file: string): ChildProcess {
        const args = ["--max-old-space-size=64", "tools/products.ts", "import", file, "--endpoint", database.url];
        const child = spawn(process.execPath, args, { stdio: "ignore", env: { PATH: process.env["PATH"] } });
        children.add(child);
        return child;
    }

    const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

    async function sell(productId: string): Promise<boolean> {
        const update = {
            TableName: tables.products,
            Key: { productId },
            UpdateExpression: "SET stock = stock - :one",
            ConditionExpression: "stock > :none",
            ExpressionAttributeValues: { ":one": 1, ":none": 0 },
        };
        return await database.client.send(new UpdateCommand(update)).then(
            () => true,
            () => false,
        );
    }
});
