import type { CommandName } from "../domain/call.ts";
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
    | "get_product";

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
    /** Of a checkout. */
    readonly command?: CommandName;
}

const ofCarts = { capability: capability.cart, composed: [capability.cart] };
const ofSessions = { capability: capability.checkout, composed: ofCheckouts };
const ofSearches = { capability: capability.search, composed: [capability.search] };
const ofLookups = { capability: capability.lookup, composed: [capability.lookup] };

export const operations: readonly Operation[] = [
    { name: "create_checkout", route: "POST /checkout-sessions", command: "create", ...ofSessions },
    { name: "get_checkout", route: "GET /checkout-sessions/{id}", ...ofSessions },
    { name: "update_checkout", route: "PUT /checkout-sessions/{id}", command: "update", ...ofSessions },
    {
        name: "complete_checkout",
        route: "POST /checkout-sessions/{id}/complete",
        command: "complete",
        needsKey: true,
        ...ofSessions,
    },
    {
        name: "cancel_checkout",
        route: "POST /checkout-sessions/{id}/cancel",
        command: "cancel",
        needsKey: true,
        ...ofSessions,
    },
    { name: "create_cart", route: "POST /carts", ...ofCarts },
    { name: "get_cart", route: "GET /carts/{id}", ...ofCarts },
    { name: "update_cart", route: "PUT /carts/{id}", ...ofCarts },
    { name: "cancel_cart", route: "POST /carts/{id}/cancel", needsKey: true, ...ofCarts },
    { name: "search_catalog", route: "POST /catalog/search", ...ofSearches },
    { name: "lookup_catalog", route: "POST /catalog/lookup", ...ofLookups },
    { name: "get_product", route: "POST /catalog/product", ...ofLookups },
];
