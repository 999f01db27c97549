import { _, Ajv, type KeywordCxt } from "ajv";
import { getProperty } from "ajv/dist/compile/codegen/index.js";
import standalone from "ajv/dist/standalone/index.js";
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
export function validators(
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
    const used = reachable(validated, schemas);
    for (const [name, schema] of used) ajv.addSchema({ ...precise(schema, schemas), $id: name });
    const code = standalone.default(ajv, Object.fromEntries(validated.map((name) => [`validate${name}`, name])));
    const words = JSON.stringify(rules(Object.fromEntries(used)), null, 4);
    return `${withoutCopies(withoutPaths(withoutImports(shortened(code))))}\nexport const rules = ${words};\n`;
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

/** Adds a fault in one expression: a receiver's validators take a kilobyte less. */
function shortened(code: string): string {
    return code.replaceAll(
        /if\(vErrors === null\)\{\s*vErrors = \[(\w+)\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}\s*errors\+\+;/g,
        "errors = (vErrors ??= []).push($1);",
    );
}

/** Without schema paths in errors, which no caller reads, the code is an eighth shorter. */
function withoutPaths(code: string): string {
    return code.replaceAll(/schemaPath:"(?:[^"\\]|\\.)*",/g, "");
}

/**
 * Ajv copies all faults so far when it adds those of a schema that is referred to: a body of 256 KiB with one in each of
 * its elements took minutes.
 */
function withoutCopies(code: string): string {
    return code.replaceAll(
        /vErrors = vErrors === null \? (\w+\.errors) : vErrors\.concat\(\1\);/g,
        "vErrors ??= [];\nfor (const error of $1) vErrors.push(error);",
    );
}
