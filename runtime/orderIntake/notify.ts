import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { done } from "../shared/outcome.ts";
import { onOrderReceived } from "./consumer.ts";
import { notificationMessage } from "./notification.ts";

export const env = environment("QUEUE_URL", "RECIPIENT", "EFFECTS_TABLE", "HISTORY_DAYS");
const sqs = new SQSClient({});
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, Number(env.HISTORY_DAYS));

/** order.received.v1: sends one notification of each order for the sales team to the e-mail queue. */
export const handler = onOrderReceived(async ({ order, meta, lease, log }) => {
    const key = { orderId: order.orderId, step: "notification" };
    const { repeated, outcome } = await idempotency.runOnce(key, lease, async () => {
        const message = notificationMessage(order, meta, env.RECIPIENT);
        const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: env.QUEUE_URL, ...message }));
        return { messageId: MessageId };
    });
    return done(log, repeated ? "Notification queued before" : "Notification queued", { ...outcome });
});
