import { eventsDocument } from "../../../spec/generated/events.document.ts";
import type { components } from "../../../spec/generated/tenants.types.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { builtInTypes } from "../endpoints/eventTypes.ts";
import type { OwnEventType } from "./eventTypeStore.ts";

type Schemas = components["schemas"];

/** The parts of the AsyncAPI document that events are described by. */
interface EventsDocument {
    readonly channels: { readonly endpoint: { readonly messages: JsonObject } };
    readonly components: { readonly messages: Readonly<Record<string, JsonObject>> };
}

/** Made by `npm run generate`: its form is known. */
const document: EventsDocument & JsonObject = JSON.parse(eventsDocument);

/** Types of this program that endpoints of clients receive, each with the message of the document that describes it. */
const described = new Map<string, Schemas["EventType"]>(
    Object.entries(document.components.messages).flatMap(([name, message]) => {
        if (document.channels.endpoint.messages[name] === undefined) return [];
        const schema = { $ref: `/asyncapi.json#/components/messages/${name}/payload` };
        return typesOf(message).map((type) => [
            type,
            { type, builtIn: true, description: String(message["summary"]).trim(), schema },
        ]);
    }),
);

/** The `const` or the `enum` of `type` in a message's payload. */
function typesOf({ payload }: JsonObject): string[] {
    const parts = isJsonObject(payload) && Array.isArray(payload["allOf"]) ? payload["allOf"] : [];
    return parts.flatMap((part: unknown) => {
        const properties = isJsonObject(part) && isJsonObject(part["properties"]) ? part["properties"] : {};
        const { const: one, enum: many } = isJsonObject(properties["type"]) ? properties["type"] : {};
        return typeof one === "string" ? [one] : Array.isArray(many) ? many.map(String) : [];
    });
}

/** First words of built-in types: later ones may begin like them, too. */
const reserved: ReadonlySet<string> = new Set([
    ...Array.from(builtInTypes, (type) => type.split(".")[0] ?? ""),
    "commerce",
    "customer",
    "tenant",
]);

export const isBuiltIn = (type: string): boolean => builtInTypes.has(type);
export const isReserved = (type: string): boolean => reserved.has(type.split(".")[0] ?? "");

/** The catalogue, by name. */
export function listed(own: readonly OwnEventType[]): Schemas["ListedEventType"][] {
    const all = [...described.values(), ...own.map(shown)].map(({ type, builtIn, description, owner }) => ({
        type,
        builtIn,
        ...(description !== undefined && { description }),
        ...(owner !== undefined && { owner }),
    }));
    return all.sort((one, other) => (one.type < other.type ? -1 : 1));
}

export const builtInType = (type: string): Schemas["EventType"] | undefined => described.get(type);

export function shown({ schema, example, ...own }: OwnEventType): Schemas["EventType"] {
    return {
        ...own,
        builtIn: false,
        schema: JSON.parse(schema),
        ...(example !== undefined && { example: JSON.parse(example) }),
    };
}

/** The AsyncAPI document with the types of clients. */
export function documentWith(own: readonly OwnEventType[]): JsonObject {
    const { channels, components } = document;
    const messages = Object.fromEntries(own.map((eventType) => [`own.${eventType.type}`, messageOf(eventType)]));
    const references = Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]);
    const { endpoint } = channels;
    return {
        ...document,
        channels: {
            ...channels,
            endpoint: { ...endpoint, messages: { ...endpoint.messages, ...Object.fromEntries(references) } },
        },
        components: { ...components, messages: { ...components.messages, ...messages } },
    };
}

/** A schema with an id of its own: its references lead into itself. */
function messageOf({ type, description, schema, example }: OwnEventType): JsonObject {
    const data = { $id: `/event_types/${type}/schema`, ...JSON.parse(schema) };
    const properties = { type: { const: type }, source: { type: "string" }, data };
    return {
        ...(description !== undefined && { summary: description }),
        payload: {
            schemaFormat: "application/schema+json;version=draft-2020-12",
            schema: {
                type: "object",
                required: ["id", "type", "source", "timestamp", "data"],
                properties: {
                    id: { type: "string" },
                    timestamp: { type: "string", format: "date-time" },
                    ...properties,
                },
                ...(example !== undefined && { examples: [{ type, data: JSON.parse(example) }] }),
            },
        },
    };
}
