import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { buildAll } from "../components/parts/bundle.ts";
import type { Findings } from "./figures.ts";
import { buildIncumbents } from "./functions/candidates.ts";

/** What a client waits for stays small: KB at most, by callback. */
const limits = {
    "orderIntake/receive.lean": 60,
    "checkoutSessions/manage.lean": 175,
    "checkoutSessions/complete.lean": 250,
    "checkoutSessions/discover.lean": 5,
} as const;

/** Of bundles as they are usually deployed, bytes of code that Lambda loads at the start, without source maps and lazy files; 1 KB is 1000 bytes. */
export async function measureSizes(directory: string): Promise<Findings> {
    const callbacks = [...(await buildAll())].map(([entry, { files }]) => {
        const code = files.flatMap((file) =>
            "text" in file && /(?<!\.lazy)\.mjs$/.test(file.name) ? [file.text] : [],
        );
        return { bundle: entry, ...sizeOf(code.join("")) };
    });
    const incumbents = Object.entries(await buildIncumbents(directory)).map(([name, file]) => ({
        bundle: `incumbent, ${name}`,
        ...sizeOf(readFileSync(file, "utf8")),
    }));
    return {
        tables: [{ title: "Bundles", rows: [...callbacks, ...incumbents] }],
        budgets: Object.entries(limits).map(([entry, atMost]) => ({
            what: `${entry}, bundle, KB`,
            measured: callbacks.find(({ bundle }) => bundle === entry)?.KB ?? Number.NaN,
            atMost,
        })),
    };
}

const sizeOf = (code: string) => ({ KB: Buffer.byteLength(code) / 1000, "gzip KB": gzipSync(code).length / 1000 });
