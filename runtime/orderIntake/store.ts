import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { publish } from "../shared/events.ts";
import { log } from "../shared/log.ts";
import { business } from "../shared/metrics.ts";
import { type OrderRejected, orderRejected } from "./events.ts";
import { frontFrom, readMessage } from "./message.ts";
import { NotAnOrder } from "./order.ts";
import { putOrder } from "./table.ts";

export const env = environment("ORDERS_TABLE", "EVENT_BUS_NAME", "FRONT");
const front = frontFrom(env.FRONT);
const events = new EventBridgeClient({});

/** Orders queue: stores each order once. The table's stream tells everybody else. */
export async function handler(batch: SQSEvent, context: Context): Promise<SQSBatchResponse> {
    const store = (record: SQSRecord) => storeOrder(record, context);
    // A message that fails comes again alone, and ends in the dead-letter queue after its last try.
    return processPartialResponse(batch, store, new BatchProcessor(EventType.SQS), {
        context,
        throwOnFullBatchFailure: false,
    });
}

async function storeOrder(record: SQSRecord, context: Context): Promise<void> {
    const message = readMessage(record, front);
    const { orderId, meta } = message;
    const { correlationId } = meta;
    const { messageId } = record;
    const invocation = log.forInvocation(context, { correlationId, order_id: orderId, message_id: messageId });
    try {
        if ("faults" in message) {
            const { faults: errors, content } = message;
            // `receive` sends valid orders only: this is our own fault, not a client's.
            if (front === "lambda") throw new NotAnOrder(errors);
            await reject({ orderId, reason: "invalid", errors, order: content, meta });
            return invocation.info("Order rejected: invalid", { errors });
        }
        const { order } = message;
        const outcome = await putOrder(env.ORDERS_TABLE, order, meta);
        switch (outcome) {
            case "stored":
                return invocation.info("Order stored", { order_data: order, ...business({ OrdersStored: 1 }) });
            case "repeated":
                return invocation.info("Order stored before");
            case "conflict":
                await reject({ orderId, reason: "conflict", order, meta });
                return invocation.warn("Order rejected: another order has its id");
        }
    } catch (error) {
        const attempt = Number(record.attributes.ApproximateReceiveCount);
        invocation.error("The order could not be stored", { error, attempt });
        throw error;
    }
}

function reject(rejection: OrderRejected): Promise<void> {
    return publish(events, env.EVENT_BUS_NAME, orderRejected(rejection));
}
