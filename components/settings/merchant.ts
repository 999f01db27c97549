import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { StackSettings } from "./schema.ts";

/** What the merchant has decided about checkouts, for the callbacks' variable MERCHANT. */
export const merchantOf = ({ checkout }: Pick<StackSettings, "checkout">): Merchant => ({
    name: checkout.merchant.name,
    shopUrl: checkout.merchant.url,
    currency: checkout.merchant.currency,
    acpVersions: [...new Set<string>(checkout.acp.older), "2026-04-17"].sort(),
    ...(Object.keys(checkout.currencies).length > 0 && { currencies: currenciesOf(checkout) }),
    cartDays: checkout.carts.days,
    ...(checkout.carts.url !== undefined && { cartPage: checkout.carts.url }),
    sessionHours: checkout.sessionHours,
    taxRates: checkout.tax.rates,
    ...(Object.keys(checkout.tax.classes).length > 0 && { taxClasses: checkout.tax.classes }),
    ...(checkout.tax.included && { taxIncluded: true }),
    ...(checkout.tax.onShipping && { taxOnShipping: true }),
    shippingRates: checkout.shipping.rates,
    pickupLocations: checkout.shipping.pickup,
    ...(checkout.rules !== undefined && { rules: checkout.rules }),
    marketingChannels: checkout.merchant.marketingChannels,
    requiredInterventions: checkout.payment.interventions,
    payment: {
        provider: checkout.payment.provider,
        merchantId: checkout.payment.account,
        ...acquirerOf(checkout.payment),
        ...(checkout.payment.googlePay && { googlePay: checkout.payment.googlePay }),
        capture: checkout.payment.capture,
        unfulfillable: checkout.payment.unfulfillable,
    },
});

const currenciesOf = ({ currencies }: StackSettings["checkout"]) =>
    Object.fromEntries(Object.entries(currencies).map(([code, { shipping }]) => [code, { shippingRates: shipping }]));

/** In the protocol's words. */
function acquirerOf({ acquirer }: StackSettings["checkout"]["payment"]): Pick<Merchant["payment"], "acquirer"> {
    if (acquirer === undefined) return {};
    const { bin, country, merchantId, merchantName, requestorId } = acquirer;
    return {
        acquirer: {
            acquirer_bin: bin,
            acquirer_country: country,
            acquirer_merchant_id: merchantId,
            merchant_name: merchantName,
            ...(requestorId !== undefined && { requestor_id: requestorId }),
        },
    };
}
