/**
 * `npm run generate`: makes the TypeScript types and the validators of the callbacks from the OpenAPI documents in
 * `spec/`. The validators are compiled here and not at run time, where every cold start would wait for it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { parse } from "yaml";

const spec = join(import.meta.dirname, "../spec");

/** Each document, and the schemas that callbacks validate with. */
const documents = [{ name: "orders", validated: ["CartOrder", "ProductOrder", "OrderId"] }] as const;

/** The keywords of JSON Schema that the documents use. */
interface Schema {
    readonly type?: string | readonly string[];
    readonly description?: string;
    readonly $ref?: string;
    readonly const?: unknown;
    readonly enum?: readonly unknown[];
    readonly oneOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
    readonly not?: Schema;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: boolean | Schema;
    readonly propertyNames?: Schema;
    readonly items?: Schema;
    readonly pattern?: string;
    /** What a pattern demands, in words for the client. */
    readonly "x-rule"?: string;
}
type Schemas = Readonly<Record<string, Schema>>;

/** All generated files: name below `spec/generated/` and text. */
export function generate(): { name: string; text: string }[] {
    return documents.flatMap(({ name, validated }) => {
        // The document is ours: its shape is known here, and a keyword that is not fails when ajv compiles it.
        const { components } = parse(readFileSync(join(spec, `${name}.openapi.yaml`), "utf8")) as {
            components: { schemas: Schemas };
        };
        const origin = `// Made by \`npm run generate\` from spec/${name}.openapi.yaml. Do not edit.\n`;
        return [
            { name: `${name}.types.ts`, text: origin + types(components.schemas) },
            { name: `${name}.validators.js`, text: origin + validators(components.schemas, validated) },
            { name: `${name}.validators.d.ts`, text: origin + declarations(validated) },
        ];
    });
}

// ----- types

function types(schemas: Schemas): string {
    const declared = Object.entries(schemas).map(([name, schema]) => {
        const comment = schema.description ? `\n/** ${schema.description.trim().replaceAll("\n", "\n * ")} */` : "";
        return `${comment}\nexport type ${name} = ${typeOf(schema)};\n`;
    });
    return declared.join("");
}

function typeOf(schema: Schema): string {
    if (schema.$ref !== undefined) return nameOf(schema.$ref);
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
    if (schema.oneOf !== undefined) return schema.oneOf.map(typeOf).join(" | ");
    switch (schema.type) {
        case "string":
        case "boolean":
            return schema.type;
        case "number":
        case "integer":
            return "number";
        case "array":
            return `readonly (${typeOf(schema.items ?? {})})[]`;
        case "object":
            return objectType(schema);
        default:
            return "unknown";
    }
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
    if (properties === undefined && typeof additionalProperties === "object") {
        return `{ readonly [name: string]: ${typeOf(additionalProperties)} }`;
    }
    const members = Object.entries(properties ?? {}).map(([name, schema]) => {
        return `    readonly ${name}${required.includes(name) ? "" : "?"}: ${typeOf(schema).replaceAll("\n", "\n    ")};`;
    });
    return `{\n${members.join("\n")}\n}`;
}

// ----- validators

function validators(schemas: Schemas, validated: readonly string[]): string {
    const ajv = new Ajv({
        allErrors: true,
        messages: false,
        strictTypes: false,
        code: { source: true, esm: true, lines: true, optimize: 3 },
    });
    ajv.addVocabulary(["x-rule"]);
    for (const [name, schema] of Object.entries(schemas))
        ajv.addSchema({ ...forValidation(schema, schemas), $id: name });
    const code = standalone.default(ajv, Object.fromEntries(validated.map((name) => [`validate${name}`, name])));
    return `${withoutImports(code)}\nexport const rules = ${JSON.stringify(rules(schemas), null, 4)};\n`;
}

/**
 * The same schema in the form that gives the most precise errors: a choice is decided by the JSON type of the value
 * (the documents' alternatives differ in it) and then only the alternative that was meant speaks.
 */
function forValidation(schema: Schema, schemas: Schemas): Record<string, unknown> {
    const { oneOf, description: _, ...rest } = schema;
    const inside = Object.fromEntries(
        Object.entries(rest).map(([keyword, value]) => [keyword, keywordForValidation(keyword, value, schemas)]),
    );
    if (oneOf === undefined) return inside;
    const choices = oneOf.map((choice) => ({ type: resolve(choice, schemas).type, choice }));
    if (
        choices.some(({ type }) => type === undefined) ||
        new Set(choices.map(({ type }) => type)).size < oneOf.length
    ) {
        throw new Error(`the alternatives of a oneOf must differ in their type: ${JSON.stringify(oneOf)}`);
    }
    return {
        ...inside,
        type: choices.map(({ type }) => type),
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        allOf: choices.map(({ type, choice }) => ({ if: { type }, then: forValidation(choice, schemas) })),
    };
}

function keywordForValidation(keyword: string, value: unknown, schemas: Schemas): unknown {
    if (keyword === "$ref") return nameOf(String(value));
    if (keyword === "properties") {
        return Object.fromEntries(
            Object.entries(value as Schemas).map(([name, schema]) => [name, forValidation(schema, schemas)]),
        );
    }
    const isSchema = typeof value === "object" && value !== null && !Array.isArray(value) && keyword !== "const";
    return isSchema ? forValidation(value as Schema, schemas) : value;
}

function resolve(schema: Schema, schemas: Schemas): Schema {
    return schema.$ref === undefined ? schema : (schemas[nameOf(schema.$ref)] ?? {});
}

function nameOf(ref: string): string {
    return ref.replace("#/components/schemas/", "");
}

/** What each pattern demands, in words. */
function rules(value: unknown): Record<string, string> {
    if (typeof value !== "object" || value === null) return {};
    const { pattern, "x-rule": rule } = value as Schema;
    const own = typeof pattern === "string" && typeof rule === "string" ? { [pattern]: rule } : {};
    return Object.assign({}, own, ...Object.values(value).map(rules));
}

/** Ajv asks for its own run-time files with `require`, also in ESM: what the documents need of them stands here. */
function withoutImports(code: string): string {
    const inlined = code.replace(
        /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g,
        "(text) => { let length = 0; for (const _ of text) length += 1; return length; }",
    );
    const left = /require\("([^"]+)"\)/.exec(inlined);
    if (left) throw new Error(`the validators need ${left[1]}: give it a place in scripts/generate.ts`);
    return inlined;
}

function declarations(validated: readonly string[]): string {
    return [
        'import type { ValidateFunction } from "ajv";',
        `import type { ${validated.join(", ")} } from "./orders.types.ts";\n`,
        ...validated.map((name) => `export declare const validate${name}: ValidateFunction<${name}>;`),
        "/** What each pattern demands, in words. */",
        "export declare const rules: Readonly<Record<string, string>>;\n",
    ].join("\n");
}

if (import.meta.main) {
    mkdirSync(join(spec, "generated"), { recursive: true });
    for (const { name, text } of generate()) writeFileSync(join(spec, "generated", name), text);
}
