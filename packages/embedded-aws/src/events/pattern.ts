import { addressRange } from "../identity/addressRange.ts";

/** A pattern that AWS would refuse (`InvalidEventPatternException`); `pointer` is the JSON pointer of the place. */
export class InvalidPattern extends Error {
    readonly reason: string;
    readonly pointer: string;

    constructor(reason: string, pointer: string, cause?: unknown) {
        super(`Event pattern is not valid. Reason: ${reason} at ${pointer === "" ? "the root" : pointer}`, { cause });
        this.name = "InvalidPattern";
        this.reason = reason;
        this.pointer = pointer;
    }
}

/** Fields that must all match. */
export interface Pattern {
    readonly fields: readonly (readonly [name: string, node: Pattern | Leaf])[];
    /** `$or`: of each of these, one must match. */
    readonly choices: readonly (readonly Pattern[])[];
}

/** The values that a field may have: one of `tests` must hold for one of them, or the field may be absent. */
export interface Leaf {
    readonly tests: readonly Test[];
    readonly mayBeAbsent: boolean;
    /** From the root of the event. */
    readonly path: readonly string[];
    /** How many alternatives the pattern lists. */
    readonly size: number;
}

type Scalar = string | number | boolean | null;
type Test = (value: Scalar) => boolean;

/** Length of a rule's pattern and of a filter's: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const maximumLength = 4096;

/**
 * Compiles an EventBridge event pattern. Throws InvalidPattern where PutRule would refuse it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 *
 * Numbers are compared by value, within ±5e9 for `numeric`. Array elements are alternatives of each other, and objects
 * in an array match as a whole: two fields of a pattern never match in two different elements.
 */
export function compilePattern(text: string): (event: unknown) => boolean {
    const pattern = parseBounded(text);
    return (event) => matchesPattern(pattern, event);
}

function parseBounded(text: string): Pattern {
    if (text.length > maximumLength) throw new InvalidPattern(`it is longer than ${maximumLength} characters`, "");
    return parsePattern(text);
}

/** `FilterCriteria` of an event source mapping. */
export interface FilterCriteria {
    readonly Filters?: readonly { readonly Pattern: string }[];
}

/**
 * Compiles the filters of an event source mapping: a record passes that matches any of them, or any record where there
 * is none. Throws InvalidPattern. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 *
 * A message's `body` is matched as JSON by a filter that has an object for `body`, else as plain text; the body of the
 * other kind does not match. JSON is taken to be an object or an array: the documentation does not say whether a
 * message of nothing but `12345` is JSON, and such a text is matched as text here. Stream records are matched as they
 * are, and their `dynamodb` only by an object.
 */
export function compileFilters({
    Filters = [],
}: FilterCriteria): (record: Readonly<Record<string, unknown>>) => boolean {
    if (Filters.length === 0) return () => true;
    const filters = Filters.map(({ Pattern: text }) => {
        const pattern = parseBounded(text);
        if (nodesOf(pattern, "dynamodb").some(isLeaf)) {
            throw new InvalidPattern("the filter of stream data must be an object", "/dynamodb");
        }
        return { pattern, bodies: nodesOf(pattern, "body") };
    });
    return (record) => {
        const { body } = record;
        const json = typeof body === "string" ? parseContainer(body) : undefined;
        const parsed = json === undefined ? record : { ...record, body: json };
        return filters.some(({ pattern, bodies }) => {
            const comparable =
                typeof body !== "string" ||
                bodies.length === 0 ||
                bodies.some((node) => isLeaf(node) === (json === undefined));
            return comparable && matchesPattern(pattern, parsed);
        });
    };
}

/** What a pattern says of a field of the whole event, in each of its alternatives. */
function nodesOf(pattern: Pattern, name: string): (Pattern | Leaf)[] {
    const own = pattern.fields.filter(([field]) => field === name).map(([, node]) => node);
    return [...own, ...pattern.choices.flat().flatMap((alternative) => nodesOf(alternative, name))];
}

function parseContainer(text: string): object | undefined {
    try {
        const parsed: unknown = JSON.parse(text);
        return typeof parsed === "object" && parsed !== null ? parsed : undefined;
    } catch {
        return undefined;
    }
}

export function isLeaf(node: Pattern | Leaf): node is Leaf {
    return "tests" in node;
}

/** Whether the pattern matches the event: a parsed JSON document. */
export function matchesPattern(pattern: Pattern, event: unknown): boolean {
    return matchesIn(pattern, event, event);
}

