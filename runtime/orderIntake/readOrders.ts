import type { Context } from "aws-lambda";
import { ordersRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    problemAnswer,
    scopeProblem,
} from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { listOrders, listRequestIn } from "./progress/list.ts";

export const env = environment("ORDERS_TABLE");

/** GET /orders: a page of orders, newest first. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const denied = scopeProblem(request, ordersRoutes);
    const asked = denied === undefined ? listRequestIn(request) : { problem: denied };
    if ("problem" in asked) {
        invocation.info("List refused", { ...asked.problem });
        return problemAnswer(request, asked.problem);
    }
    try {
        const page = await listOrders(dynamo, env.ORDERS_TABLE, asked);
        invocation.info("Orders listed", { orders: page.orders.length });
        return answer(200, correlationId, page);
    } catch (error) {
        invocation.error("The orders could not be listed", { error });
        return problemAnswer(request, {
            status: 503,
            detail: "the orders could not be read, try again",
            retryAfter: 5,
        });
    }
}
