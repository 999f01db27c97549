import type { Order } from "../../domain/protocol.ts";

/** The last version whose order events have the form of `olderOrder`. */
export const lastOlderOrder = "2026-01-30";

/** An order in the words of the order events until 2026-01-30, which tell neither lines nor parcels. */
export function olderOrder(order: Order): object {
    const { checkout_session_id, permalink_url, status, adjustments = [] } = order;
    return {
        type: "order",
        checkout_session_id,
        permalink_url,
        status: statusOf(status),
        refunds: adjustments.flatMap(({ type, status: state, amount }) => {
            if (state !== "completed" || amount === undefined) return [];
            return [{ type: type === "credit" ? "store_credit" : "original_payment", amount }];
        }),
    };
}

function statusOf(status: string | undefined): string {
    switch (status) {
        case "manual_review":
        case "confirmed":
        case "canceled":
        case "shipped":
            return status;
        case "processing":
            return "confirmed";
        case "delivered":
        case "completed":
            return "fulfilled";
        default:
            return "created";
    }
}