function matchesIn(pattern: Pattern, value: unknown, event: unknown): boolean {
    return objectsIn(value).some(
        (object) =>
            pattern.fields.every(([name, node]) => {
                const field = Object.hasOwn(object, name) ? object[name] : undefined;
                return isLeaf(node) ? matchesLeaf(node, field, event) : matchesIn(node, field, event);
            }) &&
            pattern.choices.every((alternatives) =>
                alternatives.some((alternative) => matchesIn(alternative, object, event)),
            ),
    );
}

function matchesLeaf(leaf: Leaf, value: unknown, event: unknown): boolean {
    if (scalarsIn(value).some((scalar) => leaf.tests.some((test) => test(scalar)))) return true;
    // In an array of objects, a field is absent when none of them has it.
    return leaf.mayBeAbsent && !hasScalars(event, leaf.path);
}

function hasScalars(value: unknown, [name, ...rest]: readonly string[]): boolean {
    if (name === undefined) return scalarsIn(value).length > 0;
    return objectsIn(value).some((object) => Object.hasOwn(object, name) && hasScalars(object[name], rest));
}

const emptyObject: readonly Readonly<Record<string, unknown>>[] = [{}];

/** The objects that stand at a place, through arrays; where there is none, a pattern sees an object without fields. */
function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
    if (!Array.isArray(value)) return isObject(value) ? [value] : emptyObject;
    const objects = value.flat(Number.POSITIVE_INFINITY).filter(isObject);
    return objects.length === 0 ? emptyObject : objects;
}

