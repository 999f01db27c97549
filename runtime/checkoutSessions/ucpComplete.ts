import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { SessionStore } from "./session/store.ts";
import { tillOf } from "./session/till.ts";
import { doorOf } from "./ucp/admitting.ts";
import { keptHours } from "./ucp/calls.ts";
import { completing } from "./ucp/complete.ts";
import { restAnswer } from "./ucp/rest.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "API_URL",
    "UCP",
    "UCP_PROFILES_TABLE",
    "UCP_SIGNING_KEYS",
    "MERCHANT",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env, keptHours);
const merchant = merchantFrom(env.MERCHANT);
const { apiKeys, till } = await tillOf(merchant, dynamo, store, env);

const api = {
    ...doorOf(dynamo, apiKeys, merchant, env),
    versions: store.versions,
    serve: completing(till),
    log,
};

/** POST …/checkout-sessions/{id}/complete of UCP: one charge and one order, also for repeated requests. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await restAnswer(api, request, context);
}
