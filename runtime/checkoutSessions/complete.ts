import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { acpDialects } from "./acp/dialects.ts";
import { completeIn } from "./calls/commands.ts";
import type { Served } from "./domain/call.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { type Asked, answerTo } from "./rest/answer.ts";
import { sentIn } from "./rest/request.ts";
import { completeSession, holderOf } from "./session/completion.ts";
import { SessionStore } from "./session/store.ts";
import { tillOf } from "./session/till.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "MERCHANT",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env);
const merchant = merchantFrom(env.MERCHANT);
const { apiKeys, till } = await tillOf(merchant, dynamo, store, env);

const api = { apiKeys, dialects: acpDialects(merchant), versions: store.versions, serve };

/** POST /checkout_sessions/{id}/complete: one charge and one order, also for repeated requests. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await answerTo(api, request, context);
}

async function serve({ request, context, call, dialect }: Asked): Promise<Served> {
    const sent = sentIn(request, dialect);
    const command = "problem" in sent ? sent : completeIn(sent, call, dialect, holderOf(context));
    return "problem" in command ? command : await completeSession(till, command);
}
