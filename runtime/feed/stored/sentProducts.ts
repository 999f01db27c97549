import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";

/** What an API has of a product. */
export interface SentProduct {
    readonly productId: string;
    /** By which it is taken away, when the product itself is gone. */
    readonly title: string;
    /** Of the product as the API took it. Absent: it has taken none, or nobody knows. */
    readonly digest?: string;
    /** A request was made whose answer is not known: nobody knows what the API has, which is told again. */
    readonly isUnsure?: true;
    /** Of the product as the API refused it, or `withdrawal`: it is not sent again until it changes. */
    readonly refused?: string;
    readonly reason?: string;
}

/** In place of a digest, where the API has refused that the product is taken away. */
export const withdrawal = "withdrawal";

/** What the APIs of all targets have. */
export class SentProducts {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;

    constructor(client: DynamoDBDocumentClient, table: string) {
        this.#client = client;
        this.#table = table;
    }

    /** By the products' ids, of which each is given once. @param consistent whether with what was written a moment ago */
    async read(
        target: string,
        productIds: readonly string[],
        consistent = false,
    ): Promise<ReadonlyMap<string, SentProduct>> {
        const keys = productIds.map((id) => ({ target, entry: entryOf(id) }));
        const found = await batchGet(this.#client, { [this.#table]: keys }, { consistent });
        // Written by this class alone.
        const all = (found.get(this.#table) ?? []) as unknown as readonly SentProduct[];
        return new Map(all.map((sent) => [sent.productId, sent]));
    }

    /** Some of the products that a target may have, in the table's order. @param after the last one that was read */
    async page(target: string, after: string | undefined): Promise<{ productIds: string[]; after?: string }> {
        const query = new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: "target = :target AND begins_with(entry, :products)",
            ExpressionAttributeValues: { ":target": target, ":products": entryOf("") },
            ProjectionExpression: "productId",
            Limit: 1000,
            ...(after !== undefined && { ExclusiveStartKey: { target, entry: entryOf(after) } }),
        });
        const { Items = [], LastEvaluatedKey } = await this.#client.send(query);
        const productIds = Items.map(({ productId }) => String(productId));
        const last = productIds.at(-1);
        return { productIds, ...(LastEvaluatedKey !== undefined && last !== undefined && { after: last }) };
    }

    /** Some of the products that a target has as they are noted. */
    async some(target: string): Promise<SentProduct[]> {
        const query = new QueryCommand({
            TableName: this.#table,
            KeyConditionExpression: "target = :target AND begins_with(entry, :products)",
            ExpressionAttributeValues: { ":target": target, ":products": entryOf("") },
            Limit: 50,
        });
        const { Items = [] } = await this.#client.send(query);
        return (Items as unknown as readonly SentProduct[]).filter(
            ({ digest, isUnsure, refused }) => digest !== undefined && !isUnsure && refused === undefined,
        );
    }

    async write(target: string, sent: SentProduct): Promise<void> {
        const Item = { ...sent, target, entry: entryOf(sent.productId) };
        await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
    }

    async forget(target: string, productId: string): Promise<void> {
        const Key = { target, entry: entryOf(productId) };
        await this.#client.send(new DeleteCommand({ TableName: this.#table, Key }));
    }
}

const entryOf = (productId: string) => `product ${productId}`;
