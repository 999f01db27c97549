import type { TranslateConfig } from "@aws-sdk/lib-dynamodb";
import { convertToAttr, convertToNative } from "@aws-sdk/util-dynamodb";
import type { JsonObject } from "./json.ts";

/** Where the attribute values of an input or an output are: `values` is a map of them, `*` every element or member. */
export type Places = "values" | { readonly [member: string]: Places };

type Convert = (value: never) => unknown;

/** With JavaScript's values made attribute values, by the SDK's own conversion. */
export function marshalled(input: object, places: Places, { marshallOptions }: TranslateConfig): object {
    const options = { convertTopLevelContainer: true, ...marshallOptions };
    return converted(input, places, (value) => convertToAttr(value, options)) as object;
}

/** With attribute values made JavaScript's, by the SDK's own conversion. */
export function unmarshalled(output: JsonObject, places: Places, { unmarshallOptions }: TranslateConfig): JsonObject {
    const options = { convertWithoutMapWrapper: true, ...unmarshallOptions };
    return converted(output, places, (value) => convertToNative(value, options)) as JsonObject;
}

function converted(value: unknown, places: Places, convert: Convert): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (places === "values") return mapped(value, (member) => convert(member as never));
    const { "*": every } = places;
    if (every !== undefined) {
        const inner = (member: unknown) => converted(member, every, convert);
        return Array.isArray(value) ? value.map(inner) : mapped(value, inner);
    }
    const copy: JsonObject = { ...value };
    for (const [member, place] of Object.entries(places)) {
        if (copy[member] !== undefined) copy[member] = converted(copy[member], place, convert);
    }
    return copy;
}

/** Members without a value are left out. */
function mapped(value: object, convert: (member: unknown) => unknown): JsonObject {
    const copy: JsonObject = {};
    for (const name of Object.keys(value)) {
        const member = (value as JsonObject)[name];
        if (member !== undefined && typeof member !== "function") copy[name] = convert(member);
    }
    return copy;
}
