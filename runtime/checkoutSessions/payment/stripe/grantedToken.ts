import { isJsonObject } from "../../../shared/json.ts";
import type { Charge, TokenRefusal } from "../payment.ts";

/**
 * Stripe's object `shared_payment.granted_token`.
 * https://docs.stripe.com/api/shared-payment/granted-token?api-version=2026-04-22.preview
 */
export interface GrantedToken {
    /** Absent on a token without limits. */
    readonly limits?: {
        /** Lower case ISO 4217 */
        readonly currency: string;
        /** Minor units */
        readonly maxAmount: number;
        /** Seconds since 1970 */
        readonly expiresAt?: number;
    };
    /** Reason: `consumed`, `expired`, `resolved`, `revoked`. */
    readonly deactivated?: string;
    /** Captured amount, in minor units. */
    readonly captured: number;
    /** The checkout session of the grant, if given. */
    readonly sessionId?: string;
    /** `visa`, `mastercard`, `amex`… */
    readonly brand?: string;
}

/** Undefined if it is not a granted token. */
export function grantedTokenIn(value: unknown): GrantedToken | undefined {
    if (member(value, "object") !== "shared_payment.granted_token") return undefined;
    const currency = member(value, "usage_limits", "currency");
    const maxAmount = member(value, "usage_limits", "max_amount");
    const expiresAt = member(value, "usage_limits", "expires_at");
    const deactivatedAt = member(value, "deactivated_at") ?? undefined;
    const reason = member(value, "deactivated_reason") ?? undefined;
    const captured = member(value, "usage_details", "amount_captured", "value");
    const sessionId = member(value, "shared_metadata", "checkout_session_id");
    const brand = member(value, "payment_method_details", "card", "brand");
    return {
        ...(typeof currency === "string" &&
            typeof maxAmount === "number" && {
                limits: { currency, maxAmount, ...(typeof expiresAt === "number" && { expiresAt }) },
            }),
        ...((deactivatedAt !== undefined || reason !== undefined) && { deactivated: String(reason ?? "unknown") }),
        captured: typeof captured === "number" ? captured : 0,
        ...(typeof sessionId === "string" && { sessionId }),
        ...(typeof brand === "string" && { brand }),
    };
}

/**
 * The seller's checks of a token for a charge (ACP RFC delegate payment): a refusal, or undefined. A token that an earlier
 * try of the same charge may have used passes: Stripe returns that result for the charge's key, and refuses a token that
 * another charge used.
 * @param now milliseconds since 1970
 */
export function refusalOf(token: GrantedToken, charge: Charge, now: number): TokenRefusal | undefined {
    const { limits, deactivated, captured, sessionId } = token;
    if (limits === undefined) return "unlimited";
    if (limits.currency !== charge.currency) return "currency";
    if (limits.maxAmount < charge.amount) return "amount";
    if (sessionId !== undefined && sessionId !== charge.sessionId) return "session";
    if (captured === charge.amount || deactivated === "consumed") return undefined;
    if (captured > 0) return "used";
    if (deactivated !== undefined) return deactivated === "expired" ? "expired" : "revoked";
    if (limits.expiresAt !== undefined && limits.expiresAt * 1000 <= now) return "expired";
    return undefined;
}

function member(value: unknown, ...path: readonly string[]): unknown {
    return path.reduce<unknown>((object, name) => (isJsonObject(object) ? object[name] : undefined), value);
}
