/** Pieces of a product that has a stock. */
export interface Pieces {
    readonly productId: string;
    readonly quantity: number;
}

/**
 * The outcome of an order's step `reservation` before the order exists: the pieces have left the stock for a completion
 * in progress. The checkout writes it, and deletes it when the completion does not end in an order; otherwise the order
 * intake turns it into the reservation.
 */
export interface StockHold {
    readonly status: "held";
    readonly lines: readonly Pieces[];
}

/** Key of an order's reservation in the table of steps. */
export const reservationKey = (orderId: string) => ({ orderId, effect: "reservation" });

/** An update that takes pieces from the stock; its condition fails if there are too few or the product has no stock. */
export function stockTaken(TableName: string, { productId, quantity }: Pieces) {
    return {
        TableName,
        Key: { productId },
        UpdateExpression: "SET stock = stock - :quantity",
        ConditionExpression: "stock >= :quantity",
        ExpressionAttributeValues: { ":quantity": quantity },
    };
}
