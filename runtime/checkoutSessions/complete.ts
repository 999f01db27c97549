import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { keyringOf } from "../shared/keyring.ts";
import { posted, sessionIdIn } from "./api/call.ts";
import { serving } from "./api/served.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { providerFrom } from "./payment/provider.ts";
import { Catalog } from "./session/catalog.ts";
import { completeSession, holderOf } from "./session/completion.ts";
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
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env);

// While Lambda still starts us at full speed: the keys, the provider, and the connection of the first call.
const [keyring, provider] = await Promise.all([
    keyringOf(env),
    providerFrom(env),
    store.versions.latest("cs_none").catch(() => undefined),
]);
const merchant = merchantFrom(env.MERCHANT);
const till = { store, catalog: Catalog.of(dynamo, env), merchant, provider, now: Date.now };

/** POST /checkout_sessions/{id}/complete: one charge and one order, however often the request comes. */
export const handler = serving({ keyring, store }, async (request, call, context) => {
    const post = posted(request, call, call.dialect.complete);
    if ("problem" in post) return post;
    return await completeSession(till, sessionIdIn(request) ?? "", post, holderOf(context));
});
