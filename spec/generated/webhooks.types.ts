// Made by `npm run generate` from spec/webhooks.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own answer. */
        readonly Refused: {
            readonly message: string;
        };
        readonly EndpointCreate: {
            readonly kind?: components["schemas"]["Kind"];
            readonly url: components["schemas"]["Url"];
            readonly description?: components["schemas"]["Description"];
            readonly eventTypes?: components["schemas"]["EventTypes"];
            readonly headers?: components["schemas"]["Headers"];
            readonly rate?: components["schemas"]["Rate"];
            readonly concurrency?: components["schemas"]["Concurrency"];
            readonly ordered?: components["schemas"]["Ordered"];
            readonly scheme?: components["schemas"]["Scheme"];
            readonly secret?: components["schemas"]["Secret"];
        };
        readonly EndpointChange: {
            readonly url?: components["schemas"]["Url"];
            /** @description null removes it. */
            readonly description?: components["schemas"]["Description"] | null;
            readonly eventTypes?: components["schemas"]["EventTypes"];
            readonly headers?: components["schemas"]["Headers"];
            /** @description null removes it. */
            readonly rate?: components["schemas"]["Rate"] | null;
            readonly concurrency?: components["schemas"]["Concurrency"];
            readonly ordered?: components["schemas"]["Ordered"];
        };
        readonly Rotation: {
            /**
             * @description Seconds for which the earlier secrets sign as well.
             * @default 86400
             */
            readonly overlapSeconds: number;
            readonly scheme?: components["schemas"]["Scheme"];
            readonly secret?: components["schemas"]["Secret"];
        };
        readonly Replay: {
            /**
             * Format: date-time
             * @description Time of the first event; at most 14 days back.
             */
            readonly since: string;
            readonly types?: components["schemas"]["EventTypes"];
            /**
             * @default [
             *       "exhausted",
             *       "skipped"
             *     ]
             */
            readonly statuses: readonly ("exhausted" | "skipped" | "delivered")[];
            readonly after?: components["schemas"]["Next"];
        };
        /**
         * @description `standard`: the events of `spec/events.asyncapi.yaml`, signed as Standard Webhooks says. `acp`:
         *     `order_create` and `order_update` as the Agentic Commerce Protocol has them, with `Merchant-Signature`.
         * @default standard
         * @enum {string}
         */
        readonly Kind: "standard" | "acp";
        /** @description An https URL that leads to a public address. */
        readonly Url: string;
        readonly Description: string;
        /**
         * @description Names of events, or of all that begin alike (`checkout_session.*`). `*` stands for all but those about the
         *     endpoints themselves (`webhook.*`). Left out, all that there are for the endpoint's kind.
         */
        readonly EventTypes: readonly string[];
        /** @description Sent with every delivery; not those that the delivery itself sets. Only their names are shown again. */
        readonly Headers: {
            readonly [key: string]: string;
        };
        /** @description Maximum deliveries a second. Without it the concurrency is the only limit. */
        readonly Rate: number;
        /**
         * @description Maximum deliveries at the same time.
         * @default 10
         */
        readonly Concurrency: number;
        /**
         * @description Whether the events of one order or session arrive in their order: the next waits until the one before was
         *     taken or given up.
         * @default false
         */
        readonly Ordered: boolean;
        /**
         * @description `v1`: HMAC-SHA256. `v1a`: Ed25519, of which you get the public key; not for `acp`.
         * @enum {string}
         */
        readonly Scheme: "v1" | "v1a";
        /**
         * @description A secret of your own in place of a fresh one, for `v1`. Of a `standard` endpoint `whsec_` and 24 to 64 bytes in
         *     base64; of an `acp` endpoint what you agreed with the platform.
         */
        readonly Secret: string;
        /** @description Where the next page begins; absent on the last. */
        readonly Next: string;
        /**
         * @description `pending`: it is on its way. `delivered`: it was taken. `exhausted`: every attempt failed. `skipped`: the
         *     endpoint was disabled when its turn came.
         * @enum {string}
         */
        readonly DeliveryStatus: "pending" | "delivered" | "exhausted" | "skipped";
        readonly Endpoint: {
            readonly id: string;
            readonly kind: components["schemas"]["Kind"];
            readonly url: string;
            readonly description?: string;
            readonly eventTypes: components["schemas"]["EventTypes"];
            readonly headerNames: readonly string[];
            readonly rate?: components["schemas"]["Rate"];
            readonly concurrency: components["schemas"]["Concurrency"];
            readonly ordered: components["schemas"]["Ordered"];
            /** @enum {string} */
            readonly status: "enabled" | "disabled";
            /**
             * @description `owner`: by its owner. `gone`: it answered 410. `failing`: it accepted no delivery for five days.
             * @enum {string}
             */
            readonly disabledBecause?: "owner" | "gone" | "failing";
            /** Format: date-time */
            readonly failingSince?: string;
            readonly failures?: number;
            /** @description Secrets that sign, the newest first. */
            readonly secrets: readonly {
                readonly scheme: components["schemas"]["Scheme"];
                readonly publicKey?: string;
                /** Format: date-time */
                readonly expiresAt?: string;
            }[];
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
        };
        /** @description With the `secret` (`v1`) or the `publicKey` (`v1a`). */
        readonly EndpointWithSecret: {
            readonly endpoint: components["schemas"]["Endpoint"];
            readonly secret?: string;
            readonly publicKey?: string;
        };
        readonly Delivery: {
            /** @description The event's id, the same at every attempt. */
            readonly id: string;
            readonly endpointId: string;
            readonly type: string;
            /** Format: date-time */
            readonly occurredAt: string;
            readonly status: components["schemas"]["DeliveryStatus"];
            readonly attempts: number;
            /** Format: date-time */
            readonly nextAttemptAt?: string;
            readonly lastError?: string;
            readonly correlationId: string;
        };
        readonly Attempt: {
            readonly number: number;
            /** Format: date-time */
            readonly at: string;
            readonly durationMs: number;
            /** @enum {string} */
            readonly status: "succeeded" | "failed";
            readonly httpStatus?: number;
            /** @description The first 20,000 bytes of the answer. */
            readonly response?: string;
            readonly error?: string;
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
                /** @description JSON pointer (RFC 6901) to the value at fault; empty for the whole body. */
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
