import { isUtf8 } from "node:buffer";
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
    for await (const bytes of linesIn(file)) {
        line += 1;
        const text = textIn(bytes);
        if (text === undefined) yield { line, fault: notText };
        else if (text.trim() !== "") yield { line, ...valueIn(text) };
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

const notText = "is not UTF-8: save the file as UTF-8";
/** Undefined if it is not UTF-8. */
const textIn = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString() : undefined);

const byteOrderMark = Buffer.from("\ufeff");

/** Without a byte order mark. */
async function* bytesIn(file: string): AsyncGenerator<Buffer> {
    let isFirst = true;
    for await (const chunk of createReadStream(file)) {
        const bytes = Buffer.from(chunk);
        const isMarked = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
        isFirst = false;
        yield isMarked ? bytes.subarray(byteOrderMark.length) : bytes;
    }
}

/** Not by node:readline, which also ends lines at separators that JSON may contain. */
async function* linesIn(file: string): AsyncGenerator<Buffer> {
    let rest: Buffer[] = [];
    for await (const bytes of bytesIn(file)) {
        let begin = 0;
        for (let end = bytes.indexOf("\n"); end >= 0; end = bytes.indexOf("\n", begin)) {
            yield Buffer.concat([...rest, bytes.subarray(begin, end)]);
            rest = [];
            begin = end + 1;
        }
        rest.push(bytes.subarray(begin));
    }
    const last = Buffer.concat(rest);
    if (last.length > 0) yield last;
}

async function* csvRows(file: string): AsyncGenerator<Row> {
    let columns: readonly string[] | undefined;
    let line = 0;
    for await (const record of csvRecords(file)) {
        line += 1;
        if (columns === undefined) {
            if (!Array.isArray(record)) throw new UsageError(`the first line of ${file} ${record.fault}`);
            if (record.every((cell) => cell.length === 0)) continue;
            columns = columnsOf(record, file);
            continue;
        }
        if (!Array.isArray(record)) {
            yield { line, fault: record.fault };
            continue;
        }
        const texts = record.map(textIn);
        const isEmpty = texts.every((text) => text === "");
        const cells = columns.map((name, index): [string, string] => [name, texts[index] ?? ""]);
        if (isEmpty) continue;
        if (texts.includes(undefined)) yield { line, fault: notText };
        else if (texts.length === columns.length) yield { line, value: unflattened(cells) };
        else yield { line, fault: `has ${texts.length} cells, where ${columns.length} columns have a name` };
    }
}

function columnsOf(cells: readonly Buffer[], file: string): string[] {
    const names = cells.map((cell) => {
        const name = textIn(cell);
        if (name === undefined) throw new UsageError(`the first line of ${file} ${notText}`);
        // Spaces are part of options' names.
        return name.trimStart().startsWith(optionsOf) ? name.trimStart() : name.trim();
    });
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new UsageError(`${file} has the column ${JSON.stringify(twice)} twice`);
    return names;
}

/** Bytes of a CSV row; a quote that is never closed is known by the row's size. */
const largestRow = 1_000_000;

interface BadRecord {
    readonly fault: string;
}

/** The cells of each row, as they are in the file, and what cannot be told apart into cells, in the file's order. */
async function* csvRecords(file: string): AsyncGenerator<Buffer[] | BadRecord> {
    const records: (Buffer[] | BadRecord)[] = [];
    let raw = "";
    let isTooLong = false;
    const parser = parse({
        // Each byte a character: the rows' bytes are looked at one by one.
        encoding: "latin1",
        relax_column_count: true,
        max_record_size: largestRow,
        raw: true,
        skip_records_with_error: true,
        on_record: (found: unknown) => {
            raw = "";
            const cells = isJsonObject(found) && Array.isArray(found["record"]) ? found["record"] : [];
            records.push(cells.map((cell) => Buffer.from(String(cell), "latin1")));
            return undefined;
        },
        on_skip: (error, before = "") => {
            isTooLong = error?.code === "CSV_MAX_RECORD_SIZE";
            // Another fault of the same row: its text goes on.
            if (raw !== "" && before.length > raw.length && before.startsWith(raw)) records.pop();
            raw = before;
            records.push({ fault: faultOf(before) });
            // The parser would go on in the middle of the row.
            if (isTooLong) throw error;
            return undefined;
        },
    });
    const failed = new Promise<Error>((resolve) => void parser.once("error", resolve));
    for await (const bytes of bytesIn(file)) {
        const written = new Promise<undefined>((resolve) => parser.write(bytes, () => resolve(undefined)));
        const error = await Promise.race([failed, written]);
        yield* records.splice(0);
        if (isTooLong) return;
        if (error !== undefined) throw error;
    }
    const ended = new Promise<undefined>((resolve) => parser.end(() => resolve(undefined)));
    const error = await Promise.race([failed, ended]);
    yield* records.splice(0);
    if (error !== undefined && !isTooLong) throw error;
}

/** @param raw the row up to the fault */
function faultOf(raw: string): string {
    if (raw.length >= largestRow) {
        return "is longer than 1 MB, as if a quote is not closed: no row after it was read";
    }
    const more = raw.match(/\r\n|\r|\n/g)?.length ?? 0;
    const lines = more === 0 ? "" : `, with ${more} more ${more === 1 ? "line" : "lines"} of the file in it`;
    return `has a quote in a cell that is not in quotes as a whole, or one that is not closed${lines}`;
}

const numbers = /^(?:stock|weight|returnPolicy\.days|(?:prices|listPrices)\..+)$/;
const booleans = /^(?:digital|hidden|taxExempt|returnPolicy\.exchanges)$/;

const optionsOf = "group.options.";
/** Members that are lists. What follows elsewhere is a name, also if it is a number. */
const lists = /^(images|categories)\.\d+$/;

/** Cells by the paths of their members: `prices.usd`, `images.1`, `group.options.size`. Empty ones are absent. */
function unflattened(cells: Iterable<readonly [path: string, text: string]>): JsonObject {
    const root: Record<string, unknown> = Object.create(null);
    for (const [path, text] of cells) {
        if (text === "") continue;
        const value = cellValue(path, text);
        const [, list] = lists.exec(path) ?? [];
        const empty = emptyIn(path, text);
        if (empty !== undefined) {
            place(root, path.split("."), empty);
        } else if (list === undefined) {
            place(root, path.split("."), value);
        } else {
            // Elements come in the order of their columns, without gaps where cells are empty.
            const elements: unknown = root[list] ?? [];
            root[list] = Array.isArray(elements) ? [...elements, value] : elements;
        }
    }
    return root;
}

/** What has nothing in it has a cell that says so; without one it is absent. */
function emptyIn(path: string, text: string): readonly [] | JsonObject | undefined {
    if (text === "[]" && /^(?:images|categories)$/.test(path)) return [];
    return text === "{}" && path === "group.options" ? {} : undefined;
}

function place(into: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
    if (rest.length === 0) {
        into[name] = value;
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
    if (Array.isArray(value) && value.length > 0) {
        return value.flatMap((one, index) => flattened(one, `${path}.${index + 1}`));
    }
    if (isJsonObject(value) && Object.keys(value).length > 0) {
        return Object.entries(value).flatMap(([name, one]) => flattened(one, path === "" ? name : `${path}.${name}`));
    }
    if (value === undefined) return [];
    return [[path, typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)]];
}
