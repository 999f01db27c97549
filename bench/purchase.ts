import type { CompleteRequest, CreateRequest, UpdateRequest } from "../runtime/checkoutSessions/domain/protocol.ts";

/** The headers of an agent's requests; each POST has an `idempotency-key` besides. @param key the agent's API key */
export const agentHeaders = (key: string) => ({
    authorization: `Bearer ${key}`,
    "api-version": "2026-04-17",
    "content-type": "application/json",
    "accept-language": "en-US",
});

/** The purchase that is measured, as the requests of an agent: two products, shipped to an address. */
export const create: CreateRequest = {
    line_items: [
        { id: "12345", quantity: 2 },
        { id: "67890", quantity: 1 },
    ],
    currency: "usd",
    buyer: {
        first_name: "Alex",
        last_name: "Doe",
        email: "alex.doe@example.com",
        phone_number: "+14155550123",
    },
    fulfillment_details: {
        name: "Alex Doe",
        phone_number: "+14155550123",
        email: "alex.doe@example.com",
        address: {
            name: "Alex Doe",
            line_one: "123 Example Street",
            line_two: "Apartment 4",
            city: "San Francisco",
            state: "CA",
            country: "US",
            postal_code: "94105",
        },
    },
    capabilities: {
        interventions: {
            supported: ["3ds", "address_verification"],
            display_context: "webview",
            redirect_context: "in_app",
            max_redirects: 1,
            max_interaction_depth: 1,
        },
        extensions: ["discount"],
    },
    affiliate_attribution: {
        provider: "example.com",
        token: "atp_01J8Z3WXYZ9ABC",
        publisher_id: "pub_123",
        touchpoint: "first",
    },
    locale: "en-US",
    timezone: "America/Los_Angeles",
    metadata: { conversation: "bench" },
    order_notes: "Leave it at the front door.",
};

export const chooseShipping: UpdateRequest = {
    selected_fulfillment_options: [{ type: "shipping", option_id: "shipping_standard", item_ids: ["12345", "67890"] }],
};

export const complete: CompleteRequest = {
    payment_data: {
        handler_id: "card_tokenized",
        instrument: { type: "card", credential: { type: "spt", token: "spt_success" } },
    },
    risk_signals: { ip_address: "192.0.2.1", accept_language: "en-US" },
};
