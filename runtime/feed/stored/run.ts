import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { type Lease, Leases } from "../../shared/lease.ts";
import type { Lack } from "../offer.ts";

/** A pass over the products for one target, as far as it has come. */
export interface Run {
    readonly target: string;
    readonly id: string;
    /** ISO 8601 */
    readonly startedAt: string;
    /** Steps that are done. */
    readonly step: number;
    /** The last product that was read. Absent: none. */
    readonly after?: string;
    /** Whether all products were read, and what an API has is compared with them. */
    readonly isScanned?: boolean;
    /** The last product of these. */
    readonly sentAfter?: string;
    /** Whether all were read. */
    readonly isRead: boolean;
    /** Products that are told. */
    readonly rows: number;
    readonly leftOut: number;
    readonly lacks: Readonly<Partial<Record<Lack, number>>>;
    /** The files that are written. */
    readonly files: readonly WrittenFile[];
    /** Whether an API is told of every product, also of what has not changed. */
    readonly isAnew: boolean;
    /** Products whose change was sent on. */
    readonly sent: number;
}

/** A file in the making: a multipart upload. */
export interface WrittenFile {
    readonly name: string;
    readonly key: string;
    readonly uploadId: string;
    /** Of its parts, in their order. */
    readonly parts: readonly string[];
    /** Key of what is too small for a part of its own. */
    readonly rest?: string;
}

/** Milliseconds without a step after which another run takes its place. */
const abandonedAfter = 60 * 60 * 1000;

const entry = "run";

/** The runs of all targets, one of each at a time. */
export class Runs {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #leases: Leases;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
        this.#leases = new Leases(client, table, "holder", "heldUntil");
    }

    /**
     * Begins a run, or finds it begun.
     * @param id the same for the same request
     * @returns whether it is this one that is under way now
     */
    async begin(target: string, id: string, isAnew: boolean, now: number): Promise<boolean> {
        const startedAt = new Date(now).toISOString();
        const figures = { rows: 0, leftOut: 0, lacks: {}, sent: 0 };
        const run: Run = { target, id, startedAt, step: 0, isRead: false, ...figures, files: [], isAnew };
        const Put = {
            TableName: this.#table,
            Item: { target, entry, run, progressAt: now },
            ConditionExpression: "attribute_not_exists(progressAt) OR progressAt < :abandoned",
            ExpressionAttributeValues: { ":abandoned": now - abandonedAfter },
        };
        const put = await conditionally(this.#client, { Put }, (found) => runIn(found)?.id === id);
        return !(put instanceof ConditionFailed);
    }

    /**
     * Takes a run, as far as it has come; nobody else goes on with it meanwhile.
     * @returns undefined if it has ended, or another invocation has it
     */
    async take(target: string, id: string, lease: Lease, now: number): Promise<Run | undefined> {
        const change = { expression: "SET progressAt = :progress", values: { ":progress": now, ":id": id } };
        const taken = await this.#leases.take({ target, entry }, lease, now, change, "run.id = :id");
        return taken instanceof ConditionFailed ? undefined : runIn(taken);
    }

    /** Writes how far a run has come. Throws if it is another holder's by now. */
    async save(run: Run, holder: string, now: number): Promise<void> {
        const saved = await this.#leases.change({ target: run.target, entry }, holder, {
            expression: "SET run = :run, progressAt = :progress",
            values: { ":run": run, ":progress": now },
        });
        if (saved instanceof ConditionFailed)
            throw new RunLostError(`the run ${run.id} of ${run.target} has gone on elsewhere`);
    }

    /** Gives a step back, for the next message. */
    async release({ target }: Run, holder: string): Promise<void> {
        await this.#leases.giveBack({ target, entry }, holder);
    }

    /** Ends a run: the next one may begin. */
    async end({ target }: Run, holder: string): Promise<void> {
        await this.#leases.change({ target, entry }, holder, {
            expression: "REMOVE run, progressAt, holder, heldUntil",
        });
    }
}

/** A step took longer than its lease, and another invocation has taken it. */
class RunLostError extends Error {
    override readonly name = "RunLostError";
}

/** Written by this class alone. */
const runIn = ({ run }: JsonObject): Run | undefined => run as Run | undefined;
