import type { Address } from "./protocol.ts";

/**
 * What an order needs besides its session: for the order intake, not for agents and endpoints. Amounts are in minor
 * units.
 */
export interface Placement {
    readonly billingAddress?: Address;
    /** One for each fulfilment of the order, in the same order. */
    readonly fulfillments: readonly PricedFulfillment[];
    /** The prices contain the taxes. */
    readonly taxIncluded?: true;
}

/** A selected fulfilment with its share of discounts and tax. */
export interface PricedFulfillment {
    /** Of the client's fulfilment group; absent for lines without a group. */
    readonly groupId?: string;
    readonly cost: number;
    readonly discount: number;
    readonly tax: number;
    /** Tax rate in percent. */
    readonly percent?: number;
}

/** Of the fulfilment in allocations of discounts; the protocol uses this path although `totals` is an array. */
export const deliveryPath = "$.totals.fulfillment";
