/** What an endpoint is told, and how it verifies that it was us. */
export type EndpointKind =
    /** Any of our events in the envelope of `delivery/newDelivery.ts`, signed as Standard Webhooks says. */
    | "standard"
    /** `order_create` and `order_update` as the Agentic Commerce Protocol has them, with `Merchant-Signature`. */
    | "acp";

/** A place on the internet that is told about events. An item of the endpoints table: (`tenantId`, `endpointId`). */
export interface Endpoint {
    /** Whose it is: the caller of the API (`callerId`). */
    readonly tenantId: string;
    /** `ep_<uuid>` */
    readonly endpointId: string;
    readonly kind: EndpointKind;
    readonly url: string;
    readonly description?: string;
    /** `order_create`, `checkout_session.*`, `*` */
    readonly eventTypes: readonly string[];
    /** Sent with every delivery. */
    readonly headers: Readonly<Record<string, string>>;
    /** Most deliveries a second; absent: no limit of its own. */
    readonly rate?: number;
    /** Most deliveries at the same time. */
    readonly concurrency: number;
    /** Whether events of one key (order, session) must arrive in their order: the next waits until the one before has. */
    readonly ordered: boolean;
    readonly status: "enabled" | "disabled";
    /** Why it is disabled: by its owner, by 410 Gone, after five days of failures. */
    readonly disabledBecause?: "owner" | "gone" | "failing";
    /** The newest first; the older ones are used until they expire. */
    readonly secrets: readonly EndpointSecret[];
    /** When it began to fail, and how often since; absent after a success. ISO 8601 */
    readonly failingSince?: string;
    readonly failures?: number;
    /** ISO 8601 */
    readonly createdAt: string;
    readonly updatedAt: string;
}

export interface EndpointSecret {
    /** `v1`: HMAC-SHA256 (`whsec_…`); `v1a`: Ed25519 (`whsk_…`, the owner gets `whpk_…`). */
    readonly scheme: "v1" | "v1a";
    /** Encrypted: see `sealing.ts`. */
    readonly sealed: string;
    /** `whpk_…`: what the owner of a `v1a` secret verifies with. */
    readonly publicKey?: string;
    /** ISO 8601; absent for the newest. */
    readonly expiresAt?: string;
}
