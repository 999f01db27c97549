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
    /** The products' `taken` contains the pieces. Absent in holds from before there was one. */
    readonly isCounted?: true;
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

/**
 * The same for a hold. `taken` adds up the pieces of all holds, but for those that were given back; those of holds that
 * became reservations are added up in the table of stock (`piecesReserved`). The difference is held, which who counts
 * the pieces has to know (runtime/catalog/stock.ts).
 */
export function stockHeld(TableName: string, pieces: Pieces) {
    const { UpdateExpression, ExpressionAttributeValues, ...update } = stockTaken(TableName, pieces);
    return {
        ...update,
        UpdateExpression: `${UpdateExpression}, taken = if_not_exists(taken, :none) + :quantity`,
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ":none": 0 },
    };
}

/** Key of the pieces of a product whose holds became reservations, in the table of stock. */
export const reservedKey = (productId: string) => ({ productId, entry: "reserved" });

/** Not in the product's item, in which completions of the product meet already. */
export function piecesReserved(TableName: string, { productId, quantity }: Pieces) {
    return {
        TableName,
        Key: reservedKey(productId),
        UpdateExpression: "ADD pieces :quantity",
        ExpressionAttributeValues: { ":quantity": quantity },
    };
}

/** An update that puts pieces back; its condition fails if the product is gone or has no stock. */
export function stockReturned(TableName: string, { productId, quantity }: Pieces) {
    return {
        TableName,
        Key: { productId },
        UpdateExpression: "SET stock = stock + :quantity",
        ConditionExpression: "attribute_exists(stock)",
        ExpressionAttributeValues: { ":quantity": quantity },
    };
}
