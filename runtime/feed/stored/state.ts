import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Lack } from "../offer.ts";
import type { Run } from "./run.ts";

/** How a target stands. */
export interface FeedState {
    /** ISO 8601: since when there is the target. */
    readonly since?: string;
    /** When the last pass over all products began that has come to its end. ISO 8601 */
    readonly lastSnapshotAt?: string;
    /** Fingerprint of the settings that it was made by. */
    readonly settings?: string;
    /** Milliseconds since 1970: when the first of its pre-orders can be bought. Absent: it has none. */
    readonly changesAt?: number;
    /** Products that it told. */
    readonly rows?: number;
    readonly leftOut?: number;
    readonly lacks?: Readonly<Partial<Record<Lack, number>>>;
    /** ETags of the files, by their names. */
    readonly files?: Readonly<Record<string, string>>;
    /** When the API last took something. ISO 8601 */
    readonly lastPushAt?: string;
    /** Milliseconds since 1970: nothing is sent before. */
    readonly pausedUntil?: number;
    /** Milliseconds since 1970: when the rate allows the next request. */
    readonly nextRequestAt?: number;
    /** Requests that the API has failed to answer since it last took something. */
    readonly failures?: number;
    readonly lastError?: string;
    /** Milliseconds since 1970: of the first of these. */
    readonly failingSince?: number;
    /** Milliseconds since 1970: all changes were told that were sent before, but for what was left. */
    readonly reachedAt?: number;
    /** Milliseconds since 1970: since when there is a change that was left, to be sent again. */
    readonly unsentSince?: number;
    /** Milliseconds since 1970: when one was last left. */
    readonly leftAt?: number;
}

const entry = "state";

/** The states of all targets. */
export class FeedStates {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    async read(target: string): Promise<FeedState> {
        const get = new GetCommand({ TableName: this.#table, Key: { target, entry }, ConsistentRead: true });
        const { Item = {} } = await this.#client.send(get);
        return Item;
    }

    /** The state of a target, which has been there from now on if it is new. */
    async watched(target: string, now: number): Promise<FeedState> {
        return await this.#update(target, "SET since = if_not_exists(since, :now)", {
            ":now": new Date(now).toISOString(),
        });
    }

    /** A run has come to its end. */
    async built(run: Run, files: FeedState["files"] = {}): Promise<void> {
        const { target, startedAt, settings, rows, leftOut, lacks, changesAt } = run;
        const values = { ":at": startedAt, ":settings": settings, ":rows": rows, ":leftOut": leftOut, ":lacks": lacks };
        const figures = "#rows = :rows, leftOut = :leftOut, lacks = :lacks";
        const set = `SET lastSnapshotAt = :at, settings = :settings, ${figures}, files = :files`;
        const names = { "#rows": "rows" };
        if (changesAt === undefined)
            await this.#update(target, `${set} REMOVE changesAt`, { ...values, ":files": files }, names);
        else {
            const more = { ":files": files, ":changesAt": changesAt };
            await this.#update(target, `${set}, changesAt = :changesAt`, { ...values, ...more }, names);
        }
    }

    /** A request is about to be made: the next one no earlier than that. */
    async requested(target: string, nextRequestAt: number): Promise<void> {
        await this.#update(target, "SET nextRequestAt = :next", { ":next": nextRequestAt });
    }

    /** The API has taken something. */
    async pushed(target: string, now: number): Promise<void> {
        const change = "SET lastPushAt = :at REMOVE pausedUntil, failures, lastError, failingSince";
        await this.#update(target, change, { ":at": new Date(now).toISOString() });
    }

    /** The API takes nothing for the time being. */
    async paused(target: string, pausedUntil: number, failures: number, lastError: string): Promise<void> {
        const since = "failingSince = if_not_exists(failingSince, :now)";
        const change = `SET pausedUntil = :until, failures = :failures, lastError = :error, ${since}`;
        const values = { ":until": pausedUntil, ":failures": failures, ":error": lastError, ":now": Date.now() };
        await this.#update(target, change, values);
    }

    /** Something is left to be told, which changed at that time. */
    async left(target: string, since: number, now: number): Promise<void> {
        const change = "SET unsentSince = if_not_exists(unsentSince, :since), leftAt = :now";
        await this.#update(target, change, { ":since": since, ":now": now });
    }

    /**
     * Everything that was sent before a mark has come to its turn: the queue keeps the order of a target. What was left after
     * the mark was sent is behind it.
     */
    async reached(target: string, markedAt: number): Promise<void> {
        const Update = {
            TableName: this.#table,
            Key: { target, entry },
            UpdateExpression: "SET reachedAt = :at REMOVE unsentSince, leftAt",
            ConditionExpression: "attribute_not_exists(leftAt) OR leftAt < :at",
            ExpressionAttributeValues: { ":at": markedAt },
        };
        await conditionally(this.#client, { Update });
    }

    async #update(
        target: string,
        UpdateExpression: string,
        values: JsonObject,
        names?: Readonly<Record<string, string>>,
    ): Promise<FeedState> {
        const { Attributes = {} } = await this.#client.send(
            new UpdateCommand({
                TableName: this.#table,
                Key: { target, entry },
                UpdateExpression,
                ExpressionAttributeValues: { ...values },
                ...(names && { ExpressionAttributeNames: { ...names } }),
                ReturnValues: "ALL_NEW",
            }),
        );
        return Attributes;
    }
}
