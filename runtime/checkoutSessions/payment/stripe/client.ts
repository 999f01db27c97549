import Stripe from "stripe";
import type { StripeAccount } from "./account.ts";

// Shared payment tokens exist in preview versions of the API only, since this one; the library's types lack them.
// https://docs.stripe.com/changelog/dahlia/2026-04-22/shared-payment-granted-token
const apiVersion = "2026-04-22.preview";

/** In milliseconds */
interface Patience {
    readonly timeout: number;
}

/** Stripe's API by paths, so that the bundle omits the library's resources. */
export class StripeClient {
    readonly #stripe: Pick<Stripe, "rawRequest">;
    /** Prefix of paths: empty at Stripe, `/stripe` for a test double. */
    readonly #prefix: string;

    constructor({ secretKey, apiBase }: StripeAccount) {
        this.#stripe = new Stripe(secretKey, {
            // The client retries with the same key; the function has no time for a second try.
            // (The library still retries once, with the same key, if a connection is closed.)
            maxNetworkRetries: 0,
            telemetry: false,
            ...(apiBase && {
                protocol: apiBase.protocol === "http:" ? "http" : "https",
                host: apiBase.hostname,
                port: apiBase.port || (apiBase.protocol === "http:" ? 80 : 443),
            }),
        });
        this.#prefix = apiBase?.pathname.replace(/\/$/, "") ?? "";
    }

    get(path: string, { timeout }: Patience): Promise<unknown> {
        return this.#stripe.rawRequest("GET", `${this.#prefix}${path}`, {}, { apiVersion, timeout });
    }

    /** @param options without a key for what does no harm twice. */
    post(path: string, parameters: object, options: Patience & { readonly idempotencyKey?: string }): Promise<unknown> {
        return this.#stripe.rawRequest("POST", `${this.#prefix}${path}`, { ...parameters }, { apiVersion, ...options });
    }
}

export const statusOf = (error: unknown): number | undefined =>
    error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;

/** The payment intent that an error is about. */
export const intentIn = (error: unknown): string | undefined =>
    error instanceof Stripe.errors.StripeError ? error.payment_intent?.id : undefined;

/** For logs: `StripeAPIError 503 unknown, request req_1`, `StripeConnectionError ETIMEDOUT`. */
export function describe(error: unknown): string {
    if (!(error instanceof Stripe.errors.StripeError)) return error instanceof Error ? error.name : "no error";
    const { type, statusCode, code, requestId, detail } = error;
    if (statusCode !== undefined) return `${type} ${statusCode} ${codeIn(code)}, request ${codeIn(requestId)}`;
    return `${type} ${codeIn(detail instanceof Error && "code" in detail ? detail.code : undefined)}`;
}

/** Codes are words, or `payment_method_data[shared_payment_granted_token]`; other texts may contain secrets. */
export function codeIn(value: unknown): string {
    return typeof value === "string" && /^[\w[\]]{1,100}$/.test(value) ? value : "unknown";
}
