import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import {
    type Entry,
    type Head,
    headAt,
    headSequence,
    indexed,
    markKey,
    markSequence,
    newHead,
    rowAfter,
} from "./auditChain.ts";
import { EnvironmentError } from "./environment.ts";
import { pause } from "./pause.ts";
import { refusedIn, transactOnce, type Write } from "./transact.ts";

interface AuditTrailArgs {
    readonly table: string;
    readonly subscriber: string;
    /** Days that rows are kept. */
    readonly days: number;
    readonly now?: () => number;
    /** From 0 to below 1, for the choice of lanes. */
    readonly random?: () => number;
}

/** Environment variables of every subscriber. */
export interface AuditVariables {
    readonly AUDIT_TABLE: string;
    /** Days that rows are kept. */
    readonly AUDIT_DAYS: string;
    /** The subscriber's name. */
    readonly SUBSCRIBER: string;
}

/** The condition of a subscriber's own write failed; nothing was written. */
export class WriteRefusedError extends Error {
    override readonly name = "WriteRefusedError";
}

/** All attempts conflicted with other appends. */
class TrailContendedError extends Error {
    override readonly name = "TrailContendedError";
}

/**
 * Chains of a subscriber and day. One transaction at a time appends to a chain, about 70 a second; each process stays on
 * one lane and changes it after a conflict. 16 lanes bear a thousand messages a second.
 */
const lanes = 16;
const attempts = 10;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Records a subscriber's outcome of each message. The row, the head of its chain, the message's mark and the subscriber's
 * own writes are one transaction.
 */
export class AuditTrail {
    readonly #client: DynamoDBDocumentClient;
    readonly #args: AuditTrailArgs;
    readonly #now: () => number;
    readonly #random: () => number;
    #lane: number;
    /** Cached. */
    #head: Head | undefined;
    /** Serialises the appends of this process: concurrent ones to one chain would conflict. */
    #lastAppend: Promise<unknown> = Promise.resolve();

    constructor(client: DynamoDBDocumentClient, args: AuditTrailArgs) {
        this.#client = client;
        this.#args = args;
        this.#now = args.now ?? Date.now;
        this.#random = args.random ?? Math.random;
        this.#lane = this.#anyLane();
    }

    /** Throws EnvironmentError. */
    static of(
        client: DynamoDBDocumentClient,
        { AUDIT_TABLE: table, AUDIT_DAYS, SUBSCRIBER }: AuditVariables,
    ): AuditTrail {
        const days = Number(AUDIT_DAYS);
        if (Number.isInteger(days) && days > 0) return new AuditTrail(client, { table, subscriber: SUBSCRIBER, days });
        throw new EnvironmentError(`AUDIT_DAYS must be a number of days, not "${AUDIT_DAYS}"`);
    }

    async isDone(messageId: string): Promise<boolean> {
        const chain = markKey(this.#args.subscriber, messageId);
        return (await this.#item(chain, markSequence)) !== undefined;
    }

    /**
     * Appends a row, and marks the message as done unless it failed. `repeated`: it was done before; nothing is written.
     * Throws WriteRefusedError or TrailContendedError.
     */
    record(entry: Omit<Entry, "subscriber">, writes: readonly Write[] = []): Promise<"recorded" | "repeated"> {
        const { subscriber } = this.#args;
        const append = this.#lastAppend.then(() => this.#append({ ...entry, subscriber }, writes));
        this.#lastAppend = append.catch(() => undefined);
        return append;
    }

    async #append(entry: Entry, writes: readonly Write[]): Promise<"recorded" | "repeated"> {
        for (let attempt = 1; ; attempt += 1) {
            const head = await this.#currentHead();
            const row = rowAfter(head, entry, new Date(this.#now()).toISOString());
            const next = headAt(row);
            const marks = this.#markPut(entry, next);
            const chained = [this.#put({ ...row }), this.#headPut(head, next), ...this.#indexPut(head)];
            const ours = [...chained, ...marks];
            // If the response is lost, the head must be read again.
            this.#head = undefined;
            const cancelled = await transactOnce(this.#client, [...ours, ...writes]);
            if (cancelled === undefined) {
                this.#head = next;
                return "recorded";
            }
            const { cause } = cancelled;
            const refused = refusedIn(cancelled);
            if (marks.length > 0 && refused.includes(chained.length)) return "repeated";
            const own = refused.filter((index) => index >= ours.length).map((index) => index - ours.length);
            if (own.length > 0)
                throw new WriteRefusedError(`conditions failed of the writes ${own.join(", ")}`, { cause });
            if (attempt === attempts)
                throw new TrailContendedError("all attempts conflicted with other appends", { cause });
            this.#lane = this.#anyLane();
            await pause(attempt);
        }
    }

    async #currentHead(): Promise<Head> {
        const { subscriber, days } = this.#args;
        const day = Math.floor(this.#now() / dayMs);
        const date = new Date(day * dayMs).toISOString().slice(0, 10);
        const chain = `${subscriber}#${date}#${String(this.#lane).padStart(2, "0")}`;
        if (this.#head?.chain === chain) return this.#head;
        const item = await this.#item(chain, headSequence);
        const { rows, hash, expiresAt } = item ?? {};
        if (typeof rows === "number" && typeof hash === "string" && typeof expiresAt === "number") {
            return { chain, rows, hash, expiresAt };
        }
        return newHead(chain, ((day + 1 + days) * dayMs) / 1000);
    }

    #headPut({ rows, hash }: Head, { chain, ...next }: Head): Write {
        const put = this.#put({ chain, sequence: headSequence, ...next });
        if (rows === 0) return put;
        return {
            Put: {
                ...put.Put,
                ConditionExpression: "#rows = :rows AND #hash = :hash",
                ExpressionAttributeNames: { "#rows": "rows", "#hash": "hash" },
                ExpressionAttributeValues: { ":rows": rows, ":hash": hash },
            },
        };
    }

    /** The first row's transaction names the chain in the index of its day. */
    #indexPut(head: Head): readonly Write[] {
        if (head.rows > 0) return [];
        return [{ Put: { TableName: this.#args.table, Item: indexed(head) } }];
    }

    #markPut({ subscriber, messageId, outcome }: Entry, { chain, rows, hash, expiresAt }: Head): readonly Write[] {
        if (outcome === "failed") return [];
        const row = { rowChain: chain, rowSequence: rows, rowHash: hash };
        return [this.#put({ chain: markKey(subscriber, messageId), sequence: markSequence, ...row, expiresAt })];
    }

    #put(Item: Record<string, unknown>) {
        return {
            Put: {
                TableName: this.#args.table,
                Item,
                ConditionExpression: "attribute_not_exists(#chain)",
                ExpressionAttributeNames: { "#chain": "chain" },
            },
        };
    }

    async #item(chain: string, sequence: number): Promise<Record<string, unknown> | undefined> {
        const { Item } = await this.#client.send(
            new GetCommand({ TableName: this.#args.table, Key: { chain, sequence }, ConsistentRead: true }),
        );
        return Item;
    }

    #anyLane(): number {
        return Math.floor(this.#random() * lanes);
    }
}
