import { minorUnitsOf } from "../../shared/money.ts";
import type { placedOrderOf } from "../events/placedOrder.ts";
import { type Ledger, unchanged } from "./ledger.ts";

type PlacedOrder = ReturnType<typeof placedOrderOf>;

/** A stored order's payment says something that the checkout never places: a bug. */
class UnreadableOrderError extends Error {
    override readonly name = "UnreadableOrderError";
}

/** The ledger of a stored order whose session has expired; undefined if nothing was paid. Throws UnreadableOrderError. */
export function ledgerOfOrder(record: object): Ledger | undefined {
    // Only the checkout places orders with such ids, and the order intake validates them.
    const { orderId, checkout, currency: stored = "", payment, items, fulfillments } = record as PlacedOrder;
    if (payment === undefined) return undefined;
    const { provider, id: paymentId, state } = payment;
    if (provider !== "stripe" && provider !== "sandbox") {
        throw new UnreadableOrderError(`the payment of ${orderId} is of ${provider}`);
    }
    const currency = stored.toLowerCase();
    const minor = (units: number) => {
        const amount = minorUnitsOf(units, currency);
        if (amount === undefined) throw new UnreadableOrderError(`${units} ${currency} of ${orderId} is no amount`);
        return amount;
    };
    const lines = items.map(({ id, productId, quantity, total }) => ({ id, productId, quantity, total: minor(total) }));
    const deliveries = fulfillments.map((one) => ({ lines: one.items.map(({ id }) => id), total: minor(one.total) }));
    const { sessionId } = checkout;
    const amount = minor(payment.amount);
    return unchanged({ orderId, sessionId, provider, paymentId, amount, currency, lines, deliveries }, state);
}
