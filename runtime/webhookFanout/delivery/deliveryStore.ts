import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";
import { Changes } from "./changes.ts";
import {
    type AttemptItem,
    bodyKeyOf,
    type DeliveryBody,
    type DeliveryItem,
    type DeliveryStatus,
    type StoredDelivery,
} from "./delivery.ts";
import { expiryFrom, type NewDelivery, shardOf } from "./newDelivery.ts";
import type { Due } from "./wakeUps.ts";

/** A delivery without its body. */
export type ListedDelivery = Pick<
    DeliveryItem,
    | "endpointId"
    | "deliveryId"
    | "eventType"
    | "occurredAt"
    | "correlationId"
    | "status"
    | "attempts"
    | "nextAttemptAt"
    | "lastError"
>;

/** The end of a page of an endpoint's deliveries. */
export interface Position {
    readonly occurredAt: string;
    readonly deliveryId: string;
}

interface Page<Element> {
    readonly elements: readonly Element[];
    /** Absent on the last page. */
    readonly next?: Position;
}

interface Selection {
    readonly statuses?: readonly DeliveryStatus[];
    /** ISO 8601: earliest time of the event. */
    readonly since?: string;
    /** ISO 8601: latest time, with `since`. */
    readonly until?: string;
    readonly isOldestFirst: boolean;
    readonly after?: Position;
    readonly limit: number;
    /** Filter. @default all */
    readonly isMeant?: (delivery: ListedDelivery) => boolean;
}

type Overdue = Due & { readonly nextAttemptAt: string };

/** Maximum index pages read for one response. */
const mostQueries = 20;
/** Due deliveries in a page. */
const pageSize = 100;
/** Attempts in a response, of at most 20 kB each. */
const mostAttempts = 100;

