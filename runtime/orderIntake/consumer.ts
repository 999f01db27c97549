import type { Context, EventBridgeEvent } from "aws-lambda";
import { StepInProgressError } from "../shared/idempotency.ts";
import { isJsonObject } from "../shared/json.ts";
import { type Lease, leaseOf } from "../shared/lease.ts";
import { type Log, log } from "../shared/log.ts";
import type { Outcome } from "../shared/outcome.ts";
import { readOrderReceived } from "./events.ts";
import type { Meta, Order } from "./order.ts";

/** What a consumer of `order.received.v1` is given. */
interface Received {
    readonly order: Order;
    readonly meta: Meta;
    /** For `Effects.once`. */
    readonly lease: Lease;
    readonly log: Log;
}

/**
 * The handler of a consumer of `order.received.v1`: reads the event, and logs what the consumer throws before Lambda
 * sees it and sends the event again.
 */
export function onOrderReceived(consume: (received: Received) => Promise<Outcome>) {
    return async (event: EventBridgeEvent<string, unknown>, context: Context): Promise<void> => {
        let invocation = log.forInvocation(context, { event_id: event.id });
        try {
            const { order, meta } = readOrderReceived(isJsonObject(event.detail) ? event.detail : {});
            invocation = invocation.with({ correlationId: meta.correlationId, order_id: order.orderId });
            await consume({ order, meta, lease: leaseOf(context), log: invocation });
        } catch (error) {
            if (error instanceof StepInProgressError) invocation.warn("The order's event came too early", { error });
            else invocation.error("The order's event could not be worked on", { error });
            throw error;
        }
    };
}
