import { setTimeout } from "node:timers/promises";
import { DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { holdAttempts } from "../runtime/checkoutSessions/session/holds.ts";
import { stockHeld } from "../runtime/shared/stockHold.ts";
import { TransactionContendedError, transact } from "../runtime/shared/transact.ts";
import { type Findings, percentile } from "./figures.ts";

/** As long a transaction takes, and refuses others that meet it in an item. */
const transactionMs = 20;
const seconds = 20;
/** Completions of one product a second. */
const rates = [5, 10, 20, 30, 40, 60];
const promised = 20;

/**
 * Completions of one product that arrive at random, against a DynamoDB whose transactions take 20 ms and conflict as on AWS:
 * how many find all of their tries used up and are answered with 503.
 */
export async function measureContention(): Promise<Findings> {
    const rows = [];
    const shares = new Map<number, number>();
    for (const rate of rates) {
        const { waits, refused, calls } = await arrivals(rate);
        const all = waits.length + refused;
        const share = (100 * refused) / all;
        shares.set(rate, share);
        rows.push({
            "completions a second": rate,
            "% answered 503": share,
            "tries of one": calls / all,
            "ms, median": percentile(waits, 0.5),
            "ms, 99 of 100": percentile(waits, 0.99),
        });
    }
    return {
        tables: [{ title: `Completions of one product, transactions of ${transactionMs} ms`, rows }],
        budgets: [
            {
                what: `% of completions of one product that are answered with 503, at ${promised} a second`,
                measured: shares.get(promised) ?? Number.NaN,
                atMost: 1,
            },
        ],
    };
}

interface Arrivals {
    /** Milliseconds until the hold was taken. */
    readonly waits: readonly number[];
    /** Completions that used all tries up. */
    readonly refused: number;
    /** Transactions that were sent. */
    readonly calls: number;
}

async function arrivals(rate: number): Promise<Arrivals> {
    const { client, count } = contendedClient();
    const waits: number[] = [];
    let refused = 0;
    const complete = async () => {
        const start = performance.now();
        try {
            const taken = { Update: stockHeld("products", { productId: "one", quantity: 1 }) };
            await transact(client, [taken], holdAttempts);
            waits.push(performance.now() - start);
        } catch (error) {
            if (!(error instanceof TransactionContendedError)) throw error;
            refused += 1;
        }
    };
    const completions: Promise<void>[] = [];
    const end = performance.now() + seconds * 1000;
    // Against the clock, so that late timers do not lower the rate.
    for (let next = performance.now(); next < end; next += (-Math.log(1 - Math.random()) * 1000) / rate) {
        const wait = next - performance.now();
        if (wait > 0) await setTimeout(wait);
        completions.push(complete());
    }
    await Promise.all(completions);
    client.destroy();
    return { waits, refused, calls: count() };
}

/** A DynamoDB with one item, which refuses a transaction while another one is in progress. */
function contendedClient(): { readonly client: DynamoDBDocumentClient; count(): number } {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-west-1" }));
    let calls = 0;
    let isBusy = false;
    client.middlewareStack.add(
        () => async () => {
            calls += 1;
            if (isBusy) {
                const CancellationReasons = [{ Code: "TransactionConflict" }];
                throw new TransactionCanceledException({ message: "conflict", $metadata: {}, CancellationReasons });
            }
            isBusy = true;
            await setTimeout(transactionMs);
            isBusy = false;
            return { output: { $metadata: {} }, response: {} };
        },
        { step: "initialize", name: "contended" },
    );
    return { client, count: () => calls };
}
