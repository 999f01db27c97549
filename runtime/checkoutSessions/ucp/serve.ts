import { cancelIn, updateIn } from "../calls/commands.ts";
import { readSession } from "../calls/read.ts";
import { type CartShop, cancelCart, createCart, readCart, replaceCart } from "../carts/commands.ts";
import type { Served } from "../domain/call.ts";
import { noSuchRoute } from "../domain/problem.ts";
import type { ShownCatalog } from "../products/shownCatalog.ts";
import { type Checkout, changeSession } from "../session/commit.ts";
import type { Serve, UcpCall } from "./calls.ts";
import { sentIn } from "./calls.ts";
import { getProduct, lookupCatalog, searchCatalog } from "./catalog.ts";
import { createCheckout } from "./conversion.ts";
import { ucpCartDialect, ucpDialect } from "./dialect.ts";
import { readOrder } from "./readOrder.ts";

interface UcpShop {
    readonly checkout: Checkout;
    readonly carts: CartShop;
    readonly catalog: ShownCatalog;
    /** @default completions are another callback's */
    readonly complete?: Serve;
}

/** Carries out what platforms ask for. */
export const serveFor =
    (shop: UcpShop): Serve =>
    async (asked) => {
        const { checkout, carts, catalog, complete } = shop;
        const { operation, id = "", body, call, telling } = asked;
        switch (operation.name) {
            case "create_checkout":
                return await createCheckout(shop, asked);
            case "get_checkout":
                return await readSession(id, call, checkout.store.versions);
            case "update_checkout":
                return await change(checkout, asked, updateIn);
            case "cancel_checkout":
                return await change(checkout, asked, cancelIn);
            case "complete_checkout":
                return complete === undefined ? { problem: noSuchRoute() } : await complete(asked);
            case "create_cart":
                return await changeCart(carts, asked, createCart);
            case "get_cart":
                return await readCart(carts, id, call);
            case "update_cart":
                return await changeCart(carts, asked, replaceCart);
            case "cancel_cart":
                return await cancelCart(carts, cartSent(asked, {}), call);
            case "search_catalog":
                return await searchCatalog(catalog, body, telling);
            case "lookup_catalog":
                return await lookupCatalog(catalog, body, telling);
            case "get_product":
                return await getProduct(catalog, body, telling);
            case "get_order":
                return await readOrder(checkout.store.versions, asked);
        }
    };

async function change(checkout: Checkout, asked: UcpCall, commandIn: typeof updateIn): Promise<Served> {
    const command = commandIn(sentIn(asked), asked.call, ucpDialect(asked.telling));
    return "problem" in command ? command : await changeSession(checkout, command);
}

async function changeCart(carts: CartShop, asked: UcpCall, of: typeof createCart): Promise<Served> {
    const raised = ucpCartDialect(asked.telling).up("update", asked.body);
    return "problem" in raised ? raised : await of(carts, cartSent(asked, raised.body), asked.call);
}

/** Without a key, the request is not remembered. */
function cartSent(asked: UcpCall, body: unknown) {
    const { id, key } = asked;
    return { body, key: key === undefined ? undefined : sentIn(asked).key, ...(id !== undefined && { cartId: id }) };
}
