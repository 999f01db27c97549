import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import type { Refused } from "../../shared/http.ts";
import { isJsonObject } from "../../shared/json.ts";
import { canceledIn } from "../../shared/orders/canceledPieces.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import { type Pieces, stockReturned } from "../../shared/stockHold.ts";
import type { Write } from "../../shared/transact.ts";
import type { OrderState } from "./orderState.ts";
import type { Loaded } from "./orderStore.ts";
import { less, openPieces, type Piece } from "./pieces.ts";

// What is canceled goes back to the stock: once, whether the order API says it, reports of quantities, or a status.

/** A transaction has at most 100 writes, three of which are not about stock. */
const mostRestocked = 97;

/**
 * Puts pieces back that the order's reservation has taken, of products that are still counted.
 * @param products name of their table
 */
export async function restocking(
    dynamo: DynamoDBDocumentClient,
    products: string,
    { state, stock }: Pick<Loaded, "state" | "stock">,
    restocked: readonly Piece[],
): Promise<{ readonly writes: readonly Write[] } | Refused> {
    const { status, uncounted } = isJsonObject(stock) ? stock : {};
    const returned = piecesByProduct(state, restocked).filter(
        ({ productId }) => !(Array.isArray(uncounted) && uncounted.includes(productId)),
    );
    if (returned.length === 0 || status === "shortage") return { writes: [] };
    if (status !== "reserved") {
        return { problem: { status: 409, detail: "the order's stock is not decided yet", retryAfter: 2 } };
    }
    const keys = returned.map(({ productId }) => ({ productId }));
    const found = (await batchGet(dynamo, { [products]: keys }, { consistent: true })).get(products) ?? [];
    const stocked = returned.filter(({ productId }) =>
        found.some((product) => product["productId"] === productId && typeof product["stock"] === "number"),
    );
    if (stocked.length > mostRestocked) {
        return { problem: { status: 409, detail: `cancel the lines of at most ${mostRestocked} products at once` } };
    }
    return { writes: stocked.map((pieces) => ({ Update: stockReturned(products, pieces) })) };
}

/** The pieces that a change cancels which were not canceled before; all that are left of an order that is canceled. */
export const newlyCanceled = (before: Order, after: Order): Piece[] =>
    less(canceledPieces(after), canceledPieces(before));

function canceledPieces(order: Order): Piece[] {
    const canceled = canceledIn(order);
    const open = order.status === "canceled" ? openPieces(order) : undefined;
    return (order.line_items ?? []).map(({ id }) => {
        const named = canceled.find((line) => line.id === id)?.canceled ?? 0;
        return { id, quantity: named + (open?.get(id) ?? 0) };
    });
}

function piecesByProduct({ order: { line_items: lines = [] } }: OrderState, pieces: readonly Piece[]): Pieces[] {
    const sums = new Map<string, number>();
    for (const { id, quantity } of pieces) {
        const productId = lines.find((line) => line.id === id)?.product_id;
        if (productId !== undefined) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
    }
    return [...sums].map(([productId, quantity]) => ({ productId, quantity }));
}
