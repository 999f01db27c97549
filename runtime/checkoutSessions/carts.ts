import type { Context } from "aws-lambda";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { newest } from "./acp/dialects.ts";
import { CartStore } from "./carts/cartStore.ts";
import { cancelCart, createCart, readCart, replaceCart } from "./carts/commands.ts";
import type { Call, Served } from "./domain/call.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { noSuchRoute, notAllowed } from "./domain/problem.ts";
import { type Asked, answerTo } from "./rest/answer.ts";
import { bodyAndKeyIn, pathIdIn, pathOf } from "./rest/request.ts";
import { Requests } from "./session/requests.ts";
import { shopOf } from "./session/shop.ts";

export const env = environment(
    "CARTS_TABLE",
    "IDEMPOTENCY_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "MERCHANT",
);
const requests = new Requests(dynamo, env.IDEMPOTENCY_TABLE);
const carts = new CartStore(dynamo, env.CARTS_TABLE, requests);

// During initialisation, which has full CPU: reads the keys, and opens the connection.
const [apiKeys, shop] = await Promise.all([
    apiKeyReaderOf(env),
    shopOf(merchantFrom(env.MERCHANT), dynamo, env),
    carts.read("cart_none", 0).catch(() => undefined),
]);
const keeper = { ...shop, carts, requests };

/** Carts exist only since ACP 2026-04-17. */
const dialects = {
    versions: [newest.version],
    newest,
    named: async (version: string) => (version === newest.version ? newest : undefined),
};
/** No answer here is a version of a session. */
const versions = { at: async () => undefined };
const api = { apiKeys, dialects, versions, serve };

/** ACP's carts: what an agent puts together before a checkout. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await answerTo(api, request, context);
}

async function serve({ request, call }: Asked): Promise<Served> {
    switch (request.routeKey) {
        case "POST /carts":
            return await change(request, call, createCart);
        case "GET /carts/{id}":
            return await readCart(keeper, pathIdIn(request) ?? "", call);
        case "PUT /carts/{id}":
            return await change(request, call, replaceCart, false);
        case "POST /carts/{id}/cancel":
            return await change(request, call, cancelCart);
        default: {
            const known = paths.find(({ pattern }) => pattern.test(pathOf(request)));
            if (known === undefined) return { problem: noSuchRoute() };
            return { problem: notAllowed("the method is not allowed for this path", known.allow) };
        }
    }
}

async function change(request: HttpRequest, call: Call, of: typeof createCart, needsKey = true): Promise<Served> {
    const sent = bodyAndKeyIn(request, needsKey);
    if ("problem" in sent) return sent;
    const cartId = pathIdIn(request);
    return await of(keeper, { ...sent, ...(cartId !== undefined && { cartId }) }, call);
}

const paths = [
    { pattern: /^\/carts$/, allow: "POST" },
    { pattern: /^\/carts\/[^/]+$/, allow: "GET, PUT" },
    { pattern: /^\/carts\/[^/]+\/cancel$/, allow: "POST" },
];
