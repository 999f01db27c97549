// Made by `npm run generate` from spec/tenants.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./tenants.types.ts";

export declare const validateNewEvent: ValidateFunction<components["schemas"]["NewEvent"]>;
export declare const validateEventTypeDefinition: ValidateFunction<components["schemas"]["EventTypeDefinition"]>;
export declare const validateEventTypeName: ValidateFunction<components["schemas"]["EventTypeName"]>;
export declare const validateNewTenant: ValidateFunction<components["schemas"]["NewTenant"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
