import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../shared/batchGet.ts";
import type { StepClaim } from "../shared/idempotency.ts";
import type { JsonObject } from "../shared/json.ts";
import { pause } from "../shared/pause.ts";
import { type Pieces, piecesReserved, type StockHold, stockTaken } from "../shared/stockHold.ts";
import { refusedIn, transactOnce, type Write } from "../shared/transact.ts";
import type { Line } from "./order.ts";
import { heldReservation, type Product, type Reservation, reservationFor, wantedIn } from "./reservation.ts";

/** Other orders changed the stock during every attempt. Lambda retries the event. */
class StockContendedError extends Error {
    override readonly name = "StockContendedError";
}

const attempts = 7;

type ReservationClaim = StepClaim<Reservation, StockHold>;

interface Tables {
    readonly products: string;
    /** Beside the products, what became of their stock. */
    readonly stock: string;
}

/** The stock of the products table. */
export class Stock {
    readonly #client: DynamoDBDocumentClient;
    readonly #tables: Tables;

    constructor(client: DynamoDBDocumentClient, tables: Tables) {
        this.#client = client;
        this.#tables = tables;
    }

    /**
     * Takes all lines from stock, or none if one is short, and records the decision as the claim's outcome in the same
     * transaction, unless an earlier try has done so, or the checkout holds the stock. Throws StockContendedError, and
     * StepInProgressError if the claim is lost.
     */
    async reserve(lines: readonly Line[], claim: ReservationClaim): Promise<Reservation> {
        const { recorded } = claim;
        if (recorded !== undefined && recorded.status !== "held") return recorded;
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
            const reservation = recorded
                ? await this.#takeOver(recorded, lines, claim)
                : await this.#take(lines, claim);
            if (reservation !== undefined) return reservation;
            await pause(attempt);
        }
        throw new StockContendedError(`the stock changed during ${attempts} attempts to reserve it`);
    }

    /** Undefined if the stock changed after it was read, or another transaction writes it. */
    async #take(lines: readonly Line[], claim: ReservationClaim): Promise<Reservation | undefined> {
        const products = await this.#read(wantedIn(lines).map(({ productId }) => productId));
        const reservation = reservationFor(lines, products);
        const { status, uncounted = [] } = reservation;
        const taken =
            status === "reserved" ? reservation.lines.filter(({ productId }) => !uncounted.includes(productId)) : [];
        const writes = taken.map((pieces) => ({ Update: stockTaken(this.#tables.products, pieces) }));
        return (await this.#commit(reservation, writes, claim)) ? reservation : undefined;
    }

    /** Makes the hold the reservation. Undefined if another transaction is in the way. */
    async #takeOver(
        hold: StockHold,
        lines: readonly Line[],
        claim: ReservationClaim,
    ): Promise<Reservation | undefined> {
        const counted: readonly Pieces[] = hold.isCounted ? hold.lines : [];
        const reservation = heldReservation(lines, hold.lines);
        const writes = counted.map((pieces) => ({ Update: piecesReserved(this.#tables.stock, pieces) }));
        return (await this.#commit(reservation, writes, claim)) ? reservation : undefined;
    }

    async #commit(reservation: Reservation, writes: readonly Write[], claim: ReservationClaim): Promise<boolean> {
        const cancelled = await transactOnce(this.#client, [{ Update: claim.recording(reservation) }, ...writes]);
        if (cancelled && refusedIn(cancelled).includes(0)) throw claim.lost(cancelled.cause);
        return cancelled === undefined;
    }

    async #read(productIds: readonly string[]): Promise<Product[]> {
        const keys = productIds.map((productId) => ({ productId }));
        const items = await batchGet(this.#client, { [this.#tables.products]: keys }, { consistent: true });
        return (items.get(this.#tables.products) ?? []).flatMap(productIn);
    }
}

/** Of a deleted product an item is left, which is not sold. Stock that was counted too low is below 0. */
function productIn({ productId, stock, deletedAt }: JsonObject): Product[] {
    if (deletedAt !== undefined) return [];
    return [{ productId: String(productId), ...(typeof stock === "number" && { stock: Math.max(0, stock) }) }];
}
