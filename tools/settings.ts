import { type Document, parseDocument } from "yaml";
import { groups, type Schema, settingsSchema } from "../components/settings/schema.ts";

/** What is made from spec/settings.schema.json: declarations of the groups, the editors' schema of a stack file, types. */

/** Pulumi.yaml with each group declared; `pulumi up` refuses a key of another type. Defaults are applied by the program. */
export function withDeclarations(projectFile: string): string {
    const project: Document = parseDocument(projectFile);
    const region = project.getIn(["config", "aws:region"], true);
    project.setIn(["config"], project.createNode({}));
    project.setIn(["config", "aws:region"], region);
    for (const [name, { description }] of Object.entries(groups)) {
        project.setIn(["config", name], { type: "object", default: {}, description });
    }
    return project.toString({ indent: 2, lineWidth: 0 });
}

/** The schema of a stack file: its groups under `config`, their values as Pulumi writes them. */
export function stackFileSchema(project: string): Schema & Readonly<Record<string, unknown>> {
    const config = Object.entries(groups).map(([name, group]) => [`${project}:${name}`, asWritten(group)]);
    return {
        $schema: String(Reflect.get(settingsSchema, "$schema")),
        title: "Stack file",
        type: "object",
        // A group that is not below config is ignored.
        propertyNames: { pattern: "^[^:]*$" },
        properties: {
            config: {
                description: "Set values with: npx pulumi config set --path '<key>.<path>' <value> -s <stack>",
                type: "object",
                properties: {
                    "aws:region": { description: "Region of the stack's resources.", type: "string" },
                    ...Object.fromEntries(config),
                },
                propertyNames: { pattern: `^(?!${project}:)|^${project}:(${Object.keys(groups).join("|")})$` },
            },
        },
    };
}

/** As `pulumi config set` writes it: a secret as `{secure: …}`, fractions as text, texts of digits as numbers. */
function asWritten(schema: Schema): Readonly<Record<string, unknown>> {
    const { description, type, items, properties, additionalProperties } = schema;
    if (schema["x-secret"] === true) {
        return {
            ...(description !== undefined && { description }),
            type: "object",
            required: ["secure"],
            properties: { secure: { type: "string" } },
            additionalProperties: false,
        };
    }
    if (type === "number") return { anyOf: [schema, { type: "string", pattern: "^\\d+(\\.\\d+)?$" }] };
    if (type === "string" && schema.enum === undefined) return { ...schema, type: ["string", "integer", "boolean"] };
    return {
        ...schema,
        ...(items && { items: asWritten(items) }),
        ...(typeof additionalProperties === "object" && { additionalProperties: asWritten(additionalProperties) }),
        ...(properties && {
            properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, asWritten(one)])),
        }),
    };
}

/** The schema that types are made of: secrets are not among the settings that the program reads. */
export function typedSchema(schema: Schema = settingsSchema): Schema {
    const { properties } = schema;
    if (properties === undefined) return schema;
    const open = Object.entries(properties).filter(([, member]) => member["x-secret"] !== true);
    return {
        ...schema,
        properties: Object.fromEntries(open.map(([name, member]) => [name, typedSchema(member)])),
    };
}
