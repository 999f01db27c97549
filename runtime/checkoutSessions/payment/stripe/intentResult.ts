import Stripe from "stripe";
import { isJsonObject } from "../../../shared/json.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    PaymentRequestRefusedError,
    PaymentUnavailableError,
    type TokenRefusal,
} from "../payment.ts";
import { codeIn, describe, intentIn } from "./client.ts";

/** What a payment intent has come to. */
export interface Result {
    readonly outcome: PaymentOutcome | "authentication_required";
    /** Id of the intent if it could still charge. */
    readonly open?: string | undefined;
}

export const declined = (reason: string, token?: TokenRefusal): PaymentOutcome => ({
    status: "declined",
    reason,
    ...(token && { token }),
});

/** Undefined for a pending payment intent. */
export function resultOf(intent: unknown): Result | undefined {
    const { id, status } = isJsonObject(intent) ? intent : {};
    const open = String(id);
    switch (status) {
        case "succeeded":
            return { outcome: { status, paymentId: String(id) } };
        case "requires_capture":
            return { outcome: { status: "authorized", paymentId: String(id) } };
        case "requires_action":
            return { outcome: "authentication_required", open };
        case "requires_payment_method":
            return { outcome: declined(status), open };
        case "canceled":
            return { outcome: declined(status) };
        default:
            return undefined;
    }
}

/** Throws for errors that are no decline. */
export function resultOfError(error: unknown, { isResumed }: Charge): Result {
    if (!(error instanceof Stripe.errors.StripeError)) throw unknownFor(error);
    // An earlier request with the key was another charge, with an unknown result.
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw unknownFor(error);
    if (error instanceof Stripe.errors.StripeRateLimitError) throw unavailableFor(error);
    const { statusCode, code, param, decline_code: declineCode } = error;
    switch (statusCode) {
        case 400:
        case 404: {
            if (isOurFault(error))
                throw new PaymentRequestRefusedError(`Stripe refused the request: ${describe(error)}`);
            const isMissing = statusCode === 404 || code === "resource_missing";
            // A missing token may have been used by an earlier try.
            if (isResumed && isMissing) throw unknownFor(error);
            const token = isTokens(error) ? (isMissing ? "unknown" : "used") : undefined;
            return { outcome: declined(`${codeIn(code)} ${codeIn(param)}`, token), open: intentIn(error) };
        }
        case 401:
        case 403:
            throw unavailableFor(error);
        case 402: {
            const open = intentIn(error);
            if (code === "authentication_required" || declineCode === "authentication_required") {
                return { outcome: "authentication_required", open };
            }
            return { outcome: declined(codeIn(declineCode || code)), open };
        }
        default:
            // No or an unreadable response, 409 (the first request is in progress), 5xx.
            throw unknownFor(error);
    }
}

/** Whether Stripe refuses the request for something else than the amount, the token or the authentication. */
export function isOurFault(error: unknown): boolean {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return false;
    const { statusCode, code, param = "" } = error;
    if (statusCode !== 400 && statusCode !== 404) return false;
    const isAuthentication = /^payment_method_options\[card\]\[three_d_secure\](\[|$)/.test(param);
    return code !== "amount_too_small" && !isAuthentication && !isTokens(error);
}

const isTokens = ({ param = "", code }: Stripe.errors.StripeError) =>
    code === "token_already_used" || /^(payment_method_data(\[|$)|card\[token\]$|token$)/.test(param);

export const unknownFor = (error: unknown) =>
    new PaymentOutcomeUnknownError(`the result of the charge is unknown: ${describe(error)}`);
const unavailableFor = (error: unknown) => new PaymentUnavailableError(`Stripe did not charge: ${describe(error)}`);
