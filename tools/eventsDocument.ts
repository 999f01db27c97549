/** The AsyncAPI document in one piece, as the API serves it. */

type Json = Readonly<Record<string, unknown>>;

interface Parts {
    readonly components: { readonly schemas: Json };
}

const elsewhere = /^\.\/(\w+)\.openapi\.yaml#\/components\/schemas\/(\w+)$/;
const here = /^#\/components\/schemas\/(\w+)$/;

/** Copies the schemas of other documents that it refers to, under names that begin with the document's. */
export function inOnePiece(document: Parts & Json, schemasOf: (document: string) => Json): Json {
    const copied = new Map<string, unknown>();
    const copy = (from: string, name: string): string => {
        const copiedAs = `${from[0]?.toUpperCase()}${from.slice(1)}${name}`;
        if (!copied.has(copiedAs)) {
            copied.set(copiedAs, undefined);
            copied.set(copiedAs, within(schemasOf(from)[name], from));
        }
        return `#/components/schemas/${copiedAs}`;
    };
    /** @param origin the document that the part stands in. @default this one */
    const within = (part: unknown, origin?: string): unknown => {
        if (Array.isArray(part)) return part.map((element: unknown) => within(element, origin));
        if (typeof part !== "object" || part === null) return part;
        return Object.fromEntries(
            Object.entries(part).map(([name, value]: [string, unknown]) => {
                if (name !== "$ref" || typeof value !== "string") return [name, within(value, origin)];
                const [, from = origin, named] = elsewhere.exec(value) ?? [undefined, origin, here.exec(value)?.[1]];
                return [name, from === undefined || named === undefined ? value : copy(from, named)];
            }),
        );
    };
    const whole = within(document) as Parts & Json;
    const { components } = whole;
    return {
        ...whole,
        components: { ...components, schemas: { ...components.schemas, ...Object.fromEntries(copied) } },
    };
}

/** The text of `spec/generated/events.document.ts`. */
export const eventsModule = (document: Json): string =>
    [
        "/** The AsyncAPI document in one piece: its references lead to itself. */",
        `export const eventsDocument: string = ${JSON.stringify(JSON.stringify(document))};`,
        "",
    ].join("\n");
