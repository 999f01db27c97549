import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import type { Context } from "aws-lambda";

// Lambda's own names in lower case, so that its filter knows them: an unknown one counts as INFO there.
const levels = ["debug", "info", "warn", "error", "fatal"] as const;
export type Level = (typeof levels)[number];

/**
 * What a line says beside its message. Errors are written with name, message, stack and cause; `order_data` with
 * personal data masked; e-mail addresses are masked wherever they stand.
 */
export interface Fields {
    readonly request_id?: string;
    readonly correlationId?: string;
    readonly order_id?: string;
    readonly order_data?: unknown;
    readonly error?: unknown;
    readonly [name: string]: unknown;
}

/** Writes one JSON object a line to standard output, which Lambda brings to CloudWatch Logs. */
export class Log {
    readonly #fields: Fields;
    readonly #write: (line: string) => void;
    readonly #threshold: Level;

    /** @param level the lowest level that is written; an unknown one means `info`. */
    constructor(fields: Fields, level: string | undefined, write: (line: string) => void) {
        this.#fields = fields;
        this.#write = write;
        this.#threshold = levels.find((name) => name === level?.toLowerCase()) ?? "info";
    }

    /** A log whose every line carries these fields too. */
    with(fields: Fields): Log {
        return new Log({ ...this.#fields, ...fields }, this.#threshold, this.#write);
    }

    /** The log of one invocation, whose id stands for the correlation id until one is read. */
    forInvocation({ awsRequestId }: Pick<Context, "awsRequestId">, fields: Fields = {}): Log {
        return this.with({ request_id: awsRequestId, correlationId: awsRequestId, ...fields });
    }

    debug(message: string, fields?: Fields): void {
        this.#line("debug", message, fields);
    }

    info(message: string, fields?: Fields): void {
        this.#line("info", message, fields);
    }

    warn(message: string, fields?: Fields): void {
        this.#line("warn", message, fields);
    }

    error(message: string, fields?: Fields): void {
        this.#line("error", message, fields);
    }

    /** For what a person must act on at once: Lambda's highest level, which no filter of levels hides. */
    fatal(message: string, fields?: Fields): void {
        this.#line("fatal", message, fields);
    }

    #line(level: Level, message: string, fields: Fields = {}): void {
        if (levels.indexOf(level) < levels.indexOf(this.#threshold)) return;
        const { order_data, ...rest } = { ...this.#fields, ...fields };
        const entry = { level, message, timestamp: new Date().toISOString(), ...rest };
        const line = order_data === undefined ? entry : { ...entry, order_data: maskPersonal(order_data) };
        this.#write(maskEmails(JSON.stringify(line, readable)));
    }
}

/** The log of this function. Before an invocation, the log stream stands for the correlation id: it is the environment's. */
export const log = new Log(
    {
        service: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
        correlationId: process.env["AWS_LAMBDA_LOG_STREAM_NAME"] ?? "",
    },
    process.env["LOG_LEVEL"],
    (line) =>
        // Not console.log: Lambda would wrap the line in a JSON object of its own.
        process.stdout.write(`${line}\n`),
);

function readable(_name: string, value: unknown): unknown {
    if (!(value instanceof Error)) return value;
    const { name, message, stack, cause } = value;
    return { name, message, ...(stack !== undefined && { stack: readableTrace(stack) }), cause };
}

/** Members that hold personal data; whatever text is in them is masked. */
const personal = new Set(["customer", "customerEmail", "recipient", "metadata"]);

// Begins only where a name can begin and is bounded, so that a long text without an @ costs linear time.
const email = /(?<![\w.%+-])([\w%+-])[\w.%+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63})/g;

/** The same JSON value with names and notes masked (`J*** D***`), for logs. */
export function maskPersonal(value: unknown, inPersonal = false): unknown {
    if (typeof value === "string") return inPersonal ? maskText(value) : value;
    if (Array.isArray(value)) return value.map((element) => maskPersonal(element, inPersonal));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, maskPersonal(member, inPersonal || personal.has(name))]),
    );
}

/** The same text with every e-mail address masked (`c***@example.com`). */
export function maskEmails(text: string): string {
    return text.includes("@") ? text.replace(email, "$1***@$2") : text;
}

function maskText(text: string): string {
    return text
        .split(/\s+/)
        .filter((word) => word !== "")
        .map((word) => {
            const masked = maskEmails(word);
            return masked === word ? `${[...word][0]}***` : masked;
        })
        .join(" ");
}

const placeInCode = /file:\/\/([^\s():]+\.mjs):(\d+):(\d+)/g;
const maps = new Map<string, SourceMap | undefined>();

/**
 * The same stack trace by files and lines of the sources. The map beside the code is read when the first trace is
 * written, and costs nothing before; with `--enable-source-maps` Node has done it already, at the price of a slower start.
 */
function readableTrace(stack: string): string {
    return stack.replace(placeInCode, (whole, file: string, line: string, column: string) => {
        const origin = mapOf(file)?.findOrigin(Number(line), Number(column));
        return origin && "fileName" in origin
            ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
            : whole;
    });
}

function mapOf(file: string): SourceMap | undefined {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
    return maps.get(file);
}

/** A trace without its sources is better than none: whatever is wrong with the map must not hide the error. */
function readMap(file: string): SourceMap | undefined {
    try {
        return new SourceMap(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return undefined;
    }
}
