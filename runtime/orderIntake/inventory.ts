import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { publish } from "../shared/events.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { done, notDone } from "../shared/outcome.ts";
import type { StockHold } from "../shared/stockHold.ts";
import { onOrderReceived } from "./consumer.ts";
import { inventoryDecided } from "./events.ts";
import { linesOf } from "./order.ts";
import type { Reservation } from "./reservation.ts";
import { Stock } from "./stock.ts";

export const env = environment("PRODUCTS_TABLE", "STOCK_TABLE", "EFFECTS_TABLE", "EVENT_BUS_NAME");
const events = new EventBridgeClient({});
// Kept for good: the outcome is the order's status, and stock must never be taken twice.
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, 0);
const stock = new Stock(dynamo, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE });

/**
 * order.received.v1: reserves all lines of an order or none, once, and publishes the result. For an order of the checkout
 * the stock is held already: the hold becomes the reservation.
 */
export const handler = onOrderReceived(async ({ order, meta, lease, log }) => {
    const { orderId } = order;
    const key = { orderId, step: "reservation" };
    const { repeated, outcome } = await idempotency.runOnce<Reservation, StockHold>(key, lease, async (claim) => {
        const reservation = await stock.reserve(linesOf(order), claim);
        await publish(events, env.EVENT_BUS_NAME, inventoryDecided(orderId, reservation, meta));
        return reservation;
    });
    const { status, lines, untracked, short = [] } = outcome;
    const fields = { status, lines: lines.length, untracked: untracked.length, short: short.length };
    if (status === "shortage" && !repeated) return notDone(log, "OrderShort", fields);
    return done(log, repeated ? "Stock decided before" : "Stock decided", fields);
});
