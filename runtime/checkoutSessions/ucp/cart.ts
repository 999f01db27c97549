import { validateCartWrite } from "../../../spec/generated/ucp.validators.js";
import type { ShownCart } from "../carts/cart.ts";
import type { Raised } from "../domain/dialect.ts";
import type { CommandRefused } from "../domain/problem.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { shownLine } from "./checkout.ts";
import { ucpMessage, ucpPath } from "./messages.ts";
import type { Telling } from "./telling.ts";
import { ucpTotals } from "./totals.ts";
import { bodyOf, isEmail, raisedBuyer } from "./up.ts";

/** A request for a cart in the vocabulary of ACP's carts. */
export function raisedCart(body: unknown): Raised | CommandRefused {
    const sent = bodyOf(body, validateCartWrite);
    if ("problem" in sent) return sent;
    const { line_items: lines, buyer } = sent;
    return {
        body: {
            line_items: lines.map(({ id, item, quantity }) => ({
                ...(id !== undefined && { id }),
                item: { id: item.id },
                quantity,
            })),
            ...(buyer?.email !== undefined && isEmail(buyer.email) && { buyer: raisedBuyer(buyer) }),
        },
    };
}

export function ucpCart(cart: ShownCart, { negotiated }: Telling): object {
    const { id, line_items: lines, buyer, currency, totals, messages = [], continue_url, expires_at } = cart;
    const { first_name, last_name, email, phone_number } = buyer ?? {};
    return {
        ucp: envelopeOf(negotiated, [capability.cart]),
        id,
        line_items: lines.map(shownLine),
        ...(buyer && { buyer: { first_name, last_name, email, phone_number } }),
        currency: currency.toUpperCase(),
        totals: ucpTotals(totals),
        ...(messages.length > 0 && { messages: messages.map((message) => ucpMessage(message, cartPath)) }),
        ...(continue_url !== undefined && { continue_url }),
        expires_at,
    };
}

const cartPath = (param: string) => ucpPath(param, { destination: undefined, options: undefined });
