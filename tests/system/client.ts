import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import { parse } from "yaml";
import { formats } from "../../tools/formats.ts";

const methods = ["get", "post", "patch", "put", "delete"] as const;

interface Reference {
    readonly $ref?: string;
}
interface Described {
    readonly headers?: Readonly<Record<string, Reference & { readonly required?: boolean }>>;
    readonly content?: Readonly<Record<string, object>>;
}
export interface Parameter {
    readonly name: string;
    readonly in: "header" | "path" | "query";
    readonly description?: string;
    readonly schema: { readonly pattern?: string; readonly enum?: readonly string[] };
}
interface DocumentedOperation {
    readonly parameters?: readonly (Reference | Parameter)[];
    readonly responses: Readonly<Record<string, Reference | Described>>;
}
type PathItem = Partial<Record<(typeof methods)[number], DocumentedOperation>> &
    Pick<DocumentedOperation, "parameters">;

/** An operation of one of the OpenAPI documents in `spec/`. */
export interface Operation {
    readonly document: { readonly $id: string };
    readonly method: string;
    readonly path: string;
    readonly parameters: readonly Parameter[];
    /** By status. */
    readonly responses: DocumentedOperation["responses"];
}

const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    validateSchema: false,
    formats: { ...fullFormats, ...formats },
});

/** Every operation that is documented. */
export const operations: readonly Operation[] = globSync(join(import.meta.dirname, "../../spec/*.openapi.yaml"))
    .sort()
    .flatMap((file) => {
        const text = readFileSync(file, "utf8");
        const $id = basename(file, ".openapi.yaml");
        // The documents are ours, and their form is checked by tests/runtime/generated.spec.ts.
        const document = { $id, ...(parse(text) as { readonly paths: Readonly<Record<string, PathItem>> }) };
        ajv.addSchema(document);
        return Object.entries(document.paths).flatMap(([path, item]) =>
            methods.flatMap((method) => {
                const operation = item[method];
                if (operation === undefined) return [];
                const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
                    resolved<Parameter>(document, parameter),
                );
                return [{ document, method: method.toUpperCase(), path, parameters, responses: operation.responses }];
            }),
        );
    });

/** What a part of a document refers to, else the part itself. It has the type that its place in the document says. */
function resolved<Part>(document: object, part: Reference | Part): Part {
    const { $ref } = part as Reference;
    if ($ref === undefined) return part as Part;
    const [, ...names] = $ref.split("/");
    return names.reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], document) as Part;
}

/** What the connection and the cross-origin rules add, of which no document speaks. */
const transport =
    /^(access-control-.+|apigw-requestid|connection|content-length|content-type|date|keep-alive|transfer-encoding|vary)$/;

/** Stages that have a name stand before the path. */
const stage = /^\/(?:dev|prod)(?=\/)/;

/**
 * As `fetch` does, for every request of the system tests: whatever the API answers must be what its document in `spec/`
 * says of the method, path and status. Views of the embedded cloud (`/_local`) are in no document.
 */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, init);
    const path = new URL(url).pathname.replace(stage, "");
    if (path.startsWith("/_local")) return answer;
    const text = await answer.clone().text();
    const method = init.method ?? "GET";
    const said = `${method} ${path.slice(0, 200)} → ${answer.status} ${text.slice(0, 2000)}`;
    expect(faultsIn(method, path, answer, text), said).to.deep.equal([]);
    return answer;
}

/** What a route redirects to, which is no longer the API's. */
export async function redirected(url: string): Promise<Response> {
    const answer = await ask(url, { redirect: "manual" });
    const location = answer.headers.get("location");
    return location === null ? answer : await fetch(location);
}

/** Routes that are open whatever a stack asks for. */
export const openToAll = [
    "GET /.well-known/acp.json",
    "GET /health",
    "GET /products",
    "GET /products/{id}",
    "POST /payments/stripe",
];

