/** What a provider says about a payment; read anew, so that it depends on no order of events. Amounts are in minor units. */
export interface PaymentSnapshot {
    readonly id: string;
    /** `open`: neither authorised nor ended. */
    readonly state: "open" | "authorized" | "captured" | "voided";
    /** Authorised. */
    readonly amount: number;
    readonly captured: number;
    /** Lower case ISO 4217 */
    readonly currency: string;
    /** The order that it was made for, as it was charged; absent for a payment that this program did not make. */
    readonly orderId?: string;
    /** Oldest first */
    readonly refunds: readonly RefundSnapshot[];
    readonly disputes: readonly DisputeSnapshot[];
}

export interface RefundSnapshot {
    readonly id: string;
    /** The ledger's entry that it was made for; absent for one that was made elsewhere. */
    readonly entryId?: string;
    readonly amount: number;
    readonly status: "pending" | "completed" | "failed";
    readonly reason?: string;
    /** ISO 8601 */
    readonly at: string;
}

export interface DisputeSnapshot {
    readonly id: string;
    readonly amount: number;
    /** What the provider has taken from the merchant for it, until it is won. */
    readonly withdrawn: number;
    /** `completed`: the buyer keeps the money. `failed`: the merchant has it again. */
    readonly status: "pending" | "completed" | "failed";
    readonly reason?: string;
    /** ISO 8601 */
    readonly at: string;
}

/** Something to be done with a payment. The same entry is done once: its id is the provider's idempotency key. */
export interface PaymentOrder {
    readonly entryId: string;
    readonly kind: "capture" | "void" | "refund";
    readonly orderId: string;
    readonly paymentId: string;
    /** Of a refund or capture, which releases the rest. Minor units. */
    readonly amount: number;
}

/** `refused`: nothing was done, and nothing will be. `reason` is a code, without personal data. */
export type PaymentOrderOutcome = { readonly status: "done" } | { readonly status: "refused"; readonly reason: string };

/**
 * What is done with payments after the charge. Throws PaymentUnavailableError and PaymentOutcomeUnknownError; after both
 * `look` tells what was done, and the same call may be made again.
 */
export interface MoneyProvider {
    /** Undefined: the provider has no such payment. */
    look(paymentId: string): Promise<PaymentSnapshot | undefined>;
    carryOut(order: PaymentOrder): Promise<PaymentOrderOutcome>;
}
