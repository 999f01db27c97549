import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { UsageError } from "./command.ts";

type Format = "csv" | "jsonl";

/** A product in a file. */
export interface Row {
    /** In a CSV file the number that a spreadsheet gives it. */
    readonly line: number;
    /** Undefined if it cannot be read; then there is a reason. */
    readonly value?: JsonObject;
    readonly fault?: string;
}

/** By the ending of the file's name. Throws UsageError. */
export function formatOf(file: string): Format {
    if (/\.csv$/i.test(file)) return "csv";
    if (/\.(jsonl|ndjson)$/i.test(file)) return "jsonl";
    throw new UsageError(`${file} ends neither in .csv nor in .jsonl`);
}

/** The rows of a file, one after the other, however many there are. */
export const rowsIn = (file: string): AsyncGenerator<Row> =>
    formatOf(file) === "csv" ? csvRows(file) : jsonRows(file);

async function* jsonRows(file: string): AsyncGenerator<Row> {
    let line = 0;
    for await (const text of linesIn(file)) {
        line += 1;
        if (text.trim() === "") continue;
        yield { line, ...valueIn(text) };
    }
}

function valueIn(text: string): Pick<Row, "value" | "fault"> {
    try {
        const value: unknown = JSON.parse(text);
        return isJsonObject(value) ? { value } : { fault: "is no JSON object" };
    } catch {
        return { fault: "is not JSON" };
    }
}

/** Not by node:readline, which also ends lines at separators that JSON may contain. */
async function* linesIn(file: string): AsyncGenerator<string> {
    let rest = "";
    for await (const chunk of createReadStream(file, "utf8")) {
        const lines = (rest + String(chunk)).split("\n");
        rest = lines.pop() ?? "";
        yield* lines;
    }
    if (rest !== "") yield rest;
}

async function* csvRows(file: string): AsyncGenerator<Row> {
    const parser = parse({ bom: true, relax_column_count: true, max_record_size: 1_000_000 });
    let columns: readonly string[] | undefined;
    let line = 0;
    for await (const record of createReadStream(file).pipe(parser) as AsyncIterable<string[]>) {
        line += 1;
        if (record.join("") === "") continue;
        if (columns === undefined) {
            columns = record.map((name) => name.trim());
            const twice = columns.find((name, index) => columns?.indexOf(name) !== index);
            if (twice !== undefined) throw new UsageError(`${file} has the column ${JSON.stringify(twice)} twice`);
            continue;
        }
        const isRagged = record.length !== columns.length;
        const cells = columns.map((name, index): [string, string] => [name, record[index] ?? ""]);
        if (isRagged) yield { line, fault: `has ${record.length} cells, where ${columns.length} columns have a name` };
        else yield { line, value: unflattened(cells) };
    }
}

const numbers = /^(?:stock|weight|returnPolicy\.days|(?:prices|listPrices)\..+)$/;
const booleans = /^(?:digital|hidden|taxExempt|returnPolicy\.exchanges)$/;

/** Cells by the paths of their members: `prices.usd`, `images.1`, `group.options.size`. Empty ones are absent. */
export function unflattened(cells: Iterable<readonly [path: string, text: string]>): JsonObject {
    const root: Record<string, unknown> = Object.create(null);
    for (const [path, text] of cells) {
        if (text !== "") place(root, path.split("."), cellValue(path, text));
    }
    return root;
}

function place(into: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
    const [next] = rest;
    if (next === undefined) {
        into[name] = value;
    } else if (/^\d+$/.test(next)) {
        // Elements come in the order of their columns, without gaps where cells are empty.
        const list: unknown = into[name] ?? [];
        into[name] = Array.isArray(list) ? [...list, value] : list;
    } else {
        const inside = isJsonObject(into[name]) ? { ...into[name] } : {};
        place(inside, rest, value);
        into[name] = inside;
    }
}

/** What is neither a number nor true nor false stays text, which the validation refuses with its place. */
function cellValue(path: string, text: string): unknown {
    if (path === "stock" && text === "null") return null;
    if (numbers.test(path) && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
    if (booleans.test(path) && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
    return text;
}

/** The members of a value by their paths. */
export function flattened(value: unknown, path = ""): [path: string, text: string][] {
    if (Array.isArray(value)) return value.flatMap((one, index) => flattened(one, `${path}.${index + 1}`));
    if (isJsonObject(value)) {
        return Object.entries(value).flatMap(([name, one]) => flattened(one, path === "" ? name : `${path}.${name}`));
    }
    return value === undefined ? [] : [[path, String(value)]];
}

/** A line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly string[]): string =>
    `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
