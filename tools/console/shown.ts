/* What views answer with and pages show: without Node's types, which browsers lack. */

/** An order, a session or a customer in a list. */
export interface Listed {
    readonly id: string;
    readonly at: string;
    readonly status: string;
    readonly who: string;
    readonly total?: number;
    readonly currency?: string;
    readonly steps?: readonly string[];
    /** Correlation id of what changed it last. */
    readonly cause?: string;
}

/** A page of a list. */
export interface Page {
    readonly rows: readonly Listed[];
    /** Leads to older ones. */
    readonly next?: string;
    /** Only so many stored items were looked at, of more. */
    readonly bound?: number;
}

/** A webhook endpoint without its secrets. */
export interface ShownEndpoint {
    readonly id: string;
    readonly url: string;
    readonly kind: string;
    readonly status: string;
    readonly eventTypes: readonly string[];
    readonly failures: number;
    readonly owner: string;
    readonly description?: string;
    readonly disabledBecause?: string;
    readonly settings: Readonly<Record<string, unknown>>;
}

/** A delivery to an endpoint with its attempts. */
export interface ShownDelivery {
    readonly endpointId: string;
    readonly deliveryId: string;
    readonly eventType: string;
    readonly status: string;
    readonly occurredAt: string;
    readonly nextAttemptAt?: string;
    readonly body?: string;
    readonly attempts: readonly Readonly<Record<string, unknown>>[];
}

/** A webhook that came to the inbox. */
export interface Received {
    readonly id: string;
    readonly at: string;
    readonly isVerified: boolean;
    readonly problem?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}
