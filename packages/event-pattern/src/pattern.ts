import {
    InvalidPatternError,
    isObject,
    isScalar,
    onlyEntry,
    parseOperator,
    type Scalar,
    type Test,
} from "./operators.ts";

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

/** Length of a rule's pattern and of a filter's: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const maximumLength = 4096;

/**
 * Compiles an EventBridge event pattern. Throws InvalidPatternError where PutRule would refuse it.
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
    if (text.length > maximumLength) throw new InvalidPatternError(`it is longer than ${maximumLength} characters`, "");
    return parsePattern(text);
}

/** `FilterCriteria` of an event source mapping. */
export interface FilterCriteria {
    readonly Filters?: readonly { readonly Pattern: string }[];
}

/**
 * Compiles the filters of an event source mapping: a record passes that matches any of them, or any record where there
 * is none. Throws InvalidPatternError. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
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
            throw new InvalidPatternError("the filter of stream data must be an object", "/dynamodb");
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

/** Parses a pattern from its JSON text. Throws InvalidPatternError. */
export function parsePattern(text: string): Pattern {
    let parsed: unknown;
    try {
        parsed = JSON.parse(text);
    } catch (error) {
        throw new InvalidPatternError("it is not JSON", "", error);
    }
    if (!isObject(parsed)) throw new InvalidPatternError("Filter is not an object", "");
    return parseFields(parsed, [], "", false);
}

function parseFields(
    value: Readonly<Record<string, unknown>>,
    path: readonly string[],
    pointer: string,
    inChoice: boolean,
): Pattern {
    const entries = Object.entries(value);
    if (entries.length === 0) throw new InvalidPatternError("Empty objects are not allowed", pointer);
    const fields: [string, Pattern | Leaf][] = [];
    const choices: Pattern[][] = [];
    for (const [name, node] of entries) {
        const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        if (name === "$or") {
            choices.push(parseChoice(node, path, at));
            continue;
        }
        if (inChoice && reservedInChoice.has(name)) {
            throw new InvalidPatternError(`"${name}" is an operator and cannot be a field inside $or`, at);
        }
        const below = [...path, name];
        if (Array.isArray(node)) fields.push([name, parseLeaf(node, below, at)]);
        else if (isObject(node)) fields.push([name, parseFields(node, below, at, inChoice)]);
        else throw new InvalidPatternError(`"${name}" must be an object or an array`, at);
    }
    return { fields, choices };
}

function parseChoice(value: unknown, path: readonly string[], pointer: string): Pattern[] {
    if (!Array.isArray(value)) throw new InvalidPatternError("$or must be an array", pointer);
    if (value.length < 2) throw new InvalidPatternError("$or must have at least 2 objects", pointer);
    const alternatives: unknown[] = value;
    return alternatives.map((alternative, index) => {
        const at = `${pointer}/${index}`;
        if (!isObject(alternative)) throw new InvalidPatternError("only objects are allowed in $or", at);
        return parseFields(alternative, path, at, true);
    });
}

function parseLeaf(values: readonly unknown[], path: readonly string[], pointer: string): Leaf {
    if (values.length === 0) throw new InvalidPatternError("Empty arrays are not allowed", pointer);
    const tests: Test[] = [];
    let mayBeAbsent = false;
    values.forEach((value, index) => {
        const at = `${pointer}/${index}`;
        if (isScalar(value)) {
            tests.push((candidate) => candidate === value);
            return;
        }
        if (!isObject(value)) {
            throw new InvalidPatternError("Match value must be String, number, true, false, or null", at);
        }
        const [name, operand] = onlyEntry(value, at);
        if (name === "exists" && operand === false) mayBeAbsent = true;
        else tests.push(parseOperator(name, operand, `${at}/${name}`));
    });
    return { tests, mayBeAbsent, path, size: values.length };
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
