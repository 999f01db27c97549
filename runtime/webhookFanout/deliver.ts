import { setTimeout as wait } from "node:timers/promises";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { allowedFrom } from "../shared/destination.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { type Fields, log } from "../shared/log.ts";
import { eachMessage } from "../shared/messages.ts";
import { business } from "../shared/metrics.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { secretReader } from "../shared/secret.ts";
import { Deliverer, type Result } from "./delivery/attempt.ts";
import { readWakeUp } from "./delivery/attemptWakeUps.ts";
import { Sender } from "./delivery/sender.ts";
import { Transport } from "./delivery/transport.ts";
import { Sealing } from "./endpoints/sealing.ts";

export const env = environment(
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_TABLE",
    // (endpointId, slot: a number), ttl `expiresAt`.
    "CAPACITY_TABLE",
    "ATTEMPTS_QUEUE_URL",
    "ATTEMPTS_QUEUE_ARN",
    // DLQ of EventBridge Scheduler.
    "ATTEMPTS_DEAD_LETTERS_ARN",
    // Exhausted deliveries with the last error.
    "EXHAUSTED_QUEUE_URL",
    // The queue of `dispatch`, which also gets events about endpoints.
    "EVENTS_QUEUE_URL",
    "SCHEDULE_GROUP",
    // Role of EventBridge Scheduler.
    "SCHEDULE_ROLE_ARN",
    "SEALING_SECRET",
    // Allowed addresses that are not public ("127.0.0.1,::1"); empty in production.
    "ALLOWED_ADDRESSES",
    // The merchant's signing keys and profile; empty where UCP is not served.
    "UCP_SIGNING_KEYS",
    "UCP_PROFILE_URL",
    // API keys that platforms have given for their webhooks.
    "UCP_WEBHOOK_KEYS",
);
const signing = { keys: env.UCP_SIGNING_KEYS, profileUrl: env.UCP_PROFILE_URL, apiKeys: env.UCP_WEBHOOK_KEYS };
const deliverer = new Deliverer({
    dynamo,
    sqs: new SQSClient({}),
    scheduler: new SchedulerClient({}),
    transport: new Transport({
        sealing: await Sealing.from(secretReader(env.SEALING_SECRET)),
        sender: new Sender({ allowed: allowedFrom(env.ALLOWED_ADDRESSES) }),
        late: {
            authorized: async (posting) =>
                (await import("./authorizedRequests.lazy.ts")).send(posting, env.ALLOWED_ADDRESSES),
            signed: async (event) =>
                signing.keys === ""
                    ? undefined
                    : (await import("./platformSignatures.lazy.ts")).headersOf(event, signing),
            aws: async (posting) => (await import("./awsDestinations.lazy.ts")).send(posting),
        },
    }),
    names: env,
    now: Date.now,
    random: Math.random,
    wait,
});

/**
 * Attempts queue: attempts the deliveries of a batch concurrently. A failing endpoint never fails a message: its next
 * attempt gets a wake-up of its own. SQS retries a message only after internal errors.
 */
export const handler = eachMessage(deliverOne);

async function deliverOne(record: SQSRecord, context: Context): Promise<Outcome> {
    const { body, messageId, attributes, messageAttributes } = record;
    const receives = Number(attributes.ApproximateReceiveCount);
    let invocation = log.forInvocation(context, { message_id: messageId });
    try {
        const wakeUp = readWakeUp(body);
        // The wake-ups of EventBridge Scheduler have no attributes.
        const correlationId = messageAttributes["correlationId"]?.stringValue;
        invocation = invocation.with({ ...wakeUp, ...(correlationId !== undefined && { correlationId }) });
        const result = await deliverer.attempt(wakeUp, receives > 1);
        const fields = { ...fieldsOf(result), ...countsOf(result) };
        const { disabled, isOvertaken, notDone: kind } = result;
        if (disabled !== undefined) notDone(invocation, "EndpointDisabled", { because: disabled });
        if (isOvertaken) notDone(invocation, "AttemptOvertaken");
        if (kind !== undefined) return notDone(invocation, kind, fields);
        return done(invocation, `Delivery ${result.outcome}`, fields);
    } catch (error) {
        invocation.error("The delivery could not be attempted", { error, receives });
        throw error;
    }
}

/** For the log: ids and numbers, no request or response bodies. */
function fieldsOf({ delivery, httpStatus, error, durationMs }: Result): Fields {
    const { correlationId, tenantId, eventType, nextAttemptAt } = delivery ?? {};
    return {
        ...(correlationId !== undefined && { correlationId }),
        tenantId,
        type: eventType,
        httpStatus,
        reason: error,
        durationMs,
        nextAttemptAt,
    };
}

/** Counts requests only. */
function countsOf({ outcome, durationMs }: Result): Fields {
    if (durationMs === undefined) return {};
    const isDelivered = outcome === "delivered";
    return business({
        DeliveriesDelivered: Number(isDelivered),
        DeliveriesFailed: Number(!isDelivered),
        DeliveriesExhausted: Number(outcome === "exhausted"),
        AttemptMs: durationMs,
    });
}
