import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";

// Not part of the project: beside it, UCP's own schemas judge what we tell platforms.
const folder = join(import.meta.dirname, "../../shared/ucp");

export const ucpPresent = existsSync(folder);
/** Why a test that needs UCP's files is skipped. */
export const ucpMissing = "the JSON Schemas of UCP are not beside the project";

/** What is wrong with a value by a schema of a version of UCP, by the schema's path: `shopping/order.json`. */
export function ucpJudge(version: string): (path: string, value: unknown) => string[] {
    const root = join(folder, version, "schemas");
    const ajv = new Ajv2020({ allErrors: true, strict: false, formats: fullFormats });
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
        if (file.endsWith(".json")) ajv.addSchema(JSON.parse(readFileSync(join(root, file), "utf8")));
    }
    return (path, value) => {
        const validate = ajv.getSchema(`https://ucp.dev/schemas/${path}`);
        if (validate === undefined) throw new Error(`there is no schema ${path}`);
        if (validate(value)) return [];
        return (validate.errors ?? []).map(
            ({ instancePath, message, params }) =>
                `${instancePath || "the whole"} ${message} ${JSON.stringify(params)}`,
        );
    };
}
