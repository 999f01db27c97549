import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { groupsOf } from "../../shared/groups.ts";
import { textAttributes } from "../../shared/message.ts";
import type { DeliveryItem, WakeUp } from "./delivery.ts";

export type Due = Pick<DeliveryItem, "tenantId" | "endpointId" | "deliveryId" | "attempts" | "correlationId">;

/** The wake-up of the next attempt. */
export function wakeUpFor({ tenantId, endpointId, deliveryId, attempts }: Due): WakeUp {
    return { tenantId, endpointId, deliveryId, attempt: attempts + 1 };
}

/** A wake-up could not be sent. */
class WakeUpError extends Error {
    override readonly name = "WakeUpError";

    constructor({ endpointId, deliveryId }: Due, reason: string, cause?: unknown) {
        super(`the delivery ${deliveryId} to ${endpointId} could not be woken: ${reason}`, { cause });
    }
}

const perCall = 10;

/** Sends wake-ups, with one message group for each endpoint (fair queue). */
export class WakeUps {
    readonly #client: SQSClient;
    readonly #queueUrl: string;

    constructor(client: SQSClient, queueUrl: string) {
        this.#client = client;
        this.#queueUrl = queueUrl;
    }

    /** @returns undefined or the error, for each delivery in their order */
    async send(deliveries: readonly Due[]): Promise<(WakeUpError | undefined)[]> {
        const calls = groupsOf(deliveries, perCall);
        return (await Promise.all(calls.map((call) => this.#sendAll(call)))).flat();
    }

    /** SendMessageBatch succeeds although some entries fail: entries not listed as successful have failed. */
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
        // On a standard queue a message group means fairness, not order.
        MessageGroupId: delivery.endpointId,
    };
}
