import type { Session, SessionStatus } from "../domain/protocol.ts";

/** Why a session has a new version. */
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

/** One version of a session, as the topic `checkout-events` carries it: the message's body, as JSON. */
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
    /** Whose session it is (`callerId`); unknown for versions from before it was kept. */
    readonly tenantId?: string;
    /** The whole session as clients see it, with its order once there is one. */
    readonly session: Session;
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
    /** The whole session as clients see it. */
    readonly Data: Session;
    /** What clients never see: `Hidden` of `session.ts` as JSON text. */
    readonly Hidden: string;
    /** ISO 8601: when this version was written. */
    readonly Timestamp: string;
    readonly Reason: Reason;
    /** The correlation id of what caused it. */
    readonly RequestId: string;
    /** Whose session it is (`callerId`); unknown for versions from before it was kept. */
    readonly Caller?: string;
    /** Where this version was written (runtime/shared/region.ts); unknown for versions from before it was kept. */
    readonly region?: string | undefined;
    /** Seconds since 1970: from when on DynamoDB may delete this version. @default never */
    readonly expiresAt?: number;
}

/**
 * A message of the deliveries queue: what customers' endpoints are told, one message an event. The protocol's own events
 * (`order_create`, `order_update`) carry the full current order; the others the session.
 */
export interface Delivery {
    /**
     * Stable over retries: `<sessionId>:<version>:completed`, `<sessionId>:<version>:order_create`. Without a dot, which
     * separates the id from what follows where webhooks are signed (Standard Webhooks).
     */
    readonly id: string;
    readonly type: "order_create" | "order_update" | CheckoutEvent["type"];
    /** ISO 8601 */
    readonly timestamp: string;
    readonly correlationId: string;
    /** Whose it is: of the callers only this one is told of it, besides the merchant's own. */
    readonly tenantId?: string;
    readonly data: object;
}
