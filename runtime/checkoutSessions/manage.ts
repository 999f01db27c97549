import type { Context } from "aws-lambda";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { acpDialects } from "./acp/dialects.ts";
import { cancelIn, createIn, updateIn } from "./calls/commands.ts";
import { readSession } from "./calls/read.ts";
import type { Served } from "./domain/call.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { noSuchRoute, notAllowed, type Problem } from "./domain/problem.ts";
import { type Asked, answerTo } from "./rest/answer.ts";
import { history, versionOf } from "./rest/history.ts";
import { pathIdIn, pathOf, sentIn } from "./rest/request.ts";
import { changeSession } from "./session/commit.ts";
import { shopOf } from "./session/shop.ts";
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
const { versions } = store;

// During initialisation, which has full CPU: reads the keys, and runs the first call's code to open the connection.
const [apiKeys, shop] = await Promise.all([
    apiKeyReaderOf(env),
    shopOf(merchant, dynamo, env),
    versions.latest("cs_none").catch(() => undefined),
]);
const checkout = { ...shop, store };

const api = { apiKeys, dialects: acpDialects(merchant), versions, serve };

/** The checkout API except completions: creates, reads, updates and cancels sessions, and reads their history. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await answerTo(api, request, context);
}

async function serve(asked: Asked): Promise<Served> {
    const { request, call } = asked;
    switch (request.routeKey) {
        case "POST /checkout_sessions":
            return await change(asked, createIn);
        case "GET /checkout_sessions/{id}":
            return await readSession(pathIdIn(request) ?? "", call, versions);
        case "POST /checkout_sessions/{id}":
            return await change(asked, updateIn);
        case "POST /checkout_sessions/{id}/cancel":
            return await change(asked, cancelIn);
        case "GET /checkout_sessions/{id}/versions":
            return await history(request, call, versions);
        case "GET /checkout_sessions/{id}/versions/{version}":
            return await versionOf(request, call, versions);
        default:
            return { problem: refusedRoute(request) };
    }
}

async function change({ request, call, dialect }: Asked, commandIn: typeof createIn): Promise<Served> {
    const sent = sentIn(request, dialect);
    const command = "problem" in sent ? sent : commandIn(sent, call, dialect);
    return "problem" in command ? command : await changeSession(checkout, command);
}

/** 405 or 404 for the catch-all routes. */
function refusedRoute(request: HttpRequest): Problem {
    const path = pathOf(request);
    const known = paths.find(({ pattern }) => pattern.test(path));
    return known === undefined ? noSuchRoute() : notAllowed("the method is not allowed for this path", known.allow);
}

const paths = [
    { pattern: /^\/checkout_sessions$/, allow: "POST" },
    { pattern: /^\/checkout_sessions\/[^/]+$/, allow: "GET, POST" },
    { pattern: /^\/checkout_sessions\/[^/]+\/(complete|cancel)$/, allow: "POST" },
    { pattern: /^\/checkout_sessions\/[^/]+\/versions(\/[^/]+)?$/, allow: "GET" },
];
