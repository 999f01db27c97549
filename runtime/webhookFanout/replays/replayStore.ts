import { isDeepStrictEqual } from "node:util";
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { type ConditionalUpdate, ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Page, Replay } from "./replay.ts";

type Named = Pick<Replay, "endpointId" | "replayId">;

interface Change {
    /** What follows SET, with `#` before each name: some are words of DynamoDB. */
    readonly set: string;
    readonly condition: string;
    readonly values: JsonObject;
    /** Whether this very change was made, and its answer lost. @param now as it wrote it */
    readonly isDone: (found: JsonObject, now: string) => boolean;
}

const begin = "replay#";
const isReplayId = (text: string): boolean => /^rp_[0-9a-f-]{36}$/.test(text);

/** Replays in the deliveries table. Each write is on the condition that no other was made since the read. */
export class ReplayStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#now = now;
    }

    async get(endpointId: string, replayId: string): Promise<Replay | undefined> {
        if (!isReplayId(replayId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: keyOf({ endpointId, replayId }), ConsistentRead: true }),
        );
        return item && replayIn(item);
    }

    /** @returns the replay that has the id already, else the new one */
    async create(replay: Replay): Promise<Replay> {
        const put = {
            TableName: this.#table,
            Item: { ...replay, ...keyOf(replay) },
            ConditionExpression: "attribute_not_exists(deliveryId)",
        };
        const written = await conditionally(this.#client, { Put: put });
        return written instanceof ConditionFailed ? replayIn(written.found ?? {}) : replay;
    }

    /** By their ids. */
    async ofEndpoint(endpointId: string): Promise<Replay[]> {
        const replays: Replay[] = [];
        let start: JsonObject | undefined;
        do {
            const { Items = [], LastEvaluatedKey } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    KeyConditionExpression: "endpointId = :endpoint AND begins_with(deliveryId, :begin)",
                    ExpressionAttributeValues: { ":endpoint": endpointId, ":begin": begin },
                    ConsistentRead: true,
                    ...(start && { ExclusiveStartKey: { ...start } }),
                }),
            );
            replays.push(...Items.map(replayIn));
            start = LastEvaluatedKey;
        } while (start !== undefined);
        return replays;
    }

    /** Writes down the next page. @returns the replay with its page; undefined if it is no longer as it was read */
    async plan(replay: Replay, page: Page): Promise<Replay | undefined> {
        return await this.#change(replay, {
            set: "#page = :page",
            condition: "#pages = :pages AND #status = :running AND attribute_not_exists(#page)",
            values: { ":page": page, ":pages": replay.pages, ":running": "running" },
            isDone: (found) => found["status"] === "running" && isDeepStrictEqual(found["page"], page),
        });
    }

    /** Counts a page that is done, also of a replay that was cancelled meanwhile. Undefined if it was counted before. */
    async finish(replay: Replay, page: Page, replayed: number): Promise<Replay | undefined> {
        const { next, upTo, deliveryIds } = page;
        const counts = [
            "#pages = #pages + :one, #found = #found + :found, #replayed = #replayed + :replayed",
            ...(next ? ["#after = :after"] : []),
            ...(upTo === undefined ? [] : ["#upTo = :upTo"]),
        ];
        const change = {
            set: `${counts.join(", ")} REMOVE #page`,
            condition: "#pages = :pages AND attribute_exists(#page)",
            values: {
                ":one": 1,
                ":pages": replay.pages,
                ":found": deliveryIds.length,
                ":replayed": replayed,
                ...(next && { ":after": next }),
                ...(upTo !== undefined && { ":upTo": upTo }),
            },
            isDone: (found: JsonObject, now: string) =>
                found["pages"] === replay.pages + 1 && found["updatedAt"] === now,
        };
        const counted = await this.#change(replay, change);
        return counted?.status === "running" && !next ? await this.end(counted, "done") : counted;
    }

    /** Ends a running replay. @returns it as it is then; undefined if it is gone */
    async end(
        replay: Named,
        status: Exclude<Replay["status"], "running">,
        stoppedBecause?: string,
    ): Promise<Replay | undefined> {
        const ended = await this.#change(replay, {
            set: `#status = :ended${stoppedBecause === undefined ? "" : ", #stoppedBecause = :because"}`,
            condition: "#status = :running",
            values: {
                ":running": "running",
                ":ended": status,
                ...(stoppedBecause !== undefined && { ":because": stoppedBecause }),
            },
            // It is read again.
            isDone: () => false,
        });
        return ended ?? (await this.get(replay.endpointId, replay.replayId));
    }

    async #change(replay: Named, { set, condition, values, isDone }: Change): Promise<Replay | undefined> {
        const now = new Date(this.#now()).toISOString();
        const expression = `SET #updatedAt = :now, ${set}`;
        const names = `${expression} ${condition}`.match(/#\w+/g) ?? [];
        const update: ConditionalUpdate = {
            TableName: this.#table,
            Key: keyOf(replay),
            UpdateExpression: expression,
            ConditionExpression: condition,
            ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
            ExpressionAttributeValues: { ...values, ":now": now },
            ReturnValues: "ALL_NEW",
        };
        const written = await conditionally(this.#client, { Update: update }, (found) => isDone(found, now));
        return written instanceof ConditionFailed ? undefined : replayIn(written);
    }
}

const keyOf = ({ endpointId, replayId }: Named) => ({ endpointId, deliveryId: `${begin}${replayId}` });

/** Only this class writes these items. */
function replayIn({ deliveryId: _, ...replay }: JsonObject): Replay {
    return replay as unknown as Replay;
}
