import { SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { apiKeyReaderOf } from "../shared/apiKeyReader.ts";
import { allowedFrom } from "../shared/destination.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { type Log, log } from "../shared/log.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import type { StoredDelivery } from "./delivery/delivery.ts";
import { DeliveryStore } from "./delivery/deliveryStore.ts";
import { newDelivery } from "./delivery/newDelivery.ts";
import { WakeUps } from "./delivery/wakeUps.ts";
import { readEvent } from "./dispatch/event.ts";
import { PlatformEndpoints } from "./dispatch/platformEndpoints.ts";
import { Routing } from "./dispatch/routing.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import { waitBeforeFirst } from "./endpoints/health.ts";

export const env = environment(
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_QUEUE_URL",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "ALLOWED_ADDRESSES",
);
const endpoints = new EndpointStore(dynamo, env.ENDPOINTS_TABLE);
const platforms = new PlatformEndpoints(endpoints, allowedFrom(env.ALLOWED_ADDRESSES));
const deliveries = new DeliveryStore(dynamo, env.DELIVERIES_TABLE);
const wakeUps = new WakeUps(new SQSClient({}), env.ATTEMPTS_QUEUE_URL);
/** Stale after five seconds: by then a client with a new scope `merchant` receives all events. */
const apiKeys = await apiKeyReaderOf(env, { staleAfter: 5000 });

/** The clients with the scope `merchant` are unknown, because the API keys cannot be read. */
class MerchantsUnavailableError extends Error {
    override readonly name = "MerchantsUnavailableError";
}

/** A message with its deliveries to wake. */
interface Dispatched {
    readonly messageId: string;
    readonly log: Log;
    readonly endpoints: number;
    /** Deliveries to disabled endpoints, stored for a replay. */
    readonly skipped: number;
    readonly due: readonly StoredDelivery[];
}

/**
 * Deliveries queue: stores a delivery of the event for each matching endpoint, and sends its wake-up. Idempotent; SQS
 * retries failed messages.
 */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
    const merchants = await apiKeys.callersWith("merchant");
    // The events stay in the queue.
    if (merchants === undefined) throw new MerchantsUnavailableError("the API keys cannot be read");
    const routing = new Routing((tenantId) => endpoints.ofTenant(tenantId), merchants);
    const received = Records.map((record) => ({ record, registration: registered(record) }));
    // Routing reads a tenant's endpoints once, so that all of the batch have to be there.
    const ready = Promise.allSettled(received.map(({ registration }) => registration));
    const dispatched = await Promise.all(received.map((one) => dispatch(one, ready, routing, context)));
    // In batches: ten wake-ups cost as much as one.
    const outcomes = await wakeUps.send(dispatched.flatMap((one) => one?.due ?? []));
    const failed = dispatched.map((one, index) => {
        if (one === undefined) return Records[index]?.messageId ?? "";
        const error = outcomes.splice(0, one.due.length).find((outcome) => outcome !== undefined);
        if (error === undefined) {
            logDispatched(one);
            return undefined;
        }
        one.log.error("The event's deliveries could not all be woken", { error });
        return one.messageId;
    });
    return {
        batchItemFailures: failed.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })),
    };
}

function logDispatched({ log: invocation, endpoints: count, skipped, due }: Dispatched): Outcome {
    if (skipped > 0) notDone(invocation, "DeliverySkipped", { deliveries: skipped });
    return done(invocation, "Event dispatched", { endpoints: count, woken: due.length });
}

/** The event, whose platform's endpoint is there from now on. */
async function registered({ body }: SQSRecord) {
    const event = readEvent(body);
    return { event, refused: await platforms.register(event) };
}

/** Undefined if it failed. */
async function dispatch(
    { record, registration }: { readonly record: SQSRecord; readonly registration: ReturnType<typeof registered> },
    ready: Promise<unknown>,
    routing: Routing,
    context: Context,
): Promise<Dispatched | undefined> {
    const { messageId, attributes } = record;
    let invocation = log.forInvocation(context, { message_id: messageId });
    try {
        const { event, refused } = await registration;
        const { id, type, correlationId, tenantId } = event;
        invocation = invocation.with({ correlationId, deliveryId: id, type, ...(tenantId && { tenantId }) });
        const now = Date.now();
        if (refused !== undefined) notDone(invocation, "PlatformRefused", { reason: refused });
        await ready;
        const audience = await routing.endpointsFor(event);
        for (const { endpoint, error } of audience.unusable)
            notDone(invocation, "EndpointPassedOver", { endpointId: endpoint.endpointId, error });
        const all = audience.endpoints.map((endpoint) =>
            newDelivery(endpoint, event, now, waitBeforeFirst(endpoint, now, Math.random())),
        );
        const isDue = await Promise.all(all.map((delivery) => deliveries.add(delivery)));
        const due = all.filter((_, index) => isDue[index]);
        const skipped = all.filter(({ status }) => status === "skipped").length;
        return { messageId, log: invocation, endpoints: all.length, skipped, due };
    } catch (error) {
        const receives = Number(attributes.ApproximateReceiveCount);
        invocation.error("The event could not be dispatched", { error, receives });
        return undefined;
    }
}
