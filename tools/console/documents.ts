import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";

const spec = join(import.meta.dirname, "../../spec");

function documentIn(name: string): JsonObject {
    const value: unknown = parse(readFileSync(join(spec, name), "utf8"));
    if (!isJsonObject(value)) throw new Error(`spec/${name} holds no object`);
    return value;
}

/** The OpenAPI document of the checkout. */
export const checkoutDocument = (): JsonObject => documentIn("checkout.openapi.yaml");

/** Types of events with what each tells, from the AsyncAPI document. */
export function eventTypes(): { readonly type: string; readonly summary: string }[] {
    const { components } = documentIn("events.asyncapi.yaml");
    const messages = isJsonObject(components) && isJsonObject(components["messages"]) ? components["messages"] : {};
    return Object.values(messages)
        .filter(isJsonObject)
        .flatMap(({ payload, summary }) =>
            typesIn(payload).map((type) => ({ type, summary: typeof summary === "string" ? summary.trim() : "" })),
        );
}

/** The values that the member `type` of an event may have. */
function typesIn(schema: unknown): string[] {
    if (Array.isArray(schema)) return schema.flatMap(typesIn);
    if (!isJsonObject(schema)) return [];
    const { properties, allOf } = schema;
    const type = isJsonObject(properties) && isJsonObject(properties["type"]) ? properties["type"] : {};
    const own = [type["const"], type["enum"]].flat().filter((each) => typeof each === "string");
    return [...own, ...typesIn(allOf)];
}
