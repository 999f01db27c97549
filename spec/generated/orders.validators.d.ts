// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./orders.types.ts";

export declare const validateCartOrder: ValidateFunction<components["schemas"]["CartOrder"]>;
export declare const validateProductOrder: ValidateFunction<components["schemas"]["ProductOrder"]>;
export declare const validateCheckoutOrder: ValidateFunction<components["schemas"]["CheckoutOrder"]>;
export declare const validateOrderId: ValidateFunction<components["schemas"]["OrderId"]>;
export declare const validateCurrency: ValidateFunction<components["schemas"]["Currency"]>;
export declare const validateRefundRequest: ValidateFunction<components["schemas"]["RefundRequest"]>;
export declare const validateFulfillmentRequest: ValidateFunction<components["schemas"]["FulfillmentRequest"]>;
export declare const validateFulfillmentChange: ValidateFunction<components["schemas"]["FulfillmentChange"]>;
export declare const validateCancelRequest: ValidateFunction<components["schemas"]["CancelRequest"]>;
export declare const validateNoteRequest: ValidateFunction<components["schemas"]["NoteRequest"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
