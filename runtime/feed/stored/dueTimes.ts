import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

/** A time from which on a product is another one, such as a pre-order that can be bought then. */
interface DueTime {
    readonly productId: string;
    /** Milliseconds since 1970 */
    readonly at: number;
}

/** When products that APIs have are to be looked at again, in the order of time. */
export class DueTimes {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    async write(target: string, due: DueTime): Promise<void> {
        const Item = { ...due, target, entry: entryOf(due) };
        await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
    }

    /** Some of those that have come, the earliest first. */
    async come(target: string, now: number): Promise<DueTime[]> {
        const query = new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: "target = :target AND entry BETWEEN :first AND :now",
            ExpressionAttributeValues: { ":target": target, ":first": prefix, ":now": timeOf(now + 1) },
            Limit: 100,
            ConsistentRead: true,
        });
        const { Items = [] } = await this.#client.send(query);
        return Items.map(({ productId, at }) => ({ productId: String(productId), at: Number(at) }));
    }

    async forget(target: string, due: DueTime): Promise<void> {
        const Key = { target, entry: entryOf(due) };
        await this.#client.send(new DeleteCommand({ TableName: this.#table, Key }));
    }
}

const prefix = "due ";
const timeOf = (at: number) => `${prefix}${new Date(at).toISOString()}`;
const entryOf = ({ productId, at }: DueTime) => `${timeOf(at)} ${productId}`;
