// Made by `npm run generate` from spec/orders.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        /** @description An order of any number of items. */
        readonly CartOrder: {
            readonly orderId?: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["ShortText"] | components["schemas"]["Customer"];
            readonly items: readonly (components["schemas"]["ShortText"] | components["schemas"]["Item"])[];
            readonly total: components["schemas"]["Amount"];
            readonly currency?: components["schemas"]["Currency"];
            readonly metadata?: components["schemas"]["Metadata"];
        };
        /** @description An order of one product. */
        readonly ProductOrder: {
            readonly orderId?: components["schemas"]["OrderId"];
            readonly productId: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly customerEmail: components["schemas"]["Email"];
        };
        readonly Customer: {
            readonly name?: components["schemas"]["ShortText"];
            readonly email: components["schemas"]["Email"];
        };
        readonly Item: {
            readonly productId?: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly unitPrice?: components["schemas"]["Amount"];
        };
        readonly OrderId: string;
        readonly ProductId: string;
        readonly Quantity: number;
        /**
         * Format: iso-4217
         * @description A code of ISO 4217, in either case.
         */
        readonly Currency: string;
        /**
         * @description The client's own notes: at most 50, each a text of at most 500 characters (line breaks and tabs among them),
         *     a number or true or false; no lists and no objects. They come back with the order and mean nothing here.
         */
        readonly Metadata: {
            readonly [key: string]: components["schemas"]["Note"];
        };
        /** @description In units of the currency, not in cents. Zero, or at least 0.000001. */
        readonly Amount: number;
        /** @description A name in one line with at least one visible character. */
        readonly ShortText: string;
        readonly Email: string;
        readonly Note: string | number | boolean;
        readonly Acceptance: {
            readonly orderId: components["schemas"]["OrderId"];
            /** @constant */
            readonly status: "accepted";
        };
        /** @description A `CartOrder` with its status and steps. */
        readonly StoredCart: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly customer: components["schemas"]["CartOrder"]["customer"];
            readonly items: components["schemas"]["CartOrder"]["items"];
            readonly total: components["schemas"]["Amount"];
            readonly currency?: components["schemas"]["Currency"];
            readonly metadata?: components["schemas"]["Metadata"];
            readonly status: components["schemas"]["Status"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly steps: components["schemas"]["Steps"];
        };
        /** @description A `ProductOrder` with its status and steps. */
        readonly StoredProduct: {
            readonly orderId: components["schemas"]["OrderId"];
            readonly productId: components["schemas"]["ProductId"];
            readonly productName: components["schemas"]["ShortText"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly customerEmail: components["schemas"]["Email"];
            readonly status: components["schemas"]["Status"];
            /** Format: date-time */
            readonly receivedAt: string;
            readonly steps: components["schemas"]["Steps"];
        };
        /**
         * @description `received` until the stock is reserved or short.
         * @enum {unknown}
         */
        readonly Status: "received" | "reserved" | "shortage";
        /** @description Completed steps of the order, oldest first. */
        readonly Steps: readonly {
            /** @enum {unknown} */
            readonly name: "reservation" | "notification" | "mail" | "document" | "announcement";
            /** Format: date-time */
            readonly at: string;
        }[];
        /** @description Problem details, RFC 9457. */
        readonly Problem: {
            /** Format: uri-reference */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            readonly detail: string;
            /** Format: uri-reference */
            readonly instance: string;
            readonly correlationId: string;
            readonly errors?: readonly {
                /** @description JSON pointer (RFC 6901) to the invalid value; empty for the whole body. */
                readonly pointer: string;
                readonly detail: string;
            }[];
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
