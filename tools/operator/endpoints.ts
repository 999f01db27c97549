import { randomUUID } from "node:crypto";
import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import type { DeliveryStatus } from "../../runtime/webhookFanout/delivery/delivery.ts";
import { DeliveryStore } from "../../runtime/webhookFanout/delivery/deliveryStore.ts";
import { WakeUps } from "../../runtime/webhookFanout/delivery/wakeUps.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { UsageError } from "./command.ts";
import { OperatorAudit } from "./operatorAudit.ts";
import type { Stack } from "./stack.ts";

export const deliveryStatuses: readonly DeliveryStatus[] = ["pending", "delivered", "exhausted", "skipped"];

/** Webhook endpoints of all owners. */
export async function endpointsOf(stack: Stack): Promise<Endpoint[]> {
    const found: Endpoint[] = [];
    const scan = { TableName: stack.named("webhook-endpoints") };
    // Only the product writes the table; other items are no endpoints.
    for await (const { Items = [] } of paginateScan({ client: stack.dynamo }, scan))
        found.push(...(Items as Endpoint[]).filter(({ endpointId }) => endpointId.startsWith("ep_")));
    return found.sort((one, other) => (one.endpointId < other.endpointId ? -1 : 1));
}

/** Throws UsageError. */
export async function endpointOf(stack: Stack, endpointId: string): Promise<Endpoint> {
    const endpoint = (await endpointsOf(stack)).find((one) => one.endpointId === endpointId);
    if (endpoint === undefined) throw new UsageError(`there is no endpoint ${endpointId}`);
    return endpoint;
}

/** As the API: what is made due at a disabled endpoint would be skipped. Throws UsageError. */
export async function enabledEndpointOf(stack: Stack, endpointId: string): Promise<Endpoint> {
    const endpoint = await endpointOf(stack, endpointId);
    if (endpoint.status === "disabled") throw new UsageError(`${endpointId} is disabled: its owner enables it`);
    return endpoint;
}

export const deliveriesOf = (stack: Stack): DeliveryStore =>
    new DeliveryStore(stack.dynamo, stack.named("webhook-deliveries"));

/** URL of a queue by the name that it has in every environment. */
export async function queueOf(stack: Stack, name: string): Promise<string> {
    const { QueueUrl = "" } = await stack.sqs.send(new GetQueueUrlCommand({ QueueName: stack.named(name) }));
    return QueueUrl;
}

/** Makes a delivery due again, with an audit row before and after. Throws UsageError. */
export async function resend(stack: Stack, endpointId: string, deliveryId: string): Promise<void> {
    const { retentionDays } = await enabledEndpointOf(stack, endpointId);
    const audit = await OperatorAudit.of(stack);
    const act = {
        id: randomUUID(),
        type: "resend",
        about: {},
        content: `${endpointId}#${deliveryId}`,
        facts: { endpoint: endpointId, delivery: deliveryId },
    } as const;
    const words = `makes the delivery ${deliveryId} due`;
    await audit.record(act, "begun", words);
    const delivery = await deliveriesOf(stack).again({ endpointId, deliveryId }, deliveryStatuses, retentionDays);
    if (delivery === undefined) {
        await audit.record(act, "failed", words);
        throw new UsageError(`${endpointId} has no delivery ${deliveryId}`);
    }
    await new WakeUps(stack.sqs, await queueOf(stack, "webhook-attempts-queue")).send([delivery]);
    await audit.record({ ...act, about: { correlationId: delivery.correlationId } }, "sent", words);
}
