import Stripe from "stripe";
import { isJsonObject } from "../../shared/json.ts";
import type { AuthenticationMetadata, AuthenticationResult } from "../protocol.ts";
import { transStatusOf } from "./authentication.ts";
import { type GrantedToken, grantedTokenIn, refusalOf } from "./grantedToken.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknown,
    type PaymentProvider,
    PaymentUnavailable,
} from "./payment.ts";
import { type Acquirer, accountIn, type StripeAccount } from "./stripeAccount.ts";

// Shared payment tokens exist in preview versions of the API only, since this one; the library's types lack them.
// https://docs.stripe.com/changelog/dahlia/2026-04-22/shared-payment-granted-token
const apiVersion = "2026-04-22.preview";

/** How long an answer may take, in milliseconds. Together they leave a callback of 20 s time to answer and to write. */
const patience = { token: 4000, charge: 8000 };

/** @param secret see `accountIn`. Throws EnvironmentError. */
export function stripeFrom(secret: string): PaymentProvider {
    return new StripePayments(accountIn(secret));
}

/**
 * Charges shared payment tokens at Stripe. No error's message or cause carries a token, a key or a text of Stripe, which
 * may quote them: only Stripe's codes and the id of the request, by which Stripe's dashboard finds it.
 *
 * Stripe remembers a key for at least 24 hours, and with it every answer once it began to work on the charge, a 500 too:
 * such a charge stays unknown until somebody looks it up by its metadata.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class StripePayments implements PaymentProvider {
    readonly #stripe: Stripe;
    readonly #acquirer: Acquirer | undefined;
    readonly #patience: typeof patience;
    readonly #now: () => number;

    constructor({ secretKey, acquirer, apiBase }: StripeAccount, wait = patience, now: () => number = Date.now) {
        this.#stripe = new Stripe(secretKey, {
            // A try of its own is left to who charges: the same key again is safe, and one callback has no time for two.
            // (A connection found closed the library tries again once all the same, with the same key.)
            maxNetworkRetries: 0,
            telemetry: false,
            ...(apiBase && {
                protocol: apiBase.protocol === "http:" ? "http" : "https",
                host: apiBase.hostname,
                port: apiBase.port || (apiBase.protocol === "http:" ? 80 : 443),
            }),
        });
        this.#acquirer = acquirer;
        this.#patience = wait;
        this.#now = now;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        const authenticated = charge.authentication && threeDSecure(charge.authentication);
        if (authenticated === "refused") return declined(`authentication_${charge.authentication?.outcome}`);
        const token = await this.#granted(charge.token);
        if (token === undefined) return declined("token_unknown");
        const refusal = refusalOf(token, charge, this.#now());
        if (refusal !== undefined) return declined(refusal);
        const outcome = await this.#confirm(charge, authenticated);
        return outcome === "authentication_required" ? this.#authenticationBy(charge, token) : outcome;
    }

    async #granted(token: string): Promise<GrantedToken | undefined> {
        // What is no plain word is nobody's token, and has no place in a path.
        if (!/^\w{1,255}$/.test(token)) return undefined;
        let answer: unknown;
        try {
            const options = { apiVersion, timeout: this.#patience.token };
            answer = await this.#stripe.rawRequest("GET", `/v1/shared_payment/granted_tokens/${token}`, {}, options);
        } catch (error) {
            if (statusOf(error) === 404) return undefined;
            throw new PaymentUnavailable(`the token could not be looked up: ${describe(error)}`);
        }
        const granted = grantedTokenIn(answer);
        if (granted === undefined) throw new PaymentUnavailable("Stripe answered with something else than the token");
        return granted;
    }

    /** Charges, and tells what became of it; for what the buyer must authenticate only that. */
    async #confirm(
        charge: Charge,
        authenticated: ThreeDSecure | undefined,
    ): Promise<PaymentOutcome | "authentication_required"> {
        const intent = {
            amount: charge.amount,
            currency: charge.currency,
            confirm: true,
            capture_method: "automatic",
            payment_method_types: ["card"],
            payment_method_data: { shared_payment_granted_token: charge.token },
            ...(authenticated && { payment_method_options: { card: { three_d_secure: authenticated } } }),
            metadata: { checkout_session_id: charge.sessionId, order_id: charge.orderId },
        };
        const options = { apiVersion, timeout: this.#patience.charge, idempotencyKey: charge.key };
        let answer: unknown;
        try {
            answer = await this.#stripe.rawRequest("POST", "/v1/payment_intents", intent, options);
        } catch (error) {
            return outcomeOfError(error);
        }
        return outcomeOf(answer);
    }

    #authenticationBy(charge: Charge, { brand }: GrantedToken): PaymentOutcome {
        const server = directoryServerOf(brand);
        // Asking twice would go in circles.
        if (charge.authentication !== undefined) return declined("authentication_not_accepted");
        if (this.#acquirer === undefined || server === undefined) return declined("authentication_not_supported");
        const metadata: AuthenticationMetadata = {
            acquirer_details: this.#acquirer,
            directory_server: server,
            flow_preference: { type: "challenge", challenge: { type: "mandated" } },
        };
        return { status: "authentication_required", metadata };
    }
}

