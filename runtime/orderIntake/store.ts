import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { ConditionFailed, conditionally } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { publish } from "../shared/events.ts";
import { log } from "../shared/log.ts";
import { bytesIn, messageBody } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import { business } from "../shared/metrics.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { writtenHere } from "../shared/region.ts";
import { limited } from "../shared/validationErrors.ts";
import { type OrderRejected, orderRejected } from "./events.ts";
import { ingressFrom, readMessage } from "./intake.ts";
import { fingerprintOf, InvalidOrderError, linesOf, type Meta, type Order, reservedId } from "./order.ts";
import { listingOf } from "./progress/listing.ts";

export const env = environment("ORDERS_TABLE", "EVENT_BUS_NAME", "REJECTED_QUEUE_URL", "FRONT");
const ingress = ingressFrom(env.FRONT);
const events = new EventBridgeClient({});
const sqs = new SQSClient({});

/** Maximum bytes of an SQS message. */
const largestInQueue = 1_048_576;

/** A message of the queue of rejected orders, which tools/operator/deadLetter.ts parses. */
interface RejectedOrder extends Omit<OrderRejected, "order" | "meta"> {
    /** Human-readable. */
    readonly error: string;
    /** As received, possibly not JSON; shortened if too large. */
    readonly body: string;
    /** The id of the orders queue's message, the same for every copy. */
    readonly messageId: string;
    readonly correlationId: string;
    /** ISO 8601 */
    readonly receivedAt: string;
}

/** Orders queue: stores each order once. The callback `publish` reads the table's stream. */
export const handler = eachMessage(storeOrder);

async function storeOrder(record: SQSRecord, context: Context): Promise<Outcome> {
    const message = readMessage(record, ingress);
    const { orderId, meta } = message;
    const { correlationId } = meta;
    const { messageId } = record;
    const invocation = log.forInvocation(context, { correlationId, order_id: orderId, message_id: messageId });
    try {
        if ("errors" in message) {
            const { errors, content, isOversize } = message;
            // `receive` sends valid orders only, so this is a bug. Older versions of it sent orders that are too large.
            if (ingress === "lambda" && !isOversize) throw new InvalidOrderError(errors);
            await reject({ orderId, reason: "invalid", errors, order: content, meta }, record);
            const isReserved = errors.includes(reservedId);
            return notDone(invocation, isReserved ? "OrderIdReserved" : "OrderInvalid", { errors });
        }
        const { order } = message;
        const outcome = await putOrder(order, meta);
        switch (outcome) {
            case "stored":
                // The only log line that contains the order; all others have its id.
                return done(invocation, "Order stored", { order_data: order, ...business({ OrdersStored: 1 }) });
            case "repeated":
                return notDone(invocation, "OrderRepeated");
            case "conflict":
                await reject({ orderId, reason: "conflict", order, meta }, record);
                return notDone(invocation, "OrderConflicted");
        }
    } catch (error) {
        const attempt = Number(record.attributes.ApproximateReceiveCount);
        invocation.error("The order could not be stored", { error, attempt });
        throw error;
    }
}

/**
 * Puts an order unless its id exists. `repeated`: the same order is stored already. `conflict`: another order has the id.
 */
async function putOrder(order: Order, meta: Meta): Promise<"stored" | "repeated" | "conflict"> {
    const fingerprint = fingerprintOf(order);
    const put = {
        TableName: env.ORDERS_TABLE,
        Item: {
            ...order,
            lines: linesOf(order),
            meta,
            fingerprint,
            ...listingOf(order, meta.receivedAt),
            storedAt: new Date().toISOString(),
            ...writtenHere,
        },
        ConditionExpression: "attribute_not_exists(orderId)",
    };
    const written = await conditionally(dynamo, { Put: put });
    if (!(written instanceof ConditionFailed)) return "stored";
    return written.found?.["fingerprint"] === fingerprint ? "repeated" : "conflict";
}

/** Sends the order to the queue of rejected orders and publishes the event. Both may happen twice. */
async function reject(rejection: OrderRejected, { body, messageId }: SQSRecord): Promise<void> {
    const { order: _, meta, errors, ...why } = rejection;
    const reasons = errors && limited(errors);
    const error = why.reason === "conflict" ? "another order has its id" : new InvalidOrderError(reasons ?? []).message;
    const kept: RejectedOrder = { ...why, ...(reasons && { errors: reasons }), error, body, messageId, ...meta };
    // JSON escapes may enlarge a body sixfold. A body beyond the limit is no order; its beginning is enough.
    const message = bytesIn(kept) <= largestInQueue ? kept : { ...kept, body: body.slice(0, 100_000) };
    await sqs.send(new SendMessageCommand({ QueueUrl: env.REJECTED_QUEUE_URL, MessageBody: messageBody(message) }));
    await publish(events, env.EVENT_BUS_NAME, orderRejected(rejection));
}
