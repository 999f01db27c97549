import type Stripe from "stripe";
import type { AuthenticationMetadata, AuthenticationResult } from "../../domain/protocol.ts";
import { transStatusOf } from "../payment.ts";

export type ThreeDSecure = Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card.ThreeDSecure;

/**
 * An authentication by another party, in Stripe's form.
 * https://docs.stripe.com/payments/payment-intents/three-d-secure-import
 */
export function threeDSecure(result: AuthenticationResult): ThreeDSecure | "refused" {
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

export function directoryServerOf(brand: string | undefined): AuthenticationMetadata["directory_server"] | undefined {
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
