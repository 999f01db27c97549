import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../shared/batchGet.ts";
import type { StepClaim } from "../shared/idempotency.ts";
import type { JsonObject } from "../shared/json.ts";
import { pause } from "../shared/pause.ts";
import { type StockHold, stockTaken } from "../shared/stockHold.ts";
import { refusedIn, transactOnce } from "../shared/transact.ts";
import type { Line } from "./order.ts";
import {
    heldReservation,
    type Product,
    type Quantity,
    type Reservation,
    reservationFor,
    wantedIn,
} from "./reservation.ts";

/** Other orders changed the stock during every attempt. Lambda retries the event. */
class StockContendedError extends Error {
    override readonly name = "StockContendedError";
}

const attempts = 7;

type ReservationClaim = StepClaim<Reservation, StockHold>;

/** The stock of the products table. */
export class Stock {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /**
     * Takes all lines from stock, or none if one is short, and records the decision as the claim's outcome in the same
     * transaction, unless an earlier try has done so, or the checkout holds the stock. Throws StockContendedError, and
     * StepInProgressError if the claim is lost.
     */
    async reserve(lines: readonly Line[], claim: ReservationClaim): Promise<Reservation> {
        const { recorded } = claim;
        if (recorded !== undefined) return recorded.status === "held" ? heldReservation(lines) : recorded;
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
            const products = await this.#read(wantedIn(lines).map(({ productId }) => productId));
            const reservation = reservationFor(lines, products);
            if (await this.#commit(reservation, products, claim)) return reservation;
            await pause(attempt);
        }
        throw new StockContendedError(`the stock changed during ${attempts} attempts to reserve it`);
    }

    /** False if the stock changed after it was read, or another transaction writes it. */
    async #commit(reservation: Reservation, products: readonly Product[], claim: ReservationClaim): Promise<boolean> {
        const isStocked = ({ productId }: Quantity) =>
            products.some((product) => product.productId === productId && product.stock !== undefined);
        const taken = reservation.status === "reserved" ? reservation.lines.filter(isStocked) : [];
        const cancelled = await transactOnce(this.#client, [
            { Update: claim.recording(reservation) },
            ...taken.map(({ productId, quantity }) => ({
                Update: stockTaken(this.#table, { productId, quantity }),
            })),
        ]);
        if (cancelled && refusedIn(cancelled).includes(0)) throw claim.lost(cancelled.cause);
        return cancelled === undefined;
    }

    async #read(productIds: readonly string[]): Promise<Product[]> {
        const keys = productIds.map((productId) => ({ productId }));
        const items = await batchGet(this.#client, { [this.#table]: keys }, { consistent: true });
        return (items.get(this.#table) ?? []).map(productIn);
    }
}

function productIn({ productId, stock }: JsonObject): Product {
    return { productId: String(productId), ...(typeof stock === "number" && { stock }) };
}
