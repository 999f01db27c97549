import { routeScopes, type Scope } from "../../spec/generated/scopes.ts";

/** The scopes of which a client needs one for a route. A route that no OpenAPI document names is open to no client. */
export const scopesFor = (routeKey: string): readonly Scope[] => routeScopes[routeKey] ?? [];

export const mayCall = (scopes: readonly string[], routeKey: string): boolean =>
    scopesFor(routeKey).some((scope) => scopes.includes(scope));

/**
 * The scopes in an authorizer's context or a token's claim: `orders:read messages` (RFC 6749, section 3.3), or as API
 * Gateway hands over a claim that is a list, `[orders:read messages]`.
 */
export const scopesIn = (text: unknown): readonly string[] =>
    typeof text === "string" ? text.replace(/^\[|\]$/g, "").split(" ") : [];
