import type { StoredDelivery } from "../../../runtime/webhookFanout/delivery/delivery.ts";
import { newDelivery, type OutboundEvent } from "../../../runtime/webhookFanout/delivery/newDelivery.ts";
import type { RegisteredEndpoint } from "../../../runtime/webhookFanout/endpoints/endpointStore.ts";
import { type Aws, acceptedEntry, entriesIn } from "./aws.ts";

/** The secret of the master keys. */
export const masterKeys = JSON.stringify({ current: "k1", keys: { k1: Buffer.alloc(32, 7).toString("base64") } });

/** The entries of the batches that were sent. */
export interface SentWakeUp {
    readonly wakeUp: unknown;
    readonly group: string;
    readonly correlationId: string;
}

/** Answers SendMessageBatch as SQS does. @param isRefused which entries are not taken, by their bodies. */
export function takeBatches(aws: Aws, isRefused: (body: string) => boolean = () => false): void {
    aws.answers("SendMessageBatch", (input) => {
        const entries = entriesIn(input);
        return {
            Successful: entries.filter(({ MessageBody }) => !isRefused(MessageBody)).map(acceptedEntry),
            Failed: entries
                .filter(({ MessageBody }) => isRefused(MessageBody))
                .map(({ Id }) => ({ Id, Code: "InternalError", SenderFault: false })),
        };
    });
}

/** The wake-ups that were sent, whether they were taken or not. */
export function wakeUpsIn(aws: Aws): SentWakeUp[] {
    return aws
        .inputs("SendMessageBatch")
        .flatMap(entriesIn)
        .map(({ MessageBody, MessageGroupId = "", MessageAttributes }) => ({
            wakeUp: JSON.parse(MessageBody),
            group: MessageGroupId,
            correlationId: MessageAttributes?.["correlationId"]?.StringValue ?? "",
        }));
}

export const endpointId = "ep_0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";

export function endpointItem(over: Partial<RegisteredEndpoint> = {}): RegisteredEndpoint {
    return {
        tenantId: "shop",
        endpointId,
        kind: "standard",
        url: "https://receiver.example/hooks",
        eventTypes: ["*"],
        headers: {},
        concurrency: 10,
        ordered: false,
        status: "enabled",
        secrets: [{ scheme: "v1", sealed: "k1.sealed" }],
        createdAt: "2026-11-20T10:00:00.000Z",
        updatedAt: "2026-11-20T10:00:00.000Z",
        requestFingerprint: "fingerprint",
        ...over,
    };
}

export function outboundEvent(over: Partial<OutboundEvent> = {}): OutboundEvent {
    return {
        id: "cs_1:4:completed",
        type: "checkout_session.completed",
        tenantId: "agent",
        orderingKey: "cs_1",
        occurredAt: "2026-11-20T10:11:12.000Z",
        correlationId: "correlation-1",
        data: { id: "cs_1" },
        ...over,
    };
}

/** The stored delivery of an event, with some members changed. */
export function deliveryItem(over: Partial<StoredDelivery> = {}, event: Partial<OutboundEvent> = {}): StoredDelivery {
    return { ...newDelivery(endpointItem(), outboundEvent(event), Date.now()), ...over };
}

/** The client that endpoints belong to. */
export const owner = { caller: "shop", scopes: "webhooks" };
