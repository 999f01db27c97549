// Made by `npm run generate` from spec/tenants.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly NewEvent: {
            readonly type: components["schemas"]["EventTypeName"];
            /** @description Matches the schema of the type. */
            readonly data: {
                readonly [key: string]: unknown;
            };
            /** @description The id of a tenant of the client, whose endpoints receive the event, too. */
            readonly tenant?: string;
            /**
             * @description Events of one key reach endpoints that are `ordered` one after the other. By default each event has a key
             *     of its own.
             */
            readonly orderingKey?: string;
        };
        readonly EventTypeDefinition: {
            readonly description?: components["schemas"]["Description"];
            /** @description JSON Schema, draft 2020-12, of `data`. */
            readonly schema: {
                readonly [key: string]: unknown;
            };
            /** @description `data` of an event. */
            readonly example?: {
                readonly [key: string]: unknown;
            };
        };
        readonly NewTenant: {
            readonly name?: components["schemas"]["Name"];
        };
        readonly EventTypeName: string;
        readonly Description: string;
        readonly Name: string;
        /** @description Cursor of the next page; absent on the last. */
        readonly Next: string;
        readonly PublishedEvent: {
            /** @description The event's id, which deliveries have, too. */
            readonly id: string;
            readonly type: string;
            readonly source: string;
            readonly correlationId: string;
        };
        readonly ListedEventType: {
            readonly type: string;
            /** @description Whether it is published by this program alone. */
            readonly builtIn: boolean;
            readonly description?: string;
            /** @description The client that registered it. */
            readonly owner?: string;
        };
        readonly EventType: {
            readonly type: string;
            /** @description Whether it is published by this program alone. */
            readonly builtIn: boolean;
            readonly description?: string;
            /** @description The client that registered it. */
            readonly owner?: string;
            /** @description Of `data`; of a built-in type a reference into the AsyncAPI document, to the whole payload. */
            readonly schema: {
                readonly [key: string]: unknown;
            };
            readonly example?: {
                readonly [key: string]: unknown;
            };
            /** Format: date-time */
            readonly createdAt?: string;
            /** Format: date-time */
            readonly updatedAt?: string;
        };
        readonly Tenant: {
            readonly id: string;
            readonly name?: string;
            /** @enum {unknown} */
            readonly status: "active" | "deleting";
            /** @description Without the keys themselves. Only in responses about one tenant. */
            readonly keys?: readonly {
                readonly id: string;
                /** Format: date-time */
                readonly createdAt: string;
            }[];
            /** Format: date-time */
            readonly createdAt: string;
        };
        readonly TenantKey: {
            readonly id: string;
            /** @description For the header `x-api-key`. */
            readonly key: string;
            /** Format: date-time */
            readonly createdAt: string;
        };
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
