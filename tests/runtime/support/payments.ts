import type { Charge } from "../../../runtime/checkoutSessions/payment/payment.ts";
import { providerFrom } from "../../../runtime/checkoutSessions/payment/provider.ts";
import { environment } from "../../../runtime/shared/environment.ts";
import { merchant } from "./market.ts";

// A callback that does nothing but charge.
const provider = await providerFrom(environment("PAYMENT_PROVIDER", "PAYMENT_RESOURCE"), merchant);

export const handler = (charge: Charge) => provider.charge(charge);
