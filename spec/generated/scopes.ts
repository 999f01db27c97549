// Made by `npm run generate` from spec/*.openapi.yaml. Do not edit.
/** Every scope that a client of the API can have. */
export const scopes = ["checkout","merchant","messages","orders:read","orders:write","webhooks"] as const;
export type Scope = (typeof scopes)[number];

/** By route, the scopes of which a client needs one; none where the route is open to all. */
export type RouteScopes = Readonly<Record<string, readonly Scope[]>>;

/** Of spec/orders.openapi.yaml. */
export const ordersRoutes: RouteScopes = {
    "GET /orders": ["orders:read","merchant"],
    "POST /orders": ["orders:write"],
    "GET /orders/{orderId}": ["orders:read","merchant"],
    "POST /orders/{orderId}/refunds": ["merchant"],
    "POST /orders/{orderId}/capture": ["merchant"],
    "POST /orders/{orderId}/fulfillments": ["merchant"],
    "POST /orders/{orderId}/fulfillments/{fulfillmentId}": ["merchant"],
    "POST /orders/{orderId}/cancel": ["merchant"],
    "POST /orders/{orderId}/notes": ["merchant"],
    "POST /payments/stripe": [],
    "GET /health": [],
};

/** Of spec/messages.openapi.yaml. */
export const messagesRoutes: RouteScopes = {
    "POST /messages": ["messages"],
};

/** Of spec/checkout.openapi.yaml. */
export const checkoutRoutes: RouteScopes = {
    "POST /checkout_sessions": ["checkout"],
    "GET /checkout_sessions/{id}": ["checkout","merchant"],
    "POST /checkout_sessions/{id}": ["checkout"],
    "POST /checkout_sessions/{id}/complete": ["checkout"],
    "POST /checkout_sessions/{id}/cancel": ["checkout"],
    "GET /checkout_sessions/{id}/versions": ["checkout","merchant"],
    "GET /checkout_sessions/{id}/versions/{version}": ["checkout","merchant"],
    "POST /carts": ["checkout"],
    "GET /carts/{id}": ["checkout"],
    "PUT /carts/{id}": ["checkout"],
    "POST /carts/{id}/cancel": ["checkout"],
    "POST /mcp": ["checkout","merchant"],
    "GET /.well-known/acp.json": [],
};

/** Of spec/ucp.openapi.yaml. */
export const ucpRoutes: RouteScopes = {
    "GET /.well-known/ucp": [],
    "GET /.well-known/ucp/{version}": [],
    "POST /ucp/{version}/checkout-sessions": [],
    "GET /ucp/{version}/checkout-sessions/{id}": [],
    "PUT /ucp/{version}/checkout-sessions/{id}": [],
    "POST /ucp/{version}/checkout-sessions/{id}/complete": [],
    "POST /ucp/{version}/checkout-sessions/{id}/cancel": [],
    "POST /ucp/{version}/carts": [],
    "GET /ucp/{version}/carts/{id}": [],
    "PUT /ucp/{version}/carts/{id}": [],
    "POST /ucp/{version}/carts/{id}/cancel": [],
    "GET /ucp/{version}/orders/{id}": [],
    "POST /ucp/{version}/catalog/search": [],
    "POST /ucp/{version}/catalog/lookup": [],
    "POST /ucp/{version}/catalog/product": [],
};

/** Of spec/catalog.openapi.yaml. */
export const catalogRoutes: RouteScopes = {
    "GET /products": [],
    "GET /products/{id}": [],
    "PUT /products/{id}": ["merchant"],
    "DELETE /products/{id}": ["merchant"],
    "PUT /products/{id}/stock": ["merchant"],
    "POST /products/{id}/stock/adjustments": ["merchant"],
    "GET /discount_codes": ["merchant"],
    "GET /discount_codes/{code}": ["merchant"],
    "PUT /discount_codes/{code}": ["merchant"],
    "DELETE /discount_codes/{code}": ["merchant"],
    "GET /feeds/{file}": [],
};

/** Of spec/webhooks.openapi.yaml. */
export const webhooksRoutes: RouteScopes = {
    "GET /webhook_endpoints": ["webhooks"],
    "POST /webhook_endpoints": ["webhooks"],
    "GET /webhook_endpoints/{id}": ["webhooks"],
    "DELETE /webhook_endpoints/{id}": ["webhooks"],
    "PATCH /webhook_endpoints/{id}": ["webhooks"],
    "POST /webhook_endpoints/{id}/enable": ["webhooks"],
    "POST /webhook_endpoints/{id}/disable": ["webhooks"],
    "POST /webhook_endpoints/{id}/rotate": ["webhooks"],
    "POST /webhook_endpoints/{id}/filter_test": ["webhooks"],
    "POST /webhook_endpoints/{id}/test": ["webhooks"],
    "GET /webhook_endpoints/{id}/stats": ["webhooks"],
    "GET /webhook_endpoints/{id}/deliveries": ["webhooks"],
    "GET /webhook_endpoints/{id}/deliveries/{deliveryId}": ["webhooks"],
    "POST /webhook_endpoints/{id}/deliveries/{deliveryId}/resend": ["webhooks"],
    "POST /webhook_endpoints/{id}/replay": ["webhooks"],
    "GET /webhook_endpoints/{id}/replays": ["webhooks"],
    "POST /webhook_endpoints/{id}/replays": ["webhooks"],
    "GET /webhook_endpoints/{id}/replays/{replayId}": ["webhooks"],
    "DELETE /webhook_endpoints/{id}/replays/{replayId}": ["webhooks"],
};

/** Of spec/tenants.openapi.yaml. */
export const tenantsRoutes: RouteScopes = {
    "POST /events": ["messages"],
    "GET /event_types": ["webhooks"],
    "GET /event_types/{type}": ["webhooks"],
    "PUT /event_types/{type}": ["messages"],
    "DELETE /event_types/{type}": ["messages"],
    "GET /asyncapi.json": ["webhooks"],
    "GET /tenants": ["merchant"],
    "POST /tenants": ["merchant"],
    "GET /tenants/{id}": ["merchant"],
    "DELETE /tenants/{id}": ["merchant"],
    "POST /tenants/{id}/keys": ["merchant"],
    "DELETE /tenants/{id}/keys/{keyId}": ["merchant"],
};

export const allRoutes = (): RouteScopes => ({ ...ordersRoutes, ...messagesRoutes, ...checkoutRoutes, ...ucpRoutes, ...catalogRoutes, ...webhooksRoutes, ...tenantsRoutes });
