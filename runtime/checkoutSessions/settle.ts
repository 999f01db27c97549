import type { Context, SQSRecord } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { jsonIn } from "../shared/http.ts";
import { isJsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { eachMessage } from "../shared/messages.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { providerFrom } from "./payment/provider.ts";
import { finish, holderOf } from "./session/completion.ts";
import { CompletionStore } from "./session/completionStore.ts";
import { SessionStore } from "./session/store.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "DISCOUNTS_TABLE",
    "PRODUCTS_TABLE",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "MERCHANT",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env);
const merchant = merchantFrom(env.MERCHANT);
const till = {
    store,
    completions: CompletionStore.of(dynamo, store, env),
    merchant,
    provider: await providerFrom(env, merchant),
    now: Date.now,
};

/** A message of the settlements queue is invalid. */
class InvalidSettlementError extends Error {
    override readonly name = "InvalidSettlementError";
}

/** Another invocation holds the completion's lease: SQS retries the message. */
class StillInProgressError extends Error {
    override readonly name = "StillInProgressError";
}

/**
 * Settlements queue: finishes completions that a client began and did not repeat, so that every charge leads to an order
 * and no session stays in progress.
 */
export const handler = eachMessage(settle);

async function settle({ body, messageAttributes, messageId }: SQSRecord, context: Context): Promise<Outcome> {
    const correlationId = messageAttributes["correlationId"]?.stringValue ?? messageId;
    const invocation = log.forInvocation(context, { correlationId, message_id: messageId });
    try {
        const { sessionId, version } = settlementIn(body);
        const state = await store.versions.latest(sessionId);
        const recordId = state?.hidden.completion?.recordId;
        if (state?.version !== version || recordId === undefined) {
            return done(invocation, "The completion has ended by itself", { sessionId, version });
        }
        const holder = holderOf(context);
        const begun = await store.requests.takeOver(recordId, holder);
        if (begun === undefined) throw new StillInProgressError(`the completion of ${sessionId} is in progress`);
        const isResumed = !begun.isUncharged;
        const request = { recordId, holder: holder.holder, isResumed, requestId: correlationId, log: invocation };
        const settled = await finish(begun, request, till);
        const fields = { sessionId, status: settled.session.status };
        return done(invocation, "A completion was finished without a request of the client", fields, "warn");
    } catch (error) {
        invocation.error("A completion could not be finished", { error });
        throw error;
    }
}

function settlementIn(body: string): { readonly sessionId: string; readonly version: number } {
    const value = jsonIn(Buffer.from(body));
    const { sessionId, version } = isJsonObject(value) ? value : {};
    if (typeof sessionId !== "string" || typeof version !== "number")
        throw new InvalidSettlementError("sessionId is missing");
    return { sessionId, version };
}
