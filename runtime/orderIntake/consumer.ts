import type { Context, EventBridgeEvent } from "aws-lambda";
import { StepInProgressError } from "../shared/idempotency.ts";
import { isJsonObject } from "../shared/json.ts";
import { type Lease, leaseOf } from "../shared/lease.ts";
import { type Log, log } from "../shared/log.ts";
import type { Outcome } from "../shared/outcome.ts";
import { readOrderReceived } from "./events.ts";
import type { Meta, Order } from "./order.ts";

interface Received {
    readonly order: Order;
    readonly meta: Meta;
    /** For `Idempotency.runOnce`. */
    readonly lease: Lease;
    readonly log: Log;
}

/**
 * Handler of a consumer of `order.received.v1`: parses the event, and logs errors before it rethrows them, so that
 * Lambda retries.
 */
export function onOrderReceived(consume: (received: Received) => Promise<Outcome>) {
    return async (event: EventBridgeEvent<string, unknown>, context: Context): Promise<void> => {
        let invocation = log.forInvocation(context, { event_id: event.id });
        try {
            const { order, meta } = readOrderReceived(isJsonObject(event.detail) ? event.detail : {});
            invocation = invocation.with({ correlationId: meta.correlationId, order_id: order.orderId });
            await consume({ order, meta, lease: leaseOf(context), log: invocation });
        } catch (error) {
            if (error instanceof StepInProgressError)
                invocation.warn("Another invocation processes the order's event", { error });
            else invocation.error("The order's event could not be processed", { error });
            throw error;
        }
    };
}
