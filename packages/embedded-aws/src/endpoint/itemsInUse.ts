import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textOf } from "../aws/input.ts";

/** An item that an operation writes or reads: its table, and its key or all of its attributes. */
export interface ItemUse {
    readonly table: string;
    readonly key?: Input;
    readonly item?: Input;
}

/** A table may be named by its ARN. Empty where none is named. */
export function tableNameOf(input: Input): string {
    const table = textOf(input, "TableName") ?? "";
    return table.startsWith("arn:") ? table.slice(table.indexOf("/") + 1) : table;
}

/** The items of an operation, each in the place of its own action or request. */
export function itemUses(action: string, input: Input): readonly ItemUse[] {
    const used = (request: Input, named = request): ItemUse[] => {
        const table = tableNameOf(named);
        if (table === "") return [];
        if (isInput(request["Item"])) return [{ table, item: request["Item"] }];
        return isInput(request["Key"]) ? [{ table, key: request["Key"] }] : [];
    };
    switch (action) {
        case "PutItem":
        case "UpdateItem":
        case "DeleteItem":
            return used(input);
        case "BatchWriteItem":
            return Object.keys(partOf(input, "RequestItems")).flatMap((table) =>
                partsOf(partOf(input, "RequestItems"), table).flatMap((request) =>
                    Object.values(request).flatMap((one) => (isInput(one) ? used(one, { TableName: table }) : [])),
                ),
            );
        case "TransactWriteItems":
        case "TransactGetItems":
            return partsOf(input, "TransactItems").flatMap((one) =>
                Object.values(one).flatMap((part) => (isInput(part) ? used(part) : [])),
            );
        default:
            return [];
    }
}

interface Use {
    writes: number;
    transactions: number;
}

/**
 * The items that are being written, for the conflicts that DynamoDB has and the engine, which does one thing after the
 * other, has not: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 * A write meets a transaction, a transaction meets any write; the one that came first goes on. Writes alone do not meet.
 */
export class ItemsInUse {
    readonly #uses = new Map<string, Use>();
    /** Tokens of the transactions that are under way. */
    readonly #tokens = new Set<string>();

    /** Which of the items an operation would be in conflict about. @param keys of `keyText` */
    conflicts(action: string, keys: readonly string[]): readonly boolean[] {
        const isTransaction = action.startsWith("Transact");
        return keys.map((key) => {
            const { writes = 0, transactions = 0 } = this.#uses.get(key) ?? {};
            return transactions > 0 || (isTransaction && writes > 0);
        });
    }

    /**
     * Runs a transaction under its client's token. The same one, sent again while it runs, is refused; sent again
     * later, the engine knows it. @throws AwsError TransactionInProgressException
     */
    async once<Result>(token: string | undefined, work: () => Promise<Result>): Promise<Result> {
        if (token === undefined) return work();
        if (this.#tokens.has(token)) {
            const message = "The transaction with the given request token is already in progress.";
            throw new AwsError("TransactionInProgressException", message);
        }
        this.#tokens.add(token);
        try {
            return await work();
        } finally {
            this.#tokens.delete(token);
        }
    }

    /** Marks the items as in use until the work is done. A transaction that only reads blocks no other. */
    async during<Result>(action: string, keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
        if (action === "TransactGetItems") return work();
        const member = action === "TransactWriteItems" ? "transactions" : "writes";
        for (const key of keys) {
            const use = this.#uses.get(key) ?? { writes: 0, transactions: 0 };
            use[member] += 1;
            this.#uses.set(key, use);
        }
        try {
            return await work();
        } finally {
            for (const key of keys) {
                const use = this.#uses.get(key);
                if (use !== undefined) use[member] -= 1;
                if (use?.writes === 0 && use.transactions === 0) this.#uses.delete(key);
            }
        }
    }
}

/** One text for one item. @param names of the attributes that are the table's key */
export function keyText({ table, key, item }: ItemUse, names: readonly string[]): string {
    const attributes = key ?? item ?? {};
    return JSON.stringify([table, ...[...names].sort().map((name) => attributes[name])]);
}
