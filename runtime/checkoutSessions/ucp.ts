import type { Context } from "aws-lambda";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { CartStore } from "./carts/cartStore.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { shownCatalog } from "./products/shownCatalog.ts";
import { shopOf } from "./session/shop.ts";
import { SessionStore } from "./session/store.ts";
import { doorOf } from "./ucp/admitting.ts";
import { keptHours } from "./ucp/calls.ts";
import { restAnswer } from "./ucp/rest.ts";
import { serveFor } from "./ucp/serve.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "CARTS_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "HISTORY_DAYS",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "API_URL",
    "UCP",
    "UCP_PROFILES_TABLE",
    "UCP_SIGNING_KEYS",
    "MERCHANT",
);
const store = SessionStore.of(dynamo, env, keptHours);
const { versions, requests } = store;
const merchant = merchantFrom(env.MERCHANT);

// During initialisation, which has full CPU: reads the keys, and opens the connection.
const [apiKeys, shop] = await Promise.all([
    apiKeyReaderOf(env),
    shopOf(merchant, dynamo, env),
    versions.latest("cs_none").catch(() => undefined),
]);

const api = {
    ...doorOf(dynamo, apiKeys, merchant, env),
    versions,
    serve: serveFor({
        checkout: { ...shop, store },
        carts: { ...shop, requests, carts: new CartStore(dynamo, env.CARTS_TABLE, requests) },
        catalog: shownCatalog(dynamo, env.PRODUCTS_TABLE),
    }),
    log,
};

/** UCP's checkouts except completions, its carts and its catalogue. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await restAnswer(api, request, context);
}