/** The values that stand at a place, through arrays. */
function scalarsIn(value: unknown): readonly Scalar[] {
    if (Array.isArray(value)) return value.flat(Number.POSITIVE_INFINITY).filter(isScalar);
    return isScalar(value) ? [value] : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
    return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Parses a pattern from its JSON text. Throws InvalidPattern. */
export function parsePattern(text: string): Pattern {
    let parsed: unknown;
    try {
        parsed = JSON.parse(text);
    } catch (error) {
        throw new InvalidPattern("it is not JSON", "", error);
    }
    if (!isObject(parsed)) throw new InvalidPattern("Filter is not an object", "");
    return parseFields(parsed, [], "", false);
}

function parseFields(
    value: Readonly<Record<string, unknown>>,
    path: readonly string[],
    pointer: string,
    inChoice: boolean,
): Pattern {
    const entries = Object.entries(value);
    if (entries.length === 0) throw new InvalidPattern("Empty objects are not allowed", pointer);
    const fields: [string, Pattern | Leaf][] = [];
    const choices: Pattern[][] = [];
    for (const [name, node] of entries) {
        const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        if (name === "$or") {
            choices.push(parseChoice(node, path, at));
            continue;
        }
        if (inChoice && reservedInChoice.has(name)) {
            throw new InvalidPattern(`"${name}" is an operator and cannot be a field inside $or`, at);
        }
        const below = [...path, name];
        if (Array.isArray(node)) fields.push([name, parseLeaf(node, below, at)]);
        else if (isObject(node)) fields.push([name, parseFields(node, below, at, inChoice)]);
        else throw new InvalidPattern(`"${name}" must be an object or an array`, at);
    }
    return { fields, choices };
}

function parseChoice(value: unknown, path: readonly string[], pointer: string): Pattern[] {
    if (!Array.isArray(value)) throw new InvalidPattern("$or must be an array", pointer);
    if (value.length < 2) throw new InvalidPattern("$or must have at least 2 objects", pointer);
    const alternatives: unknown[] = value;
    return alternatives.map((alternative, index) => {
        const at = `${pointer}/${index}`;
        if (!isObject(alternative)) throw new InvalidPattern("only objects are allowed in $or", at);
        return parseFields(alternative, path, at, true);
    });
}

function parseLeaf(values: readonly unknown[], path: readonly string[], pointer: string): Leaf {
    if (values.length === 0) throw new InvalidPattern("Empty arrays are not allowed", pointer);
    const tests: Test[] = [];
    let mayBeAbsent = false;
    values.forEach((value, index) => {
        const at = `${pointer}/${index}`;
        if (isScalar(value)) {
            tests.push((candidate) => candidate === value);
            return;
        }
        if (!isObject(value)) {
            throw new InvalidPattern("Match value must be String, number, true, false, or null", at);
        }
        const [name, operand] = onlyEntry(value, at);
        if (name === "exists" && operand === false) mayBeAbsent = true;
        else tests.push(parseOperator(name, operand, `${at}/${name}`));
    });
    return { tests, mayBeAbsent, path, size: values.length };
}

function onlyEntry(value: Readonly<Record<string, unknown>>, pointer: string): [string, unknown] {
    const [entry, ...others] = Object.entries(value);
    if (entry === undefined) throw new InvalidPattern("Match expression name not found", pointer);
    if (others.length > 0) throw new InvalidPattern("Only one key allowed in match expression", pointer);
    return entry;
}

function parseOperator(name: string, operand: unknown, pointer: string): Test {
    switch (name) {
        case "prefix":
        case "suffix":
            if (isObject(operand)) {
                const [variant, text] = onlyEntry(operand, pointer);
                if (variant !== "equals-ignore-case") {
                    throw new InvalidPattern(`Unsupported ${name} pattern: ${variant}`, pointer);
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
                throw new InvalidPattern("exists match pattern must be either true or false.", pointer);
            return () => true;
        default:
            throw new InvalidPattern(`Unrecognized match type ${name}`, pointer);
    }
}

function parseText(value: unknown, pointer: string): string {
    if (typeof value !== "string") throw new InvalidPattern("match pattern must be a string", pointer);
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
        else if (token.startsWith("*")) throw new InvalidPattern("Consecutive wildcard characters", pointer);
        else if (token.startsWith("\\") && token !== "\\*" && token !== "\\\\") {
            throw new InvalidPattern("Invalid escape character", pointer);
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
            throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`, pointer);
        }
        const list: unknown[] = Array.isArray(texts) ? texts : [texts];
        if (list.length === 0) throw new InvalidPattern("Empty arrays are not allowed", at);
        if ((name === "prefix" || name === "suffix") && list.includes("")) {
            throw new InvalidPattern("Null prefix/suffix not allowed", at);
        }
        const excluded = list.map((text) => parseOperator(name, parseText(text, at), at));
        return (value) => !excluded.some((test) => test(value));
    }
    const list: unknown[] = Array.isArray(operand) ? operand : [operand];
    const ofOneType =
        list.every((value) => typeof value === "string") || list.every((value) => typeof value === "number");
    if (list.length === 0 || !ofOneType) {
        throw new InvalidPattern("anything-but takes a string, a number, or a list of either", pointer);
    }
    const excluded = new Set<unknown>(list);
    return (value) => !excluded.has(value);
}

const numericLimit = 5e9;

/** `["=", n]`, one bound, or a lower and then an upper bound. */
function parseNumeric(operand: unknown, pointer: string): Test {
    if (!Array.isArray(operand)) throw new InvalidPattern("Value of numeric must be an array.", pointer);
    const [firstOperator, firstOperand, secondOperator, secondOperand, ...others]: unknown[] = operand;
    const first = parseBound(firstOperator, firstOperand, pointer);
    const isRange = firstOperator === ">" || firstOperator === ">=";
    if (operand.length > 2 && (!isRange || others.length > 0)) {
        throw new InvalidPattern("Too many elements in numeric expression", pointer);
    }
    if (operand.length <= 2) return numericTest(first.holds);
    if (secondOperator !== "<" && secondOperator !== "<=") {
        throw new InvalidPattern(`Bad numeric range operator: ${String(secondOperator)}`, pointer);
    }
    const second = parseBound(secondOperator, secondOperand, pointer);
    if (first.bound >= second.bound) throw new InvalidPattern("Bottom must be less than top", pointer);
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
    if (typeof bound !== "number") throw new InvalidPattern(`Value of ${String(operator)} must be numeric`, pointer);
    if (Math.abs(bound) > numericLimit) {
        throw new InvalidPattern("Value must be between -5.0e9 and +5.0e9, inclusive", pointer);
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
            throw new InvalidPattern(`Unrecognized numeric range operator: ${String(operator)}`, pointer);
    }
}

function parseCidr(operand: unknown, pointer: string): Test {
    const range = addressRange(parseText(operand, pointer));
    if (range === undefined) throw new InvalidPattern("Malformed CIDR, one '/' and a prefix length required", pointer);
    return (value) => typeof value === "string" && range(value);
}

/** Names that are operators, now or one day: inside `$or` they are taken for a mistake rather than for a field. */
const reservedInChoice: ReadonlySet<string> = new Set([
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
]);
