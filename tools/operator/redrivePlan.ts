import { randomUUID } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetSubscriptionAttributesCommand, paginateListSubscriptionsByTopic } from "@aws-sdk/client-sns";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { uuidOf } from "../../runtime/shared/ids.ts";
import { isJsonObject } from "../../runtime/shared/json.ts";
import { orderMessage } from "../../runtime/shared/orderMessage.ts";
import { DeliveryStore } from "../../runtime/webhookFanout/delivery/deliveryStore.ts";
import { WakeUps } from "../../runtime/webhookFanout/delivery/wakeUps.ts";
import { EndpointStore } from "../../runtime/webhookFanout/endpoints/endpointStore.ts";
import { type DeadLetter, nameOf, type ReceivedMessage } from "./deadLetter.ts";
import { parsed } from "./identifiers.ts";
import type { Queue } from "./queues.ts";
import { gone, type PlanArgs, type RedrivePlan, recordPlan, streamPlan, withoutVersion } from "./streamPlan.ts";

/** The redrive plan of a message, in the form that it had when it failed. */
export async function redrivePlanOf({ held, origin, about }: DeadLetter, args: PlanArgs): Promise<RedrivePlan> {
    switch (origin.kind) {
        case "message": {
            const source = args.relations.queueOf(origin.queueArn);
            return source === undefined ? gone(`the queue ${nameOf(origin.queueArn)}`) : toQueue(args, source, held);
        }
        case "invocation":
            return toFunction(args, origin.functionArn, JSON.stringify(origin.payload));
        case "event":
        case "schedule":
            return toTarget(args, origin.targetArn, held);
        case "notification":
            return toSubscriber(args, origin.topicArn, held);
        case "stream":
            return streamPlan(args, origin.functionArn, origin.batch);
        case "record":
            return recordPlan(args, origin.record);
        case "delivery":
            return deliveryPlan(args, origin);
        case "order":
            return orderPlan(args, origin, about.correlationId);
        case "unknown":
            return { words: "nothing in it says where it came from: read it, do what it asks for, and discard it" };
    }
}

/** The body and the sender's attributes, as they were. */
function toQueue(
    { stack }: PlanArgs,
    { url: QueueUrl, name }: Queue,
    { body, attributes, system }: ReceivedMessage,
): RedrivePlan {
    const isFifo = name.endsWith(".fifo");
    const group = system["MessageGroupId"] ?? (isFifo ? "redriven" : undefined);
    return {
        words: `sends it to ${name} again`,
        send: async () => {
            await stack.sqs.send(
                new SendMessageCommand({
                    QueueUrl,
                    MessageBody: body,
                    MessageAttributes: { ...attributes },
                    ...(group !== undefined && { MessageGroupId: group }),
                    // As often as it is redriven: SQS would take the same one once in five minutes.
                    ...(isFifo && { MessageDeduplicationId: randomUUID() }),
                }),
            );
        },
    };
}

/** Asynchronously, as it was called before: with retries, and failures to the same queue. */
function toFunction({ stack }: PlanArgs, functionArn: string, payload: string): RedrivePlan {
    return {
        words: `invokes ${nameOf(functionArn)} with the same event`,
        send: async () => {
            const FunctionName = withoutVersion(functionArn);
            await stack.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: payload }));
        },
    };
}

/** The target alone: the rule's other targets have the event. */
function toTarget(args: PlanArgs, targetArn: string, held: ReceivedMessage): RedrivePlan {
    if (targetArn.includes(":function:")) return toFunction(args, targetArn, held.body);
    const target = args.relations.queueOf(targetArn);
    // Its attributes describe the failure, not the message.
    if (target !== undefined) return toQueue(args, target, { ...held, attributes: {} });
    return { words: `its target ${targetArn} is neither a function nor a queue of here: put it there by hand` };
}

