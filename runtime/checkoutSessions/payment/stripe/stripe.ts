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
import { type GrantedToken, grantedTokenIn, refusalOf } from "./grantedToken.ts";

// Shared payment tokens exist in preview versions of the API only, since this one; the library's types lack them.
// https://docs.stripe.com/changelog/dahlia/2026-04-22/shared-payment-granted-token
const apiVersion = "2026-04-22.preview";

/**
 * How long an answer may take, in milliseconds. A charge and the three looks that it takes at most leave a callback of
 * 20 s time to answer and to write.
 */
const patience = { lookUp: 3000, charge: 8000 };

/** @param secret see `accountIn`. Throws EnvironmentError. */
export function stripeFrom(secret: string): PaymentProvider {
    return new StripePayments(accountIn(secret));
}

/**
 * Charges shared payment tokens at Stripe. No error's message or cause carries a token, a key or a text of Stripe, which
 * may quote them: only Stripe's codes and the id of the request, by which Stripe's dashboard finds it.
 *
 * Stripe remembers a key for at least 24 hours, and with it every answer once it began to work on the charge, as it was
 * then and a 500 too: who resumes such a charge looks up what has become of it since, after a 500 by its metadata.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class StripePayments implements PaymentProvider {
    /** By path alone: the library's resources, `paymentIntents` and the rest, are left out of the bundle. */
    readonly #stripe: Pick<Stripe, "rawRequest">;
    /** In front of each path: `` at Stripe, `/stripe` where a double is one of several. */
    readonly #prefix: string;
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
        this.#prefix = apiBase?.pathname.replace(/\/$/, "") ?? "";
        this.#acquirer = acquirer;
        this.#patience = wait;
        this.#now = now;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        const authenticated = charge.authentication && threeDSecure(charge.authentication);
        // Depends on nothing but the charge: no earlier try can have got past it.
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
        if (token === undefined) throw new PaymentOutcomeUnknownError("Stripe does not know the token any more");
        return this.#authenticationBy(charge, token);
    }

    async #granted(token: string): Promise<GrantedToken | undefined> {
        // What is no plain word is nobody's token, and has no place in a path.
        if (!/^\w{1,255}$/.test(token)) return undefined;
        let answer: unknown;
        try {
            answer = await this.#look(`/v1/shared_payment/granted_tokens/${token}`);
        } catch (error) {
            if (statusOf(error) === 404) return undefined;
            throw new PaymentUnavailableError(`the token could not be looked up: ${describe(error)}`);
        }
        const granted = grantedTokenIn(answer);
        if (granted === undefined)
            throw new PaymentUnavailableError("Stripe answered with something else than the token");
        return granted;
    }

    /** Charges, and tells what became of it. */
    async #confirm(charge: Charge, authenticated: ThreeDSecure | undefined): Promise<Result> {
        const intent = {
            amount: charge.amount,
            currency: charge.currency,
            confirm: true,
            capture_method: "automatic",
            payment_method_types: ["card"],
            payment_method_data: { shared_payment_granted_token: charge.token },
            ...(authenticated && { payment_method_options: { card: { three_d_secure: authenticated } } }),
            metadata: { checkout_session_id: charge.sessionId, order_id: charge.orderId, charge: charge.key },
        };
        const options = { apiVersion, timeout: this.#patience.charge, idempotencyKey: charge.key };
        let answer: unknown;
        try {
            answer = await this.#stripe.rawRequest("POST", `${this.#prefix}/v1/payment_intents`, intent, options);
        } catch (error) {
            if (charge.isResumed && statusOf(error) === 500) return await this.#found(charge, error);
            return resultOfError(error, charge);
        }
        return resultOf(answer) ?? (await this.#current(answer));
    }

    /**
     * What became of a charge for whose key Stripe repeats a fault. The search is eventually consistent: it knows of a
     * payment about a minute after it was made, in bad times an hour. So it is only for who resumes, its status is looked
     * at again, and to find nothing proves nothing.
     * https://docs.stripe.com/search#data-freshness
     */
    async #found({ key, sessionId }: Charge, fault: unknown): Promise<Result> {
        const query = `metadata["charge"]:${JSON.stringify(key)} AND metadata["checkout_session_id"]:${JSON.stringify(sessionId)}`;
        const found = await this.#look(`/v1/payment_intents/search?${new URLSearchParams({ query })}`).catch(
            (error: unknown) => {
                throw unknownFor(error);
            },
        );
        // The search disregards case.
        const intent = listIn(found).find((each) => {
            const metadata = isJsonObject(each) && isJsonObject(each["metadata"]) ? each["metadata"] : {};
            return metadata["charge"] === key && metadata["checkout_session_id"] === sessionId;
        });
        if (intent === undefined) throw unknownFor(fault);
        return await this.#current(intent);
    }

    /** What has become of a payment intent since Stripe told of it. */
    async #current(told: unknown): Promise<Result> {
        const { id, status } = isJsonObject(told) ? told : {};
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
        const options = { apiVersion, timeout: this.#patience.lookUp };
        return this.#stripe.rawRequest("GET", `${this.#prefix}${path}`, {}, options);
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

/** What became of a charge; of one that the buyer must authenticate only that. */
type Result = PaymentOutcome | "authentication_required";

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

/** The entries of a list of Stripe. */
function listIn(answer: unknown): readonly unknown[] {
    const { data } = isJsonObject(answer) ? answer : {};
    return Array.isArray(data) ? data : [];
}

const declined = (reason: string): PaymentOutcome => ({ status: "declined", reason });

/** undefined for a payment intent that is not decided yet. */
function resultOf(intent: unknown): Result | undefined {
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
            return undefined;
    }
}

function resultOfError(error: unknown, { isResumed }: Charge): Result {
    if (!(error instanceof Stripe.errors.StripeError)) throw unknownFor(error);
    // An earlier try was another charge: what became of that one is not said.
    if (error instanceof Stripe.errors.StripeIdempotencyError) throw unknownFor(error);
    if (error instanceof Stripe.errors.StripeRateLimitError) throw unavailableFor(error);
    switch (error.statusCode) {
        case 400:
        case 404: {
            // A token that is gone by now may have paid before; all but the amount and the token is a fault of ours.
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
            // No answer or none that can be read, 409 (the first try is still running), 5xx.
            throw unknownFor(error);
    }
}

/** Whether Stripe refuses what comes from the agent: the amount, the token, or the buyer's authentication. */
const isUnpayable = ({ code, param = "" }: Stripe.errors.StripeError) =>
    code === "amount_too_small" ||
    /^(payment_method_data|payment_method_options\[card\]\[three_d_secure\])(\[|$)/.test(param);

const unknownFor = (error: unknown) =>
    new PaymentOutcomeUnknownError(`nobody knows whether it was charged: ${describe(error)}`);
const unavailableFor = (error: unknown) => new PaymentUnavailableError(`Stripe did not charge: ${describe(error)}`);

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
