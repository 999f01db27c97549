import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { buildAll } from "../components/parts/bundle.ts";
import type { Findings } from "./figures.ts";
import { buildIncumbent } from "./functions/candidates.ts";

/** Bytes of code that Lambda loads, without source maps; 1 KB is 1000 bytes. */
export async function measureSizes(directory: string): Promise<Findings> {
    const callbacks = [...(await buildAll())].map(([entry, files]) => {
        const code = files.filter(({ name }) => name.endsWith(".mjs")).map(({ text }) => text);
        return { bundle: entry, ...sizeOf(code.join("")) };
    });
    const incumbent = { bundle: "incumbent", ...sizeOf(readFileSync(await buildIncumbent(directory), "utf8")) };
    const receive = callbacks.find(({ bundle }) => bundle === "orderIntake/receive");
    return {
        tables: [{ title: "Bundles", rows: [...callbacks, incumbent] }],
        budgets: [{ what: "receive, bundle, KB", measured: receive?.KB ?? Number.NaN, atMost: 215 }],
    };
}

const sizeOf = (code: string) => ({ KB: Buffer.byteLength(code) / 1000, "gzip KB": gzipSync(code).length / 1000 });
