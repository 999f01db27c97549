import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { ordersRoutes } from "../../spec/generated/scopes.ts";
import { environment } from "../shared/environment.ts";
import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    problemAnswer,
    scopeProblem,
} from "../shared/http.ts";
import { type Log, log } from "../shared/log.ts";
import { business } from "../shared/metrics.ts";
import { orderMessage } from "../shared/orderMessage.ts";
import { orderInRequest, type ReceivedOrder, takenProblem } from "./intake.ts";
import { fingerprintOf } from "./order.ts";

export const env = environment("ORDERS_QUEUE_URL", "ORDERS_TABLE");
const queue = { QueueUrl: env.ORDERS_QUEUE_URL };
const sqs = new SQSClient({});

// Opens the connection and compiles the code of the first call during initialisation, which has full CPU; a function of
// little memory has a seventh of a CPU afterwards. The response is not used.
await sqs
    .send(new GetQueueAttributesCommand({ ...queue, AttributeNames: ["QueueArn"] }), {
        abortSignal: AbortSignal.timeout(1000),
    })
    .catch(() => undefined);

/** POST /orders: sends the order to the orders queue and answers 202. Consumers of the queue do the rest. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });

    const denied = scopeProblem(request, ordersRoutes);
    const received = denied === undefined ? orderInRequest(request) : { problem: denied };
    if ("problem" in received) {
        invocation.info("Order refused", { ...received.problem, ...business({ OrdersRefused: 1 }) });
        return problemAnswer(request, received.problem);
    }

    const { order, idFrom } = received;
    const { orderId } = order;
    if (idFrom !== undefined && (await isTaken(received, invocation))) {
        const problem = takenProblem(idFrom);
        invocation.info("Order refused", { order_id: orderId, ...problem, ...business({ OrdersRefused: 1 }) });
        return problemAnswer(request, problem);
    }
    try {
        const message = orderMessage(order, { correlationId, receivedAt: new Date().toISOString() });
        await sqs.send(new SendMessageCommand({ ...queue, ...message }));
    } catch (error) {
        invocation.error("The order could not be sent to the queue", {
            order_id: orderId,
            error,
            ...business({ OrdersNotTaken: 1 }),
        });
        return problemAnswer(request, {
            status: 503,
            detail: "the order was not accepted, send it again",
            retryAfter: 5,
        });
    }

    invocation.info("Order accepted", { order_id: orderId, ...business({ OrdersAccepted: 1 }) });
    const location = `${request.rawPath}/${encodeURIComponent(orderId)}`;
    return answer(202, correlationId, { orderId, status: "accepted" }, { location });
}

/**
 * Whether another order has the id. If DynamoDB does not answer in time, the order is accepted: `store` checks again,
 * and publishes `order.rejected.v1`. DynamoDB's client is loaded on demand.
 */
async function isTaken({ order }: ReceivedOrder, invocation: Log): Promise<boolean> {
    try {
        const { storedFingerprint } = await import("./storedOrder.lazy.ts");
        const stored = await storedFingerprint(env.ORDERS_TABLE, order.orderId);
        return stored !== undefined && stored !== fingerprintOf(order);
    } catch (error) {
        invocation.warn("The order's id could not be checked", { order_id: order.orderId, error });
        return false;
    }
}
