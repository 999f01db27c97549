// Made by `npm run generate` from spec/ucp.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly Fault: {
            readonly code: string;
            /** @description For people */
            readonly content: string;
            /** @description JSONPath into the request */
            readonly path?: string;
        };
        readonly Envelope: {
            readonly version: string;
            /** @enum {unknown} */
            readonly status: "success" | "error";
            readonly capabilities?: Record<string, never>;
        };
        readonly ErrorResponse: {
            readonly ucp: components["schemas"]["Envelope"];
            readonly messages: readonly Record<string, never>[];
            readonly continue_url?: string;
        };
        readonly Checkout: {
            readonly ucp: components["schemas"]["Envelope"];
            readonly id: string;
            /** @enum {unknown} */
            readonly status: "incomplete" | "requires_escalation" | "ready_for_complete" | "complete_in_progress" | "completed" | "canceled";
            readonly currency: string;
            readonly line_items: readonly Record<string, never>[];
            readonly totals: readonly Record<string, never>[];
            readonly links: readonly Record<string, never>[];
        };
        readonly Cart: {
            readonly ucp: components["schemas"]["Envelope"];
            readonly id: string;
            readonly currency: string;
            readonly line_items: readonly Record<string, never>[];
            readonly totals: readonly Record<string, never>[];
        };
        readonly Order: {
            readonly ucp: components["schemas"]["Envelope"];
            readonly id: string;
            readonly checkout_id: string;
            readonly line_items: readonly Record<string, never>[];
            readonly totals: readonly Record<string, never>[];
        };
        readonly Profile: {
            readonly ucp: Record<string, never>;
            readonly signing_keys: readonly Record<string, never>[];
        };
        readonly CatalogAnswer: {
            readonly ucp: components["schemas"]["Envelope"];
            readonly products?: readonly Record<string, never>[];
            readonly product?: Record<string, never>;
        };
        /** @description The line items are required unless it is of a cart. */
        readonly CheckoutCreate: {
            readonly line_items?: components["schemas"]["LineItems"];
            /** @description The cart whose items and buyer the checkout has, in place of those here */
            readonly cart_id?: string;
            readonly buyer?: components["schemas"]["Buyer"];
            readonly context?: components["schemas"]["Context"];
            readonly signals?: Record<string, never>;
            readonly attribution?: Record<string, never>;
            readonly fulfillment?: components["schemas"]["Fulfillment"];
            readonly discounts?: components["schemas"]["Discounts"];
        };
        /** @description The whole checkout. What it leaves out is cleared. */
        readonly CheckoutUpdate: {
            readonly line_items: components["schemas"]["LineItems"];
            readonly buyer?: components["schemas"]["Buyer"];
            readonly context?: components["schemas"]["Context"];
            readonly signals?: Record<string, never>;
            readonly attribution?: Record<string, never>;
            readonly fulfillment?: components["schemas"]["Fulfillment"];
            readonly discounts?: components["schemas"]["Discounts"];
        };
        readonly CheckoutComplete: {
            readonly payment: components["schemas"]["Payment"];
            readonly signals?: Record<string, never>;
            readonly attribution?: Record<string, never>;
        };
        /** @description The whole cart. What it leaves out is cleared. Codes of discounts have no effect, which a message says. */
        readonly CartWrite: {
            readonly line_items: components["schemas"]["LineItems"];
            readonly buyer?: components["schemas"]["Buyer"];
            readonly context?: components["schemas"]["Context"];
            readonly discounts?: components["schemas"]["Discounts"];
        };
        readonly CatalogSearch: {
            readonly query?: string;
            readonly context?: components["schemas"]["Context"];
            readonly filters?: components["schemas"]["Filters"];
            readonly pagination?: {
                /** @description That of the page before */
                readonly cursor?: string;
                /** @default 10 */
                readonly limit: number;
            };
        };
        readonly CatalogLookup: {
            /** @description At most 20 */
            readonly ids: readonly string[];
            readonly context?: components["schemas"]["Context"];
            readonly filters?: components["schemas"]["Filters"];
        };
        readonly CatalogProduct: {
            readonly id: string;
            readonly context?: components["schemas"]["Context"];
            readonly filters?: components["schemas"]["Filters"];
        };
        readonly LineItems: readonly {
            /** @description That of the line in the checkout */
            readonly id?: string;
            readonly item: {
                /** @description The product's id in the catalogue */
                readonly id: string;
            };
            readonly quantity: number;
        }[];
        readonly Buyer: {
            readonly first_name?: string;
            readonly last_name?: string;
            readonly email?: string;
            readonly phone_number?: string;
            readonly consent?: {
                readonly analytics?: boolean;
                readonly preferences?: boolean;
                readonly marketing?: boolean;
                readonly sale_of_data?: boolean;
            };
        };
        readonly Context: {
            readonly address_country?: string;
            readonly address_region?: string;
            readonly postal_code?: string;
            readonly language?: string;
            /** @description Preferred */
            readonly currency?: string;
        };
        readonly Discounts: {
            readonly codes?: readonly string[];
        };
        readonly Fulfillment: {
            readonly methods?: readonly components["schemas"]["FulfillmentMethod"][];
        };
        readonly FulfillmentMethod: {
            readonly id?: string;
            /** @description `shipping`, `pickup` */
            readonly type?: string;
            /** @description Ids of lines or of products */
            readonly line_item_ids?: readonly string[];
            readonly destinations?: readonly components["schemas"]["Destination"][];
            readonly selected_destination_id?: string | null;
            readonly groups?: readonly {
                readonly id?: string;
                readonly selected_option_id?: string | null;
            }[];
        };
        readonly Destination: components["schemas"]["PostalAddress"] & {
            readonly id?: string;
        };
        readonly PostalAddress: {
            readonly first_name?: string;
            readonly last_name?: string;
            readonly phone_number?: string;
            readonly street_address?: string;
            readonly extended_address?: string;
            readonly address_locality?: string;
            readonly address_region?: string;
            /** @description ISO 3166-1, two or three letters, or a name */
            readonly address_country?: string;
            readonly postal_code?: string;
        };
        readonly Payment: {
            readonly instruments: readonly {
                readonly id: string;
                /** @description One of the answer's `payment_handlers` */
                readonly handler_id: string;
                readonly type: string;
                readonly selected?: boolean;
                readonly billing_address?: components["schemas"]["PostalAddress"];
                readonly credential?: {
                    readonly type: string;
                    /** @description A secret */
                    readonly token?: string;
                };
            }[];
        };
        readonly Filters: {
            readonly categories?: readonly string[];
            readonly price?: {
                readonly min?: number;
                readonly max?: number;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
