import type { AuthenticationMetadata, AuthenticationResult } from "../domain/protocol.ts";

export interface Charge {
    /**
     * Idempotency key: session and version that began the completion. The provider charges once for a key and returns the
     * first result afterwards.
     */
    readonly key: string;
    /**
     * An earlier invocation may have charged with this key. Then only the provider's response to the same key is reliable,
     * and local checks must not decline: the state that they see may result from that charge.
     */
    readonly isResumed: boolean;
    readonly sessionId: string;
    readonly orderId: string;
    /** Minor units, more than 0. */
    readonly amount: number;
    /** Lower case ISO 4217 */
    readonly currency: string;
    /** `manual`: the payment is authorised, and captured later. */
    readonly capture: "automatic" | "manual";
    /** The agent's credential for this purchase: `spt_…`. */
    readonly token: string;
    /** The token is of a card, by the provider's own form: `tok_…`. @default it is granted */
    readonly isCardToken?: true;
    /** A buyer who must authenticate does so at the shop. @default at the agent */
    readonly isHandedOver?: true;
    /** Result of the buyer's authentication (3DS). */
    readonly authentication?: AuthenticationResult;
}

/** The result of a charge; a decline is no error. */
export type PaymentOutcome =
    | { readonly status: "succeeded"; readonly paymentId: string }
    /** With `capture: manual` */
    | { readonly status: "authorized"; readonly paymentId: string }
    /** `reason` is for the operator's log, without personal data; `token` says that the token does not pay, and why. */
    | { readonly status: "declined"; readonly reason: string; readonly token?: TokenRefusal }
    /** `metadata` unless it is handed over. */
    | { readonly status: "authentication_required"; readonly metadata?: AuthenticationMetadata };

/**
 * What is wrong with a token: it has no limits, is for another currency, allows less than the total or was granted for
 * another session; it has paid already, has expired or was revoked; or the provider does not know it.
 */
export const tokenRefusals = [
    "unlimited",
    "currency",
    "amount",
    "session",
    "used",
    "expired",
    "revoked",
    "unknown",
] as const;
export type TokenRefusal = (typeof tokenRefusals)[number];

/** Charges buyers. Throws PaymentUnavailableError, PaymentRequestRefusedError or PaymentOutcomeUnknownError. */
export interface PaymentProvider {
    charge(charge: Charge): Promise<PaymentOutcome>;
}

/**
 * This call charged nothing and never will: try again later with a new key. Earlier calls with the same key (a resumed
 * completion) may have charged, as with PaymentOutcomeUnknownError.
 */
export class PaymentUnavailableError extends Error {
    override readonly name = "PaymentUnavailableError";
}

/**
 * The provider refused the request itself, such as a parameter of ours: a fault of this program or of the account. This
 * call charged nothing; earlier calls with the same key may have.
 */
export class PaymentRequestRefusedError extends Error {
    override readonly name = "PaymentRequestRefusedError";
}

/** The result is unknown until a call with the same key returns it. */
export class PaymentOutcomeUnknownError extends Error {
    override readonly name = "PaymentOutcomeUnknownError";
}

/** EMV 3-D Secure `transStatus` of the issuer: authenticated, attempted, informational. */
type TransStatus = "Y" | "A" | "I";

/** Undefined for an outcome that prevents a charge. */
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
