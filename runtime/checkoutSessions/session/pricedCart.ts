import type { UpdateMode } from "../domain/call.ts";
import { invalid, type Problem, unknownItem } from "../domain/problem.ts";
import type { UpdateRequest } from "../domain/protocol.ts";
import type { Cart } from "../pricing/cart.ts";
import { type Market, pricedIn } from "../pricing/market.ts";
import { type Quote, quote } from "../pricing/quote.ts";
import { cartAfter, itemIn } from "./request.ts";

/** The updated cart with its quote, or a problem. */
export function pricedCart(
    request: UpdateRequest,
    before: Cart,
    market: Market,
    mode: UpdateMode = {},
): { readonly cart: Cart; readonly quote: Quote } | { readonly problem: Problem } {
    for (const [index, line] of (request.line_items ?? []).entries()) {
        const { productId, member } = itemIn(line);
        const param = `$.line_items[${index}].${member}`;
        const product = market.products.get(productId);
        if (product === undefined || pricedIn(product, market.merchant.currency) === undefined) {
            return { problem: unknownItem(param) };
        }
    }
    const changed = cartAfter(request, before, mode);
    if ("problem" in changed) return changed;
    const chosen = mode.options?.length ? withOptions(changed.cart, mode, quote(changed.cart, market)) : changed;
    if ("problem" in chosen) return chosen;
    const { cart } = chosen;
    const priced = quote(cart, market);
    // Which options are offered is not known now: the choice is kept, and counts once there is a price.
    if (priced.isUnpriced) return { cart, quote: priced };
    for (const [index, { option_id: id, type }] of (request.selected_fulfillment_options ?? []).entries()) {
        const param = `$.selected_fulfillment_options[${index}]`;
        const option = priced.fulfillmentOptions.find((offered) => offered.id === id);
        if (option === undefined) return { problem: invalid("no such option is offered", `${param}.option_id`) };
        if (option.type !== type) return { problem: invalid(`the option is of type ${option.type}`, `${param}.type`) };
    }
    return { cart, quote: priced };
}

/** The cart with options for every line that they fit; other lines keep theirs. */
function withOptions(
    cart: Cart,
    { options = [], replaces }: UpdateMode,
    { fulfillmentOptions, selected, isUnpriced }: Quote,
): { readonly cart: Cart } | { readonly problem: Problem } {
    const offered = options.flatMap((wanted) => {
        const type =
            fulfillmentOptions.find(({ id }) => id === wanted.id)?.type ?? (isUnpriced ? "shipping" : undefined);
        return type === undefined ? [] : [{ ...wanted, type }];
    });
    if (offered.length < options.length && !replaces) {
        return { problem: invalid("no such option is offered", "$.selected_fulfillment_options[0].option_id") };
    }
    const chosen = offered.map(({ type, id, lines }) => ({
        type,
        option_id: id,
        item_ids: cart.lines
            .filter((line) => lines === undefined || lines.includes(line.id) || lines.includes(line.productId))
            .map((line) => line.id),
    }));
    return { cart: { ...cart, selected: [...chosen, ...selected] } };
}