/** Deliveries of endpoints. Sending uses AttemptStore. */
export class DeliveryStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;
    readonly #changes: Changes;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
        this.#client = client;
        this.#changes = new Changes(client);
        this.#table = table;
        this.#now = now;
    }

    /**
     * Stores a delivery unless it exists. True if a wake-up is needed: the delivery is new, or its first attempt is still
     * outstanding.
     */
    async add({ body, ...delivery }: NewDelivery): Promise<boolean> {
        const { endpointId, deliveryId, expiresAt } = delivery;
        const item: DeliveryBody = { ...bodyKeyOf(delivery), body, expiresAt };
        const refusal = await this.#changes.make({
            of: `${endpointId}#${deliveryId}`,
            writes: [
                {
                    Put: {
                        TableName: this.#table,
                        Item: { ...delivery },
                        ConditionExpression: "attribute_not_exists(deliveryId)",
                        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
                    },
                },
                { Put: { TableName: this.#table, Item: item } },
            ],
        });
        if (refusal === undefined) return delivery.status === "pending";
        const [known] = refusal.found.map(storedIn<StoredDelivery>);
        return known?.status === "pending" && known.attempts === 0;
    }

    async get(endpointId: string, deliveryId: string): Promise<StoredDelivery | undefined> {
        if (!isKey(deliveryId)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { endpointId, deliveryId }, ConsistentRead: true }),
        );
        return item && storedIn<StoredDelivery>(item);
    }

    /** Undefined if the body has expired. */
    async bodyOf(delivery: StoredDelivery): Promise<string | undefined> {
        if (delivery.body !== undefined) return delivery.body;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: bodyKeyOf(delivery), ConsistentRead: true }),
        );
        return item && storedIn<DeliveryBody>(item).body;
    }

    /** A page of an endpoint's deliveries, by event time; a page before the last may be short. */
    async list(endpointId: string, selection: Selection): Promise<Page<ListedDelivery>> {
        const { statuses = [], since, until, isOldestFirst, after, limit, isMeant = () => true } = selection;
        const states = Object.fromEntries(statuses.map((status, index) => [`:status${index}`, status]));
        const found: ListedDelivery[] = [];
        let start: JsonObject | undefined = after && { endpointId, ...after };
        for (let queries = 0; queries < mostQueries; queries += 1) {
            const { Items = [], LastEvaluatedKey: last } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    IndexName: "byTime",
                    KeyConditionExpression: `endpointId = :endpoint${timesOf(since, until)}`,
                    ...(statuses.length > 0 && {
                        FilterExpression: `#status IN (${Object.keys(states).join(", ")})`,
                        ExpressionAttributeNames: { "#status": "status" },
                    }),
                    ExpressionAttributeValues: {
                        ":endpoint": endpointId,
                        ...(since && { ":since": since }),
                        ...(until && { ":until": until }),
                        ...states,
                    },
                    ScanIndexForward: isOldestFirst,
                    ...(start && { ExclusiveStartKey: { ...start } }),
                }),
            );
            for (const delivery of Items.map(storedIn<ListedDelivery>)) {
                if (!isMeant(delivery)) continue;
                const previous = found.at(-1);
                if (found.length === limit && previous) return { elements: found, next: positionOf(previous) };
                found.push(delivery);
            }
            if (last === undefined) return { elements: found };
            start = last;
        }
        return { elements: found, ...(start && { next: positionOf(storedIn<Position>(start)) }) };
    }

    /**
     * Makes a delivery due at once and starts its schedule again. Undefined if there is none in these states.
     * @param replay the id of a replay, which does it once for each delivery, whatever has become of it since
     */
    async again(
        { endpointId, deliveryId }: Pick<DeliveryItem, "endpointId" | "deliveryId">,
        statuses: readonly DeliveryStatus[],
        retentionDays?: number,
        replay?: string,
    ): Promise<StoredDelivery | undefined> {
        if (!isKey(deliveryId)) return undefined;
        const now = this.#now();
        // First, so that the body never expires before the delivery. Older items contain the body.
        const expiresAt = expiryFrom(now, retentionDays);
        await this.#keepLonger(bodyKeyOf({ endpointId, deliveryId }), expiresAt);
        const dueAt = new Date(now).toISOString();
        const states = Object.fromEntries(statuses.map((status, index) => [`:status${index}`, status]));
        const update = {
            TableName: this.#table,
            Key: { endpointId, deliveryId },
            // Removes the state of the earlier series of attempts.
            UpdateExpression:
                "SET #status = :pending, nextAttemptAt = :now, dueShard = :shard, attemptsBefore = attempts, expiresAt = :expires" +
                `${replay === undefined ? "" : ", replay = :replay"} ` +
                "REMOVE retryUntil ADD asks :one",
            ConditionExpression:
                `#status IN (${Object.keys(states).join(", ")})` +
                (replay === undefined ? "" : " AND (attribute_not_exists(replay) OR replay <> :replay)"),
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ...(replay !== undefined && { ":replay": replay }),
                ":pending": "pending",
                ":one": 1,
                ":now": dueAt,
                ":shard": shardOf(deliveryId),
                ":expires": expiresAt,
                ...states,
            },
            ReturnValues: "ALL_NEW",
        } as const;
        const isDone = (found: JsonObject) =>
            replay === undefined
                ? found["status"] === "pending" && found["nextAttemptAt"] === dueAt
                : found["replay"] === replay;
        const written = await conditionally(this.#client, { Update: update }, isDone);
        return written instanceof ConditionFailed ? undefined : storedIn<StoredDelivery>(written);
    }

    async #keepLonger(Key: Pick<DeliveryBody, "endpointId" | "deliveryId">, until: number): Promise<void> {
        await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key,
                UpdateExpression: "SET expiresAt = :until",
                ConditionExpression: "attribute_exists(deliveryId)",
                ExpressionAttributeValues: { ":until": until },
            },
        });
    }

    /** Pages of a shard's deliveries that were due before this time, oldest first. */
    async *due(shard: string, before: string): AsyncGenerator<Overdue[]> {
        let start: JsonObject | undefined;
        do {
            const { Items = [], LastEvaluatedKey } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    IndexName: "due",
                    KeyConditionExpression: "dueShard = :shard AND nextAttemptAt < :before",
                    ExpressionAttributeValues: { ":shard": shard, ":before": before },
                    Limit: pageSize,
                    ...(start && { ExclusiveStartKey: { ...start } }),
                }),
            );
            yield Items.map(storedIn<Overdue>);
            start = LastEvaluatedKey;
        } while (start !== undefined);
    }

    /** Moves a due delivery to the end of its shard. False if it changed meanwhile. */
    async postpone({ endpointId, deliveryId, nextAttemptAt }: Overdue): Promise<boolean> {
        const now = new Date(this.#now()).toISOString();
        const update = {
            TableName: this.#table,
            Key: { endpointId, deliveryId },
            UpdateExpression: "SET nextAttemptAt = :now",
            ConditionExpression: "nextAttemptAt = :seen",
            ExpressionAttributeValues: { ":now": now, ":seen": nextAttemptAt },
        };
        const written = await conditionally(
            this.#client,
            { Update: update },
            (found) => found["nextAttemptAt"] === now,
        );
        return !(written instanceof ConditionFailed);
    }
}

/** The last attempts of a delivery, oldest first. */
export async function attemptsOf(
    client: DynamoDBDocumentClient,
    table: string,
    { endpointId, deliveryId }: DeliveryItem,
): Promise<AttemptItem[]> {
    const { Items = [] } = await client.send(
        new QueryCommand({
            TableName: table,
            KeyConditionExpression: "deliveryKey = :key",
            ExpressionAttributeValues: { ":key": `${endpointId}#${deliveryId}` },
            ScanIndexForward: false,
            Limit: mostAttempts,
        }),
    );
    // The last one may be a claim.
    const made = Items.filter((item) => storedIn<Partial<AttemptItem>>(item).status !== undefined);
    return made.map(storedIn<AttemptItem>).toReversed();
}

/** Only this class and AttemptStore write these tables. */
const storedIn = <Item>(item: Record<string, unknown>): Item => item as Item;

const positionOf = ({ occurredAt, deliveryId }: Position): Position => ({ occurredAt, deliveryId });

const timesOf = (since: string | undefined, until: string | undefined): string => {
    if (until !== undefined) return " AND occurredAt BETWEEN :since AND :until";
    return since === undefined ? "" : " AND occurredAt >= :since";
};

/** For path parameters. */
const isKey = (text: string): boolean => /^[\w:-]{1,200}$/.test(text);
