import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { groupsOf } from "../../shared/groups.ts";
import { textAttributes } from "../../shared/message.ts";
import type { DeliveryItem, WakeUp } from "./delivery.ts";

/** What a wake-up is made of. */
export type Due = Pick<DeliveryItem, "tenantId" | "endpointId" | "deliveryId" | "attempts" | "correlationId">;

/** The wake-up for the attempt after those that were made. */
export function wakeUpFor({ tenantId, endpointId, deliveryId, attempts }: Due): WakeUp {
    return { tenantId, endpointId, deliveryId, attempt: attempts + 1 };
}

/** The queue did not take a wake-up. */
class WakeUpError extends Error {
    override readonly name = "WakeUpError";

    constructor({ endpointId, deliveryId }: Due, reason: string, cause?: unknown) {
        super(`the delivery ${deliveryId} to ${endpointId} was not woken: ${reason}`, { cause });
    }
}

const perCall = 10;

/** Wakes deliveries: their endpoints keep each other from nothing, for each is a group of its own in the queue. */
export class WakeUps {
    readonly #client: SQSClient;
    readonly #queueUrl: string;

    constructor(client: SQSClient, queueUrl: string) {
        this.#client = client;
        this.#queueUrl = queueUrl;
    }

    /** Says for each delivery, in the order they are given in, whether the queue took its wake-up: else the reason. */
    async send(deliveries: readonly Due[]): Promise<(WakeUpError | undefined)[]> {
        const calls = groupsOf(deliveries, perCall);
        return (await Promise.all(calls.map((call) => this.#sendAll(call)))).flat();
    }

    /** SendMessageBatch succeeds as a call although entries of it fail: what it does not name as taken was not taken. */
    async #sendAll(deliveries: readonly Due[]): Promise<(WakeUpError | undefined)[]> {
        try {
            const { Successful = [], Failed = [] } = await this.#client.send(
                new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries: deliveries.map(entryOf) }),
            );
            return deliveries.map((delivery, index) => {
                if (Successful.some(({ Id }) => Id === String(index))) return undefined;
                const { Code = "no answer", Message = "" } = Failed.find(({ Id }) => Id === String(index)) ?? {};
                return new WakeUpError(delivery, `${Code} ${Message}`.trim());
            });
        } catch (error) {
            return deliveries.map((delivery) => new WakeUpError(delivery, "the call failed", error));
        }
    }
}

function entryOf(delivery: Due, index: number) {
    return {
        Id: String(index),
        MessageBody: JSON.stringify(wakeUpFor(delivery)),
        MessageAttributes: textAttributes({ correlationId: delivery.correlationId }),
        // On a standard queue: not an order, but a fair share for each.
        MessageGroupId: delivery.endpointId,
    };
}
