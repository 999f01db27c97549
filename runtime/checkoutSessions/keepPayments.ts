import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { jsonIn } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import type { Outcome } from "../shared/outcome.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { Keeper } from "./money/keeper.ts";
import { LedgerStore } from "./money/ledgerStore.ts";
import { OrderVersions } from "./money/orderVersions.ts";
import { taskIn } from "./money/task.ts";
import { moneyProviderFrom } from "./payment/moneyProvider.ts";
import { SessionVersions } from "./session/versions.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "PAYMENTS_TABLE",
    "ORDERS_TABLE",
    "VERSIONS_TABLE",
    "SETTLEMENTS_QUEUE_URL",
    "MERCHANT",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const sqs = new SQSClient({});
const sessions = new SessionVersions(dynamo, env.SESSIONS_TABLE, 0);
const keeper = new Keeper({
    ledgers: new LedgerStore(dynamo, { payments: env.PAYMENTS_TABLE, orders: env.ORDERS_TABLE }, sessions),
    sessions,
    orders: new OrderVersions(dynamo, env.VERSIONS_TABLE),
    provider: moneyProviderFrom(env),
    unfulfillable: merchantFrom(env.MERCHANT).payment.unfulfillable,
    settle,
    now: Date.now,
});

/**
 * Payments queue: does what is due with the payment of an order. Messages are only wake-ups: the ledger says what is to be
 * done, and the provider what was done.
 */
export const handler = eachMessage(keep);

async function keep({ body, messageAttributes, messageId }: SQSRecord, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { message_id: messageId });
    try {
        const task = taskIn(jsonIn(Buffer.from(body)));
        const correlationId = task.correlationId ?? messageAttributes["correlationId"]?.stringValue ?? messageId;
        invocation = invocation.with({ correlationId });
        return await keeper.keep(task, correlationId, invocation);
    } catch (error) {
        invocation.error("The payment could not be kept", { error });
        throw error;
    }
}

/** Finishes a completion now: `settle` would come to it later. */
async function settle(sessionId: string, version: number, correlationId: string): Promise<void> {
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: env.SETTLEMENTS_QUEUE_URL,
            MessageBody: messageBody({ sessionId, version }),
            MessageAttributes: textAttributes({ correlationId }),
        }),
    );
}
