import { isDeepStrictEqual } from "node:util";
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../shared/conditionally.ts";
import type { JsonObject } from "../../shared/json.ts";

/** A type of events that a client has registered. */
export interface OwnEventType {
    readonly type: string;
    /** The client (`callerId`). */
    readonly owner: string;
    readonly description?: string;
    /** JSON Schema of the events' data, as JSON: numbers and empty texts stay as they are. */
    readonly schema: string;
    /** Data of an event, as JSON. */
    readonly example?: string;
    /** ISO 8601 */
    readonly createdAt: string;
    readonly updatedAt: string;
}

/** All types are in one partition: there are few. */
const catalogue = "own";

/** The table of event types (`catalogue`, `type`). */
export class EventTypeStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    async get(type: string): Promise<OwnEventType | undefined> {
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { catalogue, type }, ConsistentRead: true }),
        );
        return item && storedIn(item);
    }

    /** By name. */
    async all(): Promise<OwnEventType[]> {
        return (await this.#query({})).map(storedIn);
    }

    async names(): Promise<string[]> {
        const projection = { ProjectionExpression: "#type", ExpressionAttributeNames: { "#type": "type" } };
        return (await this.#query(projection)).map(({ type }) => String(type));
    }

    /** False if the type is not as it was read any more. @param before undefined if there was none */
    async put(eventType: OwnEventType, before: OwnEventType | undefined): Promise<boolean> {
        const Item = { catalogue, ...eventType };
        const put = { TableName: this.#table, Item, ...asRead(before) };
        const written = await conditionally(this.#client, { Put: put }, (found) => isDeepStrictEqual(found, Item));
        return !(written instanceof ConditionFailed);
    }

    /** False if the type is not as it was read any more. */
    async delete(before: OwnEventType): Promise<boolean> {
        const deletion = { TableName: this.#table, Key: { catalogue, type: before.type }, ...asRead(before) };
        return !((await conditionally(this.#client, { Delete: deletion })) instanceof ConditionFailed);
    }

    async #query(projection: object): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        let start: Record<string, unknown> | undefined;
        do {
            const { Items = [], LastEvaluatedKey } = await this.#client.send(
                new QueryCommand({
                    TableName: this.#table,
                    KeyConditionExpression: "catalogue = :own",
                    ExpressionAttributeValues: { ":own": catalogue },
                    ConsistentRead: true,
                    ...projection,
                    ...(start && { ExclusiveStartKey: start }),
                }),
            );
            items.push(...Items);
            start = LastEvaluatedKey;
        } while (start !== undefined);
        return items;
    }
}

/** The condition that a type was not changed since it was read, also not by its owner. */
function asRead(before: OwnEventType | undefined) {
    if (before === undefined) return { ConditionExpression: "attribute_not_exists(catalogue)" };
    const { schema, createdAt, updatedAt } = before;
    return {
        ConditionExpression: "createdAt = :created AND updatedAt = :updated AND #schema = :schema",
        ExpressionAttributeNames: { "#schema": "schema" },
        ExpressionAttributeValues: { ":created": createdAt, ":updated": updatedAt, ":schema": schema },
    };
}

/** Only this class writes the table. */
function storedIn({ catalogue: _, ...item }: JsonObject): OwnEventType {
    return item as unknown as OwnEventType;
}
