/** What of the authorised amount was taken, given back or released. */
export type PaymentState = "authorized" | "captured" | "partially_refunded" | "refunded" | "voided";

/** The payment of an order. Amounts are in minor units. */
export interface OrderPayment {
    readonly provider: "sandbox" | "stripe";
    /** The provider's id: `pi_…`. */
    readonly id: string;
    readonly state: PaymentState;
    readonly amount: number;
    /** Lower case ISO 4217 */
    readonly currency: string;
}
