import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
    type DynamoDBDocumentClient,
    TransactWriteCommand,
    type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

export type Write = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** Why nothing was written. */
export interface Cancelled {
    /** The places of the items whose conditions failed; none where others were writing the same items. */
    readonly refused: readonly number[];
    readonly cause: TransactionCanceledException;
}

/** Writes all items or none. Undefined when they are written. Throws what another try cannot do away with. */
export async function transact(
    client: DynamoDBDocumentClient,
    items: readonly Write[],
): Promise<Cancelled | undefined> {
    try {
        await client.send(new TransactWriteCommand({ TransactItems: [...items] }));
        return undefined;
    } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code = "None" }) => Code);
        if (!codes.every((code) => passing.has(code))) throw error;
        const refused = codes.flatMap((code, index) => (code === "ConditionalCheckFailed" ? [index] : []));
        return { refused, cause: error };
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
