import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
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
/** Milliseconds that an item counts as contended after a conflict. */
const contendedMs = 10_000;
/** Contended items in memory. */
const mostContended = 1000;

interface ChangesSettings extends Omit<BatcherSettings, "atMost"> {
    /**
     * Other environments write these items, too, and a change is one update: after a conflict it is written without a
     * transaction, so that it delays no other change. @default false
     */
    readonly isShared?: boolean;
    /** In milliseconds, from any start. @default `performance.now` */
    now?(): number;
}

/** Undefined: the change is made. */
type Outcome = ChangeConflict | NotChangedError | undefined;

/**
 * Makes conditional changes. Concurrent changes share a transaction; if a condition of one fails, the transaction is
 * retried without it.
 */
export class Changes {
    readonly #client: DynamoDBDocumentClient;
    readonly #batcher: Batcher<Change, Outcome>;
    readonly #isShared: boolean;
    readonly #now: () => number;
    /** Shared items after a conflict, until then. */
    readonly #contended = new Map<string, number>();

    constructor(client: DynamoDBDocumentClient, settings: ChangesSettings = {}) {
        const { isShared = false, now = () => performance.now(), ...waiting } = settings;
        this.#client = client;
        this.#isShared = isShared;
        this.#now = now;
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
        for (let open = changes; open.length > 0; ) {
            const known = new Set<string>();
            const first = open.filter(({ of }) => known.size < known.add(of).size);
            const made = await Promise.all(this.#groupsOf(first).map((group) => this.#makeTogether(group)));
            for (const [change, outcome] of made.flatMap((some) => [...some])) outcomes.set(change, outcome);
            open = first.length === open.length ? [] : open.filter((change) => !first.includes(change));
        }
        return changes.map((change) => outcomes.get(change));
    }

    #groupsOf(changes: readonly Change[]): Change[][] {
        const isContended = ({ of }: Change) => (this.#contended.get(of) ?? 0) > this.#now();
        const alone = changes.filter(isContended);
        const together = alone.length === 0 ? changes : changes.filter((change) => !isContended(change));
        return [...groupsOf(together, atMost, mostBytes, bytesOf), ...alone.map((change) => [change])];
    }

    /** @returns the outcomes of changes that are not made. */
    async #makeTogether(changes: readonly Change[]): Promise<ReadonlyMap<Change, Outcome>> {
        const outcomes = new Map<Change, Outcome>();
        for (let attempt = 1; ; attempt += 1) {
            const open = changes.filter((change) => !outcomes.has(change));
            const [only] = open;
            if (only === undefined) return outcomes;
            if (this.#isShared && open.length === 1) return outcomes.set(only, await this.#makeAlone(only));
            const writes = open.flatMap((change) => change.writes);
            const cancelled = await cancellationOf(this.#client, writes);
            if (cancelled === undefined) return outcomes;
            const { reasons, cause } = cancelled;
            const conflicting: Change[] = [];
            let start = 0;
            for (const change of open) {
                const end = start + change.writes.length;
                const own = reasons.slice(start, end);
                const outcome = outcomeOf(own, attempt < tries, cause);
                if (outcome !== undefined) outcomes.set(change, outcome);
                else if (this.#isShared && own.some(({ Code }) => Code === "TransactionConflict"))
                    conflicting.push(change);
                start = end;
            }
            const alone = await Promise.all(conflicting.map((change) => this.#makeAlone(change)));
            for (const [index, change] of conflicting.entries()) {
                this.#remember(change);
                outcomes.set(change, alone[index]);
            }
            if (outcomes.size + open.length === changes.length) await pause(attempt);
        }
    }

    async #makeAlone({ writes: [write] }: Change): Promise<Outcome> {
        if (write?.Update?.ConditionExpression === undefined) return new NotChangedError("it is not one update");
        const { UpdateExpression, ConditionExpression } = write.Update;
        const update = { ...write.Update, UpdateExpression, ConditionExpression };
        try {
            const made = await conditionally(this.#client, { Update: update });
            return made instanceof ConditionFailed ? { found: made.found ? [made.found] : [] } : undefined;
        } catch (cause) {
            return new NotChangedError("the update failed", { cause });
        }
    }

    #remember({ of }: Change): void {
        if (this.#contended.size >= mostContended) this.#contended.clear();
        this.#contended.set(of, this.#now() + contendedMs);
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

/** Approximately: texts make items large. */
function bytesOf({ writes, touches = 0 }: Change): number {
    let bytes = touches;
    for (const { Put, Update } of writes) {
        for (const value of Object.values(Put?.Item ?? Update?.ExpressionAttributeValues ?? {}))
            bytes += typeof value === "string" ? Buffer.byteLength(value) : bytesOfOthers;
    }
    return bytes;
}

const bytesOfOthers = 100;
