import { capability, ofCheckouts } from "./capabilities.ts";

/** What a platform can ask for: the names of MCP's tools. */
type OperationName =
    | "create_checkout"
    | "get_checkout"
    | "update_checkout"
    | "complete_checkout"
    | "cancel_checkout"
    | "create_cart"
    | "get_cart"
    | "update_cart"
    | "cancel_cart"
    | "search_catalog"
    | "lookup_catalog"
    | "get_product"
    | "get_order";

export interface Operation {
    readonly name: OperationName;
    /** Below `/ucp/{version}`. */
    readonly route: string;
    /** Without it the operation is not offered to the platform. */
    readonly capability: string;
    /** What its answers are composed of. */
    readonly composed: readonly string[];
    /** Whether it is refused without an idempotency key. */
    readonly needsKey?: true;
    /** For agents that read the list of tools. */
    readonly description: string;
    /** The argument of the tool that has what is a request's body. */
    readonly body?: "checkout" | "cart" | "catalog";
}

const ofCarts = { capability: capability.cart, composed: [capability.cart] };
const ofSessions = { capability: capability.checkout, composed: ofCheckouts };
const ofSearches = { capability: capability.search, composed: [capability.search] };
const ofLookups = { capability: capability.lookup, composed: [capability.lookup] };

export const operations: readonly Operation[] = [
    {
        name: "create_checkout",
        route: "POST /checkout-sessions",
        description: "Creates a checkout, which prices items and says what is missing for the purchase.",
        body: "checkout",
        ...ofSessions,
    },
    {
        name: "get_checkout",
        route: "GET /checkout-sessions/{id}",
        description: "Returns the checkout as it is now.",
        ...ofSessions,
    },
    {
        name: "update_checkout",
        route: "PUT /checkout-sessions/{id}",
        description: "Replaces the whole checkout: what is left out is cleared.",
        body: "checkout",
        ...ofSessions,
    },
    {
        name: "complete_checkout",
        route: "POST /checkout-sessions/{id}/complete",
        description: "Pays and places the order. Call it only when the buyer has agreed to the total.",
        body: "checkout",
        needsKey: true,
        ...ofSessions,
    },
    {
        name: "cancel_checkout",
        route: "POST /checkout-sessions/{id}/cancel",
        description: "Cancels a checkout that is not completed.",
        needsKey: true,
        ...ofSessions,
    },
    {
        name: "create_cart",
        route: "POST /carts",
        description: "Creates a cart, which estimates what items cost.",
        body: "cart",
        ...ofCarts,
    },
    {
        name: "get_cart",
        route: "GET /carts/{id}",
        description: "Returns the cart with the prices of now.",
        ...ofCarts,
    },
    {
        name: "update_cart",
        route: "PUT /carts/{id}",
        description: "Replaces the whole cart.",
        body: "cart",
        ...ofCarts,
    },
    {
        name: "cancel_cart",
        route: "POST /carts/{id}/cancel",
        description: "Deletes a cart.",
        needsKey: true,
        ...ofCarts,
    },
    {
        name: "search_catalog",
        route: "POST /catalog/search",
        description: "Finds products by words, categories and prices.",
        body: "catalog",
        ...ofSearches,
    },
    {
        name: "lookup_catalog",
        route: "POST /catalog/lookup",
        description: "Returns products by their ids.",
        body: "catalog",
        ...ofLookups,
    },
    {
        name: "get_product",
        route: "POST /catalog/product",
        description: "Returns one product.",
        body: "catalog",
        ...ofLookups,
    },
    {
        name: "get_order",
        route: "GET /orders/{id}",
        description: "Returns an order that the platform has placed, as it is now.",
        capability: capability.order,
        composed: [capability.order],
    },
];

/** What log lines say of a call. */
export function loggedOf(
    { name: operation, capability: about }: Operation,
    id: string | undefined,
): Readonly<Record<string, string>> {
    if (id === undefined) return { operation };
    if (about === capability.cart) return { operation, cartId: id };
    return about === capability.order ? { operation, orderId: id } : { operation, sessionId: id };
}
