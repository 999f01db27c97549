import { validateCartWrite } from "../../../spec/generated/ucp.validators.js";
import { isJsonObject } from "../../shared/json.ts";
import type { ShownCart } from "../carts/cart.ts";
import type { Raised } from "../domain/dialect.ts";
import type { CommandRefused } from "../domain/problem.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { shownLine } from "./checkout.ts";
import { type UcpMessage, ucpMessage, ucpPath } from "./messages.ts";
import type { Telling } from "./telling.ts";
import { ucpTotals } from "./totals.ts";
import { bodyOf, raisedContents } from "./up.ts";

/** A request for a cart in the vocabulary of ACP's carts. */
export function raisedCart(body: unknown): Raised | CommandRefused {
    const sent = bodyOf(body, validateCartWrite);
    if ("problem" in sent) return sent;
    const { line_items: lines, buyer } = sent;
    return { body: raisedContents(lines, buyer) };
}

/** What a request for a cart has and a cart has not. */
export function unusedIn(body: unknown): UcpMessage[] {
    const discounts = isJsonObject(body) ? body["discounts"] : undefined;
    const codes = isJsonObject(discounts) ? discounts["codes"] : undefined;
    if (!Array.isArray(codes) || codes.length === 0) return [];
    const content = "A cart has no discounts. Give the codes to the checkout.";
    return [{ type: "warning", code: "unsupported", path: "$.discounts.codes", content }];
}

/** @param unused of the request, told with the cart */
export function ucpCart(cart: ShownCart, { negotiated }: Telling, unused: readonly UcpMessage[]): object {
    const { id, line_items: lines, buyer, currency, totals, continue_url, expires_at } = cart;
    const messages = [...(cart.messages ?? []).map((message) => ucpMessage(message, cartPath)), ...unused];
    const { first_name, last_name, email, phone_number } = buyer ?? {};
    return {
        ucp: envelopeOf(negotiated, [capability.cart]),
        id,
        line_items: lines.map(shownLine),
        ...(buyer && { buyer: { first_name, last_name, email, phone_number } }),
        currency: currency.toUpperCase(),
        totals: ucpTotals(totals),
        ...(messages.length > 0 && { messages }),
        ...(continue_url !== undefined && { continue_url }),
        expires_at,
    };
}

const cartPath = (param: string) => ucpPath(param, { destination: undefined, options: undefined });
