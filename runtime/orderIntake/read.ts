import { GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
import type { components } from "../../spec/generated/orders.types.ts";
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
import type { JsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { isOrderId, metaIn, orderIn } from "./order.ts";
import { placedState, shownStatus } from "./progress/orderState.ts";
import { stateIn, versionOf } from "./progress/orderStore.ts";
import { shownProgress, timelineOf } from "./progress/shownOrder.ts";

export const env = environment("ORDERS_TABLE", "EFFECTS_TABLE", "PAYMENTS_TABLE", "VERSIONS_TABLE");

/** GET /orders/{orderId}: the order, what became of it, and its completed steps. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const denied = scopeProblem(request, ordersRoutes);
    if (denied !== undefined) {
        invocation.info("Order refused", { ...denied });
        return problemAnswer(request, denied);
    }
    const orderId = request.pathParameters?.["orderId"];
    if (!isOrderId(orderId)) return problemAnswer(request, { status: 400, detail: "orderId has an invalid form" });

    try {
        // Eventually consistent reads suffice: the order itself is stored some time after the request.
        const [{ Item: item }, effects, [ledger], [written]] = await Promise.all([
            dynamo.send(new GetCommand({ TableName: env.ORDERS_TABLE, Key: { orderId } })),
            ofOrder(env.EFFECTS_TABLE, orderId),
            ofOrder(env.PAYMENTS_TABLE, orderId, { Limit: 1, ScanIndexForward: false }),
            ofOrder(env.VERSIONS_TABLE, orderId, { Limit: 1, ScanIndexForward: false }),
        ]);
        if (item === undefined)
            return problemAnswer(request, { status: 404, detail: "no order with this orderId is stored (yet)" });
        invocation.info("Order read", { order_id: orderId });
        const state = written === undefined ? placedState(item) : stateIn(written);
        const version = versionOf({ state, ledger });
        const steps = stepsIn(effects);
        const stock = effects.find(({ effect }) => effect === "reservation")?.["outcome"];
        const body = {
            ...orderIn(item),
            // In the order as it was placed; from the ledger once something has happened to it.
            ...(ledger && { payment: ledger["payment"] }),
            receivedAt: metaIn(item).receivedAt,
            status: shownStatus(state.order, stock),
            steps,
            version,
            ...shownProgress(state, item),
            timeline: timelineOf({ item, state, steps, payment: ledger?.["payment"] }),
        };
        return answer(200, correlationId, body, { etag: `"${version}"` });
    } catch (error) {
        invocation.error("The order could not be read", { order_id: orderId, error });
        return problemAnswer(request, { status: 503, detail: "the order could not be read, try again", retryAfter: 5 });
    }
}

async function ofOrder(
    TableName: string,
    orderId: string,
    page: Pick<QueryCommandInput, "Limit" | "ScanIndexForward"> = {},
): Promise<readonly JsonObject[]> {
    const { Items = [] } = await dynamo.send(
        new QueryCommand({
            TableName,
            KeyConditionExpression: "orderId = :orderId",
            ExpressionAttributeValues: { ":orderId": orderId },
            ...page,
        }),
    );
    return Items;
}

type Steps = components["schemas"]["Steps"];

/** The order's items in the effects table; steps in progress are left out. */
function stepsIn(items: readonly JsonObject[]): Steps {
    const steps = items.flatMap(({ effect: name, doneAt: at }) =>
        isStep(name) && typeof at === "string" ? [{ name, at }] : [],
    );
    return steps.sort((a, b) => a.at.localeCompare(b.at));
}

const isStep = (name: unknown): name is Steps[number]["name"] => typeof name === "string";
