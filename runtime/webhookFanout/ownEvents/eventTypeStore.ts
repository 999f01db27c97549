import {
    DeleteCommand,
    type DynamoDBDocumentClient,
    GetCommand,
    PutCommand,
    QueryCommand,
} from "@aws-sdk/lib-dynamodb";
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

    async put(eventType: OwnEventType): Promise<void> {
        await this.#client.send(new PutCommand({ TableName: this.#table, Item: { catalogue, ...eventType } }));
    }

    async delete(type: string): Promise<void> {
        await this.#client.send(new DeleteCommand({ TableName: this.#table, Key: { catalogue, type } }));
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

/** Only this class writes the table. */
function storedIn({ catalogue: _, ...item }: JsonObject): OwnEventType {
    return item as unknown as OwnEventType;
}
