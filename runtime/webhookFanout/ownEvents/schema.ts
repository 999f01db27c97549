import { createContext, Script } from "node:vm";
import type { ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import { schemaFaults } from "./schemaFaults.ts";

/** No schema may name another one: each has a validator of its own. */
const validator = () =>
    // Only own members: every object inherits some, such as toString.
    new Ajv2020({ strict: false, allErrors: true, logger: false, formats: fullFormats, ownProperties: true });
/** Of the drafts' schemas. */
const drafts = validator();

/** What is wrong with a client's JSON Schema, at its place below `/schema`. */
export function schemaErrors(schema: JsonObject): ValidationError[] {
    if (schema["$async"] !== undefined) return [{ pointer: "/schema/$async", detail: "is not allowed" }];
    if (schema["$schema"] !== undefined && schema["$schema"] !== draft)
        return [{ pointer: "/schema/$schema", detail: `must be ${draft}` }];
    const faults = schemaFaults(schema, "/schema");
    if (faults.length > 0) return faults;
    if (drafts.validateSchema({ ...schema }) !== true)
        return validationErrorsOf(drafts.errors, {}).map((error) => ({ ...error, pointer: `/schema${error.pointer}` }));
    try {
        const validate = validator().compile({ ...schema });
        const isQuick = inTime(() => validate({})) !== tooSlow;
        return isQuick ? [] : [{ pointer: "/schema", detail: slowDetail }];
    } catch (error) {
        return [{ pointer: "/schema", detail: `cannot be used: ${error instanceof Error ? error.message : error}` }];
    }
}

const draft = "https://json-schema.org/draft/2020-12/schema";

const compiled = new Map<string, ValidateFunction>();
const mostCompiled = 200;

/** Where the data do not match the schema. @param schema one without errors, as JSON. @param at place of the data */
export function dataErrors(schema: string, data: JsonObject, at: string): ValidationError[] {
    const validate = compiled.get(schema) ?? validator().compile(JSON.parse(schema));
    if (compiled.size >= mostCompiled) compiled.clear();
    compiled.set(schema, validate);
    const isValid = inTime(() => validate(data));
    if (isValid === true) return [];
    if (isValid === tooSlow) return [{ pointer: at, detail: slowDetail }];
    return validationErrorsOf(validate.errors, {}).map((error) => ({ ...error, pointer: at + error.pointer }));
}

const tooSlow = Symbol("too slow");
/** Milliseconds, of the ten seconds that the callback has. */
const timeout = 1000;
const slowDetail = `takes more than ${timeout / 1000} second to be checked by the schema`;
const calling = createContext({ call: (): unknown => undefined });
const script = new Script("call()");

/** What the function returns: some schemas take very long for some data, of which no check of the schema knows. */
function inTime<Result>(call: () => Result): Result | typeof tooSlow {
    try {
        calling["call"] = call;
        return script.runInContext(calling, { timeout });
    } catch (error) {
        // The context's own Error, not ours.
        if (isJsonObject(error) && error["code"] === "ERR_SCRIPT_EXECUTION_TIMEOUT") return tooSlow;
        throw error;
    }
}
