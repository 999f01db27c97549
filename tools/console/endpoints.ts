import { attemptsOf } from "../../runtime/webhookFanout/delivery/deliveryStore.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { deliveriesOf, endpointOf, endpointsOf } from "../operator/endpoints.ts";
import { inBatches, type Stack } from "../operator/stack.ts";
import type { ShownDelivery, ShownEndpoint } from "./shown.ts";

const mostDeliveries = 30;

/** Endpoints of all owners, without their secrets. */
export const shownEndpoints = async (stack: Stack): Promise<ShownEndpoint[]> => (await endpointsOf(stack)).map(shown);

/** An endpoint with its newest deliveries. */
export async function shownEndpoint(stack: Stack, id: string) {
    const [endpoint, { elements }] = await Promise.all([
        endpointOf(stack, id),
        deliveriesOf(stack).list(id, { isOldestFirst: false, limit: mostDeliveries }),
    ]);
    const deliveries = await inBatches(10, elements, ({ deliveryId }) => shownDelivery(stack, id, deliveryId));
    return { endpoint: shown(endpoint), deliveries: deliveries.filter((each) => each !== undefined) };
}

/** With its body, byte for byte the same at every attempt, and the attempts. */
export async function shownDelivery(
    stack: Stack,
    endpointId: string,
    deliveryId: string,
): Promise<ShownDelivery | undefined> {
    const store = deliveriesOf(stack);
    const delivery = await store.get(endpointId, deliveryId);
    if (delivery === undefined) return undefined;
    const [body, attempts] = await Promise.all([
        store.bodyOf(delivery),
        attemptsOf(stack.dynamo, stack.named("webhook-attempts"), delivery),
    ]);
    const { eventType, status, occurredAt, nextAttemptAt } = delivery;
    return {
        endpointId,
        deliveryId,
        eventType,
        status,
        occurredAt,
        ...(nextAttemptAt !== undefined && { nextAttemptAt }),
        ...(body !== undefined && { body }),
        attempts: attempts.map((attempt) => ({ ...attempt })),
    };
}

function shown(endpoint: Endpoint): ShownEndpoint {
    const { endpointId: id, url, kind, status, eventTypes, description, disabledBecause, failures = 0 } = endpoint;
    const { tenantId: owner, rate, concurrency, ordered, schedule, timeoutSeconds, filter, secrets } = endpoint;
    return {
        id,
        url,
        kind,
        status,
        eventTypes,
        failures,
        owner,
        ...(description !== undefined && { description }),
        ...(disabledBecause !== undefined && { disabledBecause }),
        settings: { rate, concurrency, ordered, schedule, timeoutSeconds, filter, secrets: secrets.length },
    };
}
