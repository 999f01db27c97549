// Made by `npm run generate` from spec/catalog.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./catalog.types.ts";

export declare const validateProduct: ValidateFunction<components["schemas"]["Product"]>;
export declare const validateStockCount: ValidateFunction<components["schemas"]["StockCount"]>;
export declare const validateStockAdjustment: ValidateFunction<components["schemas"]["StockAdjustment"]>;
export declare const validateDiscountCode: ValidateFunction<components["schemas"]["DiscountCode"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
