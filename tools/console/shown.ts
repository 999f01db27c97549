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
