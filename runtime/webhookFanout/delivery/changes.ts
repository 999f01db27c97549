import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { groupsOf } from "../../shared/groups.ts";
import { pause } from "../../shared/pause.ts";
import { cancellationOf, conditionFailed, isPassing, type Write } from "../../shared/transact.ts";
import { Batcher, type BatcherSettings } from "./batcher.ts";

/** Writes that are made together or not at all. */
export interface Change {
    /** Changes of one thing are made one after the other. */
    readonly of: string;
    readonly writes: readonly Write[];
    /** Bytes of the items that it changes besides what it writes into them. @default 0 */
    readonly touches?: number;
}

/** A condition of the change did not hold. */
export interface ChangeConflict {
    /** The items that are there instead, of those writes that ask for them (`ReturnValuesOnConditionCheckFailure`). */
    readonly found: readonly Record<string, unknown>[];
}

/** A change could not be made, for none of its conditions. */
export class NotChangedError extends Error {
    override readonly name = "NotChangedError";
}

/** Of a transaction: DynamoDB takes 100 writes, and no change has more than two. */
const atMost = 50;
/**
 * Bytes of a transaction: DynamoDB takes 4 MB of items, counted its own way.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const mostBytes = 3_500_000;
/** As often a change is tried that others were in the way of. */
const tries = 6;

/** What became of a change: undefined when it is made. */
type Outcome = ChangeConflict | NotChangedError | undefined;

/**
 * Makes changes, each on conditions of its own. Those that are asked for at the same moment go in one transaction: when
 * one cannot be made, DynamoDB makes none of them, and the others are tried again without it.
 */
export class Changes {
    readonly #client: DynamoDBDocumentClient;
    readonly #batcher: Batcher<Change, Outcome>;

    constructor(client: DynamoDBDocumentClient, waiting: Omit<BatcherSettings, "atMost"> = {}) {
        this.#client = client;
        this.#batcher = new Batcher((changes) => this.#makeAll(changes), { ...waiting, atMost });
    }

    /** Undefined when it is made. Throws what DynamoDB says, and NotChangedError. */
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

    /** @returns what became of those that are not made. */
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

/** What became of a change in a transaction that was cancelled; undefined when it is to be tried again. */
function outcomeOf(reasons: readonly CancellationReason[], again: boolean, cause: unknown): Outcome {
    if (reasons.some(({ Code }) => Code === conditionFailed)) {
        return { found: reasons.flatMap(({ Item }) => (Item ? [unmarshall(Item)] : [])) };
    }
    const fault = reasons.find((reason) => !isPassing(reason));
    if (fault !== undefined) return new NotChangedError(fault.Code, { cause });
    return again ? undefined : new NotChangedError("others were in the way", { cause });
}

const bytesOf = ({ writes, touches = 0 }: Change): number => Buffer.byteLength(JSON.stringify(writes)) + touches;
