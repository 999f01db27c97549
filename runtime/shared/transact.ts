import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
    type DynamoDBDocumentClient,
    TransactWriteCommand,
    type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { pause } from "./pause.ts";

export type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Why nothing was written. */
interface Cancelled {
    /** For each item, in the order they were given in. */
    readonly reasons: readonly CancellationReason[];
    readonly cause: TransactionCanceledException;
}

/** Others kept writing the same items while a transaction was tried several times. */
export class TransactionContendedError extends Error {
    override readonly name = "TransactionContendedError";
}

const attempts = 6;

/**
 * Writes all items or none; where others are writing the same ones, it tries again. Undefined when they are written, else
 * the places of the items whose conditions failed. Throws TransactionContendedError, and what another try cannot do away with.
 */
export async function transact(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
): Promise<readonly number[] | undefined> {
    for (let attempt = 1; ; attempt += 1) {
        const cancelled = await transactOnce(client, items);
        if (cancelled === undefined) return undefined;
        const refused = refusedIn(cancelled);
        if (refused.length > 0) return refused;
        const { cause } = cancelled;
        if (attempt === attempts) throw new TransactionContendedError("others kept writing the same items", { cause });
        await pause(attempt);
    }
}

/** One try, for those who decide anew before the next. Throws what another try cannot do away with. */
export async function transactOnce(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
): Promise<Cancelled | undefined> {
    const cancelled = await cancellationOf(client, items);
    if (cancelled !== undefined && !cancelled.reasons.every(isPassing)) throw cancelled.cause;
    return cancelled;
}

/** One try. Undefined when all items are written. Throws what is no cancellation. */
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

/** The places of the items whose conditions failed; none where others were writing the same items. */
export function refusedIn({ reasons }: Cancelled): number[] {
    return reasons.flatMap(({ Code }, index) => (Code === conditionFailed ? [index] : []));
}

/** Whether another try, or another decision, can do away with a reason. */
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
