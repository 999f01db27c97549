import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
    type DynamoDBDocumentClient,
    TransactWriteCommand,
    type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { pause } from "./pause.ts";

export type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Nothing was written. */
interface Cancelled {
    /** One for each item, in their order. */
    readonly reasons: readonly CancellationReason[];
    readonly cause: TransactionCanceledException;
}

/** All attempts of a transaction conflicted with other writes. */
export class TransactionContendedError extends Error {
    override readonly name = "TransactionContendedError";
    /** Indexes of the items that conflicted at the last attempt. */
    readonly contended: readonly number[];

    constructor({ reasons, cause }: Cancelled) {
        super("all attempts conflicted with other writes", { cause });
        this.contended = reasons.flatMap(({ Code = "None" }, index) => (Code === "None" ? [] : [index]));
    }
}

const usualAttempts = 6;

/**
 * Writes all items or none, and retries conflicts with other writes. @returns undefined, or the indexes of the items
 * whose conditions failed. Throws TransactionContendedError, and permanent errors.
 */
export async function transact(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
    attempts = usualAttempts,
): Promise<readonly number[] | undefined> {
    for (let attempt = 1; ; attempt += 1) {
        const cancelled = await transactOnce(client, items);
        if (cancelled === undefined) return undefined;
        const refused = refusedIn(cancelled);
        if (refused.length > 0) return refused;
        if (attempt === attempts) throw new TransactionContendedError(cancelled);
        await pause(attempt);
    }
}

/** One try, for callers that decide anew before the next. Throws permanent errors. */
export async function transactOnce(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
): Promise<Cancelled | undefined> {
    const cancelled = await cancellationOf(client, items);
    if (cancelled !== undefined && !cancelled.reasons.every(isPassing)) throw cancelled.cause;
    return cancelled;
}

/** One try. Undefined if all items are written. Throws other errors than a cancellation. */
export async function cancellationOf(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
): Promise<Cancelled | undefined> {
    try {
        await client.send(new TransactWriteCommand({ TransactItems: [...items] }));
        return undefined;
    } catch (cause) {
        if (!(cause instanceof TransactionCanceledException)) throw cause;
        return { reasons: cause.CancellationReasons ?? [], cause };
    }
}

/** The indexes of the items whose conditions failed; none for a conflict with other writes. */
export function refusedIn({ reasons }: Cancelled): number[] {
    return reasons.flatMap(({ Code }, index) => (Code === conditionFailed ? [index] : []));
}

/** Whether another try, or another decision, may succeed. */
export function isPassing({ Code = "None" }: CancellationReason): boolean {
    return passing.has(Code);
}

export const conditionFailed = "ConditionalCheckFailed";
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const passing = new Set([
    "None",
    conditionFailed,
    "TransactionConflict",
    "ProvisionedThroughputExceeded",
    "ThrottlingError",
]);
