import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SNSEvent, SNSMessage } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { checkout, orderMessage } from "../shared/orderMessage.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { deliveriesOf } from "./events/deliveries.ts";
import type { CheckoutEvent, Delivery } from "./events/event.ts";
import { placedOrderOf } from "./events/placedOrder.ts";
import { readEvent } from "./events/publication.ts";
import { platformDeliveriesOf } from "./ucp/orderEvent.ts";

export const env = environment("ORDERS_QUEUE_URL", "DELIVERIES_QUEUE_URL", "SETTLEMENTS_QUEUE_URL");
const sqs = new SQSClient({});

/**
 * Delay before `settle` checks a completion: longer than the maximum duration of a completion, which is 30 seconds, the
 * timeout of HTTP APIs.
 */
const settleAfterSeconds = 60;

/**
 * Topic checkout-events: sends the order of a completed session to the orders queue, events for endpoints to the
 * deliveries queue, and begun completions to the settlements queue. The sends are independent; if one fails, Lambda
 * retries the event and sends all messages again. Consumers deduplicate by the id of order, delivery or version.
 */
export async function handler({ Records }: SNSEvent, context: Context): Promise<void> {
    for (const { Sns } of Records) await route(Sns, context);
}

async function route({ Message, MessageId }: SNSMessage, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { message_id: MessageId });
    try {
        const event = readEvent(Message);
        const { type, sessionId, version, correlationId } = event;
        invocation = invocation.with({ correlationId, sessionId, version, type });
        const deliveries = [...deliveriesOf(event), ...platformDeliveriesOf(event)];
        const sent = await Promise.allSettled([
            ...(type === "checkout_session.completed" ? [place(event)] : []),
            ...deliveries.map(deliver),
            ...(type === "checkout_session.completion_begun" ? [settleLater(event)] : []),
        ]);
        const failed = sent.find((outcome) => outcome.status === "rejected");
        if (failed) throw failed.reason;
        return done(invocation, "Version routed");
    } catch (error) {
        invocation.error("The version could not be routed", { error });
        throw error;
    }
}

async function place(event: CheckoutEvent): Promise<void> {
    const { correlationId, timestamp: receivedAt } = event;
    const message = orderMessage(placedOrderOf(event), { correlationId, receivedAt }, checkout);
    await sqs.send(new SendMessageCommand({ QueueUrl: env.ORDERS_QUEUE_URL, ...message }));
}

async function deliver(delivery: Delivery): Promise<void> {
    const { id, type, correlationId } = delivery;
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: env.DELIVERIES_QUEUE_URL,
            MessageBody: messageBody(delivery),
            MessageAttributes: textAttributes({ id, type, correlationId }),
        }),
    );
}

async function settleLater({ sessionId, version, correlationId }: CheckoutEvent): Promise<void> {
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: env.SETTLEMENTS_QUEUE_URL,
            MessageBody: messageBody({ sessionId, version }),
            MessageAttributes: textAttributes({ correlationId }),
            DelaySeconds: settleAfterSeconds,
        }),
    );
}
