import { groups, type Leaf, leaves, type Schema } from "../components/settings/schema.ts";

/** docs/settings.md: every setting of a stack, with the command that sets it. */
export function settingsPage(project: string): string {
    const chapters = Object.entries(groups).map(([name, { description = "" }]) => {
        const rows = leaves
            .filter(({ path, schema }) => path.split(".")[0] === name && schema["x-internal"] !== true)
            .flatMap((leaf) => [leaf, ...membersOf(leaf)])
            .map((leaf) => row(leaf, project));
        return [
            `## ${name}`,
            "",
            description,
            "",
            "| Setting | Default | Description |",
            "|---|---|---|",
            ...rows,
        ].join("\n");
    });
    return `${introduction(project)}\n\n${chapters.join("\n\n")}\n`;
}

const introduction = (
    project: string,
): string => `<!-- Made by \`npm run docs\` from spec/settings.schema.json. Do not edit. -->
# Settings

The settings of a stack are in its file, \`Pulumi.<stack>.yaml\`, in groups. \`pulumi config set --path\` writes one:

\`\`\`sh pulumi
npx pulumi config set --path '${project}:functions.memory' 1024 -s dev
npx pulumi config set --path '${project}:orders.mail.announcements[0]' orders@shop.example -s dev
npx pulumi config set --path '${project}:checkout.tax.rates["*"]' 20 -s dev
npx pulumi config rm --path '${project}:functions.memory' -s dev
\`\`\`

Pulumi's command writes whatever it is given. The program checks the settings when it runs (\`npm run preview\`, \`npm run up\`, \`npm start\`, \`npm run doctor\`) and names each wrong one with its path and the values that are possible. Editors with a YAML language server complete and check stack files by the schema in their first line.

A setting whose command has \`--secret\` stays a secret in the program and in the state. The others lie open in the state, encrypted in the file or not. A time or a number that is meant as text needs quotes in the file; \`pulumi config set\` adds them.

A new setting touches two places: \`spec/settings.schema.json\` and the code that uses it. \`npm run generate\` and \`npm run docs\` make the rest.`;

/** The settings of each item of a list. */
const membersOf = ({ path, schema }: Leaf): Leaf[] =>
    Object.entries(schema.items?.properties ?? {}).map(([name, member]) => ({
        path: `${path}[].${name}`,
        schema: member,
    }));

function row({ path, schema }: Leaf, project: string): string {
    const { description = "" } = schema;
    const values =
        schema.enum === undefined || schema.enum.length > 6
            ? ""
            : ` One of ${schema.enum.map((value) => `\`${value}\``).join(", ")}.`;
    return `| \`${path}\` | ${defaultOf(schema)} | ${description}${values}${command({ path, schema }, project)} |`;
}

function defaultOf(schema: Schema): string {
    const byDefault = schema.properties === undefined ? schema.default : defaultsIn(schema.properties);
    const text =
        byDefault === undefined ? "" : `\`${typeof byDefault === "string" ? byDefault : JSON.stringify(byDefault)}\``;
    const inProd = schema["x-prod"];
    return inProd === undefined || inProd === schema.default ? text : `${text}; \`${inProd}\` in \`prod*\``;
}

const defaultsIn = (properties: Readonly<Record<string, Schema>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, schema.default]));

/** For a setting whose command is not plain from its path: one without a default, a list, a map, a secret. */
function command({ path, schema }: Leaf, project: string): string {
    const [example] = schema.examples ?? [];
    if (example === undefined) return "";
    const secret = schema["x-secret"] === true ? "--secret " : "";
    const [inner, value] = innermost(example);
    return ` \`npx pulumi config set ${secret}--path '${project}:${path}${inner}' ${/^[\w@:/.-]+$/.test(value) ? value : `'${value}'`}\``;
}

/** `{"DE": 19}` → `.DE` and `19`: the command sets one value inside of a map or list. */
function innermost(example: unknown): [path: string, value: string] {
    if (typeof example !== "object" || example === null) return ["", String(example)];
    const [first] = Object.entries(example);
    if (first === undefined) return ["", ""];
    const [inner, value] = innermost(first[1]);
    return [`${Array.isArray(example) ? `[${first[0]}]` : `.${first[0]}`}${inner}`, value];
}
