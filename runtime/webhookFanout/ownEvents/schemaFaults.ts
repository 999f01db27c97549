import { fullFormats } from "ajv-formats/dist/formats.js";
import { isDeeper, isJsonObject, type JsonObject } from "../../shared/json.ts";
import { member, type ValidationError } from "../../shared/validationErrors.ts";
import { slownessOf } from "./slowPattern.ts";

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));
/** Keywords with schemas of the same value. */
const inPlace = setOf("allOf anyOf oneOf not if then else dependentSchemas");
const maps = setOf("properties patternProperties $defs definitions dependentSchemas");
const lists = setOf("allOf anyOf oneOf prefixItems");
const single = setOf(
    "items additionalProperties unevaluatedItems unevaluatedProperties contains not if then else propertyNames",
);
const other = setOf(
    "$schema $id $ref $dynamicRef $anchor $dynamicAnchor $comment type enum const multipleOf maximum exclusiveMaximum minimum " +
        "exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties " +
        "minProperties required dependentRequired format title description default " +
        "deprecated readOnly writeOnly examples example externalDocs discriminator xml",
);
/** Of JSON Schema, too, but they would be accepted and not checked. */
const unchecked = setOf("contentEncoding contentMediaType contentSchema");
/** Levels of a schema. */
const deepest = 32;

interface Place {
    readonly pointer: string;
    readonly schema: JsonObject;
}

/** What makes a schema useless that is none of JSON Schema's faults, with the places. @param at place of the schema */
export function schemaFaults(schema: JsonObject, at: string): ValidationError[] {
    if (isDeeper(schema, deepest)) return [{ pointer: at, detail: `is nested more than ${deepest} levels deep` }];
    const places = [...placesIn({ pointer: at, schema })];
    const known = new Map(places.map((place) => [place.pointer, place]));
    const target = (reference: string) => known.get(targetOf(reference, places, at));
    return [
        ...places.flatMap((place) => faultsAt(place, place.pointer === at)),
        ...places.flatMap((place) => referenceFaults(place, target)),
    ];
}

/** All schemas in a schema, itself first. */
function* placesIn(place: Place): Generator<Place> {
    yield place;
    for (const inner of innerOf(place, () => true)) yield* placesIn(inner);
}

/** Schemas directly in a schema, by keywords. */
function innerOf({ pointer, schema }: Place, isMeant: (keyword: string) => boolean): Place[] {
    return Object.entries(schema)
        .filter(([keyword]) => isMeant(keyword))
        .flatMap(([keyword, value]): [string, unknown][] => {
            const own = member(pointer, keyword);
            if (single.has(keyword)) return [[own, value]];
            const isGroup = (lists.has(keyword) && Array.isArray(value)) || (maps.has(keyword) && isJsonObject(value));
            return isGroup ? Object.entries(value as object).map(([name, each]) => [member(own, name), each]) : [];
        })
        .flatMap(([inner, value]) => {
            if (typeof value === "boolean") return [{ pointer: inner, schema: {} }];
            return isJsonObject(value) ? [{ pointer: inner, schema: value }] : [];
        });
}

/** Faults of a schema's own keywords. */
function faultsAt({ pointer, schema }: Place, isWhole: boolean): ValidationError[] {
    const { pattern, patternProperties, format } = schema;
    const patterns: [string, string][] = [
        ...(typeof pattern === "string" ? [[member(pointer, "pattern"), pattern] satisfies [string, string]] : []),
        ...Object.keys(isJsonObject(patternProperties) ? patternProperties : {}).map((name): [string, string] => [
            member(member(pointer, "patternProperties"), name),
            name,
        ]),
    ];
    return [
        ...Object.keys(schema).flatMap((keyword) => {
            const isKnown = [maps, lists, single, other].some((some) => some.has(keyword)) || keyword.startsWith("x-");
            const detail = unchecked.has(keyword)
                ? "is not checked: describe it in words"
                : "is no keyword of JSON Schema 2020-12: names of your own begin with x-";
            return isKnown ? [] : [{ pointer: member(pointer, keyword), detail }];
        }),
        // The validator skips it.
        ...[...maps, "dependentRequired"].flatMap((keyword) => {
            const named = schema[keyword];
            const isSkipped = isJsonObject(named) && Object.hasOwn(named, "__proto__");
            return isSkipped ? [{ pointer: `${member(pointer, keyword)}/__proto__`, detail: "is not checked" }] : [];
        }),
        ...(isWhole || schema["$id"] === undefined
            ? []
            : [{ pointer: member(pointer, "$id"), detail: "is allowed for the whole schema only" }]),
        ...(typeof format !== "string" || Object.hasOwn(fullFormats, format)
            ? []
            : [
                  {
                      pointer: member(pointer, "format"),
                      detail: `must be one of ${Object.keys(fullFormats).join(", ")}`,
                  },
              ]),
        ...patterns.flatMap(([at, source]) => {
            const detail = patternFault(source);
            return detail === undefined ? [] : [{ pointer: at, detail }];
        }),
    ];
}

function patternFault(source: string): string | undefined {
    try {
        new RegExp(source, "u");
    } catch {
        return "is no regular expression of ECMAScript with the flag u";
    }
    return slownessOf(source);
}

/** References to elsewhere, and those that lead back to themselves without going into the data: checking would not end. */
function referenceFaults(place: Place, target: (reference: string) => Place | undefined): ValidationError[] {
    return referencesIn(place).flatMap(([pointer, reference]) => {
        if (!reference.startsWith("#")) return [{ pointer, detail: "must begin with #: it refers to nothing outside" }];
        const begin = target(reference);
        if (begin === undefined) return [{ pointer, detail: "refers to no schema" }];
        const reached = new Set([begin]);
        for (const each of reached) {
            for (const inner of innerOf(each, (keyword) => inPlace.has(keyword))) reached.add(inner);
            for (const [, next] of referencesIn(each)) {
                const found = target(next);
                if (found !== undefined) reached.add(found);
            }
        }
        const leadsBack = [...reached].some((each) => each.pointer === place.pointer);
        return leadsBack ? [{ pointer, detail: "leads back to itself without going into the data" }] : [];
    });
}

const referencesIn = ({ pointer, schema }: Place): [pointer: string, reference: string][] =>
    ["$ref", "$dynamicRef"].flatMap((keyword): [string, string][] => {
        const reference = schema[keyword];
        return typeof reference === "string" ? [[member(pointer, keyword), reference]] : [];
    });

/** Pointer to what `#`, `#/$defs/a` or `#anchor` names. */
function targetOf(reference: string, places: readonly Place[], at: string): string {
    const fragment = decoded(reference.slice(1));
    if (fragment === "" || fragment.startsWith("/")) return at + fragment;
    const named = places.find(({ schema }) => [schema["$anchor"], schema["$dynamicAnchor"]].includes(fragment));
    return named?.pointer ?? "";
}

function decoded(fragment: string): string {
    try {
        return decodeURIComponent(fragment);
    } catch {
        return fragment;
    }
}
