import { isIP } from "node:net";
import { addressRange } from "event-pattern";
import type { Statement } from "./principal.ts";
import { type Context, compileText, compileWildcard } from "./wildcard.ts";

/** Whether a statement's conditions hold for a request. */
export type Condition = (context: Context) => boolean;

/** Undefined: not decidable, because the policy or the request has a value that the operator does not understand. */
type Answer = boolean | undefined;

/** One value of the policy, ready to be compared with one value of the request. */
type Comparison = (actual: string, context: Context) => Answer;

interface Operator {
    /** The condition holds where no value of the policy compares, instead of where one does. */
    readonly negated: boolean;
    readonly compile: (expected: string, variables: boolean) => Comparison;
}

type Quantifier = "ForAllValues" | "ForAnyValue" | undefined;

/**
 * Compiles the Condition element: operators and keys are ANDed, values ORed (NORed for a negated operator).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 *
 * What is not decidable fails closed: an unknown operator, a number that is none, or several values of a key for an
 * operator without a quantifier mean "not met" where met would allow, and "met" where met denies.
 */
export function compileCondition(
    condition: Statement["Condition"],
    effect: Statement["Effect"],
    variables: boolean,
): Condition {
    const tests = Object.entries(condition ?? {}).flatMap(([name, keys]) =>
        Object.entries(keys).map(([key, values]) => {
            const expected = typeof values === "object" ? values : [String(values)];
            return compileTest(name, key.toLowerCase(), expected, variables);
        }),
    );
    const otherwise = effect === "Deny";
    return (context) => tests.every((test) => test(context) ?? otherwise);
}

function compileTest(
    name: string,
    key: string,
    expected: readonly string[],
    variables: boolean,
): (context: Context) => Answer {
    if (name === "Null") return (context) => compareNull(expected, isAbsent(context(key)));

    const [, quantifierName, base = "", ifExists] =
        /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(name) ?? [];
    const quantifier: Quantifier =
        quantifierName === "ForAllValues" || quantifierName === "ForAnyValue" ? quantifierName : undefined;
    const operator = operators.get(base);
    if (operator === undefined || expected.length === 0) return () => undefined;

    const comparisons = expected.map((value) => operator.compile(value, variables));
    const holds = (actual: string, context: Context): Answer => {
        const compared = some(comparisons.map((compare) => compare(actual, context)));
        return operator.negated ? not(compared) : compared;
    };
    return (context) => {
        const actual = context(key);
        // For a quantifier, a set of nothing but empty text is an empty set.
        if (isAbsent(actual) || (quantifier !== undefined && actual.every((value) => value === ""))) {
            if (ifExists !== undefined || quantifier === "ForAllValues") return true;
            return quantifier === "ForAnyValue" ? false : operator.negated;
        }
        const [first] = actual;
        if (quantifier === undefined)
            return actual.length === 1 && first !== undefined ? holds(first, context) : undefined;
        const answers = actual.map((value) => holds(value, context));
        return quantifier === "ForAnyValue" ? some(answers) : not(some(answers.map(not)));
    };
}

/** A key without a value is as good as absent. */
function isAbsent(values: readonly string[] | undefined): values is undefined {
    return values === undefined || values.length === 0;
}

function some(answers: readonly Answer[]): Answer {
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
}

function not(answer: Answer): Answer {
    return answer === undefined ? undefined : !answer;
}

function compareNull(expected: readonly string[], absent: boolean): Answer {
    const answers = expected.map((value) => {
        const shouldBeAbsent = booleanOf(value);
        return shouldBeAbsent === undefined ? undefined : shouldBeAbsent === absent;
    });
    return some(answers);
}

