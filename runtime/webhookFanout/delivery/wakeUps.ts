import type { SQSClient } from "@aws-sdk/client-sqs";
import type { DeliveryItem, WakeUp } from "./delivery.ts";
import { QueueMessages } from "./queueMessages.ts";

export type Due = Pick<
    DeliveryItem,
    "tenantId" | "endpointId" | "deliveryId" | "attempts" | "correlationId" | "nextAttemptAt"
>;

/** The wake-up of the next attempt. */
export function wakeUpFor({ tenantId, endpointId, deliveryId, attempts }: Due): WakeUp {
    return { tenantId, endpointId, deliveryId, attempt: attempts + 1 };
}

/** A wake-up could not be sent. */
class WakeUpError extends Error {
    override readonly name = "WakeUpError";

    constructor({ endpointId, deliveryId }: Due, cause: unknown) {
        super(`the delivery ${deliveryId} to ${endpointId} could not be woken: ${cause}`, { cause });
    }
}

/** Sends wake-ups, with one message group for each endpoint (fair queue). */
export class WakeUps {
    readonly #messages: QueueMessages;

    constructor(client: SQSClient, queueUrl: string) {
        this.#messages = new QueueMessages(client, queueUrl);
    }

    /** For the times of their next attempts. @returns undefined or the error, for each delivery in their order */
    async send(deliveries: readonly Due[], now = Date.now()): Promise<(WakeUpError | undefined)[]> {
        return await Promise.all(
            deliveries.map((delivery) =>
                this.after(delivery, secondsUntil(delivery.nextAttemptAt, now)).then(
                    () => undefined,
                    (error: unknown) => new WakeUpError(delivery, error),
                ),
            ),
        );
    }

    /** Throws SQS's errors. @param seconds at most 900. */
    async after(delivery: Due, seconds: number): Promise<void> {
        const { endpointId: group, correlationId } = delivery;
        await this.#messages.send({
            content: wakeUpFor(delivery),
            attributes: { correlationId },
            group,
            ...(seconds > 0 && { delaySeconds: seconds }),
        });
    }
}

const secondsUntil = (time: string | undefined, now: number): number =>
    time === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(time) - now) / 1000));
