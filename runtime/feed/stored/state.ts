import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../../shared/json.ts";
import type { Lack } from "../offer.ts";
import type { Run } from "./run.ts";

/** How a target stands. */
export interface FeedState {
    /** ISO 8601: since when there is the target. */
    readonly since?: string;
    /** When the last pass over all products began that has come to its end. ISO 8601 */
    readonly lastSnapshotAt?: string;
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
    async built({ target, startedAt, rows, leftOut, lacks }: Run, files: FeedState["files"]): Promise<void> {
        const values = { ":at": startedAt, ":rows": rows, ":leftOut": leftOut, ":lacks": lacks, ":files": files ?? {} };
        const set = "lastSnapshotAt = :at, #rows = :rows, leftOut = :leftOut, lacks = :lacks, files = :files";
        await this.#update(target, `SET ${set}`, values, { "#rows": "rows" });
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