type ThreeDSecure = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card.ThreeDSecure;

/**
 * The authentication as Stripe takes it from others.
 * https://docs.stripe.com/payments/payment-intents/three-d-secure-import
 */
function threeDSecure(result: AuthenticationResult): ThreeDSecure | "refused" {
    const { outcome_details: details } = result;
    const ares_trans_status = transStatusOf(result);
    if (ares_trans_status === undefined || details === undefined) return "refused";
    return {
        ares_trans_status,
        cryptogram: details.three_ds_cryptogram,
        electronic_commerce_indicator: details.electronic_commerce_indicator,
        transaction_id: details.transaction_id,
        version: details.version,
    };
}

function directoryServerOf(brand: string | undefined): AuthenticationMetadata["directory_server"] | undefined {
    switch (brand) {
        case "visa":
        case "mastercard":
            return brand;
        case "amex":
            return "american_express";
        default:
            return undefined;
    }
}

const declined = (reason: string): PaymentOutcome => ({ status: "declined", reason });

function outcomeOf(intent: unknown): PaymentOutcome | "authentication_required" {
    const { id, status } = isJsonObject(intent) ? intent : {};
    switch (status) {
        case "succeeded":
            return { status, paymentId: String(id) };
        case "requires_action":
            return "authentication_required";
        case "requires_payment_method":
        case "canceled":
            return declined(status);
        default:
            throw new PaymentOutcomeUnknown(`the payment intent is ${codeIn(status)}`);
    }
}

function outcomeOfError(error: unknown): PaymentOutcome | "authentication_required" {
    if (!(error instanceof Stripe.errors.StripeError)) throw unknownFor(error);
    // An earlier try was another charge: what became of that one is not said.
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw unknownFor(error);
    if (error instanceof Stripe.errors.StripeRateLimitError) throw unavailableFor(error);
    switch (error.statusCode) {
        case 400:
        case 404:
            return declined(`${codeIn(error.code)} ${codeIn(error.param)}`);
        case 401:
        case 403:
            throw unavailableFor(error);
        case 402:
            if (error.code === "authentication_required" || error.decline_code === "authentication_required") {
                return "authentication_required";
            }
            return declined(codeIn(error.decline_code || error.code));
        default:
            // No answer or none that can be read, 409 (the first try is still running), 5xx.
            throw unknownFor(error);
    }
}

const unknownFor = (error: unknown) =>
    new PaymentOutcomeUnknown(`nobody knows whether it was charged: ${describe(error)}`);
const unavailableFor = (error: unknown) => new PaymentUnavailable(`Stripe did not charge: ${describe(error)}`);

const statusOf = (error: unknown) => (error instanceof Stripe.errors.StripeError ? error.statusCode : undefined);

/** What may be logged of an error: `StripeAPIError 503 unknown, request req_1`, `StripeConnectionError ETIMEDOUT`. */
function describe(error: unknown): string {
    if (!(error instanceof Stripe.errors.StripeError)) return error instanceof Error ? error.name : "no error";
    const { type, statusCode, code, requestId, detail } = error;
    if (statusCode !== undefined) return `${type} ${statusCode} ${codeIn(code)}, request ${codeIn(requestId)}`;
    return `${type} ${codeIn(detail instanceof Error && "code" in detail ? detail.code : undefined)}`;
}

/** Codes are words, or `payment_method_data[shared_payment_granted_token]`; all else might say too much. */
function codeIn(value: unknown): string {
    return typeof value === "string" && /^[\w[\]]{1,100}$/.test(value) ? value : "unknown";
}
