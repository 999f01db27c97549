import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
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
import { allowedFrom } from "./endpoints/destination.ts";
import { Sealing } from "./endpoints/sealing.ts";

export const env = environment(
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_TABLE",
    // (endpointId, slot: a number), ttl `expiresAt`.
    "CAPACITY_TABLE",
    "ATTEMPTS_QUEUE_URL",
    "ATTEMPTS_QUEUE_ARN",
    // Where EventBridge Scheduler leaves a wake-up that it cannot bring.
    "ATTEMPTS_DEAD_LETTERS_ARN",
    // Deliveries that were given up, each with the reason.
    "EXHAUSTED_QUEUE_URL",
    // The queue that `dispatch` reads: events about endpoints go the way of all events.
    "EVENTS_QUEUE_URL",
    "SCHEDULE_GROUP",
    // The role that EventBridge Scheduler sends wake-ups with.
    "SCHEDULE_ROLE_ARN",
    "SEALING_SECRET",
    // Addresses that may be sent to although they are not public ("127.0.0.1,::1"): empty in production.
    "ALLOWED_ADDRESSES",
);
const deliverer = new Deliverer({
    dynamo,
    sqs: new SQSClient({}),
    scheduler: new SchedulerClient({}),
    sealing: await Sealing.from(secretReader(env.SEALING_SECRET)),
    sender: new Sender({ allowed: allowedFrom(env.ALLOWED_ADDRESSES) }),
    names: env,
    now: Date.now,
    random: Math.random,
});

/**
 * Attempts queue: tries each delivery whose turn it is, all of a batch at the same time. What an endpoint answers never
 * fails a message: the next attempt is planned, and this message is done. Only faults of our own bring it again.
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

/** What the log says of it: ids and numbers, and nothing of what was sent or answered. */
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

/** Counts what was sent, and not what was only looked at. */
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
