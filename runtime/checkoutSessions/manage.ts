import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpRequest } from "../shared/http.ts";
import { keyringOf } from "../shared/keyring.ts";
import { posted, sessionIdIn } from "./api/call.ts";
import { history, versionOf } from "./api/history.ts";
import { serving } from "./api/served.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { noSuchRoute, notAllowed, type Problem } from "./domain/problem.ts";
import { Catalog } from "./session/catalog.ts";
import { cancelSession, createSession, readSession, updateSession } from "./session/sessions.ts";
import { SessionStore } from "./session/store.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "HISTORY_DAYS",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "MERCHANT",
);
const store = SessionStore.of(dynamo, env);
const merchant = merchantFrom(env.MERCHANT);
const shop = { store, catalog: Catalog.of(dynamo, env), merchant, now: Date.now };

// While Lambda still starts us at full speed: the keys, and the connection and code path of the first call.
const [keyring] = await Promise.all([keyringOf(env), store.versions.latest("cs_none").catch(() => undefined)]);

/** The checkout API without completing: creates, shows, changes and cancels sessions, and tells their history. */
export const handler = serving({ keyring, store }, async (request, call) => {
    const { create, update, cancel } = call.dialect;
    const sessionId = sessionIdIn(request) ?? "";
    switch (request.routeKey) {
        case "POST /checkout_sessions": {
            const post = posted(request, call, create);
            return "problem" in post ? post : await createSession(shop, post);
        }
        case "GET /checkout_sessions/{id}":
            return await readSession(shop, sessionId, call);
        case "POST /checkout_sessions/{id}": {
            const post = posted(request, call, update);
            return "problem" in post ? post : await updateSession(shop, sessionId, post);
        }
        case "POST /checkout_sessions/{id}/cancel": {
            const post = posted(request, call, cancel);
            return "problem" in post ? post : await cancelSession(shop, sessionId, post);
        }
        case "GET /checkout_sessions/{id}/versions":
            return await history(request, call, store);
        case "GET /checkout_sessions/{id}/versions/{version}":
            return await versionOf(request, call, store);
        default:
            return { problem: refusedRoute(request) };
    }
});

/** What the catch-all routes get: a path of the API with a method that it does not have, or no path of it. */
function refusedRoute({ rawPath, requestContext: { stage } }: HttpRequest): Problem {
    const path = rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
    const known = paths.find(({ pattern }) => pattern.test(path));
    return known === undefined ? noSuchRoute() : notAllowed("there is no such method here", known.allow);
}

const paths = [
    { pattern: /^\/checkout_sessions$/, allow: "POST" },
    { pattern: /^\/checkout_sessions\/[^/]+$/, allow: "GET, POST" },
    { pattern: /^\/checkout_sessions\/[^/]+\/(complete|cancel)$/, allow: "POST" },
    { pattern: /^\/checkout_sessions\/[^/]+\/versions(\/[^/]+)?$/, allow: "GET" },
];
