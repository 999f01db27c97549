import { isIP } from "node:net";
import { Ajv, type ErrorObject } from "ajv";
import { validateCurrency } from "../../spec/generated/orders.validators.js";
import { leaves, type Schema, type StackSettings, settingsSchema } from "./schema.ts";

/**
 * Fills in the defaults and converts what `pulumi config set --path` writes as another type: numbers with a decimal point
 * become texts there, texts of digits become numbers.
 * @param values groups by name, changed in place
 */
export function validate(values: unknown, isProduction: boolean): Validation {
    const nulls = [...nullsIn(values, "")].map((path) => `${path} has no value: set one, or remove it`);
    const validator = isProduction ? validators.prod() : validators.other();
    if (validator(values)) return nulls.length > 0 ? { errors: nulls } : { errors: [], settings: values };
    const byPlace = new Map<string, string>();
    for (const error of validator.errors ?? []) {
        const message = messageOf(error, values);
        const place = `${error.instancePath} ${error.propertyName ?? error.params["additionalProperty"] ?? ""}`;
        if (message !== undefined && !byPlace.has(place)) byPlace.set(place, message);
    }
    return { errors: [...nulls, ...byPlace.values()] };
}

interface Validation {
    /** Each with the path, the value and what to set. */
    readonly errors: readonly string[];
    /** Absent where there is an error. */
    readonly settings?: StackSettings;
}

const compiled = (schema: Schema) =>
    new Ajv({
        allErrors: true,
        coerceTypes: true,
        useDefaults: true,
        verbose: true,
        strictTypes: false,
        keywords: ["x-rule", "x-prod", "x-secret", "x-internal"],
        formats: {
            "iso-4217": (text: string) => validateCurrency(text),
            ip: (text: string) => isIP(text) !== 0,
        },
    }).compile<StackSettings>(schema);

const withProdDefaults = (): Schema =>
    JSON.parse(JSON.stringify(settingsSchema), (_, schema) =>
        typeof schema === "object" && schema !== null && "x-prod" in schema
            ? { ...schema, default: schema["x-prod"] }
            : schema,
    );

/** Compiled when it is needed: a program needs one of them. */
const validators = { prod: once(() => compiled(withProdDefaults())), other: once(() => compiled(settingsSchema)) };

function once<Value>(make: () => Value): () => Value {
    let made: Value | undefined;
    return () => {
        made ??= make();
        return made;
    };
}

/** Takes out the keys without a value, which would be converted to an empty text, 0 or false. */
function* nullsIn(value: unknown, place: string): Generator<string> {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
        const path = Array.isArray(value) ? `${place}[${key}]` : member(place, key);
        if (item === null) {
            yield path;
            Reflect.deleteProperty(value, key);
        } else yield* nullsIn(item, path);
    }
}

/** Undefined for an error that another one of the same place explains. */
function messageOf(
    { keyword, instancePath, propertyName, params, parentSchema, data }: ErrorObject,
    values: unknown,
): string | undefined {
    const path = pathOf(instancePath, values);
    const schema: Schema = Object(parentSchema);
    if (keyword === "propertyNames") return undefined;
    if (propertyName !== undefined)
        return `${path} has the key ${JSON.stringify(propertyName)}: set ${wordsOf(schema)}`;
    if (keyword === "additionalProperties") {
        return unknownName(path, params["additionalProperty"], Object.keys(schema.properties ?? {}));
    }
    if (keyword === "required") {
        const missing = member(path, params["missingProperty"]);
        return `${missing} is not set: set it, or remove ${path}`;
    }
    if (keyword === "uniqueItems")
        return `${path} has an item twice, ${JSON.stringify(Object(data)[params["i"]])}: set it once`;
    const names = schema.enum?.filter((value) => typeof value === "string") ?? [];
    const nearest = nearestOf(String(data), names);
    const meant = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
    return `${path} is ${JSON.stringify(data)}: set ${wordsOf(schema)}${meant}`;
}

/** The error of a name that is no setting. @param names those that there are in its place */
export function unknownName(place: string, name: string, names: readonly string[]): string {
    const near = nearestOf(name, names);
    // The right name in the wrong group.
    const elsewhere = leaves.find(({ path }) => path.split(".").at(-1)?.toLowerCase() === name.toLowerCase());
    const meant = near === undefined ? elsewhere?.path : member(place, near);
    return `${member(place, name)} is no setting${meant === undefined ? "." : `, did you mean ${meant}?`} There are ${names.join(", ")}`;
}

/** What a schema accepts, in words that follow "set". */
function wordsOf(schema: Schema): string {
    const { type, minimum, maximum, minItems, maxLength } = schema;
    if (schema["x-rule"] !== undefined) return schema["x-rule"];
    if (schema.enum !== undefined) {
        return schema.enum.length === 1 ? String(schema.enum[0]) : `one of ${schema.enum.join(", ")}`;
    }
    switch (type) {
        case "integer":
        case "number": {
            const kind = type === "integer" ? "a whole number" : "a number";
            return `${kind}${minimum === undefined ? "" : ` from ${minimum}`}${maximum === undefined ? "" : ` to ${maximum}`}`;
        }
        case "boolean":
            return "true or false";
        case "array":
            return minItems === undefined ? "a list" : `a list of ${minItems} or more`;
        case "object":
            return "a map";
        default:
            return maxLength === undefined ? "a text" : `a text of up to ${maxLength} characters`;
    }
}

/** `/checkout/tax/rates/US-CA` → `checkout.tax.rates.US-CA`, in the form that `pulumi config set --path` takes. */
function pathOf(pointer: string, values: unknown): string {
    let value = values;
    let path = "";
    for (const segment of pointer.split("/").slice(1)) {
        const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
        path = Array.isArray(value) ? `${path}[${key}]` : member(path, key);
        value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
    }
    return path;
}

const member = (path: string, name: string): string => {
    if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
    return path === "" ? name : `${path}.${name}`;
};

/** The candidate with the fewest letters to change, if those are few. */
export function nearestOf(name: string, candidates: readonly string[]): string | undefined {
    const [nearest] = candidates
        .map((candidate) => ({ candidate, changes: distance(name, candidate) }))
        .sort((one, other) => one.changes - other.changes);
    const few = Math.max(2, Math.floor(name.length / 4));
    return nearest !== undefined && nearest.changes <= few ? nearest.candidate : undefined;
}

/** Levenshtein's: letters to insert, delete or replace, in either case. */
function distance(one: string, other: string): number {
    const [from, to] = [one.toLowerCase(), other.toLowerCase()];
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (const [index, letter] of [...from].entries()) {
        const next = [index + 1];
        for (const [column, wanted] of [...to].entries()) {
            const replaced = (row[column] ?? 0) + (letter === wanted ? 0 : 1);
            next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}
