import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { groupsOf } from "../../shared/groups.ts";
import { pause } from "../../shared/pause.ts";
import { cancellationOf, conditionFailed, isPassing, type Write } from "../../shared/transact.ts";
import { Batcher, type BatcherSettings } from "./batcher.ts";

/** Writes of one transaction. */
export interface Change {
    /** Changes with the same value run sequentially. */
    readonly of: string;
    readonly writes: readonly Write[];
    /** Bytes of the changed items besides the written values. @default 0 */
    readonly touches?: number;
}

/** A condition of the change failed. */
export interface ChangeConflict {
    /** Existing items of the writes with `ReturnValuesOnConditionCheckFailure`. */
    readonly found: readonly Record<string, unknown>[];
}

/** A change failed for another reason than its conditions. */
export class NotChangedError extends Error {
    override readonly name = "NotChangedError";
}

/** Changes of a transaction: DynamoDB accepts 100 writes, and a change has at most two. */
const atMost = 50;
/**
 * Bytes of a transaction: DynamoDB accepts 4 MB, which it counts differently.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const mostBytes = 3_500_000;
/** Maximum tries of a change that conflicts with other writes. */
const tries = 6;

/** Undefined: the change is made. */
type Outcome = ChangeConflict | NotChangedError | undefined;

/**
 * Makes conditional changes. Concurrent changes share a transaction; if a condition of one fails, the transaction is
 * retried without it.
 */
export class Changes {
    readonly #client: DynamoDBDocumentClient;
    readonly #batcher: Batcher<Change, Outcome>;

    constructor(client: DynamoDBDocumentClient, waiting: Omit<BatcherSettings, "atMost"> = {}) {
        this.#client = client;
        this.#batcher = new Batcher((changes) => this.#makeAll(changes), { ...waiting, atMost });
    }

    /** Undefined if the change is made. Throws DynamoDB's errors and NotChangedError. */
    async make(change: Change): Promise<ChangeConflict | undefined> {
        const outcome = await this.#batcher.add(change);
        if (outcome instanceof NotChangedError) throw outcome;
        return outcome;
    }

    async #makeAll(changes: readonly Change[]): Promise<Outcome[]> {
        const outcomes = new Map<Change, Outcome>();
        for (let open = [...changes]; open.length > 0; ) {
            const first = open.filter(({ of }, index) => open.findIndex((other) => other.of === of) === index);
            const made = await Promise.all(
                groupsOf(first, atMost, mostBytes, bytesOf).map((group) => this.#makeTogether(group)),
            );
            for (const [change, outcome] of made.flatMap((some) => [...some])) outcomes.set(change, outcome);
            open = open.filter((change) => !first.includes(change));
        }
        return changes.map((change) => outcomes.get(change));
    }

    /** @returns the outcomes of changes that are not made. */
    async #makeTogether(changes: readonly Change[]): Promise<ReadonlyMap<Change, Outcome>> {
        const outcomes = new Map<Change, Outcome>();
        for (let attempt = 1; ; attempt += 1) {
            const open = changes.filter((change) => !outcomes.has(change));
            if (open.length === 0) return outcomes;
            const writes = open.flatMap((change) => change.writes);
            const cancelled = await cancellationOf(this.#client, writes);
            if (cancelled === undefined) return outcomes;
            const { reasons, cause } = cancelled;
            let start = 0;
            for (const change of open) {
                const end = start + change.writes.length;
                const outcome = outcomeOf(reasons.slice(start, end), attempt < tries, cause);
                if (outcome !== undefined) outcomes.set(change, outcome);
                start = end;
            }
            if (outcomes.size + open.length === changes.length) await pause(attempt);
        }
    }
}

/** The outcome of a change in a cancelled transaction; undefined: retry. */
function outcomeOf(reasons: readonly CancellationReason[], again: boolean, cause: unknown): Outcome {
    if (reasons.some(({ Code }) => Code === conditionFailed)) {
        return { found: reasons.flatMap(({ Item }) => (Item ? [unmarshall(Item)] : [])) };
    }
    const fault = reasons.find((reason) => !isPassing(reason));
    if (fault !== undefined) return new NotChangedError(fault.Code, { cause });
    return again ? undefined : new NotChangedError("all tries conflicted with other writes", { cause });
}

const bytesOf = ({ writes, touches = 0 }: Change): number => Buffer.byteLength(JSON.stringify(writes)) + touches;
