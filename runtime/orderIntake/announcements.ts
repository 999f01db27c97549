import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { done } from "../shared/outcome.ts";
import { onOrderReceived } from "./consumer.ts";
import { announcementOf } from "./notification.ts";

export const env = environment("TOPIC_ARN", "EFFECTS_TABLE", "HISTORY_DAYS");
const sns = new SNSClient({});
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, Number(env.HISTORY_DAYS));

/** order.received.v1: publishes one announcement for each order to the topic, whose subscribers get it by e-mail. */
export const handler = onOrderReceived(async ({ order, meta, lease, log }) => {
    const key = { orderId: order.orderId, step: "announcement" };
    const { repeated, outcome } = await idempotency.runOnce(key, lease, async () => {
        const announcement = announcementOf(order, meta);
        const { MessageId } = await sns.send(new PublishCommand({ TopicArn: env.TOPIC_ARN, ...announcement }));
        return { messageId: MessageId };
    });
    return done(log, repeated ? "Announcement published before" : "Announcement published", { ...outcome });
});
