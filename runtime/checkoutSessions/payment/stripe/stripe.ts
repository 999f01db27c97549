import Stripe from "stripe";
import { isJsonObject } from "../../../shared/json.ts";
import type { Acquirer } from "../../domain/merchant.ts";
import type { AuthenticationMetadata } from "../../domain/protocol.ts";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    type PaymentProvider,
    PaymentUnavailableError,
} from "../payment.ts";
import { accountIn, type StripeAccount } from "./account.ts";
import { codeIn, describe, StripeClient, statusOf } from "./client.ts";
import { type GrantedToken, grantedTokenIn, refusalOf } from "./grantedToken.ts";
import { declined, isOurFault, type Result, resultOf, resultOfError, unknownFor } from "./intentResult.ts";
import { directoryServerOf, type ThreeDSecure, threeDSecure } from "./threeDSecure.ts";

/**
 * Timeouts in milliseconds. One charge and at most four short calls leave time to write and respond within 25 s.
 */
const patience = { lookUp: 3000, charge: 8000 };

/** @param secret see `accountIn`. Throws EnvironmentError. */
export function stripeFrom(secret: string, acquirer: Acquirer | undefined): PaymentProvider {
    return new StripePayments(accountIn(secret), acquirer);
}

/**
 * Charges shared payment tokens and tokens of cards at Stripe. Errors contain only Stripe's codes and request id, never a token, a key or
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

    /** @param acquirer for the buyer's authentication by the agent; without it a charge that needs it is declined. */
    constructor(account: StripeAccount, acquirer: Acquirer | undefined, wait = patience, now: () => number = Date.now) {
        this.#stripe = new StripeClient(account);
        this.#acquirer = acquirer;
        this.#patience = wait;
        this.#now = now;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        const authenticated = charge.authentication && threeDSecure(charge.authentication);
        // Depends only on the charge, so an earlier try had the same result.
        if (authenticated === "refused") return declined(`authentication_${charge.authentication?.outcome}`);
        let token: GrantedToken | undefined;
        if (charge.isCardToken) {
            if (!/^tok_\w{1,250}$/.test(charge.token)) return declined("token_unknown", "unknown");
        } else if (!charge.isResumed) {
            token = await this.#granted(charge.token);
            const refusal = token ? refusalOf(token, charge, this.#now()) : "unknown";
            if (refusal !== undefined) return declined(`token_${refusal}`, refusal);
        }
        const { outcome, open } = await this.#confirm(charge, authenticated);
        const paid = open === undefined ? undefined : await this.#cancel(open);
        if (paid !== undefined) return paid;
        if (outcome !== "authentication_required") return outcome;
        if (charge.isHandedOver) return { status: outcome };
        if (charge.isCardToken) return declined("authentication_not_supported");
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
            // Without payment_method_types: the token says what it pays with.
            payment_method_data: charge.isCardToken
                ? { type: "card", card: { token: charge.token } }
                : { shared_payment_granted_token: charge.token },
            ...(authenticated && { payment_method_options: { card: { three_d_secure: authenticated } } }),
            metadata: { checkout_session_id: charge.sessionId, order_id: charge.orderId, charge: charge.key },
        };
        const options = { timeout: this.#patience.charge, idempotencyKey: charge.key };
        let answer: unknown;
        try {
            answer = await this.#stripe.post("/v1/payment_intents", intent, options);
        } catch (error) {
            const isSearched = charge.isResumed && (statusOf(error) === 500 || isOurFault(error));
            return (isSearched && (await this.#found(charge))) || resultOfError(error, charge);
        }
        return resultOf(answer) ?? (await this.#current(answer));
    }

    /**
     * Searches the payment intent of a resumed charge for whose key Stripe repeats a 500, or refuses the request. The search
     * is eventually consistent (about a minute, at worst an hour): the intent's status is read again, and an empty result
     * proves nothing before.
     * https://docs.stripe.com/search#data-freshness
     */
    async #found({ key, sessionId }: Charge): Promise<Result | undefined> {
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
        return intent === undefined ? undefined : await this.#current(intent);
    }

    /** Cancels an intent that is given up, so that it never charges. @returns the outcome of one that has charged. */
    async #cancel(id: string): Promise<PaymentOutcome | undefined> {
        const path = `/v1/payment_intents/${encodeURIComponent(id)}`;
        try {
            const reason = { cancellation_reason: "abandoned" };
            await this.#stripe.post(`${path}/cancel`, reason, { timeout: this.#patience.lookUp });
            return undefined;
        } catch (error) {
            const isEnded =
                error instanceof Stripe.errors.StripeError && error.code === "payment_intent_unexpected_state";
            if (!isEnded) throw unknownFor(error);
        }
        const { outcome } = await this.#current({ id });
        return outcome !== "authentication_required" && "paymentId" in outcome ? outcome : undefined;
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

function listIn(answer: unknown): readonly unknown[] {
    const { data } = isJsonObject(answer) ? answer : {};
    return Array.isArray(data) ? data : [];
}
