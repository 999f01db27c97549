import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";

// Not part of the project: beside it, UCP's own schemas judge what we tell platforms.
const folder = join(import.meta.dirname, "../../shared/ucp");

export const ucpPresent = existsSync(folder);
/** Why a test that needs UCP's files is skipped. */
export const ucpMissing = "the JSON Schemas of UCP are not beside the project";

interface UcpJudge {
    /** What is wrong with a value by a schema, by the schema's path: `shopping/order.json`. */
    (path: string, value: unknown): string[];
    /** By the schemas of a capability and of its extensions together, which know all members of the value. */
    composed(paths: readonly string[], value: object): string[];
}

/** Judges by the schemas of a version of UCP. */
export function ucpJudge(version: string): UcpJudge {
    const root = join(folder, version, "schemas");
    const ajv = new Ajv2020({ allErrors: true, strict: false, formats: fullFormats });
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
        if (file.endsWith(".json")) ajv.addSchema(JSON.parse(readFileSync(join(root, file), "utf8")));
    }
    // Of the merchant's profile, which refers to the others; the later version has none.
    const discovery = join(folder, version, "discovery/profile_schema.json");
    // Its own id is not where it is, and what it refers to is as seen from there.
    const $id = "https://ucp.dev/discovery/profile_schema.json";
    if (existsSync(discovery)) ajv.addSchema({ ...JSON.parse(readFileSync(discovery, "utf8")), $id });
    const ids = (path: string) => new URL(path, "https://ucp.dev/schemas/").href;
    const faults = (validate: ValidateFunction, value: unknown): string[] =>
        validate(JSON.parse(JSON.stringify(value)))
            ? []
            : (validate.errors ?? []).map(
                  ({ instancePath, message, params }) =>
                      `${instancePath || "the whole"} ${message} ${JSON.stringify(params)}`,
              );
    return Object.assign(
        (path: string, value: unknown) => {
            const validate = ajv.getSchema(ids(path));
            if (validate === undefined) throw new Error(`there is no schema ${path}`);
            return faults(validate, value);
        },
        {
            composed: (paths: readonly string[], value: object) => {
                const known = new Set(paths.flatMap((path) => membersOf(path, root)));
                const unknown = Object.keys(JSON.parse(JSON.stringify(value))).filter((name) => !known.has(name));
                return [
                    ...unknown.map((name) => `${name} is of none of the capabilities`),
                    ...paths.flatMap((path) => {
                        const validate = ajv.getSchema(ids(path));
                        if (validate === undefined) throw new Error(`there is no schema ${path}`);
                        return faults(validate, value);
                    }),
                ];
            },
        },
    );
}

interface Composable {
    readonly properties?: object;
    readonly allOf?: readonly Composable[];
}

/** Members that a capability or an extension names: all schemas are open. @param path `shopping/discount.json#/$defs/…` */
function membersOf(path: string, root: string): string[] {
    const [file = "", pointer = ""] = path.split("#/$defs/");
    const schema = JSON.parse(readFileSync(join(root, file), "utf8"));
    const { properties = {}, allOf = [] }: Composable = pointer === "" ? schema : schema.$defs[pointer];
    return [properties, ...allOf.map((part) => part.properties ?? {})].flatMap(Object.keys);
}

/** How a platform pays by UCP: the token selects what the sandbox does. */
export const paying = (token = "spt_success") => ({
    payment: {
        instruments: [{ id: "i_1", handler_id: "sandbox", type: "card", credential: { type: "token", token } }],
    },
});
