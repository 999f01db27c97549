// Made by `npm run generate` from spec/webhooks.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./webhooks.types.ts";

export declare const validateEndpointCreate: ValidateFunction<components["schemas"]["EndpointCreate"]>;
export declare const validateEndpointChange: ValidateFunction<components["schemas"]["EndpointChange"]>;
export declare const validateFilterTest: ValidateFunction<components["schemas"]["FilterTest"]>;
export declare const validateRotation: ValidateFunction<components["schemas"]["Rotation"]>;
export declare const validateReplay: ValidateFunction<components["schemas"]["Replay"]>;
export declare const validateNewReplay: ValidateFunction<components["schemas"]["NewReplay"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
