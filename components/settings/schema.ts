import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { components } from "../../spec/generated/settings.types.ts";

/** The settings of a stack file, with the defaults and without secrets. */
export type StackSettings = components["schemas"]["Settings"];

/** The keywords of the schema that are read here and by the generator. ajv knows them all. */
export interface Schema {
    readonly type?: string;
    readonly description?: string;
    readonly default?: unknown;
    readonly enum?: readonly unknown[];
    readonly minimum?: number;
    readonly maximum?: number;
    readonly maxLength?: number;
    readonly minItems?: number;
    readonly pattern?: string;
    readonly items?: Schema;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly propertyNames?: Schema;
    readonly additionalProperties?: Schema | boolean;
    readonly required?: readonly string[];
    readonly examples?: readonly unknown[];
    /** What the value must be, in words that follow "set". */
    readonly "x-rule"?: string;
    /** Default in stacks whose name begins with prod. */
    readonly "x-prod"?: unknown;
    /** Encrypted in the stack file; reaches the program as a secret Output. */
    readonly "x-secret"?: boolean;
    /** Set by the embedded run alone. */
    readonly "x-internal"?: boolean;
}

/** The one source of settings: spec/settings.schema.json. */
export const settingsSchema: Schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../spec/settings.schema.json"), "utf8"),
);

/** The groups of settings: `commerce:orders`, `commerce:checkout`, … */
export const groups = settingsSchema.properties ?? {};

/** A setting that one command sets. */
export interface Leaf {
    /** `orders.mail.sender` */
    readonly path: string;
    readonly schema: Schema;
}

/** Every setting, in the order of the schema; a table is one. */
export const leaves: readonly Leaf[] = Object.entries(groups).flatMap(([name, schema]) => leavesOf(name, schema));

function leavesOf(path: string, schema: Schema): Leaf[] {
    if (schema.properties === undefined || schema.propertyNames !== undefined) return [{ path, schema }];
    return Object.entries(schema.properties).flatMap(([name, member]) => leavesOf(`${path}.${name}`, member));
}

/** The value of each setting, defaults too; undefined for one that is not set and has none. */
export const valuesIn = (settings: StackSettings): { readonly path: string; readonly value: unknown }[] =>
    leaves.map(({ path }) => ({ path, value: path.split(".").reduce<unknown>(memberOf, settings) }));

const memberOf = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