/** Routes of UCP's platforms and of agents that fetch feeds: those show a profile or a signed address, and no key. */
export const withoutKeys = /^(GET \/feeds\/|\w+ \/ucp\/|GET \/\.well-known\/ucp|POST \/mcp$)/;

/** A request of a route, for things that there are not, by both means to show a key. */
export async function callRoute({ url }: { readonly url: string }, route: string, key?: string) {
    const [method = "", path = ""] = route.split(" ");
    const answer = await ask(url + path.replace(/\{\w+\+?\}/g, "none"), {
        method,
        headers: {
            "content-type": "application/json",
            "api-version": "2026-04-17",
            "idempotency-key": randomUUID(),
            ...(key !== undefined && { authorization: `Bearer ${key}`, "x-api-key": key }),
        },
        ...(method !== "GET" && { body: "{}" }),
    });
    const text = await answer.text();
    const type = answer.headers.get("content-type") ?? "";
    return { status: answer.status, type, headers: answer.headers, json: text === "" ? {} : JSON.parse(text) };
}

/** Asks another program than the one that the documents describe. */
export const askOther = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);

/** What of an answer is not as the documents say. */
export function faultsIn(method: string, path: string, { status, headers }: Response, text: string): string[] {
    const operation = operations.find((each) => each.method === method && matches(each.path, path));
    if (operation === undefined) {
        const isRefused = method === "OPTIONS" || (status >= 400 && status < 500);
        return isRefused ? [] : ["no document has such an operation"];
    }
    const { document } = operation;
    const found = operation.responses[status];
    if (found === undefined) return [`the document ${document.$id} has no status ${status} for it`];
    const described = resolved<Described>(document, found);
    return [...contentFaults(document, described, headers, text), ...headerFaults(document, described, headers)];
}

function matches(template: string, path: string): boolean {
    const pattern = template.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
}

function contentFaults(
    document: Operation["document"],
    { content = {} }: Described,
    headers: Headers,
    text: string,
): string[] {
    const type = headers.get("content-type")?.split(";")[0];
    if (Object.keys(content).length === 0) return text === "" ? [] : ["the document has no body for it"];
    const media = type === undefined ? undefined : content[type];
    if (media === undefined) return [`the document has no content type ${type} for it`];
    return schemaFaults(document, media, type?.endsWith("json") ? JSON.parse(text) : text);
}

function headerFaults(
    document: Operation["document"],
    { headers: declared = {} }: Described,
    headers: Headers,
): string[] {
    const names = new Set(Object.keys(declared).map((name) => name.toLowerCase()));
    const surplus = [...headers.keys()].filter((name) => !transport.test(name) && !names.has(name));
    return [
        ...surplus.map((name) => `the document has no header ${name} for it`),
        ...Object.entries(declared).flatMap(([name, reference]) => {
            const header = resolved<{ readonly required?: boolean }>(document, reference);
            const value = headers.get(name);
            if (value === null) return header.required ? [`the header ${name} is missing`] : [];
            const faults = schemaFaults(document, header, value);
            // A header is text, also where its schema wants a number.
            if (faults.length === 0 || schemaFaults(document, header, Number(value)).length === 0) return [];
            return faults.map((fault) => `${name}: ${fault}`);
        }),
    ];
}

const validators = new WeakMap<object, ReturnType<typeof ajv.compile>>();

/** @param part of the document, that has a `schema`. */
function schemaFaults(document: Operation["document"], part: object, value: unknown): string[] {
    let validate = validators.get(part);
    if (validate === undefined) {
        const { schema = true } = part as { readonly schema?: object | boolean };
        // References inside are relative to their document.
        const { schema: whole } = JSON.parse(
            JSON.stringify({ schema }).replaceAll('"$ref":"#/', `"$ref":"${document.$id}#/`),
        );
        validate = ajv.compile(whole);
        validators.set(part, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || "the whole"} ${message} ${JSON.stringify(params)}`,
    );
}
