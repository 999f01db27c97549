// Made by `npm run generate` from spec/checkout.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./checkout.types.ts";

export declare const validateCheckoutSessionCreateRequest: ValidateFunction<components["schemas"]["CheckoutSessionCreateRequest"]>;
export declare const validateCheckoutSessionUpdateRequest: ValidateFunction<components["schemas"]["CheckoutSessionUpdateRequest"]>;
export declare const validateCheckoutSessionCompleteRequest: ValidateFunction<components["schemas"]["CheckoutSessionCompleteRequest"]>;
export declare const validateCancelSessionRequest: ValidateFunction<components["schemas"]["CancelSessionRequest"]>;
export declare const validateCartCreateRequest: ValidateFunction<components["schemas"]["CartCreateRequest"]>;
export declare const validateCartUpdateRequest: ValidateFunction<components["schemas"]["CartUpdateRequest"]>;
export declare const validateOrderUpdate: ValidateFunction<components["schemas"]["OrderUpdate"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
