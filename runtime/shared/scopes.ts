import { routeScopes, type Scope } from "../../spec/generated/scopes.ts";

/** A client needs one of these scopes for a route; a route that is in no OpenAPI document has none. */
export const scopesFor = (routeKey: string): readonly Scope[] => routeScopes[routeKey] ?? [];

export const mayCall = (scopes: readonly string[], routeKey: string): boolean =>
    scopesFor(routeKey).some((scope) => scopes.includes(scope));

/**
 * The scopes in an authorizer's context or a token's claim: `orders:read messages` (RFC 6749, section 3.3), or
 * `[orders:read messages]`, API Gateway's form of a claim that is a list.
 */
export const scopesIn = (text: unknown): readonly string[] =>
    typeof text === "string" ? text.replace(/^\[|\]$/g, "").split(" ") : [];
