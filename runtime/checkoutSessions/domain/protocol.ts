import type { components } from "../../../spec/generated/checkout.types.ts";

/**
 * The objects of the Agentic Commerce Protocol (ACP) 2026-04-17, as documented in `spec/checkout.openapi.yaml`. Amounts
 * are integers in minor units of the session's currency.
 */
type Schemas = components["schemas"];

/** The version of stored sessions. */
export const protocolVersion = "2026-04-17";

/** The handler of payments by a token for a card, in every session. */
export const cardHandler = "card_tokenized";

export type Session = Schemas["CheckoutSession"];
export type SessionStatus = Session["status"];
export type LineItem = Schemas["LineItem"];
export type Total = Schemas["Total"];
export type Message = Session["messages"][number];
export type FulfillmentOption = Session["fulfillment_options"][number];
export type SelectedFulfillmentOption = Schemas["SelectedFulfillmentOption"];
export type FulfillmentDetails = Schemas["FulfillmentDetails"];
export type FulfillmentGroup = Schemas["FulfillmentGroup"];
export type Address = Schemas["Address"];
export type Buyer = Schemas["Buyer"];
/** The seller's capabilities. */
export type Capabilities = Schemas["Capabilities"];
/** The agent's capabilities; unknown names are allowed. */
export type AgentCapabilities = Schemas["CapabilitiesRequest"];
export type PaymentHandler = Schemas["PaymentHandler"];
export type Discounts = Schemas["DiscountsResponse"];
export type AffiliateAttribution = Schemas["AffiliateAttribution"];
export type AuthenticationMetadata = Schemas["AuthenticationMetadata"];
export type AuthenticationResult = Schemas["AuthenticationResult"];
export type MarketingConsent = Schemas["MarketingConsent"];
export type RiskSignals = Schemas["RiskSignals"];
export type IntentTrace = Schemas["IntentTrace"];
export type Order = Schemas["Order"];
export type Discovery = Schemas["DiscoveryResponse"];
export type CreateRequest = Schemas["CheckoutSessionCreateRequest"];
export type UpdateRequest = Schemas["CheckoutSessionUpdateRequest"];
export type CompleteRequest = Schemas["CheckoutSessionCompleteRequest"];
export type CancelRequest = Schemas["CancelSessionRequest"];
/** A protocol error: flat, closed. `type` is one of invalid_request, processing_error, service_unavailable. */
export type ProtocolError = Schemas["Error"];
