// Made by `npm run generate` from spec/ucp.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./ucp.types.ts";

export declare const validateCheckoutCreate: ValidateFunction<components["schemas"]["CheckoutCreate"]>;
export declare const validateCheckoutUpdate: ValidateFunction<components["schemas"]["CheckoutUpdate"]>;
export declare const validateCheckoutComplete: ValidateFunction<components["schemas"]["CheckoutComplete"]>;
export declare const validateCartWrite: ValidateFunction<components["schemas"]["CartWrite"]>;
export declare const validateCatalogSearch: ValidateFunction<components["schemas"]["CatalogSearch"]>;
export declare const validateCatalogLookup: ValidateFunction<components["schemas"]["CatalogLookup"]>;
export declare const validateCatalogProduct: ValidateFunction<components["schemas"]["CatalogProduct"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
