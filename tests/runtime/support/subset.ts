import { isDeepStrictEqual } from "node:util";
import {
    alternativesOf,
    boundOf,
    type Conjunction,
    type Definitions,
    isWithin,
    itemsOf,
    type Keywords,
    memberOf,
    membersOf,
    named,
    othersOf,
    requiredOf,
    type Schema,
    typesOf,
    valuesOf,
} from "./schema.ts";

/** A schema and what it refers to. */
export interface Rooted {
    readonly schema: Schema;
    readonly definitions: Definitions;
}

/**
 * What keeps `wide` from admitting every value that `narrow` admits: the path of each property and why, empty when
 * nothing does. It proves: where it is silent there is no such value. Keywords it does not know it reports.
 */
export function refusals(narrow: Rooted, wide: Rooted): string[] {
    const both = { narrow: narrow.definitions, wide: wide.definitions };
    return [...new Set(refused([narrow.schema], wide.schema, "$", both))];
}

interface Both {
    readonly narrow: Definitions;
    readonly wide: Definitions;
}

function refused(narrow: readonly Schema[], wide: Schema, path: string, both: Both): string[] {
    return alternativesOf(narrow, both.narrow).flatMap((conjunction) => refusedOf(conjunction, wide, path, both));
}

function refusedOf(narrow: Conjunction, wide: Schema, path: string, both: Both): string[] {
    if (typeof wide === "boolean") return wide ? [] : [`${path}: is not known`];
    return Object.keys(wide).flatMap((keyword) => {
        const check = checks[keyword];
        if (check === undefined) return [`${path}: the comparison does not know the keyword ${keyword}`];
        return check(narrow, wide, path, both);
    });
}

/** Whether values of `narrow` meet one keyword of `wide`. */
type Check = (narrow: Conjunction, wide: Keywords, path: string, both: Both) => string[];

const least =
    (bound: "minLength" | "minimum" | "minItems"): Check =>
    (narrow, { [bound]: value = -Infinity }, path) =>
        (boundOf(narrow, bound) ?? -Infinity) >= value ? [] : [`${path}: ${bound} ${value}`];
const most =
    (bound: "maxLength" | "maximum" | "maxItems"): Check =>
    (narrow, { [bound]: value = Infinity }, path) =>
        (boundOf(narrow, bound) ?? Infinity) <= value ? [] : [`${path}: ${bound} ${value}`];
const same =
    (keyword: "format" | "pattern" | "uniqueItems"): Check =>
    (narrow, { [keyword]: value }, path) =>
        narrow.some((keywords) => keywords[keyword] === value) ? [] : [`${path}: ${keyword} ${value}`];
const ignored: Check = () => [];

const among: Check = (narrow, wide, path) => {
    const allowed = valuesOf([wide]) ?? [];
    const values = valuesOf(narrow);
    if (values === undefined) return [`${path}: only ${allowed.join(", ")}`];
    return values.filter((value) => !allowed.includes(value)).map((value) => `${path}: not ${JSON.stringify(value)}`);
};

