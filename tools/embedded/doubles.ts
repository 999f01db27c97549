import type { DoubleDefinitions, DoubleServices } from "embedded-aws/doubles";
import { FeedAgent } from "./feedAgent.ts";
import { StripeDouble } from "./stripe/stripe.ts";

/** Services on the internet, as the embedded cloud has them. */
export const doubles = (services: DoubleServices): DoubleDefinitions => ({
    segment: [
        { method: "POST", path: "/v1/batch", status: 200, body: { success: true } },
        { method: "POST", path: "/regulations", status: 200, body: { data: { regulateId: "regulation-1" } } },
    ],
    feedAgent: new FeedAgent(services.taskQueue),
    stripe: new StripeDouble({
        secretKey: "sk_test_local",
        shop: { path: "/payments/stripe", secret: "whsec_local" },
        ...services,
    }),
});
