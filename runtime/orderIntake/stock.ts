import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../shared/batchGet.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Claim } from "../shared/once.ts";
import { pause } from "../shared/pause.ts";
import type { Line } from "./order.ts";
import { type Product, type Quantity, type Reservation, reservationFor, wantedIn } from "./reservation.ts";

/** Other orders changed the stock every time we were about to: the event comes again later. */
export class StockContended extends Error {
    override readonly name = "StockContended";
}

const attempts = 7;

/** The stock of the products table. */
export class Stock {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /**
     * Takes all the lines out of the stock, or none when one is short, and records the decision as the claim's outcome
     * in the same transaction. Throws StockContended, and EffectInProgress when the claim is lost.
     */
    async reserve(lines: readonly Line[], claim: Claim<Reservation>): Promise<Reservation> {
        for (let attempt = 1; attempt <= attempts; attempt += 1) {
            const products = await this.#read(wantedIn(lines).map(({ productId }) => productId));
            const reservation = reservationFor(lines, products);
            if (await this.#commit(reservation, products, claim)) return reservation;
            await pause(attempt);
        }
        throw new StockContended(`the stock changed ${attempts} times while it was to be reserved`);
    }

    /** Whether it is done; false when the stock is no longer as it was read, or somebody else is writing it. */
    async #commit(reservation: Reservation, products: readonly Product[], claim: Claim<Reservation>): Promise<boolean> {
        const isStocked = ({ productId }: Quantity) =>
            products.some((product) => product.productId === productId && product.stock !== undefined);
        const taken = reservation.status === "reserved" ? reservation.lines.filter(isStocked) : [];
        const transaction = new TransactWriteCommand({
            TransactItems: [
                { Update: claim.recording(reservation) },
                ...taken.map(({ productId, quantity }) => ({
                    Update: {
                        TableName: this.#table,
                        Key: { productId },
                        UpdateExpression: "SET stock = stock - :quantity",
                        ConditionExpression: "stock >= :quantity",
                        ExpressionAttributeValues: { ":quantity": quantity },
                    },
                })),
            ],
        });
        try {
            await this.#client.send(transaction);
            return true;
        } catch (error) {
            if (!(error instanceof TransactionCanceledException)) throw error;
            const [recording, ...takings] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
            if (recording === "ConditionalCheckFailed") throw claim.lost(error);
            if ([recording, ...takings].some((code) => code !== undefined && !passing.has(code))) throw error;
            return false;
        }
    }

    async #read(productIds: readonly string[]): Promise<Product[]> {
        const keys = productIds.map((productId) => ({ productId }));
        const items = await batchGet(this.#client, { [this.#table]: { keys, consistent: true } });
        return (items.get(this.#table) ?? []).map(productIn);
    }
}

// Reasons that another try can do away with: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const passing = new Set([
    "None",
    "ConditionalCheckFailed",
    "TransactionConflict",
    "ProvisionedThroughputExceeded",
    "ThrottlingError",
]);

function productIn({ productId, stock }: JsonObject): Product {
    return { productId: String(productId), ...(typeof stock === "number" && { stock }) };
}
