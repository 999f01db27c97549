import type { AuthenticationMetadata, AuthenticationResult } from "../domain/protocol.ts";

/** What is to be charged. */
export interface Charge {
    /**
     * Names this attempt for ever: the session and the version that began it. The same key again never charges again
     * but tells what became of the first.
     */
    readonly key: string;
    /**
     * Whether somebody may have charged under this key before. Then only the provider's answer to the same key tells what
     * became of it, and nothing may be declined on our own checks: what they look at may be as it is because it was paid.
     */
    readonly isResumed: boolean;
    readonly sessionId: string;
    readonly orderId: string;
    /** Minor units, more than 0. */
    readonly amount: number;
    /** Lower case ISO 4217 */
    readonly currency: string;
    /** The credential that the agent was given for this purchase: `spt_…`. */
    readonly token: string;
    /** What came of the buyer's authentication (3DS), when there was one. */
    readonly authentication?: AuthenticationResult;
}

/** What became of a charge. A decline is an answer, not an error. */
export type PaymentOutcome =
    | { readonly status: "succeeded"; readonly paymentId: string }
    /** `reason` is for the operator's log, without personal data. */
    | { readonly status: "declined"; readonly reason: string }
    | { readonly status: "authentication_required"; readonly metadata: AuthenticationMetadata };

/** Charges buyers. Throws PaymentUnavailableError or PaymentOutcomeUnknownError. */
export interface PaymentProvider {
    charge(charge: Charge): Promise<PaymentOutcome>;
}

/**
 * Nothing was charged, and this attempt will not be: try again later, as a new attempt. It speaks of this call alone:
 * who may have called with this key before, as one that resumes a completion, is left not knowing what became of that,
 * as with PaymentOutcomeUnknownError.
 */
export class PaymentUnavailableError extends Error {
    override readonly name = "PaymentUnavailableError";
}

/** Nobody knows whether it was charged: only the same key again tells. */
export class PaymentOutcomeUnknownError extends Error {
    override readonly name = "PaymentOutcomeUnknownError";
}

/** What the card's issuer said of the buyer, EMV 3-D Secure `transStatus`: authenticated, attempted, informational. */
type TransStatus = "Y" | "A" | "I";

/** undefined for an outcome with which nothing is charged. */
export function transStatusOf({ outcome }: AuthenticationResult): TransStatus | undefined {
    switch (outcome) {
        case "authenticated":
            return "Y";
        case "attempt_acknowledged":
            return "A";
        case "informational":
            return "I";
        case "abandoned":
        case "canceled":
        case "denied":
        case "internal_error":
        case "not_supported":
        case "processing_error":
        case "rejected":
            return undefined;
    }
}
