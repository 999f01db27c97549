import type { Context } from "aws-lambda";
import { ordersRoutes } from "../../spec/generated/scopes.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    type Problem,
    problemAnswer,
    scopeProblem,
} from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { type Changed, change } from "./progress/change.ts";
import { OrderStore } from "./progress/orderStore.ts";
import { changeIn } from "./progress/request.ts";
import { shownChange } from "./progress/shownOrder.ts";

export const env = environment("ORDERS_TABLE", "VERSIONS_TABLE", "PAYMENTS_TABLE", "EFFECTS_TABLE", "PRODUCTS_TABLE");
const orders = new OrderStore(dynamo, {
    orders: env.ORDERS_TABLE,
    versions: env.VERSIONS_TABLE,
    payments: env.PAYMENTS_TABLE,
    effects: env.EFFECTS_TABLE,
});

/**
 * POST /orders/{orderId}/fulfillments, /cancel and /notes: writes the order's next version, which the table's stream
 * publishes as `order.updated.v1`.
 */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const denied = scopeProblem(request, ordersRoutes);
    const asked = denied === undefined ? changeIn(request) : { problem: denied };
    if ("problem" in asked) return refuse(asked.problem);
    const { orderId } = asked;
    let changed: Changed | { readonly problem: Problem };
    try {
        const stores = { orders, dynamo, products: env.PRODUCTS_TABLE };
        changed = await change(stores, asked, correlationId, Date.now);
    } catch (error) {
        invocation.error("The order could not be changed", { order_id: orderId, error });
        return problemAnswer(request, { status: 503, detail: "nothing was changed, try again", retryAfter: 5 });
    }
    if ("problem" in changed) return refuse(changed.problem);
    const { entry, version, isRepeated } = changed;
    const { type, id } = entry;
    invocation.info(isRepeated ? "Order changed before" : "Order changed", { order_id: orderId, type, id, version });
    return answer(200, correlationId, shownChange(changed), { etag: `"${version}"` });

    function refuse(problem: Problem): HttpAnswer {
        invocation.info("Change of an order refused", { ...problem });
        return problemAnswer(request, problem);
    }
}
