// Made by `npm run generate` from spec/webhooks.openapi.yaml. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description API Gateway's own response. */
        readonly Refused: {
            readonly message: string;
        };
        readonly EndpointCreate: {
            readonly kind?: components["schemas"]["Kind"];
            readonly api_version?: components["schemas"]["ApiVersion"];
            readonly url?: components["schemas"]["Url"];
            readonly description?: components["schemas"]["Description"];
            readonly eventTypes?: components["schemas"]["EventTypes"];
            readonly filter?: components["schemas"]["Filter"];
            readonly headers?: components["schemas"]["Headers"];
            readonly rate?: components["schemas"]["Rate"];
            readonly concurrency?: components["schemas"]["Concurrency"];
            readonly ordered?: components["schemas"]["Ordered"];
            readonly destination?: components["schemas"]["Destination"];
            readonly auth?: components["schemas"]["Auth"];
            readonly schedule?: components["schemas"]["Schedule"];
            readonly timeoutSeconds?: components["schemas"]["TimeoutSeconds"];
            readonly payload?: components["schemas"]["Payload"];
            readonly retentionDays?: components["schemas"]["RetentionDays"];
            readonly scheme?: components["schemas"]["Scheme"];
            readonly secret?: components["schemas"]["Secret"];
        };
        readonly EndpointChange: {
            /** @description null removes it. */
            readonly api_version?: components["schemas"]["ApiVersion"] | null;
            readonly url?: components["schemas"]["Url"];
            /** @description null removes it. */
            readonly description?: components["schemas"]["Description"] | null;
            readonly eventTypes?: components["schemas"]["EventTypes"];
            /** @description null removes it. */
            readonly filter?: components["schemas"]["Filter"] | null;
            readonly headers?: components["schemas"]["Headers"];
            /** @description null removes it. */
            readonly rate?: components["schemas"]["Rate"] | null;
            readonly concurrency?: components["schemas"]["Concurrency"];
            readonly ordered?: components["schemas"]["Ordered"];
            readonly destination?: components["schemas"]["Destination"];
            /** @description null removes it. */
            readonly auth?: components["schemas"]["Auth"] | null;
            readonly schedule?: components["schemas"]["Schedule"];
            readonly timeoutSeconds?: components["schemas"]["TimeoutSeconds"];
            readonly payload?: components["schemas"]["Payload"];
            readonly retentionDays?: components["schemas"]["RetentionDays"];
        };
        readonly FilterTest: {
            /** @description Of the event. */
            readonly type: string;
            /** @description Of the event as it is delivered. */
            readonly data: Record<string, never>;
            readonly filter?: components["schemas"]["Filter"];
        };
        readonly Rotation: {
            /**
             * @description Seconds that earlier secrets sign, too.
             * @default 86400
             */
            readonly overlapSeconds: number;
            readonly scheme?: components["schemas"]["Scheme"];
            readonly secret?: components["schemas"]["Secret"];
        };
        readonly Replay: {
            /**
             * Format: date-time
             * @description Earliest time of the events; at most 14 days ago.
             */
            readonly since: string;
            readonly types?: components["schemas"]["EventTypes"];
            readonly statuses?: components["schemas"]["ReplayedStatuses"];
            readonly after?: components["schemas"]["Next"];
        };
        readonly NewReplay: {
            /**
             * Format: date-time
             * @description Earliest time of the events; at most 14 days ago.
             */
            readonly since: string;
            /**
             * Format: date-time
             * @description Latest time of the events. By default the time of the request.
             */
            readonly until?: string;
            readonly types?: components["schemas"]["EventTypes"];
            readonly statuses?: components["schemas"]["ReplayedStatuses"];
        };
        /**
         * @default [
         *       "exhausted",
         *       "skipped"
         *     ]
         */
        readonly ReplayedStatuses: readonly ("exhausted" | "skipped" | "delivered")[];
        /**
         * @description `standard`: the events of `spec/events.asyncapi.yaml`, signed by Standard Webhooks. `acp`: `order_create` and
         *     `order_update` of the Agentic Commerce Protocol, with `Merchant-Signature`.
         * @default standard
         * @enum {string}
         */
        readonly Kind: "standard" | "acp";
        /**
         * @description Version of the Agentic Commerce Protocol in whose form an `acp` endpoint receives events, one of the versions that
         *     `/.well-known/acp.json` names. By default the version in which the session was completed. A change applies to
         *     events after it; a resend or replay has the form of the first attempt.
         * @example 2026-01-30
         */
        readonly ApiVersion: string;
        /** @description An https URL with a public address. */
        readonly Url: string;
        readonly Description: string;
        /**
         * @description Event types or prefixes (`checkout_session.*`). `*` matches all types but those about endpoints (`webhook.*`). By
         *     default all types of the endpoint's kind.
         */
        readonly EventTypes: readonly string[];
        /**
         * @description What else an event must match: an EventBridge pattern over `{type, data}` of the event as it is delivered, at
         *     most 4096 characters long. By default all events of the types.
         */
        readonly Filter: {
            readonly [key: string]: unknown;
        };
        /** @description Headers of every delivery, except those that deliveries set. Responses contain only their names. */
        readonly Headers: {
            readonly [key: string]: string;
        };
        /** @description Maximum deliveries a second. By default only the concurrency is limited. */
        readonly Rate: number;
        /**
         * @description Maximum concurrent deliveries.
         * @default 10
         */
        readonly Concurrency: number;
        /**
         * @description Whether the events of one order or session are delivered in order: each waits until the previous one is delivered
         *     or exhausted, and an `order_update` is skipped when a later one, which contains it, was delivered. Otherwise an
         *     event that is tried again may arrive after a later one, which `sequence` tells.
         * @default false
         */
        readonly Ordered: boolean;
        /**
         * @description Where events go instead of to a `url`: a queue or event bus of the owner's account. `roleArn` is a role of that
         *     account whose name begins with `commerce-webhooks-`; it may send there, and trusts this account with the
         *     `externalId` that the response contains.
         */
        readonly Destination: components["schemas"]["QueueDestination"] | components["schemas"]["BusDestination"];
        readonly QueueDestination: {
            /** @constant */
            readonly type: "sqs";
            readonly queueArn: string;
            readonly roleArn: components["schemas"]["RoleArn"];
        };
        readonly BusDestination: {
            /** @constant */
            readonly type: "eventbridge";
            readonly busArn: string;
            readonly roleArn: components["schemas"]["RoleArn"];
        };
        readonly RoleArn: string;
        /**
         * @description How deliveries authenticate at the `url`, besides their signature: a user name and password, a token by OAuth 2
         *     client credentials (RFC 6749, 4.4), or a client certificate (mutual TLS). Responses contain no secrets.
         */
        readonly Auth: components["schemas"]["BasicAuth"] | components["schemas"]["OAuth2Auth"] | components["schemas"]["MtlsAuth"];
        readonly BasicAuth: {
            /** @constant */
            readonly type: "basic";
            readonly username: string;
            readonly password: string;
        };
        readonly OAuth2Auth: {
            /** @constant */
            readonly type: "oauth2";
            readonly tokenUrl: components["schemas"]["Url"];
            readonly clientId: string;
            readonly clientSecret: string;
            readonly scope?: string;
        };
        readonly MtlsAuth: {
            /** @constant */
            readonly type: "mtls";
            /** @description PEM, with the certificates of its issuers. */
            readonly certificate: string;
            /** @description PEM, without a passphrase. */
            readonly key: string;
        };
        /**
         * @description Seconds between attempts, at most 14 days in all, or a name. `standard`: 5 s, 5 and 30 min, 2, 5, 10 and 10 h.
         *     `brief`: 5 and 30 s, 5 min. `patient`: 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h.
         */
        readonly Schedule: ("standard" | "brief" | "patient") | readonly number[];
        /**
         * @description Seconds that an attempt waits for the response.
         * @default 15
         */
        readonly TimeoutSeconds: number;
        /**
         * @description `thin`: of the event's data only ids (`id` and members that end in `Id`). Filters see all data.
         * @default full
         * @enum {string}
         */
        readonly Payload: "full" | "thin";
        /**
         * @description Days that deliveries and their payloads are kept.
         * @default 30
         */
        readonly RetentionDays: number;
        /**
         * @description `v1`: HMAC-SHA256. `v1a`: Ed25519, the response contains the public key; not for `acp`.
         * @enum {string}
         */
        readonly Scheme: "v1" | "v1a";
        /**
         * @description The client's own secret instead of a generated one, for `v1`. For a `standard` endpoint `whsec_` followed by 24 to
         *     64 bytes in base64; for an `acp` endpoint the secret agreed with the platform.
         */
        readonly Secret: string;
        /** @description Cursor of the next page; absent on the last. */
        readonly Next: string;
        /**
         * @description `pending`: an attempt is due. `delivered`: an attempt succeeded. `exhausted`: all attempts failed. `skipped`: the
         *     endpoint was disabled.
         * @enum {string}
         */
        readonly DeliveryStatus: "pending" | "delivered" | "exhausted" | "skipped";
        readonly Endpoint: {
            readonly id: string;
            /**
             * @description Also `ucp`, of platforms of the Universal Commerce Protocol; their purchases register those.
             * @enum {string}
             */
            readonly kind: "standard" | "acp" | "ucp";
            readonly api_version?: components["schemas"]["ApiVersion"];
            readonly url?: string;
            readonly description?: string;
            readonly eventTypes: components["schemas"]["EventTypes"];
            readonly filter?: components["schemas"]["Filter"];
            readonly headerNames: readonly string[];
            readonly rate?: components["schemas"]["Rate"];
            readonly concurrency: components["schemas"]["Concurrency"];
            readonly ordered: components["schemas"]["Ordered"];
            readonly destination?: {
                /** @enum {string} */
                readonly type: "sqs" | "eventbridge";
                readonly queueArn?: string;
                readonly busArn?: string;
                readonly roleArn: string;
                /** @description What the role's trust policy demands. */
                readonly externalId: string;
            };
            readonly auth?: {
                /** @enum {string} */
                readonly type: "basic" | "oauth2" | "mtls";
                readonly username?: string;
                readonly tokenUrl?: string;
                readonly clientId?: string;
                readonly scope?: string;
                /** @description Of the client certificate. */
                readonly subject?: string;
                /**
                 * Format: date-time
                 * @description Of the client certificate.
                 */
                readonly validTo?: string;
            };
            readonly schedule?: readonly number[];
            readonly timeoutSeconds?: components["schemas"]["TimeoutSeconds"];
            readonly payload?: components["schemas"]["Payload"];
            readonly retentionDays?: components["schemas"]["RetentionDays"];
            /** @enum {string} */
            readonly status: "enabled" | "disabled";
            /**
             * @description `owner`: by its owner. `gone`: it answered 410. `failing`: all attempts of five days failed.
             * @enum {string}
             */
            readonly disabledBecause?: "owner" | "gone" | "failing";
            /** Format: date-time */
            readonly failingSince?: string;
            readonly failures?: number;
            /** @description Active secrets, the newest first. */
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
        readonly FilterResult: {
            /** @description Whether the endpoint receives the event. */
            readonly matches: boolean;
            /** @description Whether the event's type is one of the endpoint's. */
            readonly eventTypes: boolean;
            /** @description Whether the event matches the filter. */
            readonly filter: boolean;
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
        readonly DayStats: {
            /** Format: date */
            readonly day: string;
            readonly attempts: number;
            readonly succeeded: number;
            readonly failed: number;
            readonly averageMs: number;
            /** @description Attempts by response time, each up to `upToMs` and above the one before; null has no bound. */
            readonly latency: readonly {
                readonly upToMs: number | null;
                readonly attempts: number;
            }[];
        };
        readonly ShownReplay: {
            readonly id: string;
            readonly endpointId: string;
            /**
             * @description `stopped`: the endpoint was disabled or deleted.
             * @enum {string}
             */
            readonly status: "running" | "done" | "cancelled" | "stopped";
            readonly stoppedBecause?: string;
            /** @description Deliveries that match, so far. */
            readonly found: number;
            /** @description Those of them that are due again, so far. */
            readonly replayed: number;
            /**
             * Format: date-time
             * @description Events up to this time are done.
             */
            readonly upTo?: string;
            readonly statuses: components["schemas"]["ReplayedStatuses"];
            /** Format: date-time */
            readonly since: string;
            /** Format: date-time */
            readonly until: string;
            readonly types?: components["schemas"]["EventTypes"];
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
        };
        readonly Attempt: {
            readonly number: number;
            /** Format: date-time */
            readonly at: string;
            readonly durationMs: number;
            /** @enum {string} */
            readonly status: "succeeded" | "failed";
            readonly httpStatus?: number;
            /** @description The first 20,000 bytes of the response. */
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
