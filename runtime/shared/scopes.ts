import type { RouteScopes, Scope } from "../../spec/generated/scopes.ts";

/** A client needs one of these scopes for a route; a route that is not in the document has none. */
export const scopesFor = (routes: RouteScopes, routeKey: string): readonly Scope[] => routes[routeKey] ?? [];

export const mayCall = (scopes: readonly string[], routes: RouteScopes, routeKey: string): boolean =>
    scopesFor(routes, routeKey).some((scope) => scopes.includes(scope));

/**
 * The scopes in an authorizer's context or a token's claim: `orders:read messages` (RFC 6749, section 3.3), or
 * `[orders:read messages]`, API Gateway's form of a claim that is a list.
 */
export const scopesIn = (text: unknown): readonly string[] =>
    typeof text === "string" ? text.replace(/^\[|\]$/g, "").split(" ") : [];
