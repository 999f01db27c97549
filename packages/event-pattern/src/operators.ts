import { addressRange } from "./addressRange.ts";

/** A pattern that AWS would refuse (`InvalidEventPatternException`); `pointer` is the JSON pointer of the place. */
export class InvalidPatternError extends Error {
    readonly reason: string;
    readonly pointer: string;

    constructor(reason: string, pointer: string, cause?: unknown) {
        super(`Event pattern is not valid. Reason: ${reason} at ${pointer === "" ? "the root" : pointer}`, { cause });
        this.name = "InvalidPatternError";
        this.reason = reason;
        this.pointer = pointer;
    }
}

export type Scalar = string | number | boolean | null;
export type Test = (value: Scalar) => boolean;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isScalar(value: unknown): value is Scalar {
    return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export function onlyEntry(value: Readonly<Record<string, unknown>>, pointer: string): [string, unknown] {
    const [entry, ...others] = Object.entries(value);
    if (entry === undefined) throw new InvalidPatternError("Match expression name not found", pointer);
    if (others.length > 0) throw new InvalidPatternError("Only one key allowed in match expression", pointer);
    return entry;
}

/** Makes the test of `{"<name>": operand}`. Throws InvalidPatternError. */
export function parseOperator(name: string, operand: unknown, pointer: string): Test {
    switch (name) {
        case "prefix":
        case "suffix":
            if (isObject(operand)) {
                const [variant, text] = onlyEntry(operand, pointer);
                if (variant !== "equals-ignore-case") {
                    throw new InvalidPatternError(`Unsupported ${name} pattern: ${variant}`, pointer);
                }
                return textTest(name, parseText(text, `${pointer}/${variant}`), true);
            }
            return textTest(name, parseText(operand, pointer), false);
        case "equals-ignore-case":
            return textTest("equals", parseText(operand, pointer), true);
        case "wildcard":
            return parseWildcard(operand, pointer);
        case "anything-but":
            return parseAnythingBut(operand, pointer);
        case "numeric":
            return parseNumeric(operand, pointer);
        case "cidr":
            return parseCidr(operand, pointer);
        case "exists":
            if (operand !== true)
                throw new InvalidPatternError("exists match pattern must be either true or false.", pointer);
            return () => true;
        default:
            throw new InvalidPatternError(`Unrecognized match type ${name}`, pointer);
    }
}

function parseText(value: unknown, pointer: string): string {
    if (typeof value !== "string") throw new InvalidPatternError("match pattern must be a string", pointer);
    return value;
}

function textTest(kind: "prefix" | "suffix" | "equals", expected: string, ignoreCase: boolean): Test {
    const text = ignoreCase ? expected.toLowerCase() : expected;
    return (value) => {
        if (typeof value !== "string") return false;
        const candidate = ignoreCase ? value.toLowerCase() : value;
        switch (kind) {
            case "prefix":
                return candidate.startsWith(text);
            case "suffix":
                return candidate.endsWith(text);
            case "equals":
                return candidate === text;
        }
    };
}

/** `*` stands for any run of characters; `\*` and `\\` for the characters themselves. */
function parseWildcard(operand: unknown, pointer: string): Test {
    const pattern = parseText(operand, pointer);
    const parts = [""];
    for (const [token] of pattern.matchAll(/\\.?|\*+|[^\\*]+/gs)) {
        if (token === "*") parts.push("");
        else if (token.startsWith("*")) throw new InvalidPatternError("Consecutive wildcard characters", pointer);
        else if (token.startsWith("\\") && token !== "\\*" && token !== "\\\\") {
            throw new InvalidPatternError("Invalid escape character", pointer);
        } else parts.push(`${parts.pop()}${token.startsWith("\\") ? token.slice(1) : token}`);
    }
    const [first = "", ...rest] = parts;
    const last = rest.pop();
    if (last === undefined) return (value) => value === first;
    return (value) => {
        if (typeof value !== "string" || value.length < first.length + last.length) return false;
        if (!value.startsWith(first) || !value.endsWith(last)) return false;
        const end = value.length - last.length;
        let position = first.length;
        for (const part of rest) {
            const found = value.indexOf(part, position);
            if (found === -1 || found + part.length > end) return false;
            position = found + part.length;
        }
        return true;
    };
}

/** Matches any value that is there and is not one of these. */
function parseAnythingBut(operand: unknown, pointer: string): Test {
    if (isObject(operand)) {
        const [name, texts] = onlyEntry(operand, pointer);
        const at = `${pointer}/${name}`;
        if (name !== "prefix" && name !== "suffix" && name !== "equals-ignore-case" && name !== "wildcard") {
            throw new InvalidPatternError(`Unsupported anything-but pattern: ${name}`, pointer);
        }
        const list: unknown[] = Array.isArray(texts) ? texts : [texts];
        if (list.length === 0) throw new InvalidPatternError("Empty arrays are not allowed", at);
        if ((name === "prefix" || name === "suffix") && list.includes("")) {
            throw new InvalidPatternError("Null prefix/suffix not allowed", at);
        }
        const excluded = list.map((text) => parseOperator(name, parseText(text, at), at));
        return (value) => !excluded.some((test) => test(value));
    }
    const list: unknown[] = Array.isArray(operand) ? operand : [operand];
    const ofOneType =
        list.every((value) => typeof value === "string") || list.every((value) => typeof value === "number");
    if (list.length === 0 || !ofOneType) {
        throw new InvalidPatternError("anything-but takes a string, a number, or a list of either", pointer);
    }
    const excluded = new Set<unknown>(list);
    return (value) => !excluded.has(value);
}

const numericLimit = 5e9;

/** `["=", n]`, one bound, or a lower and then an upper bound. */
function parseNumeric(operand: unknown, pointer: string): Test {
    if (!Array.isArray(operand)) throw new InvalidPatternError("Value of numeric must be an array.", pointer);
    const [firstOperator, firstOperand, secondOperator, secondOperand, ...others]: unknown[] = operand;
    const first = parseBound(firstOperator, firstOperand, pointer);
    const isRange = firstOperator === ">" || firstOperator === ">=";
    if (operand.length > 2 && (!isRange || others.length > 0)) {
        throw new InvalidPatternError("Too many elements in numeric expression", pointer);
    }
    if (operand.length <= 2) return numericTest(first.holds);
    if (secondOperator !== "<" && secondOperator !== "<=") {
        throw new InvalidPatternError(`Bad numeric range operator: ${String(secondOperator)}`, pointer);
    }
    const second = parseBound(secondOperator, secondOperand, pointer);
    if (first.bound >= second.bound) throw new InvalidPatternError("Bottom must be less than top", pointer);
    return numericTest((value) => first.holds(value) && second.holds(value));
}

function numericTest(holds: (value: number) => boolean): Test {
    return (value) => typeof value === "number" && Math.abs(value) <= numericLimit && holds(value);
}

function parseBound(
    operator: unknown,
    bound: unknown,
    pointer: string,
): { readonly bound: number; readonly holds: (value: number) => boolean } {
    if (typeof bound !== "number")
        throw new InvalidPatternError(`Value of ${String(operator)} must be numeric`, pointer);
    if (Math.abs(bound) > numericLimit) {
        throw new InvalidPatternError("Value must be between -5.0e9 and +5.0e9, inclusive", pointer);
    }
    switch (operator) {
        case "=":
            return { bound, holds: (value) => value === bound };
        case "<":
            return { bound, holds: (value) => value < bound };
        case "<=":
            return { bound, holds: (value) => value <= bound };
        case ">":
            return { bound, holds: (value) => value > bound };
        case ">=":
            return { bound, holds: (value) => value >= bound };
        default:
            throw new InvalidPatternError(`Unrecognized numeric range operator: ${String(operator)}`, pointer);
    }
}

function parseCidr(operand: unknown, pointer: string): Test {
    const range = addressRange(parseText(operand, pointer));
    if (range === undefined)
        throw new InvalidPatternError("Malformed CIDR, one '/' and a prefix length required", pointer);
    return (value) => typeof value === "string" && range(value);
}
