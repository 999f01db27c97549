// Made by `npm run generate` from spec/messages.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./messages.types.ts";

export declare const validateNewMessage: ValidateFunction<components["schemas"]["NewMessage"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
