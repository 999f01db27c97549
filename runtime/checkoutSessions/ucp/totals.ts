import type { Total } from "../domain/protocol.ts";

/** A total of UCP: what reduces the price is negative. */
export interface UcpTotal {
    readonly type: string;
    readonly display_text: string;
    readonly amount: number;
}

/**
 * Totals in UCP's terms: one `subtotal`, of the items before discounts, one `total`, and what the total differs by. What
 * was given back of an order is told by its adjustments.
 */
export const ucpTotals = (totals: readonly Total[]): UcpTotal[] => totals.flatMap(ucpTotal);

function ucpTotal({ type, display_text, amount }: Total): UcpTotal[] {
    switch (type) {
        case "items_base_amount":
            return [{ type: "subtotal", display_text: "Subtotal", amount }];
        case "subtotal":
        case "amount_refunded":
            return [];
        case "items_discount":
        case "discount":
        case "store_credit":
            return amount === 0 ? [] : [{ type, display_text, amount: -amount }];
        case "fulfillment":
        case "tax":
        case "fee":
        case "gift_wrap":
        case "tip":
        case "total":
            return [{ type, display_text, amount }];
    }
}