/** The one subscriber whose dead letters come here: the topic's others have the message. */
async function toSubscriber(args: PlanArgs, topicArn: string, held: ReceivedMessage): Promise<RedrivePlan> {
    const { sns } = args.stack;
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
        { client: sns },
        { TopicArn: topicArn },
    )) {
        for (const { SubscriptionArn = "", Protocol, Endpoint = "" } of Subscriptions) {
            // An unconfirmed subscription has no ARN.
            if (!SubscriptionArn.startsWith("arn:")) continue;
            const { Attributes = {} } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
            const policy = parsed(Attributes["RedrivePolicy"]);
            if (!isJsonObject(policy) || policy["deadLetterTargetArn"] !== args.queue.arn) continue;
            if (Protocol === "lambda") {
                const event = notificationEvent(parsed(held.body), SubscriptionArn);
                return toFunction(args, Endpoint, JSON.stringify(event));
            }
            const target = args.relations.queueOf(Endpoint);
            if (Protocol === "sqs" && target !== undefined) return toQueue(args, target, { ...held, attributes: {} });
            return {
                words: `its subscriber ${Endpoint} (${Protocol}) cannot be reached from here: pass the message on by hand`,
            };
        }
    }
    return gone(`the subscription of ${nameOf(topicArn)}`);
}

/** What a function gets of a topic, made of what queues get: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export function notificationEvent(notification: unknown, subscriptionArn: string): object {
    const { SigningCertURL, UnsubscribeURL, ...same } = isJsonObject(notification) ? notification : {};
    const Sns = {
        Subject: null,
        MessageAttributes: {},
        ...same,
        SigningCertUrl: SigningCertURL,
        UnsubscribeUrl: UnsubscribeURL,
    };
    return { Records: [{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscriptionArn, Sns }] };
}

/**
 * What is no order becomes none by being sent again. Another order under a taken id is an order of its own: its new id
 * comes from the message that it came in, so that redriving it twice makes one order.
 */
function orderPlan(
    { stack, relations, queue }: PlanArgs,
    { reason, body, messageId, receivedAt }: Extract<DeadLetter["origin"], { readonly kind: "order" }>,
    correlationId: string = messageId,
): RedrivePlan {
    const order = parsed(body);
    if (reason === "invalid" || !isJsonObject(order)) {
        return { words: "it is not a valid order: inform the sender, whose request was answered 202, and discard it" };
    }
    const writer = relations.writerTo(queue);
    const source = relations.queues.find(({ arn }) =>
        relations.readersOf(arn).some((reader) => nameOf(reader) === writer?.FunctionName),
    );
    if (source === undefined) return gone("the queue that it came by");
    const orderId = uuidOf(String(order["orderId"]), messageId);
    return {
        words: `stores it beside the other one, under the id ${orderId}: inform the sender, or discard it if it is a mistake`,
        send: async () => {
            const message = orderMessage({ ...order, orderId }, { correlationId, receivedAt });
            await stack.sqs.send(new SendMessageCommand({ QueueUrl: source.url, ...message }));
        },
    };
}

/** As its owner would by the API: it is due again, and its retries begin anew. */
async function deliveryPlan(
    { stack, relations, queue }: PlanArgs,
    { endpointId, deliveryId, tenantId }: Extract<DeadLetter["origin"], { readonly kind: "delivery" }>,
): Promise<RedrivePlan> {
    const { DELIVERIES_TABLE, ENDPOINTS_TABLE, ATTEMPTS_QUEUE_URL } =
        relations.writerTo(queue)?.Environment?.Variables ?? {};
    if (DELIVERIES_TABLE === undefined || ENDPOINTS_TABLE === undefined || ATTEMPTS_QUEUE_URL === undefined) {
        return gone("the deliverer of webhooks");
    }
    const deliveries = new DeliveryStore(stack.dynamo, DELIVERIES_TABLE);
    const [endpoint, delivery] = await Promise.all([
        new EndpointStore(stack.dynamo, ENDPOINTS_TABLE).get(tenantId, endpointId),
        deliveries.get(endpointId, deliveryId),
    ]);
    if (endpoint === undefined) {
        return { words: `the endpoint ${endpointId} was deleted by its owner` };
    }
    if (endpoint.status === "disabled") {
        return { words: `the endpoint ${endpointId} is disabled: its owner enables it, then this can be redriven` };
    }
    if (delivery === undefined) return { words: `the delivery ${deliveryId} is gone: it was kept for 30 days` };
    return {
        words: `makes the delivery to ${endpointId} due again, with all of its retries`,
        send: async () => {
            const again = await deliveries.again({ endpointId, deliveryId }, ["exhausted"], endpoint.retentionDays);
            // Otherwise it is under way or done already. What is not woken now is found by the reconciler.
            if (again !== undefined) await new WakeUps(stack.sqs, ATTEMPTS_QUEUE_URL).send([again]);
        },
    };
}
