import Stripe from "stripe";
import { isJsonObject } from "../../../shared/json.ts";
import type { AuthenticationMetadata, AuthenticationResult } from "../../domain/protocol.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentUnavailableError,
    transStatusOf,
} from "../payment.ts";
import { type Acquirer, accountIn, type StripeAccount } from "./account.ts";
import { codeIn, describe, StripeClient, statusOf } from "./client.ts";
import { type GrantedToken, grantedTokenIn, refusalOf } from "./grantedToken.ts";

/**
 * Timeouts in milliseconds. One charge and at most three look-ups leave time to write and respond within 20 s.
 */
const patience = { lookUp: 3000, charge: 8000 };

/** @param secret see `accountIn`. Throws EnvironmentError. */
export function stripeFrom(secret: string): PaymentProvider {
    return new StripePayments(accountIn(secret));
}

/**
 * Charges shared payment tokens at Stripe. Errors contain only Stripe's codes and request id, never a token, a key or
 * Stripe's texts, which may quote them.
 *
 * Stripe stores a key with its first response, even a 500, for at least 24 hours. A resumed charge therefore reads the
 * payment intent again, and after a 500 searches it by metadata.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class StripePayments implements PaymentProvider {
    readonly #stripe: StripeClient;
    readonly #acquirer: Acquirer | undefined;
    readonly #patience: typeof patience;
    readonly #now: () => number;

    constructor(account: StripeAccount, wait = patience, now: () => number = Date.now) {
        this.#stripe = new StripeClient(account);
        this.#acquirer = account.acquirer;
        this.#patience = wait;
        this.#now = now;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        const authenticated = charge.authentication && threeDSecure(charge.authentication);
        // Depends only on the charge, so an earlier try had the same result.
        if (authenticated === "refused") return declined(`authentication_${charge.authentication?.outcome}`);
        let token: GrantedToken | undefined;
        if (!charge.isResumed) {
            token = await this.#granted(charge.token);
            const refusal = token ? refusalOf(token, charge, this.#now()) : "token_unknown";
            if (refusal !== undefined) return declined(refusal);
        }
        const outcome = await this.#confirm(charge, authenticated);
        if (outcome !== "authentication_required") return outcome;
        token ??= await this.#granted(charge.token);
        if (token === undefined) throw new PaymentOutcomeUnknownError("the token no longer exists at Stripe");
        return this.#authenticationBy(charge, token);
    }

    async #granted(token: string): Promise<GrantedToken | undefined> {
        // Not a token; must not be part of a path.
        if (!/^\w{1,255}$/.test(token)) return undefined;
        let answer: unknown;
        try {
            answer = await this.#look(`/v1/shared_payment/granted_tokens/${token}`);
        } catch (error) {
            if (statusOf(error) === 404) return undefined;
            throw new PaymentUnavailableError(`the token could not be looked up: ${describe(error)}`);
        }
        const granted = grantedTokenIn(answer);
        if (granted === undefined) throw new PaymentUnavailableError("Stripe's response is not the token");
        return granted;
    }

    async #confirm(charge: Charge, authenticated: ThreeDSecure | undefined): Promise<Result> {
        const intent = {
            amount: charge.amount,
            currency: charge.currency,
            confirm: true,
            capture_method: charge.capture,
            payment_method_types: ["card"],
            payment_method_data: { shared_payment_granted_token: charge.token },
            ...(authenticated && { payment_method_options: { card: { three_d_secure: authenticated } } }),
            metadata: { checkout_session_id: charge.sessionId, order_id: charge.orderId, charge: charge.key },
        };
        const options = { timeout: this.#patience.charge, idempotencyKey: charge.key };
        let answer: unknown;
        try {
            answer = await this.#stripe.post("/v1/payment_intents", intent, options);
        } catch (error) {
            if (charge.isResumed && statusOf(error) === 500) return await this.#found(charge, error);
            return resultOfError(error, charge);
        }
        return resultOf(answer) ?? (await this.#current(answer));
    }

    /**
     * Searches the payment intent of a resumed charge for whose key Stripe repeats a 500. The search is eventually consistent
     * (about a minute, at worst an hour): the intent's status is read again, and an empty result proves nothing.
     * https://docs.stripe.com/search#data-freshness
     */
    async #found({ key, sessionId }: Charge, fault: unknown): Promise<Result> {
        const query = `metadata["charge"]:${JSON.stringify(key)} AND metadata["checkout_session_id"]:${JSON.stringify(sessionId)}`;
        const found = await this.#look(`/v1/payment_intents/search?${new URLSearchParams({ query })}`).catch(
            (error: unknown) => {
                throw unknownFor(error);
            },
        );
        // The search ignores case.
        const intent = listIn(found).find((each) => {
            const metadata = isJsonObject(each) && isJsonObject(each["metadata"]) ? each["metadata"] : {};
            return metadata["charge"] === key && metadata["checkout_session_id"] === sessionId;
        });
        if (intent === undefined) throw unknownFor(fault);
        return await this.#current(intent);
    }

    /** Reads a payment intent again. */
    async #current(reported: unknown): Promise<Result> {
        const { id, status } = isJsonObject(reported) ? reported : {};
        if (typeof id !== "string") throw new PaymentOutcomeUnknownError(`the payment intent is ${codeIn(status)}`);
        const intent = await this.#look(`/v1/payment_intents/${encodeURIComponent(id)}`).catch((error: unknown) => {
            throw unknownFor(error);
        });
        const result = resultOf(intent);
        if (result === undefined) {
            const now = isJsonObject(intent) ? intent["status"] : undefined;
            throw new PaymentOutcomeUnknownError(`the payment intent is ${codeIn(now)}`);
        }
        return result;
    }

    #look(path: string): Promise<unknown> {
        return this.#stripe.get(path, { timeout: this.#patience.lookUp });
    }

    #authenticationBy(charge: Charge, { brand }: GrantedToken): PaymentOutcome {
        const server = directoryServerOf(brand);
        // Prevents a loop.
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

