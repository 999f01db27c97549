import { AwsError } from "../aws/call.ts";
import { isInput } from "../aws/input.ts";
import { account } from "../aws/service.ts";
import type { TraceEntry } from "../trace.ts";

/** The fields of one result, in the order they were asked for. A field that a line does not have is absent. */
export type Found = Readonly<Record<string, string>>;

/** Looks through lines. `found` is at most `limit` of those that matched. */
type LogsQuery = (
    lines: readonly TraceEntry[],
    limit: number,
) => { readonly found: readonly Found[]; readonly matched: number };

type Field = (name: string) => string | undefined;
type Condition = (field: Field) => boolean;

/**
 * A query of Logs Insights, as far as operators need it: `fields`, `filter` (`=`, `!=`, `like` with a text or a regular
 * expression, `in`, `and`, `or`, parentheses), `sort` by time, `limit`.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/CWL_QuerySyntax.html
 * @throws AwsError MalformedQueryException
 */
export function parseLogsQuery(query: string): LogsQuery {
    let fields = ["@timestamp", "@message"];
    const conditions: Condition[] = [];
    let newestFirst = true;
    let most = Number.POSITIVE_INFINITY;
    for (const command of commandsOf(query)) {
        const [name, ...rest] = command;
        switch (name?.toLowerCase()) {
            case "fields":
                fields = rest.filter((token) => token !== ",");
                break;
            case "filter":
                conditions.push(conditionIn(rest));
                break;
            case "sort":
                if (rest[0] !== "@timestamp") throw malformed(`the embedded cloud sorts by @timestamp, not ${rest[0]}`);
                newestFirst = rest[1]?.toLowerCase() !== "asc";
                break;
            case "limit":
                most = Number(rest[0]);
                if (!Number.isInteger(most)) throw malformed(`limit ${rest[0]}`);
                break;
            default:
                throw malformed(`the embedded cloud has no command ${name}`);
        }
    }
    return (lines, limit) => {
        const matching = lines.flatMap((line, place) => {
            const field = fieldsOf(line, place);
            return conditions.every((holds) => holds(field)) ? [{ time: line.time, field }] : [];
        });
        matching.sort((one, other) => (newestFirst ? other.time - one.time : one.time - other.time));
        const found = matching.slice(0, Math.min(limit, most)).map(({ field }) =>
            Object.fromEntries(
                [...fields, "@ptr"].flatMap((name) => {
                    const value = field(name);
                    return value === undefined ? [] : [[name, value]];
                }),
            ),
        );
        return { found, matched: matching.length };
    };
}

/** The fields of a line: CloudWatch's own, and those of a line that is JSON. */
function fieldsOf(line: TraceEntry, place: number): Field {
    let members: unknown;
    return (name) => {
        switch (name) {
            case "@timestamp":
                return new Date(line.time).toISOString().replace("T", " ").replace("Z", "");
            case "@message":
                return line.text;
            case "@log":
                return `${account}:${line.logGroup}`;
            case "@requestId":
                return line.requestId;
            case "@ptr":
                return Buffer.from(`${line.time} ${place}`).toString("base64");
            default: {
                members ??= membersOf(line.text);
                const value = name.split(".").reduce((of, key) => (isInput(of) ? of[key] : undefined), members);
                return value === undefined || typeof value === "object" ? undefined : String(value);
            }
        }
    };
}

function membersOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}

/** Tokens, command by command. A text keeps its first quotation mark, a regular expression its first slash. */
function commandsOf(query: string): string[][] {
    const commands: string[][] = [[]];
    const token =
        /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|\/((?:[^/\\]|\\.)*)\/|(!=|[=(),|[\]])|([^\s=!(),|[\]"'/]+))/y;
    for (let at = 0; query.slice(at).trim() !== ""; at = token.lastIndex) {
        token.lastIndex = at;
        const [, double, single, pattern, sign, word] = token.exec(query) ?? [];
        const text = double ?? single;
        if (text !== undefined) commands.at(-1)?.push(`"${text.replace(/\\(.)/g, "$1")}`);
        else if (pattern !== undefined) commands.at(-1)?.push(`/${pattern}`);
        else if (sign === "|") commands.push([]);
        else if (sign !== undefined || word !== undefined) commands.at(-1)?.push(sign ?? word ?? "");
        else throw malformed(`unexpected symbol found at position ${at}`);
    }
    return commands;
}

function conditionIn(tokens: readonly string[]): Condition {
    let at = 0;
    const next = () => tokens[at++] ?? "";
    const isNext = (word: string) => tokens[at]?.toLowerCase() === word;
    const any = (): Condition => {
        const choices = [all()];
        while (isNext("or") && next()) choices.push(all());
        return (field) => choices.some((holds) => holds(field));
    };
    const all = (): Condition => {
        const parts = [one()];
        while (isNext("and") && next()) parts.push(one());
        return (field) => parts.every((holds) => holds(field));
    };
    const one = (): Condition => {
        if (!isNext("(")) return comparison(next(), next().toLowerCase(), operand);
        next();
        const inner = any();
        if (next() !== ")") throw malformed("a parenthesis is not closed");
        return inner;
    };
    const operand = (): string[] => {
        const values = [next()];
        if (values[0] !== "[") return values;
        values.length = 0;
        for (let token = next(); token !== "]"; token = next()) {
            if (token === "") throw malformed("a list is not closed");
            if (token !== ",") values.push(token);
        }
        return values;
    };
    const condition = any();
    if (at < tokens.length) throw malformed(`unexpected ${tokens[at]}`);
    return condition;
}

function comparison(name: string, sign: string, operand: () => string[]): Condition {
    const values = operand();
    const [value = ""] = values;
    const plain = value.replace(/^"/, "");
    switch (sign) {
        case "=":
            return (field) => field(name) === plain;
        case "!=":
            return (field) => field(name) !== plain;
        case "in": {
            const texts = values.map((text) => text.replace(/^"/, ""));
            return (field) => texts.includes(field(name) ?? "");
        }
        case "like": {
            if (!value.startsWith("/")) return (field) => field(name)?.includes(plain) === true;
            const pattern = patternOf(value.slice(1));
            return (field) => pattern.test(field(name) ?? "");
        }
        default:
            throw malformed(`the embedded cloud has no comparison ${sign || "without a sign"}`);
    }
}

/** `(?i)` at the start stands for: upper or lower case. */
function patternOf(text: string): RegExp {
    try {
        return text.startsWith("(?i)") ? new RegExp(text.slice(4), "i") : new RegExp(text);
    } catch (error) {
        throw malformed(String(error));
    }
}

const malformed = (what: string) => new AwsError("MalformedQueryException", `The query is malformed: ${what}.`);
