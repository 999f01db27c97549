import type { OrderPayment } from "../domain/orderPayment.ts";
import type { Placement } from "../domain/placement.ts";
import type { Session, SessionStatus } from "../domain/protocol.ts";

export const reasons = [
    "created",
    "updated",
    "completion_begun",
    "completion_abandoned",
    "payment_declined",
    "authentication_required",
    "repriced",
    "completed",
    "canceled",
    "order_updated",
] as const;
export type Reason = (typeof reasons)[number];

/** One version of a session: the body of a message of the topic `checkout-events`. */
export interface CheckoutEvent {
    /** Stable: `<sessionId>:<version>`. */
    readonly id: string;
    /** `checkout_session.completed` */
    readonly type: `checkout_session.${Reason}`;
    readonly sessionId: string;
    readonly version: number;
    readonly status: SessionStatus;
    /** ISO 8601 */
    readonly timestamp: string;
    readonly correlationId: string;
    /** The client (`callerId`); unknown in old versions. */
    readonly tenantId?: string;
    /** The session as clients see it. */
    readonly session: Session;
    /** The payment of its order; absent if nothing was to be paid. */
    readonly payment?: OrderPayment;
    /** Of a completed session, for its order only. */
    readonly placement?: Placement;
    /** Version of the protocol in which the session was completed; absent before, and in old versions. */
    readonly completedIn?: string;
    /** Of a completed session: where the client hears of its order, besides endpoints that it has registered. */
    readonly orderWebhook?: string;
}

/**
 * An item of the sessions table: one version of one session. Append-only. The key is (`SessionId`, `Version`).
 */
export interface VersionItem {
    /** `cs_<uuid>` */
    readonly SessionId: string;
    /** 1, 2, 3… without a gap */
    readonly Version: number;
    readonly Status: SessionStatus;
    /** The session as clients see it. */
    readonly Data: Session;
    /** `Hidden` of `session.ts` as JSON text. */
    readonly Hidden: string;
    /** ISO 8601: write time. */
    readonly Timestamp: string;
    readonly Reason: Reason;
    /** Correlation id of the request or event that caused it. */
    readonly RequestId: string;
    /** The client (`callerId`); unknown in old versions. */
    readonly Caller?: string;
    /** The payment of the order; absent if nothing was to be paid. */
    readonly Payment?: OrderPayment;
    /** The region that wrote it (runtime/shared/region.ts); unknown in old versions. */
    readonly region?: string | undefined;
    /** Seconds since 1970. @default never */
    readonly expiresAt?: number;
}

/**
 * A message of the deliveries queue: one event for endpoints. The protocol's own events (`order_create`, `order_update`)
 * contain the full current order, the others the session.
 */
export interface Delivery {
    /**
     * Stable over retries: `<sessionId>:<version>:completed`, `<sessionId>:<version>:order_create`. Without a dot, the
     * separator in signed content (Standard Webhooks).
     */
    readonly id: string;
    readonly type: "order_create" | "order_update" | "ucp_order_create" | "ucp_order_update" | CheckoutEvent["type"];
    /** ISO 8601 */
    readonly timestamp: string;
    readonly correlationId: string;
    /** The client that receives the event, besides clients with the scope `merchant`. */
    readonly tenantId?: string;
    readonly data: object;
    /** Version of the protocol in which the session was completed; unknown for sessions of earlier releases. */
    readonly completedIn?: string;
    /** The data as versions of the protocol tell them up to this one; only of the protocol's own events. */
    readonly older?: { readonly until: string; readonly data: object };
    /** URL where the client takes this event and later ones. */
    readonly webhook?: string;
}
