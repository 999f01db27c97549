import type { JsonObject } from "../../shared/json.ts";
import type {
    Address,
    AgentCapabilities,
    Buyer,
    FulfillmentDetails,
    FulfillmentGroup,
    SelectedFulfillmentOption,
} from "../domain/protocol.ts";

/** The client's input, without prices. */
export interface Cart {
    readonly lines: readonly CartLine[];
    readonly buyer?: Buyer;
    readonly fulfillmentDetails?: FulfillmentDetails;
    /** Of `payment_data`: taxes what is delivered to no address. */
    readonly billingAddress?: Address;
    readonly fulfillmentGroups?: readonly FulfillmentGroup[];
    /** As sent, with `item_ids` resolved to ids of lines; the quote drops options that are no longer offered. */
    readonly selected?: readonly SelectedFulfillmentOption[];
    /** As sent; absent if never sent. */
    readonly codes?: readonly string[];
    /** The agent's side of the capabilities, as sent on create. */
    readonly capabilities: AgentCapabilities;
    /** As sent: members that nothing here has a use for (`UpdateMode`). */
    readonly aside?: JsonObject;
}

export interface CartLine {
    /** The id of the line item: `li_1`. */
    readonly id: string;
    readonly productId: string;
    /** From 1 */
    readonly quantity: number;
}