const checks: Readonly<Record<string, Check>> = {
    description: ignored,
    title: ignored,
    example: ignored,
    examples: ignored,
    default: ignored,
    deprecated: ignored,
    "x-rule": ignored,
    $ref: (narrow, { $ref = "" }, path, both) => refusedOf(narrow, named($ref, both.wide), path, both),
    allOf: (narrow, { allOf = [] }, path, both) => allOf.flatMap((schema) => refusedOf(narrow, schema, path, both)),
    anyOf: (narrow, { anyOf = [] }, path, both) =>
        byType(narrow).flatMap((part) => closest(part, anyOf, path, both).refusals),
    oneOf: (narrow, { oneOf = [] }, path, both) =>
        byType(narrow).flatMap((part) => {
            const { alternative, refusals } = closest(part, oneOf, path, both);
            const others = oneOf.filter((each) => each !== alternative);
            if (refusals.length > 0 || others.every((other) => isDisjoint(part, other, both))) return refusals;
            return [`${path}: meets several alternatives`];
        }),
    if: (narrow, wide, path) =>
        narrow.some((keywords) => isDeepStrictEqual([keywords.if, keywords.then], [wide.if, wide.then]))
            ? []
            : [`${path}: if ${JSON.stringify(wide.if)}`],
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema, compared with its `if`
    then: ignored,
    type: (narrow, wide, path) =>
        typesOf(narrow)
            .filter((type) => ![wide.type].flat().some((admitted) => admitted && isWithin(type, admitted)))
            .map((type) => `${path}: is no ${type}`),
    enum: among,
    const: among,
    format: same("format"),
    pattern: same("pattern"),
    minLength: least("minLength"),
    maxLength: most("maxLength"),
    minimum: least("minimum"),
    maximum: most("maximum"),
    minItems: least("minItems"),
    maxItems: most("maxItems"),
    uniqueItems: same("uniqueItems"),
    items: (narrow, { items = true }, path, both) =>
        isOf(narrow, "array") ? refused(itemsOf(narrow), items, `${path}[*]`, both) : [],
    required: (narrow, { required = [] }, path) =>
        required.filter((name) => !requiredOf(narrow).includes(name)).map((name) => `${path}.${name}: is required`),
    properties: (narrow, { properties = {} }, path, both) =>
        isOf(narrow, "object")
            ? Object.entries(properties).flatMap(([name, schema]) =>
                  refused(memberOf(narrow, name), schema, `${path}.${name}`, both),
              )
            : [],
    additionalProperties: (narrow, { properties = {}, additionalProperties = true }, path, both) => {
        if (!isOf(narrow, "object")) return [];
        const unnamed = membersOf(narrow).filter((name) => !Object.hasOwn(properties, name));
        return [
            ...unnamed.flatMap((name) =>
                refused(memberOf(narrow, name), additionalProperties, `${path}.${name}`, both),
            ),
            ...refused(othersOf(narrow), additionalProperties, `${path}.*`, both),
        ];
    },
};

const isOf = (narrow: Conjunction, type: string) => typesOf(narrow).includes(type);

/** One part for each type: alternatives often differ in it. */
const byType = (narrow: Conjunction) => typesOf(narrow).map((type) => [...narrow, { type }]);

/** The alternative that refuses least of it. */
function closest(narrow: Conjunction, alternatives: readonly Schema[], path: string, both: Both) {
    const attempts = alternatives.map((alternative) => {
        return { alternative, refusals: refusedOf(narrow, alternative, path, both) };
    });
    const [first] = attempts.toSorted((a, b) => a.refusals.length - b.refusals.length);
    return first ?? { alternative: false, refusals: [`${path}: has no alternative`] };
}

/** Whether no value meets both. */
function isDisjoint(a: Conjunction, wide: Schema, both: Both): boolean {
    return alternativesOf([wide], both.wide).every((b) => differ(a, b, both));
}

function differ(a: Conjunction, b: Conjunction, both: Both): boolean {
    if (typesOf([...a, ...b]).length === 0) return true;
    if (valuesOf([...a, ...b])?.length === 0) return true;
    const clash = (ofA: readonly Schema[], ofB: readonly Schema[]) =>
        alternativesOf(ofA, both.narrow).every((one) =>
            alternativesOf(ofB, both.wide).every((other) => differ(one, other, both)),
        );
    const needed = [...requiredOf(a), ...requiredOf(b)];
    if (isOf(a, "object") && needed.some((name) => clash(memberOf(a, name), memberOf(b, name)))) return true;
    const isFilled = [a, b].some((each) => (boundOf(each, "minItems") ?? 0) > 0);
    return isOf(a, "array") && isFilled && clash(itemsOf(a), itemsOf(b));
}
