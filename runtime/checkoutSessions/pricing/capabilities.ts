import type { Merchant } from "../domain/merchant.ts";
import { blocker } from "../domain/messages.ts";
import {
    type AgentCapabilities,
    type Capabilities,
    cardHandler,
    type Message,
    type PaymentHandler,
} from "../domain/protocol.ts";
import type { Cart } from "./cart.ts";

/** Offered interventions. 3-D Secure needs the merchant's acquirer, of which the sandbox has one of its own. */
export function interventionsOf({ payment: { provider, acquirer } }: Pick<Merchant, "payment">): readonly "3ds"[] {
    return provider === "sandbox" || acquirer !== undefined ? ["3ds"] : [];
}

/** Payment handlers of every session; `payment_data.handler_id` refers to one. */
function paymentHandlers(merchant: Merchant): PaymentHandler[] {
    const { provider, merchantId } = merchant.payment;
    return [
        {
            id: cardHandler,
            name: "dev.acp.tokenized.card",
            display_name: "Card",
            version: "2026-01-22",
            spec: "https://acp.dev/handlers/tokenized.card",
            requires_delegate_payment: true,
            requires_pci_compliance: false,
            psp: provider,
            config_schema: "https://acp.dev/schemas/handlers/tokenized.card/config.json",
            instrument_schemas: ["https://acp.dev/schemas/handlers/tokenized.card/instrument.json"],
            config: { merchant_id: merchantId, psp: provider, supports_3ds: interventionsOf(merchant).includes("3ds") },
        },
    ];
}

/** The intersection of the agent's and the merchant's capabilities. */
export function capabilitiesOf({ capabilities, codes }: Cart, merchant: Merchant): Capabilities {
    const names = capabilities.extensions?.map((named) => (typeof named === "string" ? named : named.name)) ?? [];
    const hasDiscounts = codes !== undefined || names.some((name) => /^discount(@|$)/.test(name));
    return {
        payment: { handlers: paymentHandlers(merchant) },
        interventions: {
            supported: commonInterventions(capabilities, merchant),
            required: merchant.requiredInterventions,
            enforcement: merchant.requiredInterventions.length > 0 ? "always" : "conditional",
        },
        // Not an empty list, which would match two alternatives of the schema's oneOf.
        ...(hasDiscounts && { extensions: [discountExtension] }),
    };
}

/** Required interventions that the agent lacks prevent the payment (ACP RFC, capability negotiation). */
export function interventionMessages({ capabilities }: Cart, merchant: Merchant): Message[] {
    const common: readonly string[] = commonInterventions(capabilities, merchant);
    return merchant.requiredInterventions
        .filter((required) => !common.includes(required))
        .map((required) =>
            blocker(
                "intervention_required",
                "$.capabilities.interventions.supported",
                `A purchase here needs the intervention '${required}', which is not supported.`,
                "requires_buyer_review",
            ),
        );
}

function commonInterventions({ interventions: theirs }: AgentCapabilities, merchant: Merchant) {
    return interventionsOf(merchant).filter((ours) => theirs?.supported?.includes(ours));
}

const discountExtension = {
    name: "discount",
    extends: [
        "$.CheckoutSessionCreateRequest.discounts",
        "$.CheckoutSessionUpdateRequest.discounts",
        "$.CheckoutSession.discounts",
    ],
};
