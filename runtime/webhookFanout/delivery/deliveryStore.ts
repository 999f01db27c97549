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
import { expiryFrom, type NewDelivery } from "./newDelivery.ts";
import type { Due } from "./wakeUps.ts";

/** A delivery as lists show it: without its body. */
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

/** Where a page of an endpoint's deliveries ends. */
export interface Position {
    readonly occurredAt: string;
    readonly deliveryId: string;
}

interface Page<Element> {
    readonly elements: readonly Element[];
    /** Where it ends, when there are more. */
    readonly next?: Position;
}

/** Which of an endpoint's deliveries are asked for. */
interface Selection {
    readonly statuses?: readonly DeliveryStatus[];
    /** ISO 8601: of events that happened then or later. */
    readonly since?: string;
    readonly isOldestFirst: boolean;
    readonly after?: Position;
    readonly limit: number;
    /** @default all of them */
    readonly isMeant?: (delivery: ListedDelivery) => boolean;
}

/** A delivery whose time has come. */
type Overdue = Due & { readonly nextAttemptAt: string };

/** Pages of the index that one answer may look through. */
const mostQueries = 20;
/** Deliveries that are due, in a page. */
const pageSize = 100;
/** Attempts that are shown of a delivery: of 20 kB at most, they fit into an answer. */
const mostAttempts = 100;

/** What endpoints are told. The deliverer has its own view of these tables. */
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
     * Keeps a delivery unless it is known. True when its endpoint is still to be woken for it: it is new, or nobody seems
     * to have come to its first attempt.
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

    /** What a delivery sends. Undefined when that is gone. */
    async bodyOf(delivery: StoredDelivery): Promise<string | undefined> {
        if (delivery.body !== undefined) return delivery.body;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: bodyKeyOf(delivery), ConsistentRead: true }),
        );
        return item && storedIn<DeliveryBody>(item).body;
    }

    /** A page of an endpoint's deliveries, by the time of their events; it may be short of elements before the last. */
    async list(endpointId: string, selection: Selection): Promise<Page<ListedDelivery>> {
        const { statuses = [], since, isOldestFirst, after, limit, isMeant = () => true } = selection;
        const states = Object.fromEntries(statuses.map((status, index) => [`:status${index}`, status]));
        const found: ListedDelivery[] = [];
        let start: JsonObject | undefined = after && { endpointId, ...after };
        for (let queries = 0; queries < mostQueries; queries += 1) {
            const { Items = [], LastEvaluatedKey: last } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    IndexName: "byTime",
                    KeyConditionExpression: `endpointId = :endpoint${since ? " AND occurredAt >= :since" : ""}`,
                    ...(statuses.length > 0 && {
                        FilterExpression: `#status IN (${Object.keys(states).join(", ")})`,
                        ExpressionAttributeNames: { "#status": "status" },
                    }),
                    ExpressionAttributeValues: {
                        ":endpoint": endpointId,
                        ...(since && { ":since": since }),
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
     * Makes a delivery due at once; its retries begin anew. Undefined when there is none, or none in these states.
     */
    async again(
        { endpointId, deliveryId }: Pick<DeliveryItem, "endpointId" | "deliveryId">,
        statuses: readonly DeliveryStatus[],
    ): Promise<StoredDelivery | undefined> {
        if (!isKey(deliveryId)) return undefined;
        const now = this.#now();
        // First, so that it never goes before the delivery; that of an old row is in the row.
        await this.#keepLonger(bodyKeyOf({ endpointId, deliveryId }), expiryFrom(now));
        const dueAt = new Date(now).toISOString();
        const states = Object.fromEntries(statuses.map((status, index) => [`:status${index}`, status]));
        const update = {
            TableName: this.#table,
            Key: { endpointId, deliveryId },
            // What the deliverer knew about the series of attempts before goes.
            UpdateExpression:
                "SET #status = :pending, nextAttemptAt = :now, attemptsBefore = attempts, expiresAt = :expires " +
                "REMOVE retryUntil ADD asks :one",
            ConditionExpression: `#status IN (${Object.keys(states).join(", ")})`,
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
                ":pending": "pending",
                ":one": 1,
                ":now": dueAt,
                ":expires": expiryFrom(now),
                ...states,
            },
            ReturnValues: "ALL_NEW",
        } as const;
        const isDone = ({ status, nextAttemptAt }: JsonObject) => status === "pending" && nextAttemptAt === dueAt;
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

    /** Deliveries of a shard whose time came before this one, the longest due first, page by page. */
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

    /** Puts a delivery that is due to the end of the line. False when somebody came to it meanwhile. */
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

/** The last attempts that were made of a delivery, oldest first. */
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
    // The last one may be under way.
    const made = Items.filter((item) => storedIn<Partial<AttemptItem>>(item).status !== undefined);
    return made.map(storedIn<AttemptItem>).toReversed();
}

/** What these tables hold is written by this class and by the deliverer alone, in the form of the types. */
const storedIn = <Item>(item: Record<string, unknown>): Item => item as Item;

const positionOf = ({ occurredAt, deliveryId }: Position): Position => ({ occurredAt, deliveryId });

/** What is in a path may be anything. */
const isKey = (text: string): boolean => /^[\w:-]{1,200}$/.test(text);
