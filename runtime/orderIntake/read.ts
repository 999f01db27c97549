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

export const env = environment("ORDERS_TABLE", "EFFECTS_TABLE");

/** GET /orders/{orderId}: the order as received, and what became of it. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const denied = scopeProblem(request);
    if (denied !== undefined) {
        invocation.info("Order not shown", { ...denied });
        return problemAnswer(request, denied);
    }
    const orderId = request.pathParameters?.["orderId"];
    if (!isOrderId(orderId))
        return problemAnswer(request, { status: 400, detail: "that cannot be the id of an order" });

    try {
        // A plain read may be some milliseconds behind: so is the order itself.
        const [{ Item: item }, { Items: steps = [] }] = await Promise.all([
            dynamo.send(new GetCommand({ TableName: env.ORDERS_TABLE, Key: { orderId } })),
            dynamo.send(
                new QueryCommand({
                    TableName: env.EFFECTS_TABLE,
                    KeyConditionExpression: "orderId = :orderId",
                    ExpressionAttributeValues: { ":orderId": orderId },
                }),
            ),
        ]);
        if (item === undefined) return problemAnswer(request, { status: 404, detail: "there is no such order (yet)" });
        invocation.info("Order read", { order_id: orderId });
        const { receivedAt } = metaIn(item);
        return answer(200, correlationId, { ...orderIn(item), receivedAt, ...progressIn(steps) });
    } catch (error) {
        invocation.error("The order could not be read", { order_id: orderId, error });
        return problemAnswer(request, { status: 503, detail: "the order could not be read, try again", retryAfter: 5 });
    }
}

/** What became of an order, as `GET /orders/{orderId}` tells it. */
interface Progress {
    readonly status: "received" | "reserved" | "shortage";
    readonly steps: readonly { readonly name: string; readonly at: string }[];
}

/** Reads it from the order's items in the effects table; what is only begun is not told. */
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
