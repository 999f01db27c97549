// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { CartOrder, ProductOrder, OrderId } from "./orders.types.ts";

export declare const validateCartOrder: ValidateFunction<CartOrder>;
export declare const validateProductOrder: ValidateFunction<ProductOrder>;
export declare const validateOrderId: ValidateFunction<OrderId>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
