import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { type Lease, Leases } from "../../shared/lease.ts";
import type { Lack } from "../offer.ts";

/** A pass over the products for one target, as far as it has come. */
export interface Run {
    readonly target: string;
    readonly id: string;
    /** ISO 8601 */
    readonly startedAt: string;
    /** Fingerprint of the settings that all of it is made by (`settingsOf`). */
    readonly settings: string;
    /** How often it was begun. */
    readonly round: number;
    /** What it was begun anew for: the id of the request. */
    readonly wish?: string;
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
    /** Milliseconds since 1970: when the first of its pre-orders can be bought. Absent: it has none. */
    readonly changesAt?: number;
}

/** What asks for a run. */
export interface AskedRun {
    readonly target: string;
    /** The same for the same request. */
    readonly id: string;
    /** Whether an API is told of every product. */
    readonly isAnew: boolean;
    /** Whether an operator asks: one that is under way begins anew. */
    readonly isByOperator: boolean;
}

/** A run as far as it has come, and what operators have asked for meanwhile. */
interface TakenRun {
    readonly run: Run;
    readonly wish?: Pick<AskedRun, "id" | "isAnew">;
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
     * Begins a run, or finds it begun. While another is under way, an operator's request is noted: that one begins anew with
     * its next step, or when it has ended.
     * @returns `passed over`: another is under way
     */
    async begin(asked: AskedRun, settings: string, now: number): Promise<"begun" | "noted" | "passed over"> {
        const { target, id, isAnew, isByOperator } = asked;
        const put = (run: Run, ConditionExpression: string, values?: Record<string, unknown>) => {
            const Item = { target, entry, run, progressAt: now };
            const Put = { TableName: this.#table, Item, ConditionExpression, ExpressionAttributeValues: values };
            return conditionally(this.#client, { Put }, (found) => runIn(found)?.id === id);
        };
        const run = newRun(asked, settings, 1, now);
        const begun = await put(run, "attribute_not_exists(progressAt)");
        if (!(begun instanceof ConditionFailed)) return "begun";
        const { progressAt, wish, ...item } = begun.found ?? {};
        // What was asked for once is not forgotten.
        const isAnewToo = isAnew || runIn(item)?.isAnew === true || (isJsonObject(wish) && wish["isAnew"] === true);
        if (Number(progressAt) < now - abandonedAfter) {
            const values = { ":progress": progressAt };
            const next = await put({ ...run, isAnew: isAnewToo }, "progressAt = :progress", values);
            return next instanceof ConditionFailed ? this.begin(asked, settings, now) : "begun";
        }
        if (!isByOperator) return "passed over";
        const Update = {
            TableName: this.#table,
            Key: { target, entry },
            UpdateExpression: "SET wish = :wish",
            ConditionExpression: "attribute_exists(progressAt)",
            ExpressionAttributeValues: { ":wish": { id, isAnew: isAnewToo } },
        };
        const noted = await conditionally(this.#client, { Update });
        // It has ended just now.
        return noted instanceof ConditionFailed ? this.begin(asked, settings, now) : "noted";
    }

    /**
     * Takes a run, as far as it has come; nobody else goes on with it meanwhile.
     * @returns undefined if it has ended, or another invocation has it
     */
    async take(target: string, id: string, lease: Lease, now: number): Promise<TakenRun | undefined> {
        const change = { expression: "SET progressAt = :progress", values: { ":progress": now, ":id": id } };
        const taken = await this.#leases.take({ target, entry }, lease, now, change, "run.id = :id");
        return taken instanceof ConditionFailed ? undefined : takenIn(taken);
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

    /** Ends a run: the next one may begin. @returns whether it has ended: an operator may have asked for it anew */
    async end({ target, wish = "none" }: Run, holder: string): Promise<boolean> {
        const held = this.#leases.held({ target, entry }, holder, {
            expression: "REMOVE run, wish, progressAt, holder, heldUntil",
            values: { ":wish": wish },
        });
        const ConditionExpression = `${held.ConditionExpression} AND (attribute_not_exists(wish) OR wish.id = :wish)`;
        const ended = await conditionally(this.#client, { Update: { ...held, ConditionExpression } });
        return !(ended instanceof ConditionFailed && ended.found?.["holder"] === holder);
    }
}

/**
 * The run from its beginning, where an operator has asked for that meanwhile, or the settings are others now: no step is made by
 * others than the one before. Undefined: it goes on.
 */
export function begunAnew({ run, wish }: TakenRun, settings: string, now: number): Run | undefined {
    const isWished = wish !== undefined && wish.id !== run.wish;
    if (!isWished && run.settings === settings) return undefined;
    const { target, id, isAnew, round } = run;
    const asked = { target, id, isAnew: isAnew || (isWished && wish.isAnew) };
    return { ...newRun(asked, settings, round + 1, now), ...(wish && { wish: wish.id }) };
}

function newRun(asked: Omit<AskedRun, "isByOperator">, settings: string, round: number, now: number): Run {
    const { target, id, isAnew } = asked;
    const startedAt = new Date(now).toISOString();
    const figures = { rows: 0, leftOut: 0, lacks: {}, sent: 0 };
    return { target, id, startedAt, settings, round, step: 0, isRead: false, ...figures, files: [], isAnew };
}

/** A step took longer than its lease, and another invocation has taken it. */
class RunLostError extends Error {
    override readonly name = "RunLostError";
}

/** Written by this class alone. */
const runIn = ({ run }: JsonObject): Run | undefined => run as Run | undefined;
const takenIn = ({ run, wish }: JsonObject): TakenRun | undefined =>
    run === undefined ? undefined : ({ run, wish } as TakenRun);
