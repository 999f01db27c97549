/** A JSON Schema (2020-12) as far as the protocol's and ours go. */
export interface Keywords {
    readonly $ref?: string;
    readonly allOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly oneOf?: readonly Schema[];
    readonly if?: Schema;
    readonly then?: Schema;
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly format?: string;
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly items?: Schema;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly uniqueItems?: boolean;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: Schema;
}
export type Schema = boolean | Keywords;
export type Definitions = Readonly<Record<string, Schema>>;

/** Keywords without references and alternatives, all of which hold at once. */
export type Conjunction = readonly Keywords[];

/** The conjunctions of which a value meets at least one when it meets all of the schemas. None: no value does. */
export function alternativesOf(schemas: readonly Schema[], definitions: Definitions): Conjunction[] {
    const [first, ...others] = schemas;
    if (first === undefined) return [[]];
    if (typeof first === "boolean") return first ? alternativesOf(others, definitions) : [];
    const { $ref, allOf = [], ...inPlace } = first;
    const parts = $ref === undefined ? allOf : [named($ref, definitions), ...allOf];
    if (parts.length > 0) return alternativesOf([...parts, inPlace, ...others], definitions);
    const { oneOf, anyOf, ...own } = inPlace;
    const choice = oneOf ?? anyOf;
    if (choice !== undefined) return choice.flatMap((each) => alternativesOf([each, own, ...others], definitions));
    return alternativesOf(others, definitions).map((conjunction) => [own, ...conjunction]);
}

export function named(reference: string, definitions: Definitions): Schema {
    const schema = definitions[reference.replace("#/$defs/", "")];
    if (schema === undefined) throw new Error(`there is no schema ${reference}`);
    return schema;
}

const everyType = ["null", "boolean", "number", "string", "array", "object"];

/** Whether every value of the type `narrow` is one of the type `wide`. */
export const isWithin = (narrow: string, wide: string) =>
    narrow === wide || (narrow === "integer" && wide === "number");

/** The JSON types that a value of the conjunction may have. */
export function typesOf(conjunction: Conjunction): string[] {
    const values = valuesOf(conjunction);
    const demands = conjunction.flatMap(({ type }) => (type === undefined ? [] : [[type].flat()]));
    const found = values === undefined ? everyType : values.map((value) => (value === null ? "null" : typeof value));
    return demands.reduce<string[]>(
        (types, demand) => [
            ...types.filter((type) => demand.some((each) => isWithin(type, each))),
            ...demand.filter((each) => types.some((type) => type !== each && isWithin(each, type))),
        ],
        [...new Set(found)],
    );
}

/** The values that the conjunction is limited to; `undefined` when it names none. */
export function valuesOf(conjunction: Conjunction): readonly unknown[] | undefined {
    const lists = conjunction.flatMap((keywords) => [
        ...(keywords.enum === undefined ? [] : [keywords.enum]),
        ...("const" in keywords ? [[keywords.const]] : []),
    ]);
    const [first, ...others] = lists;
    return first?.filter((value) => others.every((list) => list.includes(value)));
}

/** All that a member of an object must meet. */
export function memberOf(conjunction: Conjunction, name: string): Schema[] {
    return conjunction.map(
        ({ properties, additionalProperties }) => properties?.[name] ?? additionalProperties ?? true,
    );
}

/** All that a member must meet which no conjunct names. */
export function othersOf(conjunction: Conjunction): Schema[] {
    return conjunction.map(({ additionalProperties }) => additionalProperties ?? true);
}

/** The members that are named. */
export function membersOf(conjunction: Conjunction): string[] {
    return [...new Set(conjunction.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

export function requiredOf(conjunction: Conjunction): string[] {
    return [...new Set(conjunction.flatMap(({ required }) => required ?? []))];
}

/** All that an element of an array must meet. */
export function itemsOf(conjunction: Conjunction): Schema[] {
    return conjunction.map(({ items }) => items ?? true);
}

type Bound = "minLength" | "maxLength" | "minimum" | "maximum" | "minItems" | "maxItems";

/** The strictest of the conjunction's bounds; `undefined` when it has none. */
export function boundOf(conjunction: Conjunction, bound: Bound): number | undefined {
    const bounds = conjunction.flatMap((keywords) => keywords[bound] ?? []);
    if (bounds.length === 0) return undefined;
    return bound.startsWith("min") ? Math.max(...bounds) : Math.min(...bounds);
}
