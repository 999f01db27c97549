// Made by `npm run generate` from spec/events.asyncapi.yaml. Do not edit.
import type { ValidateFunction } from "ajv";
import type { components } from "./events.types.ts";

export declare const validateOrderReceived: ValidateFunction<components["schemas"]["OrderReceived"]>;
export declare const validateOrderRejected: ValidateFunction<components["schemas"]["OrderRejected"]>;
export declare const validateInventoryReserved: ValidateFunction<components["schemas"]["InventoryReserved"]>;
export declare const validateInventoryShortage: ValidateFunction<components["schemas"]["InventoryShortage"]>;
export declare const validateDocumentGenerated: ValidateFunction<components["schemas"]["DocumentGenerated"]>;
export declare const validatePaymentUpdated: ValidateFunction<components["schemas"]["PaymentUpdated"]>;
export declare const validateOrderUpdated: ValidateFunction<components["schemas"]["OrderUpdated"]>;
export declare const validateProductUpdated: ValidateFunction<components["schemas"]["ProductUpdated"]>;
/** What each pattern demands, in words. */
export declare const rules: Readonly<Record<string, string>>;
