import fc, { type Arbitrary } from "fast-check";
import {
    alternativesOf,
    boundOf,
    type Conjunction,
    type Definitions,
    itemsOf,
    memberOf,
    membersOf,
    othersOf,
    requiredOf,
    type Schema,
    typesOf,
    valuesOf,
} from "./schema.ts";

/**
 * JSON values that meet the schema, with every property, alternative and bound now and then. `if` is not looked at:
 * filter by a validator.
 */
export function valuesOfSchema(schema: Schema, definitions: Definitions): Arbitrary<unknown> {
    // As they come out of JSON, and not with the prototypes of fast-check.
    return arbitraryOf([schema], definitions).map((value) => JSON.parse(JSON.stringify(value)));
}

function arbitraryOf(schemas: readonly Schema[], definitions: Definitions): Arbitrary<unknown> {
    const alternatives = alternativesOf(schemas, definitions);
    return fc.oneof(...alternatives.map((conjunction) => anyOf(conjunction, definitions)));
}

function anyOf(conjunction: Conjunction, definitions: Definitions): Arbitrary<unknown> {
    const values = valuesOf(conjunction);
    if (values !== undefined) return fc.constantFrom(...values);
    if (conjunction.every((keywords) => Object.keys(keywords).every((keyword) => keyword === "description"))) {
        return fc.jsonValue({ maxDepth: 2 });
    }
    return fc.oneof(...typesOf(conjunction).map((type) => ofType(type, conjunction, definitions)));
}

function ofType(type: string, conjunction: Conjunction, definitions: Definitions): Arbitrary<unknown> {
    const least = (bound: "minLength" | "minItems") => boundOf(conjunction, bound) ?? 0;
    const most = (bound: "maxLength" | "maxItems", otherwise: number) =>
        Math.min(boundOf(conjunction, bound) ?? otherwise, otherwise);
    switch (type) {
        case "null":
            return fc.constant(null);
        case "boolean":
            return fc.boolean();
        case "integer":
            return fc.maxSafeInteger().map((value) => within(conjunction, value));
        case "number":
            return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => within(conjunction, value));
        case "string":
            return text(conjunction, least("minLength"), most("maxLength", 20));
        case "array": {
            const isUnique = conjunction.some(({ uniqueItems }) => uniqueItems);
            const lengths = { minLength: least("minItems"), maxLength: most("maxItems", 3) };
            const items = arbitraryOf(itemsOf(conjunction), definitions);
            if (!isUnique) return fc.array(items, lengths);
            return fc.uniqueArray(items, { ...lengths, selector: (value) => JSON.stringify(value) });
        }
        case "object":
            return object(conjunction, definitions);
        default:
            throw new Error(`there is no generator for the type ${type}`);
    }
}

/** The number, moved between the bounds: often it is one of them. */
function within(conjunction: Conjunction, value: number): number {
    const [minimum = -Infinity, maximum = Infinity] = [
        boundOf(conjunction, "minimum"),
        boundOf(conjunction, "maximum"),
    ];
    return Math.min(Math.max(value, minimum), maximum);
}

const formats: Readonly<Record<string, Arbitrary<string>>> = {
    email: fc.emailAddress(),
    uri: fc.oneof(
        fc.webUrl({ withFragments: true, withQueryParameters: true }),
        fc.constantFrom("urn:isbn:0451450523", "mailto:shop@example.com", "http://[2001:db8::7]:8080/a%20b?c=d#e"),
    ),
    "date-time": fc.oneof(
        fc
            .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
            .map((date) => date.toISOString()),
        fc.constantFrom("2024-02-29t23:59:59+05:30", "1985-04-12T23:20:50Z", "1990-12-31T23:59:60Z"),
    ),
};

function text(conjunction: Conjunction, minLength: number, maxLength: number): Arbitrary<string> {
    const [pattern] = conjunction.flatMap((keywords) => keywords.pattern ?? []);
    if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u"));
    const [format] = conjunction.flatMap((keywords) => keywords.format ?? []);
    if (format === undefined) return fc.string({ unit: "binary", minLength, maxLength });
    const values = formats[format];
    if (values === undefined) throw new Error(`there is no generator for the format ${format}`);
    return values;
}

function object(conjunction: Conjunction, definitions: Definitions): Arbitrary<unknown> {
    const required = requiredOf(conjunction);
    const members = [...new Set([...membersOf(conjunction), ...required])].map((name) => {
        return { name, schemas: memberOf(conjunction, name) };
    });
    const possible = members.filter(({ schemas }) => alternativesOf(schemas, definitions).length > 0);
    const named = fc.record(
        Object.fromEntries(possible.map(({ name, schemas }) => [name, arbitraryOf(schemas, definitions)])),
        { requiredKeys: required },
    );
    const others = othersOf(conjunction);
    if (alternativesOf(others, definitions).length === 0) return named;
    const names = fc.stringMatching(/^x_[a-z]{1,5}$/);
    return fc
        .tuple(fc.dictionary(names, arbitraryOf(others, definitions), { maxKeys: 2 }), named)
        .map(([some, own]) => {
            return { ...some, ...own };
        });
}
