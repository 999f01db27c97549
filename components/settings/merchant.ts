import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { Settings } from "./settings.ts";

/** What the merchant has decided about checkouts, for the callbacks' variable MERCHANT. */
export const merchantOf = (settings: Settings): Merchant => ({
    name: settings.shopName,
    shopUrl: settings.shopUrl,
    currency: settings.checkoutCurrency,
    sessionHours: settings.sessionHours,
    taxRates: settings.taxRates,
    shippingRates: settings.shippingRates,
    pickupLocations: settings.pickupLocations,
    marketingChannels: settings.marketingChannels,
    requiredInterventions: settings.requiredInterventions,
    payment: { provider: settings.paymentProvider, merchantId: settings.merchantId },
});
