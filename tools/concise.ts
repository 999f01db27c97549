/** What the validators share, in place of the same code at each check. Bundles leave out what they do not use. */
const shared = `const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};
`;

const path = String.raw`\{instancePath(?::(?<path>.+?))?`;
const error = String.raw`${path},(?:schemaPath:"(?:[^"\\]|\\.)*",)?keyword:(?<keyword>"[^"]+"),params:(?<params>\{.*?\})(?:,propertyName:(?<name>\w+))?\};?`;

type Groups = Readonly<Record<string, string | undefined>>;
const faultOf = ({ path = "instancePath", keyword, params = "", name }: Groups) =>
    [path, keyword, params.replace(/comparison: "[<>]=?", /, ""), ...(name === undefined ? [] : [name])].join(", ");

/** What ajv writes, and what stands for it. */
const forms: readonly (readonly [form: RegExp, short: (groups: Groups) => string])[] = [
    [/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, () => 'instancePath=""'],
    [
        new RegExp(`${path},parentData(?::.+?)?,parentDataProperty(?::.+?)?,rootData\\}`, "g"),
        ({ path = "instancePath" }) => path,
    ],
    [
        new RegExp(String.raw`(?<validate>\w+)\.errors = \[${error}\];\s*return false;(?:\s*break;)?`, "g"),
        (groups) => `return refuse(${groups["validate"]}, ${faultOf(groups)});`,
    ],
    [
        new RegExp(String.raw`const (?<one>err\d+) = ${error}\s*${added()}`, "g"),
        (groups) => push(`fault(${faultOf(groups)})`),
    ],
    [new RegExp(String.raw`const (?<one>err\d+) = \{\};\s*${added()}`, "g"), () => push("{}")],
    [
        /vErrors = vErrors === null \? (?<validate>\w+)\.errors : vErrors\.concat\(\k<validate>\.errors\);\s*errors = vErrors\.length;/g,
        ({ validate }) => `errors = add(vErrors ??= [], ${validate});`,
    ],
    [/(?<data>\w+) && typeof \k<data> == "object" && !Array\.isArray\(\k<data>\)/g, ({ data }) => `isObject(${data})`],
    [
        /\(\(typeof (?<data>\w+) == "number"\) && \(!\(\k<data> % 1\) && !isNaN\(\k<data>\)\)\) && \(isFinite\(\k<data>\)\)/g,
        ({ data }) => `Number.isInteger(${data})`,
    ],
    [/\(typeof (?<data>\w+) == "number"\) && \(isFinite\(\k<data>\)\)/g, ({ data }) => `Number.isFinite(${data})`],
];

function added(): string {
    return String.raw`if\(vErrors === null\)\{\s*vErrors = \[\k<one>\];\s*\}\s*else \{\s*vErrors\.push\(\k<one>\);\s*\}\s*errors\+\+;`;
}

const push = (found: string) => `errors = (vErrors ??= []).push(${found});`;

/** What remains of a form that ajv writes otherwise than known here. */
const left =
    /\b(?:parentData|rootData|schemaPath:|keyword:"|err\d+\b|vErrors\.concat|schema\d+\b|func\d+\.call|typeof \w+ == "object").*/;

/**
 * The validators of ajv with a call for each fault, without what no caller reads: schema paths, comparisons, the
 * values around a value. Bundles are a tenth smaller.
 */
export function concise(code: string): string {
    let short = withoutSchemas(code);
    for (const [form, shortForm] of forms) {
        short = short.replaceAll(form, (...match) => shortForm(match.at(-1) as Groups));
    }
    const [unknown] = left.exec(short) ?? [];
    if (unknown !== undefined) {
        throw new Error(`ajv writes what tools/concise.ts does not know: ${unknown.slice(0, 200)}`);
    }
    return shared + short.replace('"use strict";', "");
}

/**
 * Without the schemas, which ajv keeps whole for a few of their values: a fault names the values that are allowed, an
 * object with many members is compared with their names.
 */
function withoutSchemas(code: string): string {
    const schemas = new Map<string, unknown>();
    const sets: string[] = [];
    const setOf = (members: unknown) => {
        const set = `new Set(${JSON.stringify(Object.keys(Object(members)))})`;
        if (!sets.includes(set)) sets.push(set);
        return `names${sets.indexOf(set)}`;
    };
    const valueAt = (name: string, way: string) => {
        let value = schemas.get(name);
        for (const [, plain, index, quoted] of way.matchAll(steps))
            value = Object(value)[plain ?? index ?? quoted ?? ""];
        if (value === undefined) throw new Error(`tools/concise.ts finds no ${name}${way}`);
        return value;
    };
    const rest = code
        .replaceAll(/^const (schema\d+) = (.*);$/gm, (_all, name: string, schema: string) => {
            schemas.set(name, JSON.parse(schema));
            return "";
        })
        .replaceAll(/^const func\d+ = Object\.prototype\.hasOwnProperty;$/gm, "")
        .replaceAll(
            /\bfunc\d+\.call\((schema\d+)([^\s,()]+), (\w+)\)/g,
            (_all, name: string, way: string, key: string) => `${setOf(valueAt(name, way))}.has(${key})`,
        )
        .replaceAll(/\b(schema\d+)((?:\.\w+|\[\d+\]|\["[^"\]]*"\])+)/g, (_all, name: string, way: string) =>
            JSON.stringify(valueAt(name, way)),
        );
    return [...sets.map((set, index) => `const names${index} = ${set};`), rest].join("\n");
}

const steps = /\.(\w+)|\[(\d+)\]|\["([^"]*)"\]/g;
