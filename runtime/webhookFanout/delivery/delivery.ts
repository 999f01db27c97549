/**
 * One event for one endpoint. An item of the deliveries table: (`endpointId`, `deliveryId`). It is the truth about the
 * delivery; messages and schedules only wake somebody up to look at it.
 */
export interface DeliveryItem {
    readonly endpointId: string;
    /** The event's id: an event reaches an endpoint under one id, however often it is tried. */
    readonly deliveryId: string;
    readonly tenantId: string;
    readonly eventType: string;
    /** What events of an ordered endpoint are ordered by: the order's or session's id. */
    readonly orderingKey: string;
    /** ISO 8601: when the event happened. */
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly status: DeliveryStatus;
    /** Attempts made so far; the next is `attempts + 1`. */
    readonly attempts: number;
    /** Attempts made when it was last asked for again (resend, replay): its schedule begins anew after them. */
    readonly attemptsBefore?: number;
    /** How often it was asked for again: an attempt that was under way meanwhile does not conclude it. */
    readonly asks?: number;
    /** ISO 8601: when the next attempt is due; absent when there is none. */
    readonly nextAttemptAt?: string;
    readonly lastError?: string;
    /** ISO 8601 */
    readonly createdAt: string;
    /** Seconds since 1970: when the item may go. */
    readonly expiresAt: number;
}

/**
 * What is sent, byte for byte the same at every attempt: an item beside the delivery's (`bodyKeyOf`), so that no attempt
 * writes it anew. DynamoDB charges for whole items, and limits what a transaction touches.
 */
export interface DeliveryBody {
    readonly endpointId: string;
    readonly deliveryId: string;
    readonly body: string;
    /** Seconds since 1970: when the item may go; not before the delivery. */
    readonly expiresAt: number;
}

/** Where the body of a delivery is. No id of a delivery has a `#`. */
export const bodyKeyOf = ({ endpointId, deliveryId }: Pick<DeliveryItem, "endpointId" | "deliveryId">) => ({
    endpointId,
    deliveryId: `${deliveryId}#body`,
});

/** How the table keeps it. */
export interface StoredDelivery extends DeliveryItem {
    /** What is sent, in rows that are older than items of bodies; they expire after 30 days. */
    readonly body?: string;
    /** Index `due`: (`dueShard`, `nextAttemptAt`), of what has both. */
    readonly dueShard: string;
    /**
     * Index `waiting`: (`orderKey`, `nextAttemptAt`), of what has both. `<endpointId>#<orderingKey>`; absent where the
     * endpoint asked for no order.
     */
    readonly orderKey?: string;
}

export type DeliveryStatus =
    | "pending"
    | "delivered"
    /** All attempts failed; the message with the reason lies in the dead letters. */
    | "exhausted"
    /** The endpoint was disabled when its turn came; it can be replayed. */
    | "skipped";

/** An attempt that is under way: the item that its log will replace. Whoever has written it may make the attempt. */
export interface AttemptClaim {
    /** `<endpointId>#<deliveryId>` */
    readonly deliveryKey: string;
    readonly number: number;
    /** Until when (milliseconds since 1970) it is nobody else's business. */
    readonly leaseUntil: number;
    /** Seconds since 1970 */
    readonly expiresAt: number;
}

/** One try. An item of the attempts table: (`deliveryKey`, `number`). */
export interface AttemptItem {
    readonly deliveryKey: string;
    readonly number: number;
    /** ISO 8601 */
    readonly at: string;
    readonly durationMs: number;
    readonly status: "succeeded" | "failed";
    /** The answer's HTTP status; absent when there was none. */
    readonly httpStatus?: number;
    /** The first 20,000 bytes of the answer's body. */
    readonly response?: string;
    /** Why it failed, in words. */
    readonly error?: string;
    /** Seconds since 1970 */
    readonly expiresAt: number;
}

/** A message of the attempts queue: somebody should look at this delivery, for this attempt. */
export interface WakeUp {
    /** Whose endpoint it is. */
    readonly tenantId: string;
    readonly endpointId: string;
    readonly deliveryId: string;
    /** The number of the attempt that is due: an older message wakes nobody. */
    readonly attempt: number;
}
