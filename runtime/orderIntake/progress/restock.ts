import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import type { Refused } from "../../shared/http.ts";
import { isJsonObject } from "../../shared/json.ts";
import { piecesFree } from "../../shared/orders/canceledPieces.ts";
import type { Order } from "../../shared/orders/orderChange.ts";
import { type Pieces, stockReturned } from "../../shared/stockHold.ts";
import type { Write } from "../../shared/transact.ts";
import type { OrderState, Returned } from "./orderState.ts";
import type { Loaded } from "./orderStore.ts";
import type { Piece } from "./pieces.ts";

// The stock has back what never left and will not, whichever system reports it, and in any order: each change writes the difference
// to what it has got before, which is negative where a later fact says that fewer are left.

/** A transaction has at most 100 writes, three of which are not about stock. */
const mostRestocked = 97;

/**
 * What a change makes of the stock that the order's reservation has taken, of products that are still counted.
 * @param products name of their table
 * @param isRestocked whether pieces that are free by this change go back
 */
export async function restocking(
    dynamo: DynamoDBDocumentClient,
    products: string,
    { state, stock }: Pick<Loaded, "state" | "stock">,
    after: Order,
    isRestocked = true,
): Promise<Restocking | Refused> {
    const returned = returnedAfter(state, after, isRestocked);
    const writes = await stockWrites(dynamo, products, { state, stock }, differences(returnedIn(state), returned));
    if ("problem" in writes) return writes;
    const isNew = state.returned !== undefined || returned.length > 0;
    return { ...writes, members: isNew ? { returned } : {} };
}

interface Restocking {
    readonly writes: readonly Write[];
    /** Of the order's next state. */
    readonly members: Pick<OrderState, "returned">;
}

/** A state of an earlier release does not say it: then it has all that was free. */
const returnedIn = ({ order, returned }: OrderState): readonly Returned[] =>
    returned ?? (order.line_items ?? []).map((line) => ({ id: line.id, given: piecesFree(order, line), kept: 0 }));

function returnedAfter(state: OrderState, after: Order, isRestocked: boolean): Returned[] {
    const before = returnedIn(state);
    return (after.line_items ?? [])
        .map((line): Returned => {
            const { id } = line;
            const { given, kept } = before.find((one) => one.id === id) ?? { given: 0, kept: 0 };
            const free = piecesFree(after, line);
            if (!isRestocked) return { id, given, kept: Math.max(kept, free - given) };
            return { id, given: Math.max(0, free - kept), kept };
        })
        .filter(({ given, kept }) => given > 0 || kept > 0);
}

function differences(before: readonly Returned[], after: readonly Returned[]): Piece[] {
    const givenIn = (all: readonly Returned[], lineId: string) => all.find(({ id }) => id === lineId)?.given ?? 0;
    const ids = new Set([...before, ...after].map(({ id }) => id));
    return [...ids].map((id) => ({ id, quantity: givenIn(after, id) - givenIn(before, id) }));
}

async function stockWrites(
    dynamo: DynamoDBDocumentClient,
    products: string,
    { state, stock }: Pick<Loaded, "state" | "stock">,
    pieces: readonly Piece[],
): Promise<{ readonly writes: readonly Write[] } | Refused> {
    const { status, uncounted } = isJsonObject(stock) ? stock : {};
    const returned = piecesByProduct(state, pieces).filter(
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

function piecesByProduct({ order: { line_items: lines = [] } }: OrderState, pieces: readonly Piece[]): Pieces[] {
    const sums = new Map<string, number>();
    for (const { id, quantity } of pieces) {
        const productId = lines.find((line) => line.id === id)?.product_id;
        if (productId !== undefined) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
    }
    return [...sums].map(([productId, quantity]) => ({ productId, quantity })).filter(({ quantity }) => quantity !== 0);
}
