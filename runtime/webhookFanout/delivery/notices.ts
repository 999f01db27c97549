import type { SQSClient } from "@aws-sdk/client-sqs";
import { uuidOf } from "../../shared/ids.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import type { Destination } from "../endpoints/health.ts";
import type { Delivery } from "./attemptStore.ts";
import { QueueMessages } from "./queueMessages.ts";

/** An event about an endpoint, for its owner's other endpoints. */
export interface Notice {
    /** Deterministic, without a dot. */
    readonly id: string;
    readonly type: "webhook.failing" | "webhook.exhausted" | "webhook.recovered" | "webhook.endpoint_disabled";
    /** ISO 8601 */
    readonly timestamp: string;
    readonly correlationId: string;
    readonly tenantId: string;
    readonly data: NoticeData;
}

interface NoticeData {
    readonly endpointId: string;
    readonly deliveryId: string;
    readonly eventType: string;
    readonly attempts: number;
    readonly error?: string;
    /** ISO 8601 */
    readonly nextAttemptAt?: string;
    readonly disabledBecause?: NonNullable<Endpoint["disabledBecause"]>;
}

/** A message of the queue of exhausted deliveries. */
interface Exhausted extends NoticeData {
    readonly reason: string;
    readonly tenantId: string;
    readonly occurredAt: string;
    readonly correlationId: string;
}

export interface NoticeNames {
    readonly EVENTS_QUEUE_URL: string;
    readonly EXHAUSTED_QUEUE_URL: string;
}

/** Sends events about endpoints to their owners, and exhausted deliveries to the dead-letter queue. */
export class Notices {
    readonly #events: QueueMessages;
    readonly #exhausted: QueueMessages;

    constructor(sqs: SQSClient, names: NoticeNames) {
        this.#events = new QueueMessages(sqs, names.EVENTS_QUEUE_URL);
        this.#exhausted = new QueueMessages(sqs, names.EXHAUSTED_QUEUE_URL);
    }

    failing(delivery: Delivery, now: number): Promise<void> {
        return this.#publish("webhook.failing", delivery, now);
    }

    recovered(delivery: Delivery, now: number): Promise<void> {
        return this.#publish("webhook.recovered", delivery, now);
    }

    exhausted(delivery: Delivery, now: number): Promise<void> {
        return this.#publish("webhook.exhausted", delivery, now);
    }

    disabled(
        delivery: Delivery,
        { updatedAt }: Destination,
        disabledBecause: NonNullable<Endpoint["disabledBecause"]>,
        now: number,
    ): Promise<void> {
        // One event for each time that the endpoint was enabled, whichever delivery disables it.
        const id = `disabled-${uuidOf(delivery.endpointId, updatedAt)}`;
        return this.#publish("webhook.endpoint_disabled", delivery, now, { id, disabledBecause });
    }

    async sendToDeadLetters(delivery: Delivery): Promise<void> {
        const { tenantId, occurredAt, correlationId, lastError: reason = "" } = delivery;
        const message: Exhausted = { reason, ...dataOf(delivery), tenantId, occurredAt, correlationId };
        await this.#exhausted.send({ content: message, attributes: { correlationId } });
    }

    async #publish(
        type: Notice["type"],
        delivery: Delivery,
        now: number,
        { id, disabledBecause }: { id?: string; disabledBecause?: NonNullable<Endpoint["disabledBecause"]> } = {},
    ): Promise<void> {
        const { endpointId, deliveryId, eventType, tenantId, correlationId, attempts } = delivery;
        // Prevents endless events about deliveries of such events. An endpoint is disabled once, which ends by itself.
        if (eventType.startsWith("webhook.") && type !== "webhook.endpoint_disabled") return;
        const notice: Notice = {
            id: id ?? `${type.replace("webhook.", "")}-${uuidOf(endpointId, deliveryId, String(attempts))}`,
            type,
            timestamp: new Date(now).toISOString(),
            correlationId,
            tenantId,
            data: { ...dataOf(delivery), ...(disabledBecause && { disabledBecause }) },
        };
        await this.#events.send({ content: notice, attributes: { id: notice.id, type, correlationId } });
    }
}

function dataOf({ endpointId, deliveryId, eventType, attempts, lastError, nextAttemptAt }: Delivery): NoticeData {
    return {
        endpointId,
        deliveryId,
        eventType,
        attempts,
        ...(lastError !== undefined && { error: lastError }),
        ...(nextAttemptAt !== undefined && { nextAttemptAt }),
    };
}