const operators: ReadonlyMap<string, Operator> = new Map([
    ...bothWays("StringEquals", "StringNotEquals", compileStringEquals),
    ...bothWays("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", compileStringEqualsIgnoreCase),
    ...bothWays("StringLike", "StringNotLike", compileWildcard),
    // ArnEquals and ArnLike behave identically.
    ...bothWays("ArnEquals", "ArnNotEquals", compileArnLike),
    ...bothWays("ArnLike", "ArnNotLike", compileArnLike),
    ...bothWays("IpAddress", "NotIpAddress", compileIpAddress),
    ...ordered("Numeric", numberOf),
    ...ordered("Date", instantOf),
    ["Bool", { negated: false, compile: parsed(booleanOf, (actual, expected) => actual === expected) }],
    ["BinaryEquals", { negated: false, compile: parsed(bytesOf, (actual, expected) => actual === expected) }],
]);

function bothWays(name: string, negatedName: string, compile: Operator["compile"]): [string, Operator][] {
    return [
        [name, { negated: false, compile }],
        [negatedName, { negated: true, compile }],
    ];
}

function ordered(kind: "Numeric" | "Date", parse: (text: string) => number | undefined): [string, Operator][] {
    const compare = (holds: (actual: number, expected: number) => boolean): Operator => ({
        negated: false,
        compile: parsed(parse, holds),
    });
    return [
        ...bothWays(
            `${kind}Equals`,
            `${kind}NotEquals`,
            parsed(parse, (actual, expected) => actual === expected),
        ),
        [`${kind}LessThan`, compare((actual, expected) => actual < expected)],
        [`${kind}LessThanEquals`, compare((actual, expected) => actual <= expected)],
        [`${kind}GreaterThan`, compare((actual, expected) => actual > expected)],
        [`${kind}GreaterThanEquals`, compare((actual, expected) => actual >= expected)],
    ];
}

/** An operator that compares parsed values, and knows no answer where either side cannot be parsed. */
function parsed<Value>(
    parse: (text: string) => Value | undefined,
    holds: (actual: Value, expected: Value) => boolean,
): Operator["compile"] {
    return (text) => {
        const expected = parse(text);
        return (actualText) => {
            const actual = parse(actualText);
            return actual === undefined || expected === undefined ? undefined : holds(actual, expected);
        };
    };
}

function compileStringEquals(expected: string, variables: boolean): Comparison {
    const text = compileText(expected, variables);
    return (actual, context) => actual === text(context);
}

function compileStringEqualsIgnoreCase(expected: string, variables: boolean): Comparison {
    const text = compileText(expected, variables);
    return (actual, context) => actual.toLowerCase() === text(context)?.toLowerCase();
}

/** Each of the six parts of the ARN is compared for itself, so that a `*` never reaches over a colon between them. */
function compileArnLike(expected: string, variables: boolean): Comparison {
    // A variable may hold a colon of its own (`${aws:PrincipalAccount}`), which does not part the ARN.
    const parts = partsOf(expected, /:(?![^${}]*\})/)?.map((part) => compileWildcard(part, variables));
    return (actual, context) => {
        const actualParts = partsOf(actual, /:/);
        if (parts === undefined || actualParts === undefined) return false;
        return parts.every((part, index) => part(actualParts[index] ?? "", context));
    };
}

function partsOf(arn: string, separator: RegExp): string[] | undefined {
    const parts = arn.split(separator);
    return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function compileIpAddress(expected: string): Comparison {
    // An address alone is a range of one.
    const range = addressRange(expected.includes("/") ? expected : `${expected}/${isIP(expected) === 6 ? 128 : 32}`);
    return (actual) => (range === undefined || isIP(actual) === 0 ? undefined : range(actual));
}

function numberOf(text: string): number | undefined {
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Milliseconds of a W3C date (https://www.w3.org/TR/NOTE-datetime) or of seconds since 1970. */
function instantOf(text: string): number | undefined {
    if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000;
    if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text)) return undefined;
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? undefined : instant;
}

function booleanOf(text: string): boolean | undefined {
    const lower = text.toLowerCase();
    return lower === "true" || lower === "false" ? lower === "true" : undefined;
}

/** The bytes behind base64 text, as a string that can be compared. */
function bytesOf(text: string): string | undefined {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
    return Buffer.from(text, "base64").toString("hex");
}
