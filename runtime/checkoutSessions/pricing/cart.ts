import type {
    AgentCapabilities,
    Buyer,
    FulfillmentDetails,
    FulfillmentGroup,
    SelectedFulfillmentOption,
} from "../domain/protocol.ts";

/** What the buyer wants: all of it the client's word, none of it a price. */
export interface Cart {
    readonly lines: readonly CartLine[];
    readonly buyer?: Buyer;
    readonly fulfillmentDetails?: FulfillmentDetails;
    readonly fulfillmentGroups?: readonly FulfillmentGroup[];
    /** As the client sent it, its `item_ids` resolved to ids of lines; what is no longer offered is dropped by the quote. */
    readonly selected?: readonly SelectedFulfillmentOption[];
    /** As the client sent them; absent when it never sent any. */
    readonly codes?: readonly string[];
    /** The agent's side of the capabilities, as sent on create. */
    readonly capabilities: AgentCapabilities;
}

export interface CartLine {
    /** The id of the line item: `li_1`. */
    readonly id: string;
    readonly productId: string;
    /** From 1 */
    readonly quantity: number;
}
