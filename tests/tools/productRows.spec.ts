import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { rowsIn } from "../../tools/operator/productRows.ts";

describe("the rows of a file of products", () => {
    let folder: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "commerce-rows-"));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** Line and product, or the fault. */
    async function read(name: string, content: string | Buffer): Promise<(readonly [number, unknown])[]> {
        const file = join(folder, name);
        writeFileSync(file, content);
        const rows: (readonly [number, unknown])[] = [];
        for await (const { line, value, fault } of rowsIn(file)) rows.push([line, fault ?? value?.["productId"]]);
        return rows;
    }

    it("come before and after a row with a quote out of place, which is a fault with its lines", async () => {
        const quote = "has a quote in a cell that is not in quotes as a whole, or one that is not closed";
        const text = [
            "productId,title",
            "a,A",
            'b,6" nail',
            'c,6" nail',
            'd,"7" nail"',
            "e,E",
            'f,"Open',
            "g,G",
            'h,"Soap, blue"',
            "i,I",
            'j,"Open',
            "k,K",
        ];
        for (const end of ["\n", "\r\n"]) {
            expect(await read("quotes.csv", text.join(end))).to.deep.equal([
                [2, "a"],
                [3, quote],
                [4, quote],
                [5, quote],
                [6, "e"],
                [7, `${quote}, with 2 more lines of the file in it`],
                [8, "i"],
                [9, `${quote}, with 1 more line of the file in it`],
            ]);
        }
    });

    it("end where a quote stays open for more than a row can have", async () => {
        const rows = await read("open.csv", `productId,title\na,A\nb,"B\n${"c,C\n".repeat(300_000)}`);

        expect(rows.map(([line]) => line)).to.deep.equal([2, 3]);
        expect(rows[1]?.[1]).to.include("is longer than 1 MB").and.to.include("no row after it was read");
    });

    it("are faults where they are not UTF-8", async () => {
        const fault = "is not UTF-8: save the file as UTF-8";
        const csv = Buffer.from("productId,title\na,Caf\u00e9\nb,B\n", "latin1");
        expect(await read("latin.csv", csv)).to.deep.equal([
            [2, fault],
            [3, "b"],
        ]);
        const lines = Buffer.from('{"productId":"a","title":"Caf\u00e9"}\n{"productId":"b"}\n', "latin1");
        expect(await read("latin.jsonl", lines)).to.deep.equal([
            [1, fault],
            [2, "b"],
        ]);
    });

    it("may follow a byte order mark, in both forms", async () => {
        expect(await read("marked.csv", "\ufeffproductId,title\na,Caf\u00e9\n")).to.deep.equal([[2, "a"]]);
        expect(await read("marked.jsonl", '\ufeff{"productId":"a"}\n')).to.deep.equal([[1, "a"]]);
    });
});
