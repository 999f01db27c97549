import { expect } from "chai";
import { schemasOf } from "../../../tools/generate.ts";
import type { HttpAnswer } from "./events.ts";
import { httpRequest } from "./events.ts";
import type { Callback } from "./started.ts";

/** A product with all that a merchant can say of one. */
export const lamp = {
    title: "Lamp",
    prices: { usd: 4900, eur: 4500 },
    listPrices: { usd: 5900 },
    stock: 20,
    description: "A lamp.\nWith a cord.",
    images: ["https://shop.example/lamp.jpg", "https://shop.example/lamp-2.jpg"],
    link: "https://shop.example/products/lamp",
    brand: "Lumen",
    gtin: "4006381333931",
    mpn: "LMP-1",
    categories: ["Home > Lighting"],
    condition: "refurbished",
    group: { id: "lamps", title: "Lamps", options: { colour: "Blue", size: "M" } },
    taxClass: "reduced",
    taxExempt: true,
    weight: 1200,
    digital: true,
    availableFrom: "2020-01-01T00:00:00Z",
    returnPolicy: { days: 30, exchanges: true, url: "https://shop.example/returns" },
} as const;

export const properties = Object.keys(
    (schemasOf("catalog")["Product"] as { readonly properties: Readonly<Record<string, unknown>> }).properties,
);

export interface Answered extends HttpAnswer {
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for.
    readonly json: any;
}

/** Calls a callback as API Gateway does. */
export async function callRoute(
    callback: Callback,
    routeKey: string,
    {
        id,
        body,
        headers = {},
        query,
    }: {
        readonly id?: string;
        readonly body?: unknown;
        readonly headers?: Readonly<Record<string, string>>;
        readonly query?: Readonly<Record<string, string>>;
    } = {},
): Promise<Answered> {
    const [method = "", path = ""] = routeKey.split(" ");
    const [, name = "id"] = /\{(\w+)\}/.exec(path) ?? [];
    const answer = (await callback.invoke(
        httpRequest({
            routeKey,
            rawPath: path.replace(/\{\w+\}/, id ?? ""),
            ...(id !== undefined && { pathParameters: { [name]: id } }),
            ...(query && { queryStringParameters: query }),
            headers,
            ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
            requestContext: { http: { method, path } },
        }),
    )) as HttpAnswer;
    return { ...answer, json: answer.body === undefined || answer.body === "" ? undefined : JSON.parse(answer.body) };
}

/** The pointers of a refusal. */
export function pointersOf({ statusCode, json }: Answered): string[] {
    expect(statusCode, JSON.stringify(json)).to.equal(400);
    return (json.errors as { readonly pointer: string }[]).map(({ pointer }) => pointer);
}
