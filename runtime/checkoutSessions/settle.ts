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
import { SessionStore } from "./session/store.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "DISCOUNTS_TABLE",
    "HISTORY_DAYS",
    "MERCHANT",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env);
const till = { store, merchant: merchantFrom(env.MERCHANT), provider: await providerFrom(env), now: Date.now };

/** A message that is none of ours. */
class InvalidSettlementError extends Error {
    override readonly name = "InvalidSettlementError";
}

/** A completion is being worked on by somebody else: the message comes again. */
class StillInProgressError extends Error {
    override readonly name = "StillInProgressError";
}

/**
 * Settlements queue: finishes completions that began a while ago and whose caller never came back for the answer, so
 * that nobody is charged without an order, and no session hangs.
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
        const request = { recordId, holder: holder.holder, isResumed: true, requestId: correlationId, log: invocation };
        const settled = await finish(begun, request, till);
        const fields = { sessionId, status: settled.session.status };
        return done(invocation, "A completion was finished for a caller who did not come back", fields, "warn");
    } catch (error) {
        invocation.error("A completion could not be finished", { error });
        throw error;
    }
}

function settlementIn(body: string): { readonly sessionId: string; readonly version: number } {
    const value = jsonIn(Buffer.from(body));
    const { sessionId, version } = isJsonObject(value) ? value : {};
    if (typeof sessionId !== "string" || typeof version !== "number")
        throw new InvalidSettlementError("no session is named");
    return { sessionId, version };
}
