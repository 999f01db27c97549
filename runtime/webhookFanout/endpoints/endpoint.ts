import type { Filter } from "./filter.ts";

/** Payloads and signatures of an endpoint. */
export type EndpointKind =
    /** All events, in the envelope of `delivery/newDelivery.ts`, signed by Standard Webhooks. */
    | "standard"
    /** `order_create` and `order_update` of the Agentic Commerce Protocol, with `Merchant-Signature`. */
    | "acp"
    /** Orders of the Universal Commerce Protocol, signed with the merchant's key. A platform's, which registers it by buying. */
    | "ucp";

export type Headers = Readonly<Record<string, string>>;

/** A URL that receives events. An item of the endpoints table: (`tenantId`, `endpointId`). */
export interface Endpoint {
    /** The client (`callerId`) that registered it. */
    readonly tenantId: string;
    /** `ep_<uuid>` */
    readonly endpointId: string;
    readonly kind: EndpointKind;
    /** Version of ACP of an endpoint of the kind acp. @default the one in which the session was completed */
    readonly api_version?: string;
    readonly url: string;
    readonly description?: string;
    /** `order_create`, `checkout_session.*`, `*` */
    readonly eventTypes: readonly string[];
    /** What else its events must match. @default all events of these types */
    readonly filter?: Filter;
    /** Headers of every delivery, which may contain credentials: JSON, encrypted (`sealing.ts`). @default none */
    readonly sealedHeaders?: string;
    readonly headerNames?: readonly string[];
    /** Unencrypted, in older items until their next change. */
    readonly headers?: Headers;
    /** Maximum deliveries a second. @default no limit */
    readonly rate?: number;
    /** Maximum concurrent deliveries. */
    readonly concurrency: number;
    /** Whether events of one key (order, session) are delivered sequentially. */
    readonly ordered: boolean;
    /** A queue or bus of the owner's account instead of a URL; `url` then contains its ARN. */
    readonly destination?: AwsDestination;
    /** How deliveries authenticate, without secrets, which `sealedAuth` contains: JSON of `Credentials`, encrypted. */
    readonly auth?: ShownAuth;
    readonly sealedAuth?: string;
    /** Seconds between attempts. @default `schedules.standard` */
    readonly schedule?: readonly number[];
    /** Seconds that an attempt waits for the response. @default 15 */
    readonly timeoutSeconds?: number;
    /** @default full */
    readonly payload?: "full" | "thin";
    /** Days that deliveries are kept. @default 30 */
    readonly retentionDays?: number;
    readonly status: "enabled" | "disabled";
    /** Disabled by its owner, by 410 Gone, or after five days of failures. */
    readonly disabledBecause?: "owner" | "gone" | "failing";
    /** The newest first; older ones sign until they expire. */
    readonly secrets: readonly EndpointSecret[];
    /** ISO 8601: the first of consecutive failures; absent after a success. */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601 */
    readonly createdAt: string;
    readonly updatedAt: string;
}

/** The role trusts this account with the endpoint's id as external id. */
type AwsDestination =
    | { readonly type: "sqs"; readonly queueArn: string; readonly roleArn: string }
    | { readonly type: "eventbridge"; readonly busArn: string; readonly roleArn: string };

/** How deliveries authenticate at the URL, besides their signature. */
export type Credentials =
    | { readonly type: "basic"; readonly username: string; readonly password: string }
    | {
          readonly type: "oauth2";
          readonly tokenUrl: string;
          readonly clientId: string;
          readonly clientSecret: string;
          readonly scope?: string;
      }
    /** PEM. */
    | { readonly type: "mtls"; readonly certificate: string; readonly key: string };

export interface ShownAuth {
    readonly type: Credentials["type"];
    readonly username?: string;
    readonly tokenUrl?: string;
    readonly clientId?: string;
    readonly scope?: string;
    /** Of a client certificate. */
    readonly subject?: string;
    /** ISO 8601 */
    readonly validTo?: string;
}

export interface EndpointSecret {
    /** `v1`: HMAC-SHA256 (`whsec_…`); `v1a`: Ed25519 (`whsk_…`, with public key `whpk_…`). */
    readonly scheme: "v1" | "v1a";
    /** Encrypted: see `sealing.ts`. */
    readonly sealed: string;
    /** `whpk_…` of a `v1a` secret. */
    readonly publicKey?: string;
    /** ISO 8601; absent for the newest. */
    readonly expiresAt?: string;
}
