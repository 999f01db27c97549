import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../../shared/batchGet.ts";
import type { JsonObject } from "../../shared/json.ts";

/** Some items of the products table. */
interface ProductPage {
    readonly items: readonly JsonObject[];
    /** The last one's id, after which the next page begins. Absent: there is none. */
    readonly after?: string;
}

/** Reads the products page by page, in the table's order. */
export type ReadProducts = (after: string | undefined) => Promise<ProductPage>;

export const productsOf =
    (client: DynamoDBDocumentClient, TableName: string): ReadProducts =>
    async (after) => {
        const scan = new ScanCommand({
            TableName,
            ...(after !== undefined && { ExclusiveStartKey: { productId: after } }),
        });
        const { Items = [], LastEvaluatedKey } = await client.send(scan);
        const last: unknown = LastEvaluatedKey?.["productId"];
        return { items: Items, ...(typeof last === "string" && { after: last }) };
    };

/** Those of the products that the table does not have, not even as deleted. */
export type MissingProducts = (productIds: readonly string[]) => Promise<string[]>;

export const missingOf =
    (client: DynamoDBDocumentClient, table: string): MissingProducts =>
    async (productIds) => {
        const keys = productIds.map((productId) => ({ productId }));
        const found = await batchGet(client, { [table]: keys });
        const known = new Set((found.get(table) ?? []).map(({ productId }) => productId));
        return productIds.filter((id) => !known.has(id));
    };
