/**
 * `npm run generate`: makes the TypeScript types and the validators of the callbacks, and the scopes that open each
 * route, from the OpenAPI and AsyncAPI documents in `spec/`; and the types and declarations of the settings from
 * spec/settings.schema.json. The validators are compiled here and not at run time, where every cold start would wait for it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTypes, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import { eventsModule, inOnePiece } from "./eventsDocument.ts";
import { exitCodes, runCommand } from "./operator/command.ts";
import { countriesModule, postalCodesModule, regionsModule } from "./places.ts";
import { isRequirement, type Schemas } from "./precise.ts";
import { type DocumentRoutes, type RouteAccess, routesIn, type SecuredDocument, scopesModule } from "./routeScopes.ts";
import { stackFileSchema, typedSchema, withDeclarations } from "./settings.ts";
import { declarations, type Manner, validators } from "./validators.ts";

const spec = join(import.meta.dirname, "../spec");

/** A document, and the schemas that callbacks validate with. */
interface Document extends Manner {
    readonly name: string;
    /** @default openapi */
    readonly format?: Format;
    readonly validated: readonly string[];
}
type Format = "openapi" | "asyncapi";

export const documents: readonly Document[] = [
    {
        name: "orders",
        allFaults: true,
        validated: [
            "CartOrder",
            "ProductOrder",
            "CheckoutOrder",
            "OrderId",
            "Currency",
            "RefundRequest",
            "FulfillmentRequest",
            "FulfillmentChange",
            "CancelRequest",
            "NoteRequest",
        ],
    },
    { name: "messages", allFaults: true, validated: ["NewMessage"] },
    {
        name: "checkout",
        // An error of ACP names one member; no member of its requests may be null.
        allFaults: false,
        refusesNull: true,
        validated: [
            "CheckoutSessionCreateRequest",
            "CheckoutSessionUpdateRequest",
            "CheckoutSessionCompleteRequest",
            "CancelSessionRequest",
            "CartCreateRequest",
            "CartUpdateRequest",
            "OrderUpdate",
        ],
    },
    {
        name: "ucp",
        allFaults: false,
        validated: [
            "CheckoutCreate",
            "CheckoutUpdate",
            "CheckoutComplete",
            "CartWrite",
            "CatalogSearch",
            "CatalogLookup",
            "CatalogProduct",
        ],
    },
    {
        name: "catalog",
        allFaults: true,
        validated: ["Product", "StockCount", "StockAdjustment", "DiscountCode"],
    },
    {
        name: "webhooks",
        allFaults: true,
        validated: ["EndpointCreate", "EndpointChange", "FilterTest", "Rotation", "Replay", "NewReplay"],
    },
    { name: "tenants", allFaults: true, validated: ["NewEvent", "EventTypeDefinition", "EventTypeName", "NewTenant"] },
    {
        name: "events",
        format: "asyncapi",
        allFaults: true,
        // Written by this command alone.
        refusesNull: true,
        validated: [
            "OrderReceived",
            "OrderRejected",
            "InventoryReserved",
            "InventoryShortage",
            "DocumentGenerated",
            "PaymentUpdated",
            "OrderUpdated",
            "ProductUpdated",
        ],
    },
];

/** All generated files: name below `spec/generated/` and text. */
export async function generate(): Promise<{ name: string; text: string }[]> {
    const files = documents.map(async ({ name, format = "openapi", validated, ...manner }) => {
        const schemas = schemasOf(name, format);
        const origin = `// Made by \`npm run generate\` from spec/${name}.${format}.yaml. Do not edit.\n`;
        return [
            { name: `${name}.types.ts`, text: origin + (await types(schemas)) },
            { name: `${name}.validators.js`, text: origin + validators(schemas, validated, manner) },
            { name: `${name}.validators.d.ts`, text: origin + declarations(name, validated) },
        ];
    });
    const origin = "// Made by `npm run generate` from spec/*.openapi.yaml. Do not edit.\n";
    return [
        ...(await Promise.all(files)).flat(),
        {
            name: "events.document.ts",
            text:
                "// Made by `npm run generate` from spec/events.asyncapi.yaml. Do not edit.\n" +
                eventsModule(inOnePiece({ ...documentOf("events", "asyncapi") }, (name) => schemasOf(name))),
        },
        { name: "scopes.ts", text: origin + scopesModule(routesByDocument()) },
        { name: "countries.ts", text: countriesModule() },
        { name: "regions.ts", text: regionsModule() },
        { name: "postalCodes.ts", text: postalCodesModule() },
        ...(await settings()),
    ];
}

/** The types of the settings, and the schema of stack files for editors. */
async function settings(): Promise<{ name: string; text: string }[]> {
    const origin = "// Made by `npm run generate` from spec/settings.schema.json. Do not edit.\n";
    return [
        { name: "settings.types.ts", text: origin + (await types({ Settings: typedSchema() })) },
        { name: "stack.schema.json", text: `${JSON.stringify(stackFileSchema("commerce"), undefined, 2)}\n` },
    ];
}

/** Every route of the OpenAPI documents, and the scopes that it wants. Throws ScopeMissingError. */
export const documentedRoutes = (): RouteAccess[] => routesByDocument().flatMap(({ routes }) => routes);

const routesByDocument = (): DocumentRoutes[] =>
    documents
        .filter(({ format = "openapi" }) => format === "openapi")
        .map(({ name }) => ({ name, routes: routesIn(documentOf(name, "openapi")) }));

/** The schemas of a document: `orders`, `checkout`. */
export const schemasOf = (name: string, format: Format = "openapi"): Schemas =>
    documentOf(name, format).components.schemas;

// The document is ours: its shape is known here, and a keyword that is not fails when ajv compiles it.
const documentOf = (name: string, format: Format) =>
    parse(readFileSync(join(spec, `${name}.${format}.yaml`), "utf8")) as SecuredDocument & {
        readonly components: { readonly schemas: Schemas };
    };

/** The types of the schemas: `components["schemas"][…]`. */
async function types(schemas: object): Promise<string> {
    const document = { openapi: "3.1.0", info: { title: "", version: "" }, paths: {}, components: { schemas } };
    // openapi-typescript makes `unknown` of alternatives that only say which members are required.
    const source = JSON.stringify(document, (_, value) =>
        isRequirement(value) ? { ...value, anyOf: undefined } : value,
    );
    return astToString(await openapiTypes(source, { immutable: true, silent: true }));
}

if (import.meta.main) {
    await runCommand({
        usage: "npm run generate                           writes spec/generated/ anew from the documents in spec/",
        options: {},
        words: 0,
        run: async ({ json }) => {
            mkdirSync(join(spec, "generated"), { recursive: true });
            const files = await generate();
            for (const { name, text } of files) writeFileSync(join(spec, "generated", name), text);
            const project = join(spec, "../Pulumi.yaml");
            writeFileSync(project, withDeclarations(readFileSync(project, "utf8")));
            const written = [...files.map(({ name }) => `spec/generated/${name}`), "Pulumi.yaml"];
            if (json) console.log(JSON.stringify({ written }));
            return exitCodes.good;
        },
    });
}
