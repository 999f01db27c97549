import { type Pieces, reservationKey, type StockHold, stockHeld } from "../../shared/stockHold.ts";
import type { Write } from "../../shared/transact.ts";

/** What a completion holds from its beginning until its order, or its end without one. */
export interface Hold {
    /** Discount codes with a usage limit. */
    readonly redeems: readonly string[];
    /** Pieces of products with a stock, each product once. Absent in versions that are older than the holding of stock. */
    readonly stock?: readonly Pieces[];
    /** As of `StockHold`. */
    readonly isCounted?: true;
}

/** Tries of a transaction with a hold: completions of one product meet in its item. About two seconds in all. */
export const holdAttempts = 10;

interface Tables {
    readonly discounts: string;
    readonly products: string;
    /** Steps of orders, among them their reservations. */
    readonly effects: string;
}

/**
 * The writes that hold stock and discount codes, as parts of the transactions that begin and end completions. Stock that
 * is held has left the product's `stock`; the order's reservation contains it.
 */
export class Holds {
    readonly #tables: Tables;

    constructor(tables: Tables) {
        this.#tables = tables;
    }

    /** A condition fails if a product has too little stock or a code has reached its limit. */
    taken(orderId: string, { redeems, stock = [] }: Hold): Write[] {
        return [
            ...(stock.length > 0 ? [this.#held(orderId, stock)] : []),
            ...stock.map((pieces) => ({ Update: stockHeld(this.#tables.products, pieces) })),
            ...redeems.map((code) => this.#redeemed(code)),
        ];
    }

    /** A condition fails if a product is no longer counted or a code is gone: then there is nothing to give back. */
    returned(orderId: string, { redeems, stock = [], isCounted }: Hold): Write[] {
        return [
            ...(stock.length > 0
                ? [{ Delete: { TableName: this.#tables.effects, Key: reservationKey(orderId) } }]
                : []),
            ...stock.map((pieces) => this.#putBack(pieces, isCounted)),
            ...redeems.map((code) => this.#unredeemed(code)),
        ];
    }

    #held(orderId: string, lines: readonly Pieces[]): Write {
        const outcome: StockHold = { status: "held", lines, isCounted: true };
        return {
            Put: {
                TableName: this.#tables.effects,
                Item: { ...reservationKey(orderId), outcome },
                ConditionExpression: "attribute_not_exists(orderId)",
            },
        };
    }

    #putBack({ productId, quantity }: Pieces, isCounted: Hold["isCounted"]): Write {
        const uncounting = isCounted ? ", taken = if_not_exists(taken, :quantity) - :quantity" : "";
        return {
            Update: {
                TableName: this.#tables.products,
                Key: { productId },
                UpdateExpression: `SET stock = stock + :quantity${uncounting}`,
                ConditionExpression: "attribute_exists(stock)",
                ExpressionAttributeValues: { ":quantity": quantity },
            },
        };
    }

    #redeemed(code: string): Write {
        return {
            Update: {
                TableName: this.#tables.discounts,
                Key: { code },
                UpdateExpression: "SET timesRedeemed = if_not_exists(timesRedeemed, :none) + :one",
                ConditionExpression:
                    "attribute_exists(code) AND " +
                    "(attribute_not_exists(usageLimit) OR attribute_not_exists(timesRedeemed) OR timesRedeemed < usageLimit)",
                ExpressionAttributeValues: { ":none": 0, ":one": 1 },
            },
        };
    }

    #unredeemed(code: string): Write {
        return {
            Update: {
                TableName: this.#tables.discounts,
                Key: { code },
                UpdateExpression: "SET timesRedeemed = timesRedeemed - :one",
                ConditionExpression: "timesRedeemed > :none",
                ExpressionAttributeValues: { ":none": 0, ":one": 1 },
            },
        };
    }
}
