import type { Resource } from "embedded-aws/recorder";

export type Inputs = Readonly<Record<string, unknown>>;

/** What AWS documents about the values of a type of resource. */
export interface Rule {
    /** `aws:sqs/queue:Queue`; `*` for every resource. */
    readonly type: string;
    /** What holds, in words. */
    readonly what: string;
    /** What is wrong with a resource; nothing about what is absent or not known yet. */
    faults(resource: Resource, resources: readonly Resource[]): readonly string[];
    /** Inputs of the resource that break the rule, so that a test can show that it fires. */
    broken(resource: Resource, resources: readonly Resource[]): Inputs;
}

/** Of a value that only exists once AWS has made something: in a preview. */
const isUnknown = (value: unknown): boolean =>
    typeof value === "object" && value !== null && "__pulumiUnknown" in value;

export const isKnown = (value: unknown): boolean => value !== undefined && value !== null && !isUnknown(value);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);

/** The value of a JSON text; undefined for what is no text or no JSON. */
export function jsonIn(text: unknown): unknown {
    if (typeof text !== "string") return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/**
 * Everything that stands at a path: `timeout`, `vpcConfig.subnetIds`, `globalSecondaryIndexes[].name` for each element,
 * `redrivePolicy{}.maxReceiveCount` inside of JSON text. Without what is absent or unknown.
 */
export function valuesAt(inputs: unknown, path: string): unknown[] {
    const found = path.split(".").reduce<unknown[]>(
        (values, step) =>
            values.flatMap((value) => {
                const { key, isList, isJson } = stepOf(step);
                const inner = isRecord(value) ? value[key] : undefined;
                if (isJson) return [jsonIn(inner)];
                return isList ? (Array.isArray(inner) ? inner : []) : [inner];
            }),
        [inputs],
    );
    return found.filter(isKnown);
}

/** The first of them. */
export const at = (inputs: unknown, path: string): unknown => valuesAt(inputs, path)[0];

/** The inputs with something else at a path; of a list, with one element that has it. */
export function withAt(inputs: unknown, path: string, value: unknown): Record<string, unknown> {
    const [step = "", ...rest] = path.split(".");
    const { key, isList, isJson } = stepOf(step);
    const whole = isRecord(inputs) ? inputs : {};
    const before = isJson ? jsonIn(whole[key]) : whole[key];
    const inner = (of: unknown) => (rest.length === 0 ? value : withAt(of, rest.join("."), value));
    const [first, ...others] = isList && Array.isArray(before) ? before : [];
    const after = isList ? [inner(first), ...others] : inner(before);
    return { ...whole, [key]: isJson ? JSON.stringify(after) : after };
}

const stepOf = (step: string) => ({
    key: step.replace(/\[\]$|\{\}$/, ""),
    isList: step.endsWith("[]"),
    isJson: step.endsWith("{}"),
});

/** A rule about each value at a path, and a value that breaks it. */
const each = (type: string, path: string, what: string, holds: (value: unknown) => boolean, bad: unknown): Rule => ({
    type,
    what: `${path} ${what}`,
    faults: ({ inputs }) =>
        valuesAt(inputs, path).flatMap((value) =>
            holds(value) ? [] : [`${path} is ${String(JSON.stringify(value)).slice(0, 100)}: ${what}`],
        ),
    broken: ({ inputs }) => withAt(inputs, path, bad),
});

interface Text {
    readonly pattern?: RegExp;
    readonly min?: number;
    readonly max: number;
}

/** What no name may begin with or hold. */
const strange = ": \u0000*\\";

/** A text of so many characters, all of them as the pattern says. */
export function text(type: string, path: string, { pattern, min = 1, max }: Text): readonly Rule[] {
    const has = (value: unknown) => typeof value === "string" && value.length >= min && value.length <= max;
    const fits = (value: unknown) => typeof value === "string" && (pattern?.test(value) ?? true);
    return [
        each(type, path, `has ${min} to ${max} characters`, has, "x".repeat(max + 1)),
        ...(pattern ? [each(type, path, `matches ${pattern.source}`, fits, strange)] : []),
    ];
}

/** A whole number in a range. */
export const number = (type: string, path: string, min: number, max: number): Rule =>
    each(
        type,
        path,
        `is a whole number from ${min} to ${max}`,
        (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
        max + 1,
    );

/** One of these values. */
export const choice = (type: string, path: string, values: readonly unknown[]): Rule =>
    each(type, path, `is one of ${values.join(", ")}`, (value) => values.includes(value), "none of them");

/** A list of so many elements. */
export const count = (type: string, path: string, min: number, max: number): Rule =>
    each(
        type,
        path,
        `has ${min} to ${max} elements`,
        (value) => Array.isArray(value) && value.length >= min && value.length <= max,
        Array.from({ length: max + 1 }, (_, index) => `element ${index}`),
    );

/** JSON of so many characters at most. */
export const json = (type: string, path: string, max: number): Rule =>
    each(
        type,
        path,
        `is JSON of at most ${max} characters`,
        (value) => typeof value === "string" && value.length <= max && jsonIn(value) !== undefined,
        "{",
    );

/** Characters that Pulumi adds to a logical name to make a physical one: a hyphen and seven digits. */
const suffix = "-0000000";

/** The name that a resource will have: its own, or the one that Pulumi makes. Undefined where the provider makes it. */
export const physicalName = ({ name, inputs }: Resource, input = "name"): unknown => {
    const given = inputs[input];
    return given === undefined ? `${name}${suffix}` : isKnown(given) ? given : undefined;
};

/** The physical name of a resource, which Pulumi makes of the logical one where no name is given. */
export function name(type: string, { pattern, min = 1, max }: Text, input = "name"): readonly Rule[] {
    const rule = (what: string, holds: (name: string) => boolean, bad: string): Rule => ({
        type,
        what: `its ${input} ${what}`,
        faults: (resource) => {
            const called = physicalName(resource, input);
            return typeof called === "string" && !holds(called) ? [`${input} is ${called}: ${what}`] : [];
        },
        broken: ({ inputs }) => ({ ...inputs, [input]: bad }),
    });
    return [
        rule(`has ${min} to ${max} characters`, ({ length }) => length >= min && length <= max, "x".repeat(max + 1)),
        ...(pattern ? [rule(`matches ${pattern.source}`, (called) => pattern.test(called), strange)] : []),
    ];
}

/**
 * No two resources of a type in one region have the same values of these inputs.
 * @param as what of a value counts.
 */
export function unique(type: string, keys: readonly string[], as: (value: unknown) => unknown = String): Rule {
    const what = keys.join(" and ");
    const of = ({ inputs }: Resource): string | undefined => {
        const values = keys.map((key) => inputs[key]);
        const isGiven = values.every((value) => value === undefined || isKnown(value)) && values.some(isKnown);
        return isGiven ? values.map(as).join(" ") : undefined;
    };
    return {
        type,
        what: `no two have the same ${what}`,
        faults: (resource, resources) => {
            const own = of(resource);
            return resources
                .filter((other) => own !== undefined && other.type === type && other.urn !== resource.urn)
                .filter((other) => other.provider === resource.provider && of(other) === own)
                .map((other) => `${other.name} has the same ${what}: ${own}`);
        },
        broken: ({ inputs }) => ({ ...inputs, ...Object.fromEntries(keys.map((key) => [key, "the same"])) }),
    };
}

/** Why the embedded cloud, which reads patterns as AWS does, refuses one. */
export function refusals(compile: () => unknown): string[] {
    try {
        compile();
        return [];
    } catch (error) {
        return [String(error)];
    }
}
