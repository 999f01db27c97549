import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import type { Context } from "aws-lambda";

// Lambda's own names in lower case, for its log level filter, which treats unknown ones as INFO.
const levels = ["debug", "info", "warn", "error", "fatal"] as const;
export type Level = (typeof levels)[number];

/**
 * Errors are logged with name, message, stack and cause; `order_data` with personal data masked; e-mail addresses are
 * masked everywhere.
 */
export interface Fields {
    readonly request_id?: string;
    readonly correlationId?: string;
    readonly order_id?: string;
    readonly order_data?: unknown;
    readonly error?: unknown;
    readonly [name: string]: unknown;
}

/** Writes one JSON object a line to standard output, which Lambda sends to CloudWatch Logs. */
export class Log {
    readonly #fields: Fields;
    readonly #write: (line: string) => void;
    readonly #threshold: Level;

    /** @param level the minimum level; an unknown one means `info`. */
    constructor(fields: Fields, level: string | undefined, write: (line: string) => void) {
        this.#fields = fields;
        this.#write = write;
        this.#threshold = levels.find((name) => name === level?.toLowerCase()) ?? "info";
    }

    /** A log that adds these fields to every line. */
    with(fields: Fields): Log {
        return new Log({ ...this.#fields, ...fields }, this.#threshold, this.#write);
    }

    /** The log of one invocation, with its id as correlation id until another one is known. */
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

    /** Needs immediate action: Lambda's highest level, which no level filter hides. */
    fatal(message: string, fields?: Fields): void {
        this.#line("fatal", message, fields);
    }

    #line(level: Level, message: string, fields: Fields = {}): void {
        // What counts something is written at every level: alarms read it.
        if (levels.indexOf(level) < levels.indexOf(this.#threshold) && !fields["_aws"]) return;
        const { order_data, ...rest } = { ...this.#fields, ...fields };
        const entry = { level, message, timestamp: new Date().toISOString(), ...rest };
        const line = order_data === undefined ? entry : { ...entry, order_data: maskPersonal(order_data) };
        this.#write(maskEmails(JSON.stringify(line, readable)));
    }
}

/** The function's log. Outside of invocations, the log stream, unique per execution environment, is the correlation id. */
export const log = new Log(
    {
        service: process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
        correlationId: process.env["AWS_LAMBDA_LOG_STREAM_NAME"] ?? "",
    },
    process.env["LOG_LEVEL"],
    (line) =>
        // Lambda would wrap lines of console.log in JSON objects.
        process.stdout.write(`${line}\n`),
);

function readable(_name: string, value: unknown): unknown {
    if (!(value instanceof Error)) return value;
    const { name, message, stack, cause } = value;
    return { name, message, ...(stack !== undefined && { stack: readableTrace(stack) }), cause };
}

/** Members with personal data; all text in them is masked. */
const personal = new Set([
    "customer",
    "customerEmail",
    "recipient",
    "metadata",
    "billingAddress",
    "address",
    "notes",
    "instructions",
]);

// The bounded lookbehind keeps the time linear for long texts without an @.
const email = /(?<![\w.%+-])([\w%+-])[\w.%+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63})/g;

/** Masks names and notes (`J*** D***`). */
export function maskPersonal(value: unknown, inPersonal = false): unknown {
    if (typeof value === "string") return inPersonal ? maskText(value) : value;
    if (Array.isArray(value)) return value.map((element) => maskPersonal(element, inPersonal));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, maskPersonal(member, inPersonal || personal.has(name))]),
    );
}

/** Masks e-mail addresses (`c***@example.com`). */
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
 * The stack trace with positions in the sources. Reads the source map at the first trace only; `--enable-source-maps`
 * would slow down every start.
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

/** An invalid map must not hide the error: the trace stays as it is. */
function readMap(file: string): SourceMap | undefined {
    try {
        return new SourceMap(JSON.parse(readFileSync(file, "utf8")));
    } catch {
        return undefined;
    }
}
