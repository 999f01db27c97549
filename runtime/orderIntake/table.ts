import { conditionally, Refused } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";
import { writtenHere } from "../shared/region.ts";
import { fingerprintOf, linesOf, type Meta, type Order } from "./order.ts";

/**
 * Puts an order into the table unless its id is taken. `repeated`: this very order is there already.
 * `conflict`: another order has its id.
 */
export async function putOrder(table: string, order: Order, meta: Meta): Promise<"stored" | "repeated" | "conflict"> {
    const fingerprint = fingerprintOf(order);
    const put = {
        TableName: table,
        Item: {
            ...order,
            lines: linesOf(order),
            meta,
            fingerprint,
            status: "received",
            storedAt: new Date().toISOString(),
            ...writtenHere,
        },
        ConditionExpression: "attribute_not_exists(orderId)",
    };
    const written = await conditionally(dynamo, { Put: put });
    if (!(written instanceof Refused)) return "stored";
    return written.found?.["fingerprint"] === fingerprint ? "repeated" : "conflict";
}
