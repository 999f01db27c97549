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

/** So many products, and the first of them. */
export interface Products<Product> {
    readonly count: number;
    readonly first: readonly Product[];
}

/** A feed that tells products, as it stands. */
export interface ShownFeed {
    readonly name: string;
    readonly kind: string;
    /** Whether an API is told, of each change. */
    readonly isPushed: boolean;
    /** Country and currency. */
    readonly sells: string;
    /** Of its files, below the address of the API. */
    readonly paths: readonly string[];
    readonly state: {
        /** Of the last whole pass over the products, with what it told and left out. */
        readonly lastSnapshotAt?: string;
        readonly rows?: number;
        readonly leftOut?: number;
        readonly lastPushAt?: string;
        /** Milliseconds since 1970 */
        readonly pausedUntil?: number;
        readonly failures?: number;
        readonly lastError?: string;
    };
    readonly runningSince?: string;
    readonly leftOut: Products<{ readonly productId: string; readonly lacks: readonly string[] }>;
    /** What its API has not, or not as it is by now. */
    readonly unsent: Products<{ readonly productId: string; readonly why: string }>;
    /** Only so many products were looked at, of more. */
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
