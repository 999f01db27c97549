import { csvLine } from "../../shared/csv.ts";
import type { Offer } from "../offer.ts";
import type { Feed, FeedFormat, FeedTarget } from "../target.ts";
import { acpProduct } from "./acpProduct.ts";
import { googleColumns, googleRow } from "./googleRow.ts";
import { openAiColumns, openAiRow } from "./openAiRow.ts";
import type { Row } from "./row.ts";

/** How a file of a format is written. */
interface Lines {
    readonly contentType: string;
    /** What it begins with, also where it has no product. */
    readonly head: string;
    lineOf(offer: Offer, target: FeedTarget, feed: Pick<Feed, "shop">): string;
}

export const linesOf: Readonly<Record<FeedFormat, Lines>> = {
    "acp-jsonl": {
        contentType: "application/jsonl",
        head: "",
        lineOf: (...of) => `${JSON.stringify(acpProduct(...of))}\n`,
    },
    "openai-jsonl": {
        contentType: "application/jsonl",
        head: "",
        lineOf: (...of) => `${JSON.stringify(withoutEmpty(openAiRow(...of)))}\n`,
    },
    "openai-csv": {
        contentType: "text/csv; charset=utf-8",
        head: csvLine(openAiColumns),
        lineOf: (...of) => csvLine(cellsOf(openAiColumns, openAiRow(...of))),
    },
    "google-tsv": {
        contentType: "text/tab-separated-values; charset=utf-8",
        head: tsvLine(googleColumns),
        lineOf: (...of) => tsvLine(cellsOf(googleColumns, googleRow(...of))),
    },
};

const withoutEmpty = (row: Row<string>) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell));

const cellsOf = <Column extends string>(columns: readonly Column[], row: Row<Column>): string[] =>
    columns.map((column) => row[column] ?? "");

/** Readers take a quote at the beginning of a cell for one around it; tabs and line breaks are spaces. */
function tsvLine(cells: readonly string[]): string {
    const written = cells.map((cell) => {
        const text = cell.replace(/\s+/g, " ");
        return text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text;
    });
    return `${written.join("\t")}\n`;
}
