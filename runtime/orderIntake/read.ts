import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "aws-lambda";
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
import { isJsonObject, type JsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { isOrderId, metaIn, orderIn } from "./order.ts";

export const env = environment("ORDERS_TABLE", "EFFECTS_TABLE", "PAYMENTS_TABLE");

/** GET /orders/{orderId}: the order, its status and its completed steps. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const denied = scopeProblem(request);
    if (denied !== undefined) {
        invocation.info("Order refused", { ...denied });
        return problemAnswer(request, denied);
    }
    const orderId = request.pathParameters?.["orderId"];
    if (!isOrderId(orderId)) return problemAnswer(request, { status: 400, detail: "orderId has an invalid form" });

    try {
        // Eventually consistent reads suffice: the order itself is stored some time after the request.
        const [{ Item: item }, { Items: steps = [] }, { Items: [ledger] = [] }] = await Promise.all([
            dynamo.send(new GetCommand({ TableName: env.ORDERS_TABLE, Key: { orderId } })),
            dynamo.send(
                new QueryCommand({
                    TableName: env.EFFECTS_TABLE,
                    KeyConditionExpression: "orderId = :orderId",
                    ExpressionAttributeValues: { ":orderId": orderId },
                }),
            ),
            dynamo.send(
                new QueryCommand({
                    TableName: env.PAYMENTS_TABLE,
                    KeyConditionExpression: "orderId = :orderId",
                    ExpressionAttributeValues: { ":orderId": orderId },
                    ScanIndexForward: false,
                    Limit: 1,
                }),
            ),
        ]);
        if (item === undefined)
            return problemAnswer(request, { status: 404, detail: "no order with this orderId is stored (yet)" });
        invocation.info("Order read", { order_id: orderId });
        const { receivedAt } = metaIn(item);
        return answer(200, correlationId, {
            ...orderIn(item),
            // In the order as it was placed; from the ledger once something has happened to it.
            ...(ledger && { payment: ledger["payment"] }),
            receivedAt,
            ...progressIn(steps),
        });
    } catch (error) {
        invocation.error("The order could not be read", { order_id: orderId, error });
        return problemAnswer(request, { status: 503, detail: "the order could not be read, try again", retryAfter: 5 });
    }
}

interface Progress {
    readonly status: "received" | "reserved" | "shortage";
    readonly steps: readonly { readonly name: string; readonly at: string }[];
}

/** The order's items in the effects table; steps in progress are left out. */
function progressIn(items: readonly JsonObject[]): Progress {
    const steps = items.flatMap(({ effect, doneAt }) =>
        typeof effect === "string" && typeof doneAt === "string" ? [{ name: effect, at: doneAt }] : [],
    );
    const reservation = items.find(({ effect }) => effect === "reservation")?.["outcome"];
    const status = isJsonObject(reservation) ? reservation["status"] : undefined;
    return {
        status: status === "reserved" || status === "shortage" ? status : "received",
        steps: steps.sort((a, b) => a.at.localeCompare(b.at)),
    };
}