type Result = PaymentOutcome | "authentication_required";

type ThreeDSecure = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card.ThreeDSecure;

/**
 * An authentication by another party, in Stripe's form.
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

function listIn(answer: unknown): readonly unknown[] {
    const { data } = isJsonObject(answer) ? answer : {};
    return Array.isArray(data) ? data : [];
}

const declined = (reason: string): PaymentOutcome => ({ status: "declined", reason });

/** Undefined for a pending payment intent. */
function resultOf(intent: unknown): Result | undefined {
    const { id, status } = isJsonObject(intent) ? intent : {};
    switch (status) {
        case "succeeded":
            return { status, paymentId: String(id) };
        case "requires_capture":
            return { status: "authorized", paymentId: String(id) };
        case "requires_action":
            return "authentication_required";
        case "requires_payment_method":
        case "canceled":
            return declined(status);
        default:
            return undefined;
    }
}

function resultOfError(error: unknown, { isResumed }: Charge): Result {
    if (!(error instanceof Stripe.errors.StripeError)) throw unknownFor(error);
    // An earlier request with the key was another charge, with an unknown result.
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw unknownFor(error);
    if (error instanceof Stripe.errors.StripeRateLimitError) throw unavailableFor(error);
    switch (error.statusCode) {
        case 400:
        case 404: {
            // A missing token may have been used by an earlier try; other invalid parameters than amount and token are bugs.
            const isGone = isResumed && (error.statusCode === 404 || error.code === "resource_missing");
            if (isUnpayable(error) && !isGone) return declined(`${codeIn(error.code)} ${codeIn(error.param)}`);
            throw isResumed ? unknownFor(error) : unavailableFor(error);
        }
        case 401:
        case 403:
            throw unavailableFor(error);
        case 402:
            if (error.code === "authentication_required" || error.decline_code === "authentication_required") {
                return "authentication_required";
            }
            return declined(codeIn(error.decline_code || error.code));
        default:
            // No or an unreadable response, 409 (the first request is in progress), 5xx.
            throw unknownFor(error);
    }
}

/** Whether Stripe refuses the amount, the token or the authentication. */
const isUnpayable = ({ code, param = "" }: Stripe.errors.StripeError) =>
    code === "amount_too_small" ||
    /^(payment_method_data|payment_method_options\[card\]\[three_d_secure\])(\[|$)/.test(param);

const unknownFor = (error: unknown) =>
    new PaymentOutcomeUnknownError(`the result of the charge is unknown: ${describe(error)}`);
const unavailableFor = (error: unknown) => new PaymentUnavailableError(`Stripe did not charge: ${describe(error)}`);
