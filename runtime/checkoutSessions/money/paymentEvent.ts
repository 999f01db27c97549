import { validatePaymentUpdated } from "../../../spec/generated/events.validators.js";
import type { BusEvent } from "../../shared/events.ts";
import { totalsWithRefunds } from "../../shared/orders/orderAdjustments.ts";
import { inStatus } from "../../shared/orders/orderProgress.ts";
import { validationErrorsOf } from "../../shared/validationErrors.ts";
import type { OrderPayment } from "../domain/orderPayment.ts";
import type { Order } from "../domain/protocol.ts";
import { type Entry, type Ledger, paymentOf, undone } from "./ledger.ts";

type Adjustment = NonNullable<Order["adjustments"]>[number];

/** `order.payments` `payment.updated.v1`: the payment of an order has changed. Its detail says how it is now. */
interface PaymentUpdated {
    readonly orderId: string;
    /** 1, 2, 3…: a later one contains all of an earlier one. */
    readonly version: number;
    readonly payment: OrderPayment;
    /** In the protocol's form, all of the ledger. */
    readonly adjustments: readonly Adjustment[];
    /** The order cannot be fulfilled, and all that was paid is given back. */
    readonly isCanceled: boolean;
    /** Something is to be done at the provider. */
    readonly isPending: boolean;
    readonly meta: { readonly correlationId: string; readonly receivedAt: string };
}

export function paymentUpdated(
    ledger: Ledger,
    correlationId: string,
    at: string,
): BusEvent & { readonly detail: PaymentUpdated } {
    const { orderId, version, entries } = ledger;
    return {
        source: "order.payments",
        type: "payment.updated.v1",
        detail: {
            orderId,
            version,
            payment: paymentOf(ledger),
            adjustments: entries.flatMap((entry) => adjustmentOf(entry, ledger.currency)),
            isCanceled: entries.some(({ isCancellation, status }) => isCancellation && status === "completed"),
            isPending: undone(ledger).length > 0,
            meta: { correlationId, receivedAt: at },
        },
        time: new Date(at),
    };
}

/** `order.updated.v1`, whose rules keep it from sessions and payments, which have the other one. */
export function orderUpdatedBy({ source, detail, time }: ReturnType<typeof paymentUpdated>): BusEvent {
    const { orderId, version: sequence, payment, meta } = detail;
    const change = { type: "payment", id: payment.id, status: payment.state, sequence };
    const told = { orderId, meta: { ...meta, change } };
    return { source, type: "order.updated.v1", detail: told, ...(time && { time }) };
}

/** What agents hear of an entry: nothing of captures, and of proposals. */
function adjustmentOf({ id, kind, status, amount, at, lines, reason, failure }: Entry, currency: string): Adjustment[] {
    if (kind === "capture" || status === "proposed" || status === "replaced") return [];
    const types = { refund: "refund", void: "cancellation", dispute: "dispute" } as const;
    const why = failure ?? reason;
    // Of pieces that were refunded before, only by an amount: a line item of the protocol has at least one.
    // What a release is of was canceled before, as the order says itself.
    const named = kind === "void" ? [] : (lines ?? []).filter(({ quantity }) => quantity > 0);
    const pieces = named.map((line) => ({ id: line.id, quantity: line.quantity }));
    return [
        {
            id,
            type: types[kind],
            occurred_at: at,
            status,
            amount,
            currency,
            ...(pieces.length > 0 && { line_items: pieces }),
            ...(why !== undefined && { reason: why }),
        },
    ];
}

/** The event in a detail of the bus; only this program publishes it. Throws UnreadablePaymentError. */
export function readPaymentUpdated(detail: unknown): PaymentUpdated {
    if (!validatePaymentUpdated(detail)) {
        const errors = validationErrorsOf(validatePaymentUpdated.errors, {});
        throw new UnreadablePaymentError(errors.map(({ pointer, detail: why }) => `${pointer} ${why}`).join(", "));
    }
    return detail;
}

class UnreadablePaymentError extends Error {
    override readonly name = "UnreadablePaymentError";
}

/** The order with the adjustments of its payment, which are as they are now: a completed refund may fail later. */
export function orderWithPayment(order: Order, { adjustments, isCanceled }: PaymentUpdated): Order {
    const known = (order.adjustments ?? []).filter(({ id }) => !adjustments.some((each) => each.id === id));
    const after = { ...order, adjustments: [...known, ...adjustments] };
    const refunded = { ...after, totals: totalsWithRefunds(after) };
    return isCanceled ? inStatus(refunded, "canceled") : refunded;
}
