/** The keywords of JSON Schema that are looked at here; ajv knows them all. */
export interface Schema {
    readonly type?: string | readonly string[];
    readonly $ref?: string;
    readonly oneOf?: readonly Schema[];
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
    readonly if?: Schema;
    readonly then?: Schema;
    readonly else?: Schema;
    readonly properties?: Readonly<Record<string, Schema | boolean>>;
    readonly additionalProperties?: Schema | boolean;
    readonly required?: readonly string[];
    readonly const?: unknown;
    readonly enum?: readonly unknown[];
    readonly pattern?: string;
    /** What a pattern demands, in words for the client. */
    readonly "x-rule"?: string;
    /** False: a member that is null is a fault, also where the document takes it for absent. */
    readonly "x-null-is-absent"?: false;
}
export type Schemas = Readonly<Record<string, Schema>>;

const annotations = ["description", "default", "deprecated", "x-null-is-absent"];

/** The same schema in the form that gives the most precise errors: of alternatives only the one that is meant speaks. */
export function precise(schema: Schema, schemas: Schemas): Record<string, unknown> {
    const { oneOf, ...rest } = withOneRequirement(schema);
    const keywords = Object.entries(rest)
        .filter(([keyword]) => !annotations.includes(keyword))
        .map(([keyword, value]) => [keyword, preciseKeyword(keyword, value, schemas)]);
    const optional = schema[nullIsAbsent] === false ? undefined : absentAsNull(schema, schemas);
    return {
        ...Object.fromEntries(keywords),
        ...(optional && { [nullIsAbsent]: optional }),
        ...(oneOf && choice(oneOf, schemas)),
    };
}

/** The keyword that names the members of an object that count as absent when they are null; `true` stands for all. */
export const nullIsAbsent = "x-null-is-absent";

/** The optional members that may not be null: serialisers write so what is not there. None of what has no schema. */
function absentAsNull(
    { properties, additionalProperties = true, required = [] }: Schema,
    schemas: Schemas,
): readonly string[] | true | undefined {
    if (properties === undefined) return allowsNull(additionalProperties, schemas) ? undefined : true;
    const names = Object.entries(properties).filter(
        ([name, member]) => !required.includes(name) && !allowsNull(member, schemas),
    );
    return names.length === 0 ? undefined : names.map(([name]) => name);
}

function allowsNull(schema: Schema | boolean, schemas: Schemas): boolean {
    if (typeof schema === "boolean") return schema;
    const { type, oneOf, anyOf, enum: values, ...rest } = resolve(schema, schemas);
    if (type !== undefined) return [type].flat().includes("null");
    const alternatives = oneOf ?? anyOf;
    if (alternatives !== undefined) return alternatives.some((one) => allowsNull(one, schemas));
    return values?.includes(null) ?? (!("const" in rest) || rest.const === null);
}

function preciseKeyword(keyword: string, value: unknown, schemas: Schemas): unknown {
    if (keyword === "$ref") return nameOf(String(value));
    if (keyword === "allOf") return (value as Schema[]).map((schema) => precise(schema, schemas));
    if (keyword === "properties") {
        const members = Object.entries(value as Record<string, Schema | boolean>).map(([name, schema]) => [
            name,
            typeof schema === "boolean" ? schema : precise(schema, schemas),
        ]);
        return Object.fromEntries(members);
    }
    const isSchema = typeof value === "object" && value !== null && !Array.isArray(value) && keyword !== "const";
    return isSchema ? precise(value as Schema, schemas) : value;
}

/** A choice that is decided by a member with a different constant in each alternative. */
function choiceByConst(oneOf: readonly Schema[], schemas: Schemas): Record<string, unknown> | undefined {
    const alternatives = oneOf.map((alternative) => ({ alternative, ...resolve(alternative, schemas) }));
    const constants = (name: string) =>
        alternatives.flatMap(({ properties = {} }) => {
            const member = properties[name];
            return typeof member === "object" && member.const !== undefined ? [member.const] : [];
        });
    const mark = alternatives[0]?.required?.find((name) => new Set(constants(name)).size === oneOf.length);
    if (mark === undefined) return undefined;
    const values = constants(mark);
    return {
        type: "object",
        required: [mark],
        properties: { [mark]: { enum: values } },
        allOf: alternatives.map(({ alternative }, index) => ({
            if: { type: "object", required: [mark], properties: { [mark]: { const: values[index] } } },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: precise(alternative, schemas),
        })),
    };
}

/** A choice is decided by the JSON type of the value, else by a member that one alternative needs and others forbid. */
function choice(oneOf: readonly Schema[], schemas: Schemas): Record<string, unknown> {
    const choices = oneOf.map((alternative) => ({ type: resolve(alternative, schemas).type, alternative }));
    const types = new Set(choices.map(({ type }) => type));
    if (!types.has(undefined) && types.size === oneOf.length) {
        return {
            type: [...types],
            allOf: choices.map(({ type, alternative }) => ({
                if: { type },
                // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
                then: precise(alternative, schemas),
            })),
        };
    }
    const discriminated = choiceByConst(oneOf, schemas);
    if (discriminated !== undefined) return discriminated;
    const [first = {}, ...others] = oneOf;
    return others.reduce<Record<string, unknown>>(
        (otherwise, alternative) => {
            const mark = alternative.required?.find((name) =>
                oneOf.every((other) => other === alternative || other.properties?.[name] === false),
            );
            if (mark === undefined)
                throw new Error(`these alternatives have no discriminating member: ${JSON.stringify(oneOf)}`);
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            return { if: { required: [mark] }, then: precise(alternative, schemas), else: otherwise };
        },
        precise(first, schemas),
    );
}

type Requirement = Schema & { readonly anyOf: readonly Schema[] };

/** Whether the schema has alternatives that differ in the members they require, and in nothing else. */
export function isRequirement(value: unknown): value is Requirement {
    if (typeof value !== "object" || value === null || !("anyOf" in value) || !Array.isArray(value.anyOf)) return false;
    return value.anyOf.every((alternative) => Object.keys(alternative).join() === "required");
}

/** Such alternatives as a demand for the first of them where none of the others is met. */
function withOneRequirement(schema: Schema): Schema {
    if (!isRequirement(schema)) return schema;
    const { anyOf, ...rest } = schema;
    const [first = {}, ...others] = anyOf;
    return { ...rest, allOf: [others.reduce<Schema>((otherwise, other) => ({ if: other, else: otherwise }), first)] };
}

function resolve(schema: Schema, schemas: Schemas): Schema {
    return schema.$ref === undefined ? schema : (schemas[nameOf(schema.$ref)] ?? {});
}

function nameOf(ref: string): string {
    return ref.replace("#/components/schemas/", "");
}
