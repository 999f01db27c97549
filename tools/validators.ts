import { _, Ajv, type KeywordCxt } from "ajv";
import { getProperty } from "ajv/dist/compile/codegen/index.js";
import standalone from "ajv/dist/standalone/index.js";
import { concise } from "./concise.ts";
import { formats } from "./formats.ts";
import { nullIsAbsent, precise, type Schema, type Schemas } from "./precise.ts";

/** What the validators of a document do. */
export interface Manner {
    /** Whether they collect all errors or stop at the first. */
    readonly allFaults: boolean;
    /** Whether they refuse null where a member is optional. @default false: they take such a member out of the value */
    readonly refusesNull?: boolean;
}

/** The code of validators for these schemas, a module without imports. */
export function validators(schemas: Schemas, validated: readonly string[], manner: Manner): string {
    const words = JSON.stringify(rules(Object.fromEntries(reachable(validated, schemas))), null, 4);
    return `${concise(plainValidators(schemas, validated, manner))}\nexport const rules = ${words};\n`;
}

/** The same as ajv writes them. */
export function plainValidators(
    schemas: Schemas,
    validated: readonly string[],
    { allFaults, refusesNull = false }: Manner,
): string {
    const ajv = new Ajv({
        allErrors: allFaults,
        messages: false,
        strictTypes: false,
        inlineRefs: false,
        formats,
        code: { source: true, esm: true, lines: true, optimize: 3 },
    });
    ajv.addVocabulary(["x-rule", ...(refusesNull ? [nullIsAbsent] : [])]);
    // Before whatever asks which members are there.
    if (!refusesNull) ajv.addKeyword({ keyword: nullIsAbsent, before: "not", code: takeNullsOut });
    for (const [name, schema] of reachable(validated, schemas))
        ajv.addSchema({ ...precise(schema, schemas), $id: name });
    const code = standalone.default(ajv, Object.fromEntries(validated.map((name) => [`validate${name}`, name])));
    return withoutImports(code);
}

function takeNullsOut({ gen, data, schema }: KeywordCxt): void {
    gen.if(_`${data} && typeof ${data} == "object" && !Array.isArray(${data})`, () => {
        const take = (member: ReturnType<typeof getProperty>) =>
            gen.if(_`${data}${member} === null`, () => gen.code(_`delete ${data}${member}`));
        if (schema === true) gen.forIn("name", data, (name) => take(_`[${name}]`));
        else for (const name of schema) take(getProperty(name));
    });
}

/** Their declarations. */
export function declarations(document: string, validated: readonly string[]): string {
    return [
        'import type { ValidateFunction } from "ajv";',
        `import type { components } from "./${document}.types.ts";\n`,
        ...validated.map(
            (name) => `export declare const validate${name}: ValidateFunction<components["schemas"]["${name}"]>;`,
        ),
        "/** What each pattern demands, in words. */",
        "export declare const rules: Readonly<Record<string, string>>;\n",
    ].join("\n");
}

/** The schemas with these names and all that they refer to. */
function reachable(names: readonly string[], schemas: Schemas): Map<string, Schema> {
    const found = new Map<string, Schema>();
    const add = (name: string) => {
        const schema = schemas[name];
        if (schema === undefined || found.has(name)) return;
        found.set(name, schema);
        for (const [, other = ""] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) add(other);
    };
    names.forEach(add);
    return found;
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
    if (left) throw new Error(`the validators need ${left[1]}: give it a place in tools/validators.ts`);
    return inlined;
}
