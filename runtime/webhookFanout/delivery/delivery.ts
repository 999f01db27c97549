/**
 * One event for one endpoint: an item of the deliveries table (`endpointId`, `deliveryId`), which holds the state.
 * Messages and schedules only trigger a check of it.
 */
export interface DeliveryItem {
    readonly endpointId: string;
    /** The event's id, the same for all attempts. */
    readonly deliveryId: string;
    readonly tenantId: string;
    readonly eventType: string;
    /** The order's or session's id, within which an ordered endpoint's events are ordered. */
    readonly orderingKey: string;
    /** ISO 8601: time of the event. */
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly status: DeliveryStatus;
    /** Attempts so far; the next is `attempts + 1`. */
    readonly attempts: number;
    /** Attempts before the last resend or replay, after which the schedule starts again. */
    readonly attemptsBefore?: number;
    /** Number of resends and replays: an attempt that was in progress meanwhile does not end the delivery. */
    readonly asks?: number;
    /** Id of the last replay that made it due. */
    readonly replay?: string;
    /** ISO 8601: due time of the next attempt, if there is one. */
    readonly nextAttemptAt?: string;
    readonly lastError?: string;
    /** The body has the form of ACP until 2026-01-30, whose signature has no time. */
    readonly isOlderForm?: true;
    /** ISO 8601 */
    readonly createdAt: string;
    /** Seconds since 1970. */
    readonly expiresAt: number;
}

/**
 * The body, byte for byte the same at every attempt, in an item of its own (`bodyKeyOf`): DynamoDB charges for whole
 * items and limits the size of transactions, so attempts do not rewrite it.
 */
export interface DeliveryBody {
    readonly endpointId: string;
    readonly deliveryId: string;
    readonly body: string;
    /** Seconds since 1970, not before the delivery's. */
    readonly expiresAt: number;
}

/** Key of a delivery's body. Ids of deliveries do not contain `#`. */
export const bodyKeyOf = ({ endpointId, deliveryId }: Pick<DeliveryItem, "endpointId" | "deliveryId">) => ({
    endpointId,
    deliveryId: `${deliveryId}#body`,
});

export interface StoredDelivery extends DeliveryItem {
    /** Only in older items, which expire after 30 days. */
    readonly body?: string;
    /** Sparse index `due`: (`dueShard`, `nextAttemptAt`). Absent while SQS retries a message after an internal error. */
    readonly dueShard?: string;
    /**
     * `<endpointId>#<orderingKey>` of an ordered endpoint. Sparse index `waiting`: (`orderKey`, `nextAttemptAt`).
     */
    readonly orderKey?: string;
}

export type DeliveryStatus =
    | "pending"
    | "delivered"
    /** All attempts failed; a dead-letter message contains the last error. */
    | "exhausted"
    /** The endpoint was disabled; a replay is possible. */
    | "skipped";

/** The claim of an attempt in progress; the attempt's item replaces it. */
export interface AttemptClaim {
    /** `<endpointId>#<deliveryId>` */
    readonly deliveryKey: string;
    readonly number: number;
    /** Milliseconds since 1970: end of the exclusive claim. */
    readonly leaseUntil: number;
    /** Seconds since 1970 */
    readonly expiresAt: number;
}

/** An item of the attempts table: (`deliveryKey`, `number`). */
export interface AttemptItem {
    readonly deliveryKey: string;
    readonly number: number;
    /** ISO 8601 */
    readonly at: string;
    readonly durationMs: number;
    readonly status: "succeeded" | "failed";
    /** HTTP status; absent without a response. */
    readonly httpStatus?: number;
    /** The first 20,000 bytes of the response body. */
    readonly response?: string;
    /** Reason of the failure. */
    readonly error?: string;
    /** Seconds since 1970 */
    readonly expiresAt: number;
}

/** A message of the attempts queue: triggers an attempt of a delivery. */
export interface WakeUp {
    /** The endpoint's owner. */
    readonly tenantId: string;
    readonly endpointId: string;
    readonly deliveryId: string;
    /** Number of the due attempt: messages of earlier ones have no effect. */
    readonly attempt: number;
}
