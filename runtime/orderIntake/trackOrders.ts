import type { Context, EventBridgeEvent } from "aws-lambda";
import { canonicalJson } from "../shared/canonical.ts";
import { ConditionFailed, conditionally } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { isJsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { readOrderEvent } from "../shared/orders/orderEvent.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { pause } from "../shared/pause.ts";
import { isTooLarge, merged } from "./progress/apply.ts";
import type { OrderState } from "./progress/orderState.ts";
import { listedWith, OrderStore } from "./progress/orderStore.ts";
import { restocking } from "./progress/restock.ts";

export const env = environment("ORDERS_TABLE", "VERSIONS_TABLE", "PAYMENTS_TABLE", "EFFECTS_TABLE", "PRODUCTS_TABLE");
const orders = new OrderStore(dynamo, {
    orders: env.ORDERS_TABLE,
    versions: env.VERSIONS_TABLE,
    payments: env.PAYMENTS_TABLE,
    effects: env.EFFECTS_TABLE,
});
const attempts = 8;

/** All attempts conflicted with other writes. Lambda retries the event. */
class OrderContendedError extends Error {
    override readonly name = "OrderContendedError";
}

/** The order is not stored (yet): Lambda retries the event, and finally puts it into the failure queue. */
class OrderMissingError extends Error {
    override readonly name = "OrderMissingError";
}

/** Whether canceled pieces were taken from the stock is not known yet, or there are too many: Lambda retries the event. */
class OrderNotRestockableError extends Error {
    override readonly name = "OrderNotRestockableError";
}

/** The order has more changes than its item can hold: the failure queue keeps the event. */
class OrderTooLargeError extends Error {
    override readonly name = "OrderTooLargeError";
}

/** Order bus: what others report about an order becomes its next version, and the status by which it is listed. */
export async function handler(event: EventBridgeEvent<string, unknown>, context: Context): Promise<void> {
    await track(event, context);
}

async function track(event: EventBridgeEvent<string, unknown>, context: Context): Promise<Outcome> {
    let invocation = log.forInvocation(context, { event_id: event.id, type: event["detail-type"] });
    try {
        const { orderId, correlationId, sent, changes } = readOrderEvent(canceledIn(event));
        invocation = invocation.with({ correlationId, order_id: orderId });
        switch (event["detail-type"]) {
            case "inventory.reserved.v1":
                return done(invocation, "Order listed", { listed: await list(orderId, "reserved") });
            case "inventory.shortage.v1":
                return done(invocation, "Order listed", { listed: await list(orderId, "shortage") });
            default: {
                if (changes.length === 0) return done(invocation, "Order tracked", { outcome: "no news" });
                const outcome = await write(orderId, changes, { id: event.id, sent, requestId: correlationId });
                return done(invocation, "Order tracked", { outcome });
            }
        }
    } catch (error) {
        invocation.error("The order could not be tracked", { error });
        throw error;
    }
}

/** A payment that was given back since the order cannot be fulfilled cancels the order; other news of it are in its ledger. */
function canceledIn(event: EventBridgeEvent<string, unknown>): EventBridgeEvent<string, unknown> {
    if (event["detail-type"] !== "payment.updated.v1" || !isJsonObject(event.detail)) return event;
    const { orderId, isCanceled, meta } = event.detail;
    const detail = { orderId, ...(isCanceled === true && { status: "canceled" }), meta };
    return { ...event, "detail-type": "order.updated.v1", detail };
}

/** Once the stock of an order is decided, unless more has become of it. */
async function list(orderId: string, status: "reserved" | "shortage"): Promise<boolean> {
    const { ConditionExpression, ExpressionAttributeValues, ...update } = listedWith(env.ORDERS_TABLE, orderId, status);
    const written = await conditionally(dynamo, {
        Update: {
            ...update,
            ConditionExpression: `${ConditionExpression} AND #status = :received`,
            ExpressionAttributeValues: { ...ExpressionAttributeValues, ":received": "received" },
        },
    });
    return !(written instanceof ConditionFailed);
}

type Read = ReturnType<typeof readOrderEvent>;

async function write(
    orderId: string,
    changes: Read["changes"],
    { id, sent, requestId }: { readonly id: string; readonly sent: number; readonly requestId: string },
): Promise<"updated" | "no news"> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const loaded = await orders.load(orderId);
        if (loaded === undefined) throw new OrderMissingError(`no order ${orderId} is stored`);
        const { state, ledgerEntries } = loaded;
        const { after } = merged(state, changes, { id, sent, ledgerEntries });
        const { order, reports } = state;
        if (canonicalJson([after.order, after.reports]) === canonicalJson([order, reports])) return "no news";
        if (isTooLarge(after, "update")) throw new OrderTooLargeError(`${orderId} has too many changes`);
        const beside = await restocking(dynamo, env.PRODUCTS_TABLE, loaded, after.order);
        if ("problem" in beside) throw new OrderNotRestockableError(`${orderId}: ${beside.problem.detail}`);
        const next: OrderState = { ...after, ...beside.members };
        const item = { orderId, version: after.version, state: next, requestId };
        if ((await orders.append(loaded, item, { beside: beside.writes })) === "appended") return "updated";
        await pause(attempt);
    }
    throw new OrderContendedError(`${orderId} changed during ${attempts} attempts to update it`);
}
