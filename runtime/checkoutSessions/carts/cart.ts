import type { Merchant } from "../domain/merchant.ts";
import type { Buyer, CreateRequest, LineItem, Message, Total } from "../domain/protocol.ts";
import { sumOf } from "../pricing/amounts.ts";
import type { Cart } from "../pricing/cart.ts";
import { lineItem, linesIn, stockMessages } from "../pricing/lines.ts";
import type { Market } from "../pricing/market.ts";
import { rulesOf, unpriced } from "../pricing/tables.ts";
import { totalsOf } from "../pricing/totals.ts";

/** What an agent has put together before a checkout, without prices. */
export interface StoredCart {
    /** `cart_<uuid>` */
    readonly id: string;
    /** 1, 2, 3… */
    readonly version: number;
    /** The client that owns it. */
    readonly caller: string;
    readonly lines: Cart["lines"];
    readonly buyer?: Buyer;
    readonly locale?: string;
    /** The checkout that was made of it, as UCP's platforms do. */
    readonly sessionId?: string;
    /** ISO 8601 */
    readonly expiresAt: string;
}

export type RequestedLines = CreateRequest["line_items"];

/** The protocol's cart (ACP, schema.cart.json). */
export interface ShownCart {
    readonly id: string;
    readonly line_items: readonly LineItem[];
    readonly buyer?: Buyer;
    readonly currency: string;
    readonly totals: readonly Total[];
    readonly messages?: readonly Message[];
    readonly continue_url?: string;
    readonly expires_at: string;
}

/** Without tax and delivery, which need an address. @param page template of the shop's page for a cart */
export function shownCart(
    { id, lines, buyer, expiresAt }: StoredCart,
    market: Market,
    page: Merchant["cartPage"],
): ShownCart {
    const priced = linesIn({ lines, ...(buyer && { buyer }), capabilities: {} }, market);
    const { taxIncluded = false } = market.merchant;
    const messages = [...stockMessages(priced), ...(rulesOf(market).hasGaps() ? [unpriced] : [])];
    const untaxed = (totals: readonly Total[]) => totals.filter(({ type }) => type !== "tax");
    const base = sumOf(priced.map((line) => line.base));
    return {
        id,
        line_items: priced.map((line) => {
            const item = lineItem(line, { discounts: [], tax: undefined, taxIncluded });
            return { ...item, totals: untaxed(item.totals) };
        }),
        ...(buyer && { buyer }),
        currency: market.merchant.currency,
        totals: untaxed(totalsOf({ base, itemsDiscount: 0, taxes: [], taxIncluded })),
        ...(messages.length > 0 && { messages }),
        ...(page !== undefined && { continue_url: page.replace("{items}", itemsOf(lines)) }),
        expires_at: expiresAt,
    };
}

const itemsOf = (lines: StoredCart["lines"]): string =>
    lines.map(({ productId, quantity }) => `${encodeURIComponent(productId)}:${quantity}`).join(",");
