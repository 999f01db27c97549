import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import type { JsonObject } from "../../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";

/** Unknown keywords are annotations, as JSON Schema has it. No schema may name another one: each has a validator of its own. */
const validator = () => new Ajv2020({ strict: false, allErrors: true, logger: false, formats: fullFormats });
/** Of the drafts' schemas. */
const drafts = validator();

/** What is wrong with a client's JSON Schema, at its place below `/schema`. */
export function schemaErrors(schema: JsonObject): ValidationError[] {
    if (schema["$async"] !== undefined) return [{ pointer: "/schema/$async", detail: "is not allowed" }];
    if (schema["$schema"] !== undefined && schema["$schema"] !== draft)
        return [{ pointer: "/schema/$schema", detail: `must be ${draft}` }];
    if (drafts.validateSchema({ ...schema }) !== true)
        return validationErrorsOf(drafts.errors, {}).map((error) => ({ ...error, pointer: `/schema${error.pointer}` }));
    try {
        validator().compile({ ...schema });
        return [];
    } catch (error) {
        // A reference that leads nowhere, an expression that is none.
        return [{ pointer: "/schema", detail: `cannot be used: ${error instanceof Error ? error.message : error}` }];
    }
}

const draft = "https://json-schema.org/draft/2020-12/schema";

const compiled = new Map<string, ValidateFunction>();
const mostCompiled = 200;

/** Where the data do not match the schema. @param schema one without errors, as JSON. @param at place of the data */
export function dataErrors(schema: string, data: JsonObject, at: string): ValidationError[] {
    let validate = compiled.get(schema);
    if (validate === undefined) {
        validate = validator().compile(JSON.parse(schema));
        if (compiled.size >= mostCompiled) compiled.clear();
        compiled.set(schema, validate);
    }
    if (validate(data)) return [];
    return validationErrorsOf(validate.errors, {}).map((error) => ({ ...error, pointer: at + error.pointer }));
}
